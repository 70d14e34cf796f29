import AuditTestSupport
import Foundation
import LMDB
import Ledger
import LedgerReader
import Testing

/// `verify --report FILE`: the file, and that everything else stays as it is without.
@Suite struct ReportFileTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger(.collected) }

    private var path: String { ledger.folder + "/report.html" }

    private func verify(_ options: String...) throws -> AuditRun {
        try AuditTool.run(["verify", ledger.directory.path, "--lang", "en"] + options)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    /// What lies in the folder beside the ledger.
    private var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: ledger.folder).sorted()
        }
    }

    private func breakChain() throws {
        let store = try LedgerStore(ledger.directory, access: .write)
        try store.environment.write { try $0.put(store.records, BigEndianKey(5), [1, 2, 3]) }
    }

    @Test func `A clean ledger gives a report and the output that it gives without`() throws {
        let plain = try verify()
        let run = try verify("--report", path)
        #expect(run.exitCode == 0)
        #expect(run.messages == "")
        #expect(run.output == plain.output)
        let english = try text(path)
        #expect(english.contains("<html lang=\"en\">") && english.contains(">Passed: No sign"))
        #expect(english.hasSuffix("</html>\n"))
        #expect(english.contains("--report \(path)</code>"))
        #expect(try names == ["ledger", "report.html"])
        // Again, over the one that is there, as scripts and as people who read Thai ask for it.
        let object = try AuditTool.run([
            "verify", ledger.directory.path, "--json", "--report", path,
        ])
        #expect(try object.json().ok)
        #expect(try text(path).contains("<html lang=\"th\">"))
        #expect(try names == ["ledger", "report.html"])
    }

    @Test func `Findings are exit code 1 and are explained`() throws {
        try breakChain()
        let run = try verify("--report", path)
        #expect(run.exitCode == 1)
        #expect(run.output.contains("  ! structure, record 5: "))
        #expect(try text(path).contains("<code>recordMalformed</code>"))
        let thai = try AuditTool.run(["verify", ledger.directory.path])
        #expect(thai.output.contains("  ! ระเบียนผิดรูปแบบ ระเบียน 5: not a record: "))
        #expect(thai.output.contains("  ! ค่าแฮชที่เก็บไว้ไม่ตรงกับระเบียน ทั้งบัญชี: "))
    }

    @Test func `What could not be read gives a report that says so`() throws {
        try FileManager.default.removeItem(atPath: ledger.directory.ledgerFile)
        let run = try verify("--report", path)
        #expect(run.exitCode == 3)
        #expect(run.output == "")
        #expect(run.messages.contains("notALedger"))
        #expect(try text(path).contains("The ledger could not be read: "))
        let object = try verify("--json", "--report", path)
        #expect(object.exitCode == 3)
        #expect(try !object.json().ok)
        #expect(try text(path).contains("notALedger"))
    }

    @Test(arguments: [SIGSEGV, SIGBUS, SIGABRT, SIGKILL])
    func `A reader that dies leaves a report by the one that watches`(_ signal: Int32) throws {
        let (tool, child) = try AuditTool.startStopped([
            "verify", ledger.directory.path, "--json", "--lang", "en", "--report", path,
        ])
        kill(child, signal)
        kill(child, SIGCONT)
        let run = try tool.wait()
        #expect(run.exitCode == 3)
        #expect(try run.json().has("structure", nil, "ended with signal \(signal)"))
        let report = try text(path)
        #expect(report.contains("The ledger could not be read: "))
        #expect(report.contains("ended with signal \(signal)"))
        #expect(report.hasSuffix("</html>\n"))
    }

    @Test func `A report that cannot be written is exit code 3, after the verdict`() throws {
        let target = ledger.folder + "/notes.txt"
        try Data("notes\n".utf8).write(to: URL(fileURLWithPath: target))
        let link = ledger.folder + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        let fifo = ledger.folder + "/fifo"
        try #require(unsafe mkfifo(fifo, 0o600) == 0)
        let before = try names
        let bytes = try ledger.ledgerBytes
        let paths = [
            ledger.folder, ledger.folder + "/nowhere/report.html", target + "/report.html", target,
            link, fifo, "/dev/null", ledger.directory.ledgerFile, ledger.directory.headFile,
            ledger.folder + "/" + String(repeating: "x", count: 300),
        ]
        for path in paths {
            let run = try verify("--report", path)
            #expect(run.exitCode == 3, "\(path)")
            #expect(run.output.hasSuffix("Verdict: verified, nothing wrong found\n"), "\(path)")
            #expect(run.messages.contains("reportNotWritten: The report \(path)"), "\(path)")
        }
        #expect(try names == before)
        #expect(try text(target) == "notes\n")
        #expect(try ledger.ledgerBytes == bytes)
        try breakChain()
        #expect(try verify("--json", "--report", target).exitCode == 3)
    }

    @Test func `A file that is empty is taken`() throws {
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(try verify("--report", path).exitCode == 0)
        #expect(try text(path).contains("Passed"))
    }

    @Test(arguments: [["--report", ""], ["--report", "-"], ["--report"]])
    func `A report without a file's name is wrong usage`(_ options: [String]) throws {
        let run = try AuditTool.run(["verify", ledger.directory.path] + options)
        #expect(run.exitCode == 2)
        #expect(run.output == "")
    }

    @Test func `The command to repeat it names a ledger that the environment named`() throws {
        let run = try AuditTool.run(
            ["verify", "--report", path],
            environment: ["BMN_LEDGER": ledger.directory.path]
        )
        #expect(run.exitCode == 0)
        let command = "bmn-audit verify --report \(path) \(ledger.directory.path)</code>"
        #expect(try text(path).contains(command))
    }

    @Test func `A forged origin steers neither the terminal nor the page`() throws {
        let index: UInt64 = 0
        let record = try LedgerReader(ledger.directory).snapshot().withRecord(index) {
            $0.byteArray
        }
        let forged = String(decoding: try #require(record), as: UTF8.self).replacingOccurrences(
            of: "\"origin\":\"\(Sample.origin)\"",
            with: #""origin":"\u001b[2J\u0000<script>\u202e""#
        )
        try #require(forged.contains("<script>"))
        do {
            let store = try LedgerStore(ledger.directory, access: .write)
            try store.environment.write {
                try $0.put(store.records, BigEndianKey(index), Array(forged.utf8))
            }
        }
        let run = try verify("--report", path)
        #expect(run.exitCode == 1)
        #expect(run.output.contains("Ledger: \u{FFFD}[2J\u{FFFD}<script>\u{FFFD}\n"))
        let report = try text(path)
        #expect(report.hasPrefix("<!DOCTYPE html>"))
        #expect(report.contains("&lt;script&gt;") && !report.contains("<script>"))
    }

    @Test func `Invented data are named as such`() throws {
        _ = try verify("--report", path)
        #expect(try text(path).contains("SYNTHETIC"))
        _ = try verify("--report", path, "--only", "chain")
        #expect(try !text(path).contains("SYNTHETIC"))
    }
}
