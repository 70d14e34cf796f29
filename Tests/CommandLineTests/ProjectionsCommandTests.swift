import Cryptography
import Foundation
import GRDB
import LedgerReader
import ProjectionCatalog
import ProjectionRuntime
import Testing

/// What admins do about read models: look at them, replay, and decide about a difference.
@Suite struct `Replay for admins` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws {
        survey = try SmallSurvey()
        let replay = try Tool.bmn("replay", survey.ledger)
        try #require(replay.status == 0, "\(replay.error)")
    }

    private func spoil() throws {
        let database = try DatabaseQueue(path: scratch.path("ledger/survey.sqlite"))
        try database.write { db in
            try db.execute(sql: "UPDATE household SET collector = 'somebody-else'")
            #expect(db.changesCount > 0)
        }
        try database.close()
    }

    private func digests() throws -> [String: String] {
        let lines = try Tool.bmn("projections", ledger, "--digests", "--json").objects()
        return Dictionary(
            try lines.map { line in
                let name = try #require(line["name"] as? String)
                let live = try #require(line["live"] as? [String: Any])
                return (name, try #require(live["digest"] as? String))
            }
        ) { first, _ in first }
    }

    @Test func `every projection is listed with version, position, lag and digest`() throws {
        let area = try SmallSurvey.line(
            "defineArea",
            ["code": "380102", "level": "tambon", "parentCode": "3801", "nameTh": "ก"]
        )
        #expect(try survey.submit(area).status == 0)
        let count = try survey.recordCount()
        let lines = try Tool.bmn("projections", ledger, "--json").objects()
        #expect(lines.map { $0["name"] as? String } == ProjectionCatalog.all.map(\.name))
        for (line, projection) in zip(lines, ProjectionCatalog.all) {
            #expect(line["version"] as? Int == projection.version)
            let live = try #require(line["live"] as? [String: Any])
            #expect(live["version"] as? Int == projection.version)
            #expect(live["position"] as? Int == count - 1)
            #expect(live["lag"] as? Int == 1)
            #expect(live["digest"] is NSNull)
            #expect(line["postgresql"] is NSNull)
        }
        let replayed = try Tool.bmn("replay", ledger, "--into", scratch.path("o.sqlite"), "--json")
        #expect(try Tool.bmn("show", ledger, "area", "38").status == 0)
        let expected = try replayed.objects().map { $0["digest"] as? String }
        let now = try digests()
        #expect(ProjectionCatalog.all.map { now[$0.name] } == expected)
        let text = try Tool.bmn("projections", ledger)
        #expect(text.lines[0] == "projection\tprogram's version\tversion\tposition\tlag")
        #expect(text.lines[1] == "areas\t1\t1\t\(count)\t0")
        #expect(try Tool.bmn("projections", ledger, language: "th").text.contains("ตามหลัง"))
        try FileManager.default.removeItem(at: scratch.url("ledger/survey.sqlite"))
        #expect(try Tool.bmn("projections", ledger).lines[1] == "areas\t1\t-\t-\t-")
    }

    @Test func `a live file with other rows stays until the admin says swap`() throws {
        let right = try digests()
        try spoil()
        let wrong = try digests()
        let run = try Tool.bmn("replay", ledger)
        #expect(run.status == 1)
        #expect(run.error.hasPrefix("digestsDiffer: "))
        #expect(run.error.contains("survey.sqlite.differs"))
        #expect(run.lines.count == 2)
        #expect(run.lines[1].hasPrefix("households\t\(wrong["households"] ?? "?") ("))
        #expect(run.lines[1].contains("\t\(right["households"] ?? "?") ("))
        #expect(try digests() == wrong, "the live file stays")
        let file = scratch.path("ledger/survey.sqlite.differs")
        let kept = try SurveyDatabase(path: file, use: .read)
        let built = try ProjectionRunner(ProjectionCatalog.all, kept).digests()
        #expect(built.allSatisfy { right[$0.name] == $0.digest.hex })
        let json = try Tool.bmn("replay", ledger, "--json", language: "th")
        #expect(json.status == 1)
        #expect(try json.errorCode() == "digestsDiffer")
        let differing = try json.objects().filter { $0["equal"] as? Bool == false }
        #expect(differing.map { $0["name"] as? String } == ["households"])
        #expect(try Tool.bmn("replay", ledger, "--swap").status == 0)
        #expect(try digests() == right)
        #expect(!FileManager.default.fileExists(atPath: file), "it told of rows that are no more")
        try spoil()
        #expect(try Tool.bmn("replay", ledger).status == 1)
        try FileManager.default.removeItem(at: scratch.url("ledger/survey.sqlite"))
        #expect(try Tool.bmn("replay", ledger).status == 0)
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try Tool.bmn("replay", ledger).status == 0)
        #expect(try Tool.bmn("replay", ledger, "--swap", "--as-of", "3").status == 2)
    }

    @Test func `a file in a folder that is not there is refused with a sentence`() throws {
        let path = scratch.path("nowhere/x.sqlite")
        let run = try Tool.bmn("replay", ledger, "--into", path, "--json")
        #expect(run.status == 3)
        #expect(try run.errorCode() == "databaseFailed")
        #expect(run.error.contains("nowhere is no folder: make it"), "\(run.error)")
        #expect(!run.error.contains("Cocoa") && !run.error.contains("NSError"))
    }

    @Test func `one projection is rebuilt only if nothing changes or the admin says swap`() throws {
        let right = try digests()
        #expect(try Tool.bmn("replay", ledger, "--only", "households").status == 0)
        try spoil()
        let wrong = try digests()
        let run = try Tool.bmn("replay", ledger, "--only", "households")
        #expect(run.status == 1)
        #expect(run.error.hasPrefix("digestsDiffer: "))
        #expect(run.text.contains(right["households"] ?? "?"))
        #expect(try digests() == wrong)
        #expect(try Tool.bmn("replay", ledger, "--only", "areas").status == 0)
        #expect(try Tool.bmn("replay", ledger, "--only", "households", "--swap").status == 0)
        #expect(try digests() == right)
    }

    @Test func `a database that cannot be had is an error without its address`() throws {
        for (url, status, code) in [
            ("postgresql://u:hunter2@%zz/x", Int32(2), "databaseURLMalformed"),
            ("postgresql://u:hunter2@/x?host=/nonexistent", 3, "databaseUnreachable"),
        ] {
            for arguments in [
                ["replay", ledger, "--into", url], ["projections", ledger, "--into", url],
                ["follow", ledger, "--once", "--into", url],
                ["figures", "--from", url, "--cycle", "2561"],
            ] {
                let run = try Tool.bmn(arguments + ["--json"])
                #expect(run.status == status, "\(arguments): \(run.error)")
                #expect(try run.errorCode() == code)
                #expect(!run.error.contains("hunter2") && !run.text.contains("hunter2"))
            }
        }
        #expect(try Tool.bmn("follow", "--into", "postgresql:///x").status == 2)
        let interval = ["follow", ledger, "--into", "postgresql:///x", "--interval", "0"]
        #expect(try Tool.bmn(interval).status == 2)
    }
}
