package import Access
package import Console
import HTTPTypes
import Hummingbird
import Ledger

/// Who was refused and who read what is privileged, for auditors.
package enum AccessRoutes {
    static let all = [
        Route(
            method: .get,
            template: "/v1/access-log",
            id: "readAccessLog",
            summary: "Refusals and privileged readings, newest first; Link says where the rest is.",
            entry: .allowed(.readAccessLog),
            parameters: [
                .query("before", .integer(1...UInt64(Int64.max)), "Numbers below this only."),
                .query("limit", .integer(1...1000), "How many at most (default: 100)."),
            ],
            answers: [
                Answer(200, "application/json", .object([("entries", .array(.row))]))
            ],
            isPrivileged: true,
            handler: { call, core in
                let before = Int64(call.number("before") ?? UInt64(Int64.max))
                let limit = Int(call.number("limit") ?? 100)
                let access = core.parts.access
                let entries = try await core.threads.run {
                    try access.entries(before: before, limit: limit).map { entry in
                        (entry.number, AccessRoutes.json(entry.number, entry.entry))
                    }
                }
                var headers: HTTPFields = [:]
                if entries.count == limit, let last = entries.last?.0 {
                    headers[.known("Link")] =
                        "</v1/access-log?before=\(last)&limit=\(limit)>; rel=\"next\""
                }
                return .json(["entries": .array(entries.map(\.1))], headers: headers)
            }
        )
    ]

    package static func json(_ number: Int64, _ entry: AccessEntry) -> JSON {
        [
            "number": .number(Int(number)),
            "at": .string(RecordTime(unixMicroseconds: entry.at)?.text ?? ""),
            "person": .string(entry.person), "token": .string(entry.token),
            "request": .string(entry.request), "method": .string(entry.method),
            "route": .string(entry.route), "outcome": .string(entry.outcome.rawValue),
            "code": .string(entry.code), "subject": .string(entry.subject),
        ]
    }
}
