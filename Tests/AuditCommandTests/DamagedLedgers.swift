import Foundation
import LedgerReader
import Synchronization
import Testing

/// Verifies many damaged variants of one ledger, on all cores.
struct DamagedLedgers {
    let ledger: ScratchLedger
    let original: AuditObject

    /// How many runs ended with which exit code.
    struct Statistics {
        var counts: [Int32: Int] = [:]
        var slowest = Duration.zero
    }

    init(_ ledger: ScratchLedger) throws {
        self.ledger = ledger
        let run = try AuditTool.verify(ledger.directory.path)
        original = try run.json()
        try #require(run.exitCode == 0)
    }

    /// Expects each variant to end by itself: with findings, as unreadable, or with the verdict of
    /// the original because its records are those of the original.
    @discardableResult
    func verify(
        _ count: Int,
        sourceLocation: SourceLocation = #_sourceLocation,
        variant: @Sendable @escaping (Int) -> (name: String, bytes: [UInt8])
    ) throws -> Statistics {
        let next = Atomic(0)
        let statistics = Mutex(Statistics())
        let errors = Mutex<[any Error]>([])
        DispatchQueue.concurrentPerform(iterations: 3) { _ in
            do {
                let copy = try ScratchLedger(copying: ledger)
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < count else { return }
                    let (name, bytes) = variant(index)
                    try copy.replaceLedger(bytes)
                    let start = ContinuousClock.now
                    let run = try AuditTool.run(
                        ["verify", copy.directory.path, "--json"],
                        environment: ["BMN_AUDIT_STALL_SECONDS": "20"]
                    )
                    let duration = ContinuousClock.now - start
                    judge(run, name, sourceLocation)
                    statistics.withLock {
                        $0.counts[run.exitCode, default: 0] += 1
                        $0.slowest = max($0.slowest, duration)
                    }
                }
            } catch {
                errors.withLock { $0.append(error) }
            }
        }
        if let error = errors.withLock({ $0.first }) { throw error }
        return statistics.withLock { $0 }
    }

    private func judge(_ run: AuditRun, _ name: String, _ sourceLocation: SourceLocation) {
        #expect(run.signal == nil, "\(name)", sourceLocation: sourceLocation)
        guard let object = try? run.json(sourceLocation: sourceLocation) else {
            Issue.record("\(name): no object in \(run.output)", sourceLocation: sourceLocation)
            return
        }
        switch run.exitCode {
        case 0:
            // The root commits to the records' bytes and their order.
            #expect(object == original, "\(name)", sourceLocation: sourceLocation)
        case 1:
            #expect(
                !object.ok && !object.findings.isEmpty,
                "\(name)",
                sourceLocation: sourceLocation
            )
        case 3:
            #expect(!object.ok && object.size == nil, "\(name)", sourceLocation: sourceLocation)
            #expect(!run.messages.isEmpty, "\(name)", sourceLocation: sourceLocation)
        default:
            Issue.record("\(name): exit code \(run.exitCode)", sourceLocation: sourceLocation)
        }
        let isStalled = run.messages.contains("no progress")
        #expect(!isStalled, "\(name): a hang", sourceLocation: sourceLocation)
        // liblmdb may die of SIGSEGV, SIGBUS or SIGABRT; these two are traps of our own.
        let isTrap = ["signal \(SIGILL)", "signal \(SIGTRAP)"].contains(
            where: run.messages.contains
        )
        #expect(!isTrap, "\(name): a trap", sourceLocation: sourceLocation)
    }
}
