import Foundation
import GRDB
import Testing

/// Level 7 of `bmn-audit verify`, on read models that `bmn` made.
@Suite struct `bmn-audit verify --projections` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }
    private static let audit = Tool.folder.appending(path: "bmn-audit").path

    init() throws {
        survey = try SmallSurvey()
        let replay = try Tool.bmn("replay", survey.ledger)
        #expect(replay.status == 0, "\(replay.error)")
    }

    private func verify(_ arguments: String...) throws -> Run {
        try Tool.run(
            Self.audit,
            ["verify", ledger, "--json"] + arguments,
            input: Data(),
            environment: [:]
        )
    }

    private func findings(_ run: Run) throws -> [[String: Any]] {
        try #require(try run.object()["findings"] as? [[String: Any]])
    }

    @Test func `read models that follow from the records are verified`() throws {
        let run = try verify("--projections")
        #expect(run.status == 0, "\(run.text) \(run.error)")
        let checks = try #require(try run.object()["checks"] as? [[String: Any]])
        let last = try #require(checks.last)
        #expect(last["name"] as? String == "projections")
        #expect(last["checked"] as? Int == 20)
    }

    @Test func `a row that somebody changed is found`() throws {
        let database = try DatabaseQueue(path: scratch.path("ledger/survey.sqlite"))
        try database.write { db in
            try db.execute(sql: "UPDATE household SET collector = 'somebody-else'")
            #expect(db.changesCount > 0)
        }
        try database.close()
        let run = try verify("--only", "projections")
        #expect(run.status == 1)
        let reasons = try findings(run).compactMap { $0["reason"] as? String }
        #expect(reasons.count == 1)
        #expect(reasons.first?.hasPrefix("households at tree size") == true, "\(reasons)")
        #expect(try verify().status == 0, "the records themselves are untouched")
    }

    @Test func `no read models where they are asked for is a finding`() throws {
        try FileManager.default.removeItem(at: scratch.url("ledger/survey.sqlite"))
        #expect(try verify("--projections").status == 1)
        #expect(try verify().status == 0)
    }

    @Test func `a ledger shorter than its read models was cut back`() throws {
        let backup = try Tool.bmn("backup", ledger, scratch.path("older"))
        #expect(backup.status == 0, "\(backup.error)")
        let id = "38010101-0099"
        let csv = SmallSurvey.households([id])
        try scratch.write("more.csv", csv)
        let more = try Tool.bmn(
            "import",
            "households",
            ledger,
            scratch.path("more.csv"),
            "--user",
            "rec-1",
            "--capacity",
            "recorder"
        )
        #expect(more.status == 0, "\(more.text) \(more.error)")
        #expect(try Tool.bmn("replay", ledger).status == 0)
        for name in ["ledger.mdb", "ledger.head"] {
            try FileManager.default.removeItem(at: scratch.url("ledger/" + name))
            try FileManager.default.copyItem(
                at: scratch.url("older/" + name),
                to: scratch.url("ledger/" + name)
            )
        }
        let run = try verify()
        #expect(run.status == 1)
        let reasons = try findings(run).compactMap { $0["reason"] as? String }
        #expect(reasons.contains { $0.hasPrefix("survey.sqlite knows") }, "\(reasons)")
    }
}
