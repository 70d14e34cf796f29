import AuditTestSupport
import Cryptography
import Foundation
import LMDB
import LedgerReader
import Testing
import TransparencyLog

@Suite struct ExitCodeTests {
    @Test func `A clean ledger is verified with the object that scripts read`() throws {
        let ledger = try ScratchLedger(.certified)
        let run = try AuditTool.verify(ledger.directory.path)
        #expect(run.exitCode == 0)
        #expect(run.messages == "")
        let object = try run.json()
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        #expect(object.ok)
        #expect(object.origin == Sample.origin)
        #expect(object.size == snapshot.treeSize)
        #expect(object.root == snapshot.head.range.rootHash.hex)
        #expect(object.head == snapshot.head.lastLeafHash.hex)
        #expect(object.findings == [])
        let names = ["structure", "chain", "tree", "signatures", "rules", "figures"]
        #expect(object.checks.map(\.name) == names)
        #expect(
            object.checks.map(\.checked).prefix(3) == [
                snapshot.treeSize, snapshot.treeSize, snapshot.treeSize,
            ]
        )
        let members = #"{"ok":true,"origin":"example.org/bmn/99","size":"#
        #expect(run.output.hasPrefix(members), "the order of members is part of the format")
    }

    @Test(arguments: ["structure", "chain", "tree", "signatures", "rules", "figures"])
    func `One level can be asked for alone`(_ level: String) throws {
        let ledger = try ScratchLedger(.certified)
        let run = try AuditTool.verify(ledger.directory.path, "--only", level, "--threads", "1")
        #expect(run.exitCode == 0)
        let object = try run.json()
        #expect(object.checks.map(\.name) == [level])
        #expect(object.origin == Sample.origin)
        #expect((object.root == nil) == ["structure", "chain"].contains(level))
    }

    @Test func `People read Thai or English`() throws {
        let ledger = try ScratchLedger(.collected)
        let path = ledger.directory.path
        let english = try AuditTool.run(["verify", path, "--lang", "en"])
        #expect(english.exitCode == 0)
        #expect(english.output.contains("Ledger: example.org/bmn/99"))
        #expect(english.output.contains("Verdict: verified, nothing wrong found"))
        let thai = try AuditTool.run(["verify", path])
        #expect(thai.output.contains("ผล: ตรวจสอบแล้ว ไม่พบสิ่งผิดปกติ"))
        let byLocale = try AuditTool.run(["verify", path], environment: ["LANG": "en_GB.UTF-8"])
        #expect(byLocale.output == english.output)
        try FileManager.default.removeItem(atPath: ledger.directory.ledgerFile)
        let missing = try AuditTool.run(["verify", path])
        #expect(missing.exitCode == 3)
        #expect(missing.output == "")
        #expect(missing.messages.contains("ไม่ใช่บัญชี"))
    }

    @Test func `The ledger is named by argument, option or environment`() throws {
        let path = try ScratchLedger().directory
        let ledger = try ScratchLedger()
        #expect(!FileManager.default.fileExists(atPath: path.path))
        let name = ledger.directory.path
        let ways: [([String], [String: String])] = [
            ([name], [:]), ([name + "/"], [:]), (["--ledger", name], [:]),
            ([], ["BMN_LEDGER": name]), ([name], ["BMN_LEDGER": "/nowhere"]),
            (["--ledger", name], ["BMN_LEDGER": "/nowhere"]),
        ]
        for (arguments, environment) in ways {
            let run = try AuditTool.run(["verify"] + arguments, environment: environment)
            #expect(run.exitCode == 0, "\(arguments) \(environment)")
        }
    }

    @Test(arguments: [
        ["verify"], ["verify", "--ledger", ""], ["verify", "a", "--ledger", "b"],
        ["verify", "a", "b"],
        ["verify", "a", "--only", "everything"], ["verify", "a", "--threads", "0"],
        ["verify", "a", "--threads", "many"], ["verify", "a", "--lang", "fr"],
        ["verify", "a", "--colour"], ["repair", "a"], ["--only", "chain"],
    ])
    func `Wrong usage is exit code 2 and says what is right`(_ arguments: [String]) throws {
        let run = try AuditTool.run(arguments)
        #expect(run.exitCode == 2)
        #expect(run.output == "")
        #expect(run.messages.contains("Usage:"))
    }

    @Test(arguments: [["--help"], ["verify", "--help"], ["help", "verify"]])
    func `Help is exit code 0`(_ arguments: [String]) throws {
        let run = try AuditTool.run(arguments)
        #expect(run.exitCode == 0)
        #expect(run.output.contains("USAGE: bmn-audit"))
        #expect(run.output.contains("bmn-audit verify D"))
    }

    @Test func `What is no ledger cannot be read`() throws {
        let ledger = try ScratchLedger()
        let (path, file) = (ledger.directory.path, ledger.directory.ledgerFile)
        let other = ledger.folder + "/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        // An LMDB file with other databases in it.
        do {
            let environment = try Environment(path: other + "/ledger.mdb")
            _ = try environment.openDatabase("things", create: true)
        }
        try expectUnreadable(other, "notALedger")
        try expectUnreadable(ledger.folder + "/nowhere", "does not exist")
        try expectUnreadable(file, "is no directory")
        try ledger.replaceLedger(Array("PK\u{3}\u{4} not LMDB at all".utf8))
        try expectUnreadable(path, "notALedger")
        try ledger.replaceLedger([])
        try expectUnreadable(path, "notALedger")
        try FileManager.default.removeItem(atPath: file)
        try expectUnreadable(path, "notALedger")
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
        try expectUnreadable(path, "not a regular file")
        try FileManager.default.removeItem(atPath: file)
        let status = unsafe mkfifo(file, 0o600)
        #expect(status == 0)
        try expectUnreadable(path, "not a regular file")
    }

    @Test(arguments: ["--policy", "--tsa-roots", "--checkpoint"])
    func `A file that is named and not there is no damage to the ledger`(
        _ option: String
    ) throws {
        let ledger = try ScratchLedger()
        let absent = ledger.folder + "/absent"
        let english = try AuditTool.run(
            ["verify", ledger.directory.path, option, absent, "--lang", "en"]
        )
        #expect(english.exitCode == 3)
        #expect(english.messages.contains("fileMissing: \(absent) does not exist"), "\(english)")
        let thai = try AuditTool.run(["verify", ledger.directory.path, option, absent])
        #expect(thai.exitCode == 3)
        #expect(thai.messages.contains("ไม่มีไฟล์ที่ระบุ"), "\(thai)")
        #expect(!thai.messages.contains("เสียหาย"), "\(thai)")
    }

    private func expectUnreadable(
        _ path: String,
        _ reason: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let run = try AuditTool.verify(path)
        #expect(run.exitCode == 3, sourceLocation: sourceLocation)
        let object = try run.json(sourceLocation: sourceLocation)
        #expect(!object.ok, sourceLocation: sourceLocation)
        #expect(object.size == nil && object.root == nil && object.origin == nil)
        #expect(object.has("structure", nil, reason), "\(object)", sourceLocation: sourceLocation)
        #expect(
            run.messages.hasSuffix("\n"),
            "a sentence for people",
            sourceLocation: sourceLocation
        )
    }

    @Test func `A ledger of a newer layout asks for a newer program`() throws {
        let ledger = try ScratchLedger()
        try setLayout([0, 0, 0, 4], in: ledger)
        try expectUnreadable(ledger.directory.path, "layout 4")
    }

    @Test func `A layout that never was is a finding`() throws {
        let ledger = try ScratchLedger()
        try setLayout([0, 0, 0, 0], in: ledger)
        let run = try AuditTool.verify(ledger.directory.path)
        #expect(run.exitCode == 1)
        #expect(try run.json().has("structure", nil, "the layout's version"))
    }

    private func setLayout(_ layout: [UInt8], in ledger: ScratchLedger) throws {
        let environment = try Environment(path: ledger.directory.ledgerFile)
        let meta = try environment.openDatabase("meta")
        try environment.write { try $0.put(meta, LedgerKey.format, layout) }
    }

    @Test func `A ledger that may not be read is exit code 3`() throws {
        let ledger = try ScratchLedger()
        // Nobody may look into a folder of root, and root may look everywhere: become nobody.
        let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        _ = unsafe chmod(ledger.folder, 0o755)
        guard getuid() == 0, FileManager.default.isExecutableFile(atPath: nobody[0]),
            try AuditTool.run(["--help"], prefix: nobody).exitCode == 0
        else {
            print("skipped: cannot run bmn-audit as another user")
            return
        }
        for (folderMode, fileMode): (mode_t, mode_t) in [(0o700, 0o644), (0o755, 0o600)] {
            _ = unsafe chmod(ledger.directory.path, folderMode)
            _ = unsafe chmod(ledger.directory.ledgerFile, fileMode)
            let run = try AuditTool.run(
                ["verify", ledger.directory.path, "--json"],
                environment: ["LANG": "en"],
                prefix: nobody
            )
            #expect(run.exitCode == 3)
            #expect(try run.json().has("structure", nil, "ermission"))
        }
        // A folder that may be read and not written, as of a copy on read-only media.
        _ = unsafe chmod(ledger.directory.path, 0o555)
        _ = unsafe chmod(ledger.directory.ledgerFile, 0o444)
        let lock = ledger.directory.ledgerFile + "-lock"
        try? FileManager.default.removeItem(atPath: lock)
        let run = try AuditTool.run(["verify", ledger.directory.path, "--json"], prefix: nobody)
        #expect(run.exitCode == 0, "\(run.messages)")
        #expect(!FileManager.default.fileExists(atPath: lock))
    }
}
