import Access
import Console
import HTTPTypes
import Hummingbird
import Ledger
import LedgerReader
import Pages
import Survey

/// The pages of records, and what was searched for as files.
///
/// A record of a household has in plain where it lives, who was asked when, and the members' ages: who
/// reads one, or searches by a person or an area, is noted as whoever reads its stream is.
enum RecordPageRoutes {
    static let all = [
        route("/records", "showRecords", "Records, searched.", handler: show),
        route("/records/{index}", "showRecord", "One record, with its proof.", handler: show),
        route("/records/{index}/bytes", "saveRecord", "Its exact bytes.", handler: show),
        route(
            "/records/file/{file}",
            "saveRecords",
            "What was searched for, as a file.",
            [.path("file", .choice(files), "Which of them.")],
            handler: save
        ),
    ]

    private static let files = ["records.csv", "records.jsonl"]

    private static func route(
        _ template: String,
        _ id: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        Route(
            method: .get,
            template: template,
            id: id,
            summary: summary,
            entry: .session(.readFigures),
            parameters: parameters,
            answers: [],
            isPage: true,
            takesAnyQuery: true,
            handler: handler
        )
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        try await noteReading(call, core)
        return try await PageRoutes.show(call, core)
    }

    /// Before anything is shown; where it cannot be written nothing is.
    private static func noteReading(_ call: Call, _ core: ServiceCore) async throws {
        let isSearch = ["person", "area"].contains { call.query[$0]?.isEmpty == false }
        let isOfHousehold: Bool
        if let index = call.parameters["index"].flatMap({ UInt64($0) }) {
            let reader = core.reader
            isOfHousehold = try await core.threads.run {
                try reader.snapshot().withRecord(index) { record in
                    try RecordScanner.scan(record).envelope.stream.hasPrefix("household/")
                } ?? false
            }
        } else {
            isOfHousehold = false
        }
        guard isSearch || isOfHousehold else { return }
        try await core.note([
            core.entry(call, call.isHead ? "HEAD" : "GET", call.route.template, .read, code: "")
        ])
    }

    @Sendable
    private static func save(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let (pages, request) = (core.parts.pages, call.pageRequest(core))
        let found = try await core.threads.run { try pages.foundRecords(request) }
        let isOfHousehold = found.records.contains { $0.envelope.stream.hasPrefix("household/") }
        if isOfHousehold {
            try await core.note([
                core.entry(call, call.isHead ? "HEAD" : "GET", call.route.template, .read, code: "")
            ])
        } else {
            try await noteReading(call, core)
        }
        let isCSV = call.parameters["file"] == files[0]
        var response = Response.file(
            isCSV ? csv(found) : jsonLines(found),
            isCSV ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
            named: call.parameters["file"] ?? ""
        )
        if let next = found.next {
            let address = PageParts(pages, request).address(["before": "\(next)"])
            response.headers[.known("Link")] = "<\(address)>; rel=\"next\""
        }
        return response
    }

    private static func csv(_ found: FoundRecords) -> [UInt8] {
        CSVTable(
            columns: ["index", "kind", "stream", "streamVersion", "actor", "recordedAt", "day"],
            rows: found.records.map { record in
                let envelope = record.envelope
                return [
                    "\(envelope.index)", record.kind, envelope.stream,
                    "\(envelope.streamVersion)", envelope.actor.user, envelope.recordedAt.text,
                    envelope.day.iso,
                ]
            }
        )
        .bytes
    }

    private static func jsonLines(_ found: FoundRecords) -> [UInt8] {
        found.records.flatMap { record in
            let envelope = record.envelope
            let line: JSON = [
                "index": .unsigned(envelope.index), "kind": .string(record.kind),
                "stream": .string(envelope.stream),
                "streamVersion": .number(Int(envelope.streamVersion)),
                "actor": .string(envelope.actor.user),
                "recordedAt": .string(envelope.recordedAt.text),
                "day": .string(envelope.day.iso),
            ]
            return Array((line.text + "\n").utf8)
        }
    }
}
