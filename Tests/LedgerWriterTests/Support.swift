import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// Recomputes the whole ledger; every test of the writer ends with this.
func checkWholeLedger(
    _ ledger: ScratchLedger,
    size: UInt64? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let store = try LedgerStore(ledger.directory, access: .read)
    try checkWholeLedger(store, ledger, size: size, sourceLocation: sourceLocation)
}

/// The same while a writer of this process has it open.
func checkWholeLedger(
    _ writer: LedgerWriter,
    _ ledger: ScratchLedger,
    size: UInt64? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try checkWholeLedger(writer.reader.store, ledger, size: size, sourceLocation: sourceLocation)
}

private func checkWholeLedger(
    _ store: LedgerStore,
    _ ledger: ScratchLedger,
    size: UInt64?,
    sourceLocation: SourceLocation
) throws {
    let problems = try WholeLedger.problems(store, ledger.directory)
    #expect(problems == [], sourceLocation: sourceLocation)
    if let size {
        let treeSize = try store.environment.read { try store.head($0).treeSize }
        #expect(treeSize == size, sourceLocation: sourceLocation)
    }
}

/// How many records `ScratchLedger` starts with.
let staffedSize = UInt64(Sample.setup.count + 1)

extension Result where Success == Receipt, Failure == Rejection {
    var code: RejectionCode? {
        guard case .failure(let rejection) = self else { return nil }
        return rejection.code
    }
}

func code(of body: () throws -> Void) -> LedgerError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? LedgerError)?.code
    }
}

/// A second process that plays a role; see `LedgerTestHelper`.
final class Helper {
    private let process = Process()
    private let output = Pipe()

    init(_ arguments: String...) throws {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = tests.deletingLastPathComponent().appending(
            path: "LedgerTestHelper"
        )
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
    }

    /// The lines it says until it ends.
    func lines() -> [String] {
        remainingOutput().split(separator: "\n").map(String.init)
    }

    func remainingOutput() -> String {
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// What it has said once that is so many lines or more.
    func output(lineCount: Int) -> String {
        var text = ""
        while text.count(where: { $0 == "\n" }) < lineCount {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
        }
        return text
    }

    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    var exitCode: Int32 { process.terminationStatus }
}

/// Counts what several threads do.
final class Counter: Sendable {
    private let count = Locked(0)

    var value: Int { count.withLock { $0 } }

    func increment() { count.withLock { $0 += 1 } }
}
