import Foundation
import LedgerTestSupport
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `Read models over HTTP` {
    /// Asks until the read models know the whole ledger.
    private func follow(_ service: RunningService) async throws {
        let size = try service.treeSize()
        for _ in 0..<3000 {
            let status = try await service.ask(.GET, "/v1/status").object()
            let models = try #require(status["readModels"] as? [String: Any])
            if models["position"] as? UInt64 == size { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the read models do not follow")
    }

    @Test func `a household is shown to whom it concerns, without anybody's name`() async throws {
        try await RunningService.run { service in
            let record = Sample.record("99010101-0001", firstName: "ลับเฉพาะ")
            #expect(try await service.submit(record).status == 201)
            try await follow(service)
            let path = "/v1/households/99010101-0001"
            for person in ["recorder-1", "super-1", "auditor-1"] {
                let reply = try await service.ask(.GET, path, as: person)
                #expect(reply.status == 200, "\(person): \(reply.text)")
                let row = try #require(try reply.object()["household"] as? [String: Any])
                #expect(row["village"] as? String == "99010101")
                #expect(!reply.text.contains("ลับเฉพาะ") && !reply.text.contains("99/9"))
            }
            for (person, code) in [("elsewhere-1", "outsideOwnAreas"), ("admin-1", "roleMissing")] {
                let reply = try await service.ask(.GET, path, as: person)
                #expect(reply.status == 403)
                #expect(try reply.code() == code)
            }
            let missing = try await service.ask(.GET, "/v1/households/99010101-0002")
            #expect(missing.status == 404)
        }
    }

    @Test func `figures, progress and deadlines are objects and tables`() async throws {
        try await RunningService.run { service in
            for number in 1...3 {
                let reply = try await service.submit(Sample.record("99010101-000\(number)"))
                #expect(reply.status == 201)
            }
            try await follow(service)
            let progress = try await service.ask(.GET, "/v1/progress?area=9901&by=village")
            let parts = try #require(try progress.object()["parts"] as? [[String: Any]])
            #expect(parts.map { $0["collected"] as? Int } == [3, 0])
            let csv = try await service.ask(
                .GET,
                "/v1/progress?area=9901&by=village",
                as: "auditor-1",
                [("Accept", "text/csv")]
            )
            let lines = csv.text.components(separatedBy: "\r\n")
            #expect(lines[0].hasPrefix("area,target,questionnaires,collected,"))
            #expect(lines[1].hasPrefix("99010101,100,110,3,"))
            #expect(lines.count == 4)
            let figures = try await service.ask(.GET, "/v1/areas/99/figures").object()
            let indicators = try #require(figures["indicators"] as? [[String: Any]])
            let fourth = indicators.first { $0["indicator"] as? Int == 4 }
            #expect(fourth?["surveyed"] as? Int == 3)
            let deadlines = try await service.ask(.GET, "/v1/deadlines").object()
            #expect(deadlines["on"] as? String == "2018-02-01")
            #expect((deadlines["entries"] as? [Any])?.isEmpty == false)
            let area = try await service.ask(.GET, "/v1/areas/9901").object()
            #expect((area["children"] as? [[String: Any]])?.count == 3)
            for (path, code) in [
                ("/v1/areas/77", "areaUnknown"), ("/v1/areas/77/figures", "areaUnknown"),
                ("/v1/certifications/none", "certificationUnknown"),
                ("/v1/progress?cycle=2599", "cycleUnknown"),
                ("/v1/progress?by=day", "parameterMalformed"),
            ] { #expect(try await service.ask(.GET, path).code() == code, "\(path)") }
        }
    }

    @Test func `what has not changed is not sent again`() async throws {
        try await RunningService.run { service in
            try await follow(service)
            let first = try await service.ask(.GET, "/v1/progress")
            let tag = try #require(first.headers.first(name: "ETag"))
            let again = [("If-None-Match", tag)]
            let same = try await service.ask(.GET, "/v1/progress", as: "auditor-1", again)
            #expect(same.status == 304 && same.bytes.isEmpty)
            #expect(same.headers.first(name: "ETag") == tag)
            for known in ["*", "W/\(tag)", "\"x\", \(tag)", "\"x\",W/\(tag) , \"y\""] {
                let headers = [("If-None-Match", known)]
                let reply = try await service.ask(.GET, "/v1/progress", as: "auditor-1", headers)
                #expect(reply.status == 304, "\(known)")
            }
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            try await follow(service)
            let other = try await service.ask(.GET, "/v1/progress", as: "auditor-1", again)
            #expect(other.status == 200)
            #expect(other.headers.first(name: "ETag") != tag)
        }
    }

    @Test func `a table holds nothing that a spreadsheet would carry out`() async throws {
        try await RunningService.run { service in
            var cycle = Cycle.defaults2561(province: "99")
            cycle.cycle = "2562"
            cycle.referenceDate = "2019-04-01"
            for index in cycle.deadlines.indices { cycle.deadlines[index].item = "=1+\(index)" }
            let define = Sample.command(.defineCycle(cycle))
            let defined = try await service.submit(define, as: "super-1")
            try #require(defined.status == 201, "\(defined.text)")
            try await follow(service)
            let reply = try await service.ask(
                .GET,
                "/v1/deadlines?cycle=2562",
                as: "auditor-1",
                [("Accept", "text/csv")]
            )
            #expect(reply.text.contains(",'=1+0,"))
            #expect(!reply.text.contains(",=1+"))
        }
    }

    @Test func `the past is as it was`() async throws {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let size = try service.treeSize()
            let correction = Sample.correct("99010101-0001", failing: 1)
            #expect(try await service.submit(correction).status == 201)
            try await follow(service)
            let path = "/v1/households/99010101-0001"
            let now = try await service.ask(.GET, path).object()
            let then = try await service.ask(.GET, path + "?as-of=\(size)").object()
            func corrections(_ object: [String: Any]) -> Int? {
                (object["household"] as? [String: Any])?["correctionCount"] as? Int
            }
            #expect(corrections(now) == 1)
            #expect(corrections(then) == 0)
            #expect(then["position"] as? UInt64 == size)
            #expect(try await service.ask(.GET, path + "?as-of=\(size - 1)").status == 404)
            let day = try await service.ask(.GET, path + "?as-of=2018-02-01").object()
            #expect(corrections(day) == 1)
            let beyond = try await service.ask(.GET, path + "?as-of=\(size + 9)")
            #expect(try beyond.code() == "treeSizeBeyondLedger")
            let soon = try await service.ask(.GET, path + "?as-of=soon")
            #expect(try soon.code() == "parameterMalformed")
        }
        var limits = ServiceLimits()
        limits.pastRecordCountMax = 3
        try await RunningService.run(limits: limits) { service in
            let large = try await service.ask(.GET, "/v1/areas/99?as-of=4")
            #expect(try large.code() == "pastTooLarge")
            #expect(try await service.ask(.GET, "/v1/areas/99?as-of=3").status == 200)
        }
    }
}
