import Foundation
import Testing

@Suite struct `bmn publish and what an auditor remembers` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    /// Runs a line in which `$L` is the ledger, `$P` what is published and `$S` a state file.
    private func shell(_ line: String) throws -> Run {
        try Tool.shell(
            line,
            environment: [
                "L": ledger, "P": scratch.path("public"), "S": scratch.path("state"),
            ]
        )
    }

    private func register(_ prefix: String, _ count: Int) throws {
        let lines = try (0..<count).map { number in
            try SmallSurvey.line(
                "registerPerson",
                ["person": "\(prefix)-\(number)", "identity": ["firstName": "สมมติ"]]
            )
        }
        let file = try scratch.write("\(prefix).jsonl", lines.joined())
        let run = try Tool.bmn("submit", ledger, file, "--user", "u-1")
        #expect(run.status == 0, "\(run.error)")
    }

    @Test func `without a checkpoint is refused and says what to do`() throws {
        let run = try Tool.bmn("publish", ledger, scratch.path("public"), "--json")
        #expect(run.status == 3)
        #expect(try run.errorCode() == "noCheckpoint")
        #expect(run.error.contains("run bmn checkpoint"))
        let thai = try Tool.bmn("publish", ledger, scratch.path("public"), language: "th")
        #expect(thai.status == 3 && thai.error.contains("ใช้ bmn checkpoint ก่อน"))
    }

    @Test func `a directory that cannot be made is named with the reason`() throws {
        try #require(try shell("$BMN checkpoint $L > /dev/null").status == 0)
        let file = try scratch.write("file", "")
        for (path, reason) in [
            (scratch.path("absent/public"), "cannot be made"), (file, "is no directory"),
        ] {
            let run = try Tool.bmn("publish", ledger, path)
            #expect(run.status == 5)
            #expect(run.error.contains("\(path) \(reason)"), "\(run.error)")
        }
    }

    @Test func `writes files that everybody may read and that verify like the ledger`() throws {
        let run = try shell(
            "umask 077; $BMN checkpoint $L > /dev/null && $BMN publish $L $P --json"
        )
        #expect(run.status == 0, "\(run.error)")
        let object = try run.object()
        #expect(object["origin"] as? String == "example.org/small")
        #expect(try object["size"] as? Int == survey.recordCount())
        #expect(object["files"] as? Int == 3)
        #expect((object["bytes"] as? Int ?? 0) > 1000)
        for name in ["public", "public/tile", "public/tile/0", "public/tile/entries"] {
            #expect(try scratch.permissions(name) == 0o755, "\(name)")
        }
        let size = try survey.recordCount()
        for name in ["checkpoint", "tile/0/000.p/\(size)", "tile/entries/000.p/\(size)"] {
            #expect(try scratch.permissions("public/" + name) == 0o644, "\(name)")
        }
        let ledger = try shell("$BMN_AUDIT verify $L --json")
        let published = try shell("$BMN_AUDIT verify $P --json")
        #expect(published.status == 0, "\(published.error)")
        #expect(published.text == ledger.text)
        #expect(object["root"] as? String == (try published.object())["root"] as? String)
        let text = try Tool.bmn("publish", self.ledger, scratch.path("public"))
        #expect(text.text.hasPrefix("Published \(size) records, root "))
        #expect(text.text.hasSuffix("(wrote 0 files, 0 bytes)\n"))
    }

    @Test func `killed in the middle leaves what the next run completes`() throws {
        try register("p", 3000)
        #expect(try Tool.bmn("checkpoint", ledger).status == 0)
        let path = scratch.path("public")
        // At the first sign of each of these files.
        for name in ["tile/entries/000", "tile/entries/003", "tile/0/008", "tile/1/000.p/11"] {
            try? FileManager.default.removeItem(atPath: path)
            let process = try Tool.start("publish", ledger, path)
            while process.isRunning, !FileManager.default.fileExists(atPath: path + "/" + name) {}
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if FileManager.default.fileExists(atPath: path + "/checkpoint") {
                #expect(try shell("$BMN_AUDIT verify $P").status == 0, "\(name)")
            }
            let run = try Tool.bmn("publish", ledger, path)
            #expect(run.status == 0, "\(run.error)")
            let verified = try shell("$BMN_AUDIT verify $P --json")
            #expect(verified.status == 0, "\(name): \(verified.text)")
            #expect(!FileManager.default.fileExists(atPath: path + "/.draft"))
        }
    }

    @Test func `two at once publish the same`() throws {
        try register("p", 2000)
        #expect(try Tool.bmn("checkpoint", ledger).status == 0)
        let path = scratch.path("public")
        let runs = try (0..<3).map { _ in try Tool.start("publish", ledger, path) }
        for run in runs { run.waitUntilExit() }
        let statuses = Set(runs.map(\.terminationStatus))
        #expect(statuses.contains(0) && statuses.isSubset(of: [0, 5]))
        #expect(try shell("$BMN_AUDIT verify $P").status == 0)
    }

    @Test func `a state file follows the log, in words and in JSON`() throws {
        let none = try shell("$BMN_AUDIT verify $L --state $S --lang en")
        #expect(none.status == 1, "\(none.text)")
        #expect(none.text.contains("nothing to remember"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("state")))
        let early = try shell("$BMN_AUDIT verify $L --state $S --new-only --lang en")
        #expect(early.status == 2 && early.error.contains("verify once without --new-only"))
        for options in ["--new-only", "--state $S --only chain", "--state ''"] {
            let wrong = try shell("$BMN_AUDIT verify $L --lang en \(options)")
            #expect(wrong.status == 2 && wrong.error.contains("--state"), "\(options)")
        }
        let size = try survey.recordCount()
        let first = try shell(
            "$BMN checkpoint $L > c && $BMN_AUDIT verify $L --state $S --lang en && cmp c $S; rm c"
        )
        #expect(first.status == 0, "\(first.text)\(first.error)")
        #expect(first.text.hasSuffix("first checkpoint remembered, \(size) records\n"))
        #expect(try scratch.permissions("state") == 0o600)
        try register("p", 5)
        let grown = try shell(
            "$BMN checkpoint $L > /dev/null && $BMN publish $L $P > /dev/null && cp $S $S.2"
                + " && $BMN_AUDIT verify $P --state $S --new-only --lang en"
                + " && $BMN_AUDIT verify $P --state $S.2 --json"
        )
        #expect(grown.status == 0, "\(grown.text)\(grown.error)")
        #expect(grown.text.contains("Only the 5 new records: rules, signatures"))
        #expect(grown.text.contains("grown from \(size) to \(size + 5) records\n"))
        let json = try Run.object(try #require(grown.lines.last))
        let state = try #require(json["state"] as? [String: Any])
        #expect(state["change"] as? String == "grown" && state["newOnly"] as? Bool == false)
        #expect(state["from"] as? Int == size && state["to"] as? Int == size + 5)
        let thai = try shell("$BMN_AUDIT verify $P --state $S --new-only --lang th")
        #expect(thai.text.contains("ตรวจเฉพาะระเบียนใหม่ 0 ระเบียน"))
    }

    @Test func `a state file that is none is refused and left alone`() throws {
        #expect(try Tool.bmn("checkpoint", ledger).status == 0)
        try scratch.write("state", "mine\n")
        let run = try shell("$BMN_AUDIT verify $L --state $S --lang en")
        #expect(run.status == 3 && run.error.contains("is no checkpoint"), "\(run.error)")
        #expect(try String(contentsOf: scratch.url("state"), encoding: .utf8) == "mine\n")
        let fifo = try shell("rm $S; mkfifo $S; $BMN_AUDIT verify $L --state $S --lang en")
        #expect(fifo.status == 3, "\(fifo.error)")
        let other = try shell(
            "rm $S; $BMN init $L.2 --origin example.org/other > /dev/null"
                + " && $BMN checkpoint $L.2 > $S && $BMN_AUDIT verify $L --state $S --lang en"
        )
        #expect(other.status == 1)
        #expect(other.text.contains("is of example.org/other"))
        #expect(other.text.contains("ANOTHER LOG"))
        let altered = try shell(
            "$BMN checkpoint $L | sed '2s/.*/2/' > $S; $BMN_AUDIT verify $L --state $S --lang en"
        )
        #expect(altered.status == 1)
        #expect(altered.text.contains("no key of the log signed what it remembers"))
        #expect(!altered.text.contains("FORK"))
    }

    @Test func `a rotated key is followed when all levels are verified`() throws {
        let run = try shell(
            """
            sign() { $BMN checkpoint $L > /dev/null && $BMN publish $L $P > /dev/null; }
            sign && $BMN_AUDIT verify $P --state $S > /dev/null &&
            $BMN key rotate $L --reason test --user u-1 > /dev/null && sign || exit 9
            $BMN_AUDIT verify $P --state $S --new-only --lang en
            test $? -eq 1 && $BMN_AUDIT verify $P --state $S > /dev/null || exit 8
            cp $S $S.2
            """
        )
        #expect(run.status == 0, "\(run.text)\(run.error)")
        #expect(run.text.contains("verify all levels once"), "\(run.text)")
        try register("p", 3)
        let after = try shell(
            """
            $BMN checkpoint $L > /dev/null && $BMN publish $L $P > /dev/null &&
            $BMN_AUDIT verify $P --state $S --new-only &&
            $BMN_AUDIT verify $L --state $S.2 --new-only
            """
        )
        #expect(after.status == 0, "\(after.text)\(after.error)")
    }
}
