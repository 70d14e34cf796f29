import Access
import Console
import Foundation
import LedgerReader
import LedgerTestSupport
import NIOHTTP1
import OfficeLists
import Service
import Survey
import Testing

extension Reply {
    /// JSON with its members in order, to be compared.
    static func sorted(_ value: Any) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
        return String(decoding: data, as: UTF8.self)
    }
}

extension RunningService {
    /// Asks until the read models know the whole ledger.
    func untilFollowed() async throws {
        let size = try treeSize()
        for _ in 0..<3000 {
            let models = try await ask(.GET, "/v1/status").object()["readModels"]
            if (models as? [String: Any])?["position"] as? UInt64 == size { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the read models do not follow")
    }
}

@Suite(.serialized) struct `Lists over HTTP` {
    /// Something in several of them, and a text that a spreadsheet would run.
    private static func fill(_ service: RunningService) async throws {
        var training = Training()
        (training.training, training.cycle, training.area) = ("t-1", "2561", "9901")
        (training.kind, training.heldOn) = (.recorder, "2018-01-10")
        (training.place, training.participants) = ("=1+1, \"here\"", ["recorder-1"])
        for command in [
            Sample.record("99010101-0005"), Sample.record("99010101-0007"),
            Sample.notCollected("99010101-0009"), Sample.command(.recordTraining(training)),
        ] {
            let reply = try await service.submit(
                command,
                as: command.kind.flatMap { Action(submitting: $0) } == .enterHousehold
                    ? "recorder-1" : "super-1"
            )
            try #require(reply.status == 201, "\(reply.text)")
        }
        try await service.untilFollowed()
    }

    private static let english = ("Accept-Language", "en")

    @Test func `the command line, the pages and the service write the same lists`() async throws {
        try await RunningService.run { service in
            try await Self.fill(service)
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            try await service.untilFollowed()
            let size = try service.treeSize()
            var rowCount = 0
            for name in ListName.allCases {
                let path = "/v1/lists/\(name.rawValue)?on=2018-02-01&limit=10000"
                let reply = try await service.ask(.GET, path, as: "auditor-1", [Self.english])
                try #require(reply.status == 200, "\(name): \(reply.text)")
                let rows = try #require(try reply.object()["rows"] as? [[String: Any]])
                rowCount += rows.count
                let table = try await service.ask(
                    .GET,
                    path,
                    as: "auditor-1",
                    [Self.english, ("Accept", "text/csv")]
                )
                let arguments = [
                    "list", service.ledger.directory.path, name.rawValue, "--on", "2018-02-01",
                    "--as-of", "\(size)", "--lang", "en",
                ]
                let lines = try ServeProcess.run(arguments + ["--json"])
                try #require(lines.status == 0, "\(lines.error)")
                let objects = try lines.output.split(separator: "\n").map {
                    try Reply.object(String($0))
                }
                #expect(try Reply.sorted(rows) == Reply.sorted(objects), "\(name)")
                let csv = try ServeProcess.run(arguments + ["--csv"]).output
                #expect("\u{FEFF}" + table.text == csv, "\(name)")
                let page = try await visitor.page("/lists/\(name.rawValue).csv?lang=en")
                if name.isOfHouseholds {
                    #expect(page.status == 404)
                } else {
                    #expect(page.text == csv, "\(name)")
                    let shown = try await visitor.page("/lists/\(name.rawValue)")
                    #expect(shown.status == 200)
                    #expect(shown.text.contains(name.title.thai), "\(name)")
                }
                let past = try await service.ask(
                    .GET,
                    path + "&as-of=\(size)",
                    as: "auditor-1",
                    [Self.english]
                )
                let then = try #require(try past.object()["rows"] as? [[String: Any]])
                #expect(try Reply.sorted(then) == Reply.sorted(rows), "\(name)")
            }
            #expect(rowCount > 30)
            let trainings = try await service.ask(
                .GET,
                "/v1/lists/trainings",
                as: "auditor-1",
                [("Accept", "text/csv")]
            )
            #expect(trainings.text.contains(#","'=1+1, ""here""""#), "\(trainings.text)")
        }
    }

    @Test func `pages of a list follow each other, whatever comes in between`() async throws {
        try await RunningService.run { service in
            try await Self.fill(service)
            let whole = try await service.ask(.GET, "/v1/lists/deadlines").object()
            let rows = try #require(whole["rows"] as? [[String: Any]])
            #expect(whole["next"] == nil)
            var path: String? = "/v1/lists/deadlines?limit=3&area=99"
            var walked: [[String: Any]] = []
            while let next = path {
                let reply = try await service.ask(.GET, next)
                try #require(reply.status == 200, "\(reply.text)")
                let part = try #require(try reply.object()["rows"] as? [[String: Any]])
                #expect(part.count <= 3)
                walked += part
                let link = reply.headers.first(name: "Link")
                path = link?.firstMatch(of: /<(.+)>; rel="next"/).map { String($0.1) }
            }
            #expect(try Reply.sorted(walked) == Reply.sorted(rows))
            func households(_ query: String) async throws -> ([String], String?) {
                let object = try await service.ask(.GET, "/v1/lists/households?limit=2" + query)
                    .object()
                let rows = try #require(object["rows"] as? [[String: Any]])
                return (rows.compactMap { $0["household"] as? String }, object["next"] as? String)
            }
            let (first, next) = try await households("")
            #expect(first == ["99010101-0005", "99010101-0007"])
            let cursor = try #require(next)
            // It comes before those that were shown, and moves them.
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            try await service.untilFollowed()
            let (second, end) = try await households("&after=\(cursor)")
            #expect(second == ["99010101-0009"])
            #expect(end == nil)
            // The one where the page ended is another one now.
            let correction = Sample.correct("99010101-0007", failing: 1)
            #expect(try await service.submit(correction).status == 201)
            try await service.untilFollowed()
            let lost = try await service.ask(.GET, "/v1/lists/households?after=\(cursor)")
            #expect(lost.status == 409)
            #expect(try lost.code() == "cursorOvertaken")
            for bad in ["x", "0-0123456789abcdef", "1-", "1-2-3"] {
                let reply = try await service.ask(.GET, "/v1/lists/households?after=\(bad)")
                #expect(try reply.code() == "parameterMalformed", "\(bad)")
            }
        }
    }

    @Test func `households are listed for whose areas they are in, and auditors see it`()
        async throws
    {
        try await RunningService.run { service in
            try await Self.fill(service)
            let elsewhere = Sample.record("99010102-0001", place: 1)
            #expect(try await service.submit(elsewhere, as: "elsewhere-1").status == 201)
            try await service.untilFollowed()
            func count(_ person: String, _ query: String = "") async throws -> Int {
                let path = "/v1/lists/households" + query
                let reply = try await service.ask(.GET, path, as: person)
                try #require(reply.status == 200, "\(reply.text)")
                return (try reply.object()["rows"] as? [Any])?.count ?? -1
            }
            #expect(try await count("auditor-1") == 4)
            #expect(try await count("recorder-1") == 4)
            #expect(try await count("elsewhere-1") == 1)
            #expect(try await count("auditor-1", "?state=recorded&area=99010101") == 2)
            let admin = try await service.ask(.GET, "/v1/lists/households", as: "admin-1")
            #expect(try admin.code() == "roleMissing")
            let told = try service.told()
            #expect(told.contains("elsewhere-1 GET /v1/lists/households read "))
            #expect(!told.contains { $0.contains("/v1/lists/orders") })
            let mine = try await service.ask(.GET, "/v1/lists/households", as: "elsewhere-1")
            let tag = try #require(mine.headers.first(name: "ETag"))
            let match = [("If-None-Match", tag)]
            let again = try await service.ask(
                .GET,
                "/v1/lists/households",
                as: "elsewhere-1",
                match
            )
            #expect(again.status == 304)
            // What one person was shown is not what another is.
            let other = try await service.ask(.GET, "/v1/lists/households", as: "auditor-1", match)
            #expect(other.status == 200)
            for (path, code) in [
                ("/v1/lists/orders?area=77", "areaUnknown"),
                ("/v1/lists/orders?on=soon", "parameterMalformed"),
                ("/v1/lists/orders?level=village", "parameterUnknown"),
                ("/v1/lists/directives-not-received?state=received", "parameterUnknown"),
                ("/v1/lists/nothing", "notFound"),
            ] { #expect(try await service.ask(.GET, path).code() == code, "\(path)") }
            let names = try await service.ask(.GET, "/v1/lists").object()["lists"] as? [Any]
            #expect(names?.count == ListName.allCases.count)
        }
    }
}
