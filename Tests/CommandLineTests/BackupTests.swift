import Foundation
import LMDB
import Testing

@Suite struct `bmn backup` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    @Test func `a copy has the same records and attachments and no keys`() throws {
        let digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        try scratch.write("ledger/attachments/" + digest, "hello")
        let run = try Tool.bmn("backup", ledger, scratch.path("copy"), "--json")
        #expect(run.status == 0, "\(run.error)")
        let status = try Tool.bmn("status", ledger, "--json").object()
        #expect(try run.object()["root"] as? String == status["rootHash"] as? String)
        #expect(try Tool.bmn("log", scratch.path("copy")).text == Tool.bmn("log", ledger).text)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("copy"))
        #expect(
            Set(names).subtracting(["ledger.mdb-lock"]) == [
                "ledger.mdb", "ledger.head", "attachments",
            ]
        )
        #expect(try scratch.permissions("copy") == 0o700)
        let head = try String(contentsOf: scratch.url("copy/ledger.head"), encoding: .utf8)
        #expect(head.hasPrefix("example.org/small\n\(try survey.recordCount())\n"))
    }

    @Test(arguments: ["Q", "./Q", "Q/", "สำรอง 1"])
    func `a destination of any name is made where the user is`(name: String) throws {
        let run = try Tool.shell(
            "cd '\(scratch.folder.path)' && exec $BMN backup '\(ledger)' '\(name)'"
        )
        #expect(run.status == 0, "\(run.error)")
        let copy = try Tool.bmn("log", scratch.path(name))
        #expect(try copy.text == Tool.bmn("log", ledger).text)
    }

    @Test func `a ledger that was cut back is not copied as if it were whole`() throws {
        let shorter = try Data(contentsOf: scratch.url("ledger/ledger.mdb"))
        let line = try SmallSurvey.line(
            "registerPerson",
            ["person": "p-late", "identity": ["firstName": "สมมติ"]]
        )
        let submitted = try Tool.bmn(
            "submit",
            ledger,
            try scratch.write("late.jsonl", line),
            "--user",
            "u-1"
        )
        #expect(submitted.status == 0, "\(submitted.error)")
        try shorter.write(to: scratch.url("ledger/ledger.mdb"))
        let run = try Tool.bmn("backup", ledger, scratch.path("copy"), "--json")
        #expect(run.status == 3)
        #expect(try run.errorCode() == "damaged")
        #expect(run.error.contains("the last 1 records are gone"), "\(run.error)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("copy")))
        let status = try Tool.bmn("status", ledger)
        #expect(status.status == 3 && status.error.contains("cut back"), "\(status.error)")
        #expect(status.text.contains("tree size"))
    }

    @Test func `a copy that takes longer than the bound for a stall is no stall`() throws {
        let environment = try Environment(path: scratch.path("ledger/ledger.mdb"))
        // Copying waits for the writer's lock without a word, as it would for a slow disk.
        let backup = try environment.write { _ in
            let backup = try Tool.start(
                "backup",
                ledger,
                scratch.path("copy"),
                environment: ["BMN_AUDIT_STALL_SECONDS": "1"]
            )
            Thread.sleep(forTimeInterval: 3)
            #expect(backup.isRunning)
            return backup
        }
        backup.waitUntilExit()
        #expect(backup.terminationStatus == 0)
        #expect(try Tool.bmn("log", scratch.path("copy")).text == Tool.bmn("log", ledger).text)
    }

    @Test func `a damaged page ends in an error and no copy, however it is damaged`() throws {
        let whole = try Data(contentsOf: scratch.url("ledger/ledger.mdb"))
        let text = try Tool.bmn("log", ledger).text
        var refusedCount = 0
        // The headers of pages, where damage leads liblmdb astray.
        for page in 2..<(whole.count / 4096) {
            var damaged = whole
            for offset in [10, 12, 14, 16] { damaged[page * 4096 + offset] ^= 0x55 }
            try damaged.write(to: scratch.url("ledger/ledger.mdb"))
            let copy = scratch.path("copy-\(page)")
            let run = try Tool.bmn("backup", ledger, copy, "--json")
            guard run.status != 0 else {
                // A page that no longer belongs to anything.
                #expect(try Tool.bmn("log", copy).text == text, "page \(page)")
                continue
            }
            refusedCount += 1
            #expect(run.status == 3 && !run.wasKilled, "page \(page): \(run.error)")
            let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
            #expect(!names.contains { $0.hasPrefix("copy-\(page)") }, "\(names)")
        }
        #expect(refusedCount > 5)
    }

    @Test func `an existing destination is left alone`() throws {
        try scratch.write("copy", "mine")
        let run = try Tool.bmn("backup", ledger, scratch.path("copy"), "--json")
        #expect(run.status == 5)
        #expect(try run.errorCode() == "alreadyExists")
        #expect(try String(contentsOf: scratch.url("copy"), encoding: .utf8) == "mine")
    }

    @Test func `a place that cannot be leaves nothing behind`() throws {
        let nowhere = try Tool.bmn("backup", ledger, scratch.path("no/such/place"))
        #expect(nowhere.status == 5)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        #expect(!names.contains { $0.hasPrefix("copy") || $0.hasPrefix("no") }, "\(names)")
    }

    @Test func `a ledger that is being written to is copied at one moment`() throws {
        let codes = (0..<3000).map { "3801" + String(10_000 + $0).suffix(4) }
        let lines = try codes.map { code in
            try SmallSurvey.line(
                "registerPerson",
                ["person": "p-\(code)", "identity": ["firstName": "สมมติ"]]
            )
        }
        let file = try scratch.write("many.jsonl", lines.joined())
        let before = try survey.recordCount()
        let writer = try Tool.start("submit", ledger, file, "--user", "u-1")
        var sizes: [Int] = []
        for number in 0..<4 {
            let run = try Tool.bmn("backup", ledger, scratch.path("copy-\(number)"), "--json")
            #expect(run.status == 0, "\(run.error)")
            sizes.append(try #require(run.object()["size"] as? Int))
        }
        writer.waitUntilExit()
        #expect(writer.terminationStatus == 0)
        let all = try Tool.bmn("log", ledger).lines
        #expect(all.count == before + lines.count)
        #expect(sizes == sizes.sorted())
        for (number, size) in sizes.enumerated() {
            let copied = try Tool.bmn("log", scratch.path("copy-\(number)")).lines
            #expect(copied == Array(all[..<size]))
        }
    }
}
