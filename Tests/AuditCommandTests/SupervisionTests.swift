import AuditTestSupport
import Foundation
import LMDB
import LedgerReader
import LedgerWriter
import Survey
import Testing

/// The process that watches, and the one that is watched.
@Suite struct SupervisionTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger(.collected) }

    private func startStopped(
        stallSeconds: Int = 600,
        output: FileHandle? = nil
    ) throws -> (tool: RunningTool, child: Int32) {
        try AuditTool.startStopped(
            ["verify", ledger.directory.path, "--json", "--lang", "en"],
            stallSeconds: stallSeconds,
            output: output
        )
    }

    @Test func `A reader that stands still is ended and reported`() throws {
        let (tool, child) = try startStopped(stallSeconds: 1)
        let run = try tool.wait()
        #expect(run.exitCode == 3)
        #expect(try run.json().has("structure", nil, "made no progress"))
        #expect(run.messages.contains("made no progress"))
        #expect(ProcessTable.waitForEnd(of: child))
    }

    @Test(arguments: [SIGKILL, SIGSEGV, SIGBUS, SIGABRT, SIGILL])
    func `A reader that dies of a signal is reported`(_ signal: Int32) throws {
        let (tool, child) = try startStopped()
        kill(child, signal)
        kill(child, SIGCONT)
        let run = try tool.wait()
        #expect(run.exitCode == 3)
        #expect(run.signal == nil)
        #expect(try run.json().has("structure", nil, "ended with signal \(signal)"))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
    func `The reader ends with the process that watches it`(_ signal: Int32) throws {
        let (tool, child) = try startStopped()
        kill(tool.process.processIdentifier, signal)
        #expect(try tool.wait().signal == signal)
        kill(child, SIGCONT)
        #expect(ProcessTable.waitForEnd(of: child))
    }

    @Test func `A run that is stopped and continued goes on`() throws {
        let (tool, child) = try startStopped(stallSeconds: 2)
        kill(tool.process.processIdentifier, SIGSTOP)
        usleep(3_000_000)
        kill(child, SIGCONT)
        kill(tool.process.processIdentifier, SIGCONT)
        #expect(try tool.wait().exitCode == 0)
    }

    @Test func `A reader of the output that goes away does not change the verdict`() throws {
        let pipe = Pipe()
        let (tool, child) = try startStopped(output: pipe.fileHandleForWriting)
        try pipe.fileHandleForWriting.close()
        try pipe.fileHandleForReading.close()
        kill(child, SIGCONT)
        let run = try tool.wait()
        #expect(run.signal == nil)
        #expect(run.exitCode == 0)
    }

    @Test func `A verdict that cannot be written is none`() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let tool = try AuditTool.start(["verify", ledger.directory.path], output: full)
        let run = try tool.wait()
        #expect(run.exitCode == 3)
        #expect(run.messages.contains("outputFailed"))
    }

    @Test func `Many findings come out whole`() throws {
        let store = try ScratchLedger(.staffed)
        var script = Script(firstSerial: 1000)
        for serial in 0..<1500 { script.add(.recordNotCollected(Sample.visit("v-\(serial)"))) }
        try store.appendAtOnce(script)
        // Half of the records, replaced by nothing that could be read.
        do {
            let opened = try LedgerStore(store.directory, access: .write)
            try opened.environment.write { transaction in
                for index in stride(from: UInt64(100), to: 1500, by: 1) {
                    try transaction.put(opened.records, BigEndianKey(index), Array("{}".utf8))
                }
            }
        }
        let run = try AuditTool.verify(store.directory.path)
        #expect(run.exitCode == 1)
        let object = try run.json()
        #expect(object.findings.count { $0.check == "structure" } == 1000)
        #expect(object.checks.first?.findings ?? 0 >= 1400)
        let text = try AuditTool.run(["verify", store.directory.path, "--lang", "en"])
        #expect(text.output.contains("more\n"))
    }

    @Test func `A ledger is verified while it is written`() throws {
        let store = try ScratchLedger(.staffed)
        let clock = TestClock()
        let writer = try LedgerWriter(store.directory) { clock.read() }
        var serial: UInt64 = 0
        for _ in 0..<5 {
            let tool = try AuditTool.start(["verify", store.directory.path, "--json"])
            while tool.process.isRunning {
                var script = Script(firstSerial: 5000 + serial)
                script.add(.recordNotCollected(Sample.visit("w-\(serial)")))
                for step in script.steps { try writer.run(step(State())) }
                serial += 1
            }
            let run = try tool.wait()
            #expect(run.exitCode == 0, "\(run.output) \(run.messages)")
        }
        #expect(serial > 10)
        let size = try AuditTool.verify(store.directory.path).json().size
        #expect(size == UInt64(Script.staffed.steps.count) + 1 + serial)
    }

    @Test func `A copy is verified without vault, keys and head file`() throws {
        for withHead in [true, false] {
            let copy = try ScratchLedger(copying: ledger, withHead: withHead)
            let run = try AuditTool.verify(copy.directory.path)
            #expect(run.exitCode == 0)
            #expect(try run.json() == AuditTool.verify(ledger.directory.path).json())
        }
        let hot = try ScratchLedger(copying: ledger, withHead: false)
        try FileManager.default.removeItem(atPath: hot.directory.ledgerFile)
        let store = try LedgerStore(ledger.directory, access: .read)
        try store.environment.copy(to: hot.directory.ledgerFile, compact: true)
        #expect(try AuditTool.verify(hot.directory.path).exitCode == 0)
    }

    @Test func `A head file that says nothing readable is no bound to go by`() throws {
        let copy = try ScratchLedger(copying: ledger)
        let head = URL(fileURLWithPath: copy.directory.headFile)
        let good = try Data(contentsOf: head)
        let wrong = [
            Data("x".utf8), good.prefix(40), good + Data("more\n".utf8), Data(count: 100_000),
            Data(repeating: 0xFF, count: 200),
        ]
        for data in wrong {
            try data.write(to: head)
            let run = try AuditTool.verify(copy.directory.path)
            #expect(run.exitCode == 3)
            #expect(try run.json().has("structure", nil, "ledger.head"))
        }
    }
}
