import Access
import Console
import HTTPTypes
import Hummingbird
import Pages
import Survey

/// The access log in pages, for auditors: searched, and saved as a file.
enum AccessLogRoutes {
    static let all = [
        route("/audit/access-log", "showAccessLog", "The access log, newest first.", [], show),
        route(
            "/audit/access-log/{file}",
            "saveAccessLog",
            "The same as a file.",
            [.path("file", .choice(files), "Which of them.")],
            save
        ),
    ]

    private static let files = ["access-log.csv", "access-log.jsonl"]
    private static let pageCount = 100
    /// Rows of one file; the name of the next is in `Link`.
    static let fileCountMax = 5000

    private static func route(
        _ template: String,
        _ id: String,
        _ summary: String,
        _ parameters: [Parameter],
        _ handler: @escaping @Sendable (Call, ServiceCore) async throws -> Response
    ) -> Route {
        Route(
            method: .get,
            template: template,
            id: id,
            summary: summary,
            entry: .session(.readAccessLog),
            parameters: parameters,
            answers: [],
            isPrivileged: true,
            isPage: true,
            takesAnyQuery: true,
            handler: handler
        )
    }

    /// What a query asks for; what it misspells is asked for by nobody.
    private static func filter(_ call: Call) -> (AccessStore.EntryFilter, before: Int64) {
        func value(_ name: String) -> String? { call.query[name].flatMap { $0.isEmpty ? nil : $0 } }
        var filter = AccessStore.EntryFilter(
            person: value("person"),
            outcome: value("outcome").flatMap { AccessEntry.Outcome(rawValue: $0) }
        )
        if let day = value("day").flatMap({ try? ThaiDate.parse($0) }) {
            // When a day begins in Thailand.
            let start = (Int64(day.daysSinceEpoch) * 86_400 - 7 * 3600) * 1_000_000
            filter.times = start..<start + 86_400_000_000
        }
        return (filter, value("before").flatMap { Int64($0) } ?? .max)
    }

    private static func entries(
        _ call: Call,
        _ core: ServiceCore,
        limit: Int
    ) async throws -> [(number: Int64, entry: AccessEntry)] {
        let (access, (filter, before)) = (core.parts.access, filter(call))
        return try await core.threads.run {
            try access.entries(before: before, limit: limit, filter)
        }
    }

    @Sendable
    private static func show(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let found = try await entries(call, core, limit: pageCount)
        let parts = PageParts(core.parts.pages, call.pageRequest(core))
        let choose = parts.choose
        let outcomes = AccessEntry.Outcome.allCases.map { ($0.rawValue, word($0, parts)) }
        var sections: [Markup] = [
            parts.search(
                ["audit", "access-log"],
                texts: [("person", choose("บุคคล", "Person"), call.query["person"] ?? "")],
                days: [("day", choose("วันที่", "Day"), call.query["day"] ?? "")],
                choices: [
                    (
                        "outcome", choose("เรื่อง", "What"), call.query["outcome"] ?? "",
                        [("", choose("ทั้งหมด", "all"))] + outcomes
                    )
                ]
            ),
            table(found, parts),
        ]
        if found.count == pageCount, let last = found.last {
            let address = parts.address(["before": "\(last.number)"])
            let text = choose("ก่อนหน้านี้", "Earlier ones")
            sections.append("<p><a rel=\"next\" href=\"\(address)\">\(text)</a></p>\n")
        }
        let query = call.query.filter { ["person", "outcome", "day"].contains($0.key) }
        sections.append(
            parts.section(
                "files",
                choose("บันทึกเป็นแฟ้ม (5,000 รายการล่าสุด)", "Save (the newest 5,000)"),
                [
                    parts.list([
                        parts.link(["audit", "access-log", files[0]], "CSV", query),
                        parts.link(["audit", "access-log", files[1]], "JSON", query),
                    ])
                ]
            )
        )
        let page = parts.page(choose("บันทึกการเข้าถึง", "The access log"), sections)
        return .page(page.body)
    }

    private static func table(
        _ found: [(number: Int64, entry: AccessEntry)],
        _ parts: PageParts
    ) -> Markup {
        let choose = parts.choose
        return parts.table(
            "access-log",
            choose(
                "ใครเข้าใช้ ถูกปฏิเสธ หรืออ่านข้อมูลที่ต้องบันทึก",
                "Who signed in, was refused, or read what is noted"
            ),
            [
                (choose("เลขที่", "Number"), true), (choose("เวลา", "Time"), false),
                (choose("บุคคล", "Person"), false), (choose("เรื่อง", "What"), false),
                (choose("หน้า", "Route"), false), (choose("รหัส", "Code"), false),
                (choose("เกี่ยวกับ", "About"), false), (choose("เข้าใช้โดย", "By"), false),
            ],
            found.map { number, entry in
                [
                    parts.number(number),
                    parts.time(unixMicroseconds: entry.at, iso: entry.at.iso),
                    entry.person.isEmpty ? "–" : "\(entry.person)",
                    "\(word(entry.outcome, parts))", parts.code("\(entry.method) \(entry.route)"),
                    "\(entry.code)", "\(entry.subject)", "\(entry.token)",
                ]
            }
        )
    }

    private static func word(_ outcome: AccessEntry.Outcome, _ parts: PageParts) -> String {
        switch outcome {
        case .read: parts.choose("อ่าน", "read")
        case .refused: parts.choose("ถูกปฏิเสธ", "refused")
        case .signedIn: parts.choose("เข้าสู่ระบบ", "signed in")
        case .signedOut: parts.choose("ออกจากระบบ", "signed out")
        case .linkMade: parts.choose("สร้างลิงก์", "link made")
        case .enrolled: parts.choose("ลงทะเบียนพาสคีย์", "passkey enrolled")
        }
    }

    @Sendable
    private static func save(_ call: Call, _ core: ServiceCore) async throws -> Response {
        let found = try await entries(call, core, limit: fileCountMax)
        let name = call.parameters["file"] ?? ""
        let isCSV = name == files[0]
        let bytes: [UInt8]
        if isCSV {
            let rows = found.map { number, entry in
                [
                    "\(number)", entry.at.iso, entry.person, entry.token, entry.request,
                    entry.method, entry.route, entry.outcome.rawValue, entry.code, entry.subject,
                ]
            }
            bytes = CSVTable(columns: columns, rows: rows).bytes
        } else {
            bytes = found.flatMap { number, entry in
                Array((AccessRoutes.json(number, entry).text + "\n").utf8)
            }
        }
        var response = Response.file(
            bytes,
            isCSV ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
            named: name
        )
        if found.count == fileCountMax, let last = found.last {
            let parts = PageParts(core.parts.pages, call.pageRequest(core))
            let next = parts.address(["before": "\(last.number)"])
            response.headers[.known("Link")] = "<\(next)>; rel=\"next\""
        }
        return response
    }

    private static let columns = [
        "number", "at", "person", "token", "request", "method", "route", "outcome", "code",
        "subject",
    ]
}
