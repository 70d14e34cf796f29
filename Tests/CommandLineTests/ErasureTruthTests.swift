import Foundation
import Testing

/// What is told of an erasure is true: while its key is still there, in every cycle, and to whoever
/// asks what is held of them.
@Suite struct `bmn erase, and what is told after it` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }
    private static let household = "38010101-0001"

    init() throws { survey = try SmallSurvey() }

    private func bmn(_ arguments: String...) throws -> Run {
        let run = try Tool.bmn(arguments)
        try #require(run.status == 0, "\(arguments): \(run.error)")
        return run
    }

    /// Puts a copy of a file in its place, as a restored backup would be.
    private func putBack(_ copy: String, _ name: String) throws {
        try FileManager.default.removeItem(at: scratch.url(name))
        try FileManager.default.copyItem(at: scratch.url(copy), to: scratch.url(name))
    }

    @Test func `erased data is not opened while the vault still has its key`() throws {
        let vault = "ledger/vault.mdb"
        try FileManager.default.copyItem(at: scratch.url(vault), to: scratch.url("copy.mdb"))
        let before = try survey.recordCount()
        _ = try bmn("erase", ledger, "household", Self.household, "--reason", "x")
        #expect(try bmn("status", ledger).text.contains("erasures not carried out\t0\n"))
        try putBack("copy.mdb", vault)
        let status = try bmn("status", ledger, "--json").object()
        #expect(status["unfinishedErasures"] as? Int == 1)
        #expect(try bmn("status", ledger).text.contains("erasures not carried out\t1\n"))
        let household = ["household", Self.household, "--with-names"]
        for moment in [[], ["--as-of", "\(before)"]] {
            let shown = try Tool.bmn(["show", ledger] + household + moment)
            #expect(shown.text.contains("personal data\t(erased on "), "\(shown.text)")
            #expect(!shown.text.contains("สมชาย"))
            let json = try Tool.bmn(["show", ledger] + household + moment + ["--json"]).object()
            #expect(json["personalData"] as? String == "erased")
            #expect(json["personal"] is NSNull)
        }
        let history = try Tool.bmn(["history", ledger] + household)
        #expect(history.text.contains("personal data\t(erased on "))
        #expect(!history.text.contains("สมชาย"))
        let file = scratch.path("export.json")
        _ = try bmn("export", ledger, "household", Self.household, "-o", file)
        let export = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!export.contains("สมชาย"))
        let records = try #require(try Run.object(export)["records"] as? [[String: Any]])
        #expect(records.map { $0["personalData"] as? String } == ["erased", nil])
        // The next who writes finishes it.
        let line = try SmallSurvey.line(
            "registerPerson",
            ["person": "p-1", "identity": ["firstName": "สมมติ"]]
        )
        #expect(try survey.submit(line).status == 0)
        #expect(
            try bmn("status", ledger, "--json").object()["unfinishedErasures"] as? Int == 0
        )
        #expect(try Tool.verify(ledger).ok)
    }

    @Test func `a key that is missing without an erasure is called that`() throws {
        let vault = "ledger/vault.mdb"
        try FileManager.default.copyItem(at: scratch.url(vault), to: scratch.url("copy.mdb"))
        let file = try scratch.write("h.csv", SmallSurvey.households(["38010101-0003"]))
        _ = try bmn(
            "import",
            "households",
            ledger,
            file,
            "--user",
            "rec-1",
            "--capacity",
            "recorder"
        )
        try putBack("copy.mdb", vault)
        let newer = try bmn("show", ledger, "household", "38010101-0003", "--with-names")
        #expect(newer.error.hasPrefix("vaultOlder: "))
        #expect(newer.text.contains("personal data\t(its key is missing from the vault)\n"))
        let older = try bmn("show", ledger, "household", Self.household, "--with-names")
        #expect(older.error.hasPrefix("vaultOlder: "))
        #expect(older.text.contains("members[1].firstName\tสมชาย\n"))
        let json = try bmn(
            "history",
            ledger,
            "household",
            "38010101-0003",
            "--with-names",
            "--json"
        )
        #expect(try json.object()["personalData"] as? String == "keyMissing")
        let export = scratch.path("e.json")
        _ = try bmn("export", ledger, "household", "38010101-0003", "-o", export)
        let text = try String(contentsOfFile: export, encoding: .utf8)
        let records = try #require(try Run.object(text)["records"] as? [[String: Any]])
        #expect(records.map { $0["personalData"] as? String } == ["keyMissing"])
        let refused = try Tool.bmn("erase", ledger, "household", Self.household, "--reason", "x")
        #expect(refused.status == 3 && refused.error.hasPrefix("vaultOlder: "))
    }

    @Test func `a vault with another name is refused before anything is recorded`() throws {
        let count = try survey.recordCount()
        #expect(unsafe link(scratch.path("ledger/vault.mdb"), scratch.path("snapshot")) == 0)
        let arguments = ["erase", ledger, "household", Self.household, "--reason", "x", "--json"]
        let refused = try Tool.bmn(arguments)
        #expect(refused.status == 3)
        #expect(try refused.errorCode() == "vaultLinked")
        #expect(try survey.recordCount() == count)
        try FileManager.default.removeItem(at: scratch.url("snapshot"))
        #expect(try Tool.bmn(arguments).status == 0)
    }

    /// The same household, village and people in the next cycle.
    private func recordNextCycle() throws {
        let defaults = try bmn("cycle", "defaults", "--year", "2561", "--province", "38").object()
        var cycle = try #require(defaults["defineCycle"] as? [String: Any])
        (cycle["cycle"], cycle["referenceDate"]) = ("2562", "2019-01-01")
        let file = try scratch.write("cycle.jsonl", SmallSurvey.line("defineCycle", cycle))
        _ = try bmn("submit", ledger, file)
        func next(_ text: String) -> String {
            text.replacing("2561", with: "2562").replacing("2560", with: "2561")
                .replacing("\no-", with: "\nnext-")
        }
        let households = SmallSurvey.households([Self.household])
        for (kind, csv) in [
            ("appointments", next(SmallSurvey.appointments)),
            ("targets", next(SmallSurvey.targets)),
            ("households", next(households)),
        ] {
            let file = try scratch.write("\(kind).csv", csv)
            let user = ["--user", "rec-1", "--capacity", "recorder"]
            let run = try Tool.bmn(["import", kind, ledger, file] + user)
            try #require(run.status == 0, "\(run.text)\(run.error)")
        }
    }

    @Test func `other cycles that hold the household are named or erased as well`() throws {
        try recordNextCycle()
        let export = try bmn(
            "export",
            ledger,
            "household",
            Self.household,
            "-o",
            scratch.path("e.json")
        )
        #expect(export.error.contains("Other cycles have this household, too: 2561\n"))
        #expect(export.error.contains("household \(Self.household) --cycle 2561 -o"))
        let erased = try bmn("erase", ledger, "household", Self.household, "--reason", "it's over")
        #expect(erased.text.contains("household \(Self.household) of cycle 2562: record"))
        #expect(erased.error.contains("Other cycles hold this household, too: 2561\n"))
        let command = #"--cycle 2561 --ground other --reason 'it'\''s over'"#
        #expect(erased.error.contains("household \(Self.household) \(command)\n"))
        let shown = try bmn(
            "show",
            ledger,
            "household",
            Self.household,
            "--cycle",
            "2561",
            "--with-names"
        )
        #expect(shown.text.contains("members[1].firstName\tสมชาย\n"))
        let rest = try bmn(
            "erase",
            ledger,
            "household",
            Self.household,
            "--reason",
            "x",
            "--all-cycles",
            "--json"
        )
        #expect(
            try rest.objects().map { $0["stream"] as? String } == [
                "household/2561/\(Self.household)"
            ]
        )
        let none = try Tool.bmn(
            "erase",
            ledger,
            "household",
            Self.household,
            "--reason",
            "x",
            "--all-cycles"
        )
        #expect(none.status == 1 && none.error.hasPrefix("personalDataMissing: "))
        #expect(try Tool.verify(ledger).ok)
    }

    @Test func `every cycle is erased in one go`() throws {
        try recordNextCycle()
        let run = try bmn(
            "erase",
            ledger,
            "household",
            Self.household,
            "--reason",
            "x",
            "--all-cycles"
        )
        #expect(run.lines.count == 2)
        #expect(!run.error.contains("Other cycles"))
        for cycle in ["2561", "2562"] {
            let shown = try bmn("show", ledger, "household", Self.household, "--cycle", cycle)
            #expect(shown.text.contains("personal data\t(erased on "), "\(cycle)")
        }
        for wrong in [
            ["household", Self.household, "--cycle", "2561"], ["person", "chair-1"],
        ] {
            let run = try Tool.bmn(["erase", ledger] + wrong + ["--all-cycles", "--reason", "x"])
            #expect(run.status == 2, "\(wrong)")
        }
    }

    @Test func `an export of a person has all records that name the person`() throws {
        let trainings = """
            training,cycle,area,kind,held_on,place,person,part
            t-1,2561,3801,collector,20/12/2560,ศาลากลาง,chair-1,trainer
            t-1,2561,3801,collector,20/12/2560,ศาลากลาง,col-1,participant

            """
        _ = try bmn(
            "import",
            "trainings",
            ledger,
            scratch.write("t.csv", trainings),
            "--user",
            "admin-1"
        )
        func mentions(_ person: String) throws -> [[String: Any]] {
            let file = scratch.path("\(person).json")
            _ = try bmn("export", ledger, "person", person, "-o", file)
            let export = try Run.object(String(contentsOfFile: file, encoding: .utf8))
            return try #require(export["mentions"] as? [[String: Any]])
        }
        let collector = try mentions("col-1")
        #expect(
            collector.map { $0["event"] as? String } == [
                "orderIssued", "householdRecorded", "householdRecorded", "trainingHeld",
            ]
        )
        // What others said of themselves is not the collector's to have.
        #expect(collector.map { $0["record"] is NSNull } == [false, true, true, false])
        #expect(
            collector.compactMap { $0["stream"] as? String }.contains(
                "household/2561/\(Self.household)"
            )
        )
        #expect(try mentions("chair-1").map { $0["event"] as? String }.contains("trainingHeld"))
        let recorder = try mentions("rec-1").map { $0["event"] as? String }
        #expect(recorder.count { $0 == "householdRecorded" } == 2)
    }
}
