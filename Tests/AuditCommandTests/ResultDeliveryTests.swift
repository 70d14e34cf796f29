import AuditTestSupport
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import Testing
import TransparencyLog

/// What `prove`, `check` and `bundle` answer when their results do not arrive.
@Suite struct ResultDeliveryTests {
    private static let id = "2561-9981-2"
    private let ledger: ScratchLedger

    init() throws {
        var script = Script.collected
        script.certify(Self.id, "9981", ["chair-1", "member-1", "secretary-1"])
        ledger = try ScratchLedger(script)
        _ = try CheckpointLog(ledger.directory).sign()
        let policy = try #require(
            try LedgerReader(ledger.directory).snapshot().logKeys().last.map {
                "log \($0.vkey)\nquorum none\n"
            }
        )
        try Data(policy.utf8).write(to: URL(filePath: file("policy.txt")))
        for index: UInt64 in [6, 7] {
            let bytes = try #require(
                try LedgerReader(ledger.directory).snapshot().withRecord(index) { $0.byteArray }
            )
            try Data(bytes).write(to: URL(filePath: file("\(index).json")))
        }
        let made = try AuditTool.run(["prove", path, "7", "-o", file("7.proof")])
        try #require(made.exitCode == 0, "\(made.messages)")
    }

    private var path: String { ledger.directory.path }

    private func file(_ name: String) -> String { ledger.folder + "/" + name }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: file(name))
    }

    /// Runs into a pipe that nobody reads.
    private func runUnread(_ arguments: [String]) throws -> AuditRun {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        return try AuditTool.start(arguments, output: pipe.fileHandleForWriting).wait()
    }

    private func check(_ record: String) -> [String] {
        [
            "check", file("7.proof"), "--record", file(record), "--policy", file("policy.txt"),
        ]
    }

    @Test func `A reader that goes away does not make a refusal a proof`() throws {
        for options in [[], ["--json"]] {
            #expect(try runUnread(check("6.json") + options).exitCode == 1)
            #expect(try runUnread(check("7.json") + options).exitCode == 0)
        }
        #expect(try runUnread(["prove", path, "7"]).exitCode == 3, "nobody has the proof")
        #expect(try runUnread(["bundle", path, Self.id, "-o", file("u.asice")]).exitCode == 0)
        #expect(exists("u.asice"))
    }

    @Test func `A verdict that cannot be written leaves no bundle in the way`() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let arguments = ["bundle", path, Self.id, "-o", file("f.asice"), "--lang", "en"]
        let run = try AuditTool.start(arguments, output: full).wait()
        #expect(run.exitCode == 3)
        #expect(run.messages.contains("outputFailed"), "\(run.messages)")
        #expect(!exists("f.asice"))
        #expect(try AuditTool.run(arguments).exitCode == 0)
    }

    @Test func `Scripts get an object whatever becomes of it`() throws {
        let missing = try AuditTool.run(check("absent.json") + ["--json"])
        #expect(missing.exitCode == 3)
        #expect(missing.output.hasPrefix("{\"ok\":false,\"code\":"), "\(missing.output)")
        let bundle = ["bundle", path, Self.id, "-o", file("j.asice"), "--json"]
        let made = try AuditTool.run(bundle)
        #expect(made.exitCode == 0)
        #expect(try made.json().ok)
        let again = try AuditTool.run(bundle)
        #expect(again.exitCode == 3)
        #expect(again.output.contains("alreadyExists"), "\(again.output)")
    }

    @Test func `No proof is given under a checkpoint that the log has not signed`() throws {
        try { () throws in
            let store = try LedgerStore(ledger.directory, access: .write)
            try store.environment.write { transaction in
                let stored = try #require(try store.checkpoint(below: .max, transaction))
                var bytes = stored.noteBytes
                let letter = UInt8(ascii: "A")
                bytes[bytes.count - 10] = bytes[bytes.count - 10] == letter ? letter + 1 : letter
                try transaction.put(store.checkpoints, BigEndianKey(stored.treeSize), bytes)
            }
        }()
        let run = try AuditTool.run(["prove", path, "7", "--lang", "en"])
        #expect(run.exitCode == 3)
        #expect(run.output == "")
        #expect(run.messages.contains("is not the log's"), "\(run.messages)")
    }

    @Test func `A bundle has a report for people, too`() throws {
        let bundle = file("r.asice")
        #expect(try AuditTool.run(["bundle", path, Self.id, "-o", bundle]).exitCode == 0)
        let report = file("r.html")
        let run = try AuditTool.run(["verify", bundle, "--report", report, "--lang", "en"])
        #expect(run.exitCode == 0, "\(run.messages)")
        let page = try String(contentsOfFile: report, encoding: .utf8)
        #expect(page.contains(">Passed: Every record in it is in the log"))
        #expect(page.contains("certification/\(Self.id)"))
        #expect(page.contains("<li>Measured by no policy"))
        #expect(page.contains("The maker may have left out the last records"))

        // A byte of a record, which is stored as it is.
        var bytes = try Data(contentsOf: URL(filePath: bundle))
        let range = try #require(bytes.range(of: Data("\"capacity\":\"test\"".utf8)))
        bytes[range.lowerBound + 13] = UInt8(ascii: "r")
        try bytes.write(to: URL(filePath: file("t.asice")))
        let tampered = try AuditTool.run(
            ["verify", file("t.asice"), "--report", report, "--lang", "th"]
        )
        #expect(tampered.exitCode == 3 || tampered.exitCode == 1)
        let thai = try String(contentsOfFile: report, encoding: .utf8)
        #expect(thai.contains("รายงานผลการตรวจสอบ") && !thai.contains("ผ่าน:"), "\(thai)")
    }
}
