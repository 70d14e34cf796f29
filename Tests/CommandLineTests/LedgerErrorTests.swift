import Foundation
import LMDB
import LedgerReader
import Testing

/// Ledgers that cannot be read or written: a code, status 3, nothing stored and nothing lost.
@Suite struct `A ledger that cannot be used` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private var ledger: String { survey.ledger }

    init() throws { survey = try SmallSurvey() }

    private static let area = """
        {"defineArea":{"code":"38010111","level":"village","parentCode":"380101","nameTh":"ก"}}

        """

    private func expect(_ code: String, status: Int32 = 3, _ arguments: [String]) throws {
        let run = try Tool.bmn(arguments + ["--json"])
        #expect(run.status == status, "\(arguments[0]): \(run.text)\(run.error)")
        #expect(!run.wasKilled)
        #expect(try run.errorCode() == code, "\(arguments[0]): \(run.error)")
    }

    @Test func `a directory that is no ledger says so to every command`() throws {
        let folder = scratch.path("empty")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = try scratch.write("commands.jsonl", Self.area)
        for arguments in [
            ["log", folder], ["submit", folder, file], ["import", "areas", folder, file],
            ["show", folder, "area", "38"], ["history", folder, "household", "1"],
            ["status", folder], ["replay", folder], ["statement", folder, "c"],
            ["backup", folder, scratch.path("copy")],
        ] {
            try expect("notALedger", arguments)
        }
        try expect("notALedger", ["log", scratch.path("absent")])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("copy")))
    }

    @Test func `files that are no LMDB or nothing at all are refused`() throws {
        for (content, codes) in [
            (Data(), ["notALedger"]), (Data("hello".utf8), ["notALedger"]),
            (Data(repeating: 7, count: 100_000), ["notALedger", "damaged"]),
        ] {
            try content.write(to: scratch.url("ledger/ledger.mdb"))
            let run = try Tool.bmn("log", ledger, "--json")
            #expect(run.status == 3 && !run.wasKilled)
            #expect(codes.contains(try run.errorCode()))
        }
    }

    @Test func `a ledger of a newer format asks for a newer program`() throws {
        do {
            let environment = try Environment(path: scratch.path("ledger/ledger.mdb"))
            let meta = try environment.openDatabase("meta")
            try environment.write { transaction in
                try transaction.put(meta, LedgerKey.format, [0, 0, 0, 4] as [UInt8])
            }
        }
        try expect("newerFormat", ["log", ledger])
        try expect("newerFormat", ["submit", ledger, try scratch.write("c.jsonl", Self.area)])
    }

    @Test func `init refuses a folder with something in it and a bad origin`() throws {
        let before = try Data(contentsOf: scratch.url("ledger/keys/log.pem"))
        try expect("alreadyExists", ["init", ledger, "--origin", "example.org/other"])
        #expect(try Data(contentsOf: scratch.url("ledger/keys/log.pem")) == before)
        for origin in ["has space", "plus+plus", "", String(repeating: "x", count: 201)] {
            try expect(
                "originMalformed",
                status: 1,
                ["init", scratch.path("new"), "--origin", origin]
            )
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("new")))
    }

    @Test func `keys of a new ledger are for its owner alone`() throws {
        let run = try Tool.bmn("init", scratch.path("new"), "--origin", "example.org/new", "--json")
        #expect(run.status == 0)
        #expect((try run.object()["vkey"] as? String)?.hasPrefix("example.org/new+") == true)
        #expect(try scratch.permissions("new/keys/log.pem") == 0o600)
        #expect(try scratch.permissions("new/keys/master.key") == 0o600)
        #expect(try scratch.permissions("new") == 0o700)
    }

    @Test func `a missing or wrong vault stops writing but not reading`() throws {
        let file = try scratch.write("c.jsonl", Self.area)
        try scratch.write("ledger/keys/master.key", String(repeating: "0", count: 64) + "\n")
        try expect("vaultWrongKey", ["submit", ledger, file])
        try FileManager.default.removeItem(atPath: scratch.path("ledger/vault.mdb"))
        try expect("vaultMissing", ["submit", ledger, file])
        #expect(try Tool.bmn("log", ledger).status == 0)
    }

    @Test func `a copy without keys says that it is for reading and how to write again`() throws {
        let copy = scratch.path("copy")
        #expect(try Tool.bmn("backup", ledger, copy).status == 0)
        let file = try scratch.write("c.jsonl", Self.area)
        try expect("keyMissing", ["submit", copy, file])
        let english = try Tool.bmn("submit", copy, file)
        #expect(english.error.contains("put the ledger's keys/ and vault.mdb back"))
        let thai = try Tool.bmn("submit", copy, file, language: "th")
        #expect(thai.error.contains("นำ keys/ และ vault.mdb ของบัญชีกลับมา"))
    }

    @Test func `a full disk is said and loses nothing that was acknowledged`() throws {
        let count = try survey.recordCount()
        let lines = try (0..<4000).map { number in
            try SmallSurvey.line(
                "submitReport",
                [
                    "cycle": "2561", "deadline": "awards", "area": "3801",
                    "documentNumber": String(repeating: "ก", count: 100) + "\(number)",
                ]
            )
        }
        // Every second command is one that is stored: a person with a name to seal.
        let persons = try (0..<4000).map { number in
            try SmallSurvey.line(
                "registerPerson",
                [
                    "person": "p-\(number)",
                    "identity": ["firstName": String(repeating: "ก", count: 60)],
                ]
            )
        }
        try scratch.write("many.jsonl", zip(lines, persons).map { $0 + $1 }.joined())
        let size =
            try FileManager.default
            .attributesOfItem(atPath: scratch.path("ledger/ledger.mdb"))[.size] as? Int ?? 0
        let blocks = size / 1024 + 512
        // A file size limit gives the same answer as a full disk, without needing one.
        let run = try Tool.shell(
            """
            trap '' XFSZ; ulimit -f \(blocks)
            "$BMN" submit '\(ledger)' '\(scratch.path("many.jsonl"))' --user u-1 --json
            """
        )
        #expect(run.status == 3 && !run.wasKilled, "\(run.error)")
        #expect(run.error.contains("diskFull"))
        let receipts = try run.objects().compactMap { $0["index"] as? Int }
        let after = try Tool.bmn("log", ledger).lines
        #expect(after.count == count + receipts.count)
        #expect(receipts == Array(count..<after.count))
        // With room again, the rest goes in and the first ones are known.
        let again = try survey.submit(Self.area)
        #expect(again.status == 0)
    }

    @Test func `a ledger that may not be read or written says so`() throws {
        // Root may do everything, so the tool runs as nobody then.
        let tool = scratch.path("bmn")
        try FileManager.default.copyItem(atPath: Tool.bmn, toPath: tool)
        try scratch.write("c.jsonl", Self.area)
        let run = try Tool.shell(
            """
            as=; [ "$(id -u)" = 0 ] && as='setpriv --reuid 65534 --regid 65534 --clear-groups'
            cd '\(scratch.folder.path)' && chmod 755 . && chmod -R a=rX ledger && chmod 0 ledger/keys
            $as ./bmn submit ledger c.jsonl --json; echo "submit $?"
            chmod 0 ledger/ledger.mdb
            $as ./bmn log ledger --json; echo "log $?"
            chmod -R u=rwX .
            """
        )
        #expect(run.lines == ["submit 3", "log 3"])
        #expect(run.error.split(separator: "\n").allSatisfy { $0.contains("noPermission") })
    }

    @Test func `a read-only copy can be read and shown`() throws {
        let tool = scratch.path("bmn")
        try FileManager.default.copyItem(atPath: Tool.bmn, toPath: tool)
        let run = try Tool.shell(
            """
            as=; [ "$(id -u)" = 0 ] && as='setpriv --reuid 65534 --regid 65534 --clear-groups'
            cd '\(scratch.folder.path)' && chmod 755 . && chmod -R a=rX ledger
            $as ./bmn log ledger | wc -l
            $as ./bmn show ledger progress 38 --json | grep -c '"collected":2'
            ls ledger | grep -c sqlite
            chmod -R u=rwX .
            """
        )
        #expect(Int(run.lines.first ?? "") == (try survey.recordCount()))
        #expect(run.lines.dropFirst() == ["1", "0"], "\(run.error)")
    }
}
