import Access
import Dispatch
import LedgerAudit
import LedgerReader
import Logging
import Survey
import Synchronization

/// Verifies the live ledger when somebody asks: one at a time, at a low priority, until the service
/// stops.
///
/// `bmn-audit` does it as a child, and not this process: liblmdb follows page numbers that it finds
/// in the file, so a damaged page could kill whoever reads it, and that program can write nothing.
final class LedgerVerification: Sendable {
    /// How a verification ended, in the words of `StoredVerification.ending`.
    enum Ending: String, Sendable {
        /// There is a verdict.
        case verified, findings
        /// There is none: it could not be read, the reader was killed by what it read, or made no
        /// progress any more.
        case unreadable, killed, stalled
        /// The service stopped meanwhile; the program is not there or cannot be run.
        case stopped, notStarted
    }

    let work = LongWork<Ending>()
    private let parts: ServiceParts
    private let queue = DispatchQueue(label: "verification")
    private let isStopping = Mutex(false)

    init(_ parts: ServiceParts) { self.parts = parts }

    func stop() { isStopping.withLock { $0 = true } }

    /// False where one goes on already.
    func begin(_ person: String, _ language: Language) -> Bool {
        let startedAt = parts.clock()
        guard work.begin(person, at: startedAt) else { return false }
        queue.async { [self] in
            let made = run(language)
            let endedAt = parts.clock()
            do throws(AccessError) {
                // Before it is said to have ended, so that whoever then asks finds it.
                try parts.access.add(
                    StoredVerification(
                        person: person,
                        startedAt: startedAt,
                        endedAt: endedAt,
                        ending: made.ending.rawValue,
                        verdict: made.verdict,
                        report: made.report
                    )
                )
            } catch {
                parts.logger.error("a verification was not kept", metadata: ["reason": "\(error)"])
            }
            work.end(made.ending, at: endedAt)
        }
        return true
    }

    private func run(
        _ language: Language
    ) -> (ending: Ending, verdict: [UInt8], report: [UInt8]) {
        // The child prints the verdict, a zero byte and the report, which its parent would write.
        let (ending, output) = Supervisor.run(
            parts.auditProgram,
            arguments: [
                "verify", parts.reader.directory.path, "--json", "--report", "report.html",
                "--threads", "1", "--lang", language.rawValue,
            ],
            isStopped: { [self] in isStopping.withLock { $0 } },
            onMessage: { [work] line in
                if let numbers = Supervisor.progress(in: line), numbers.count == 2 {
                    work.report(numbers[0], of: numbers[1])
                }
            }
        )
        let sides = output.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let (verdict, report) = (Array(sides.first ?? []), Array(sides.dropFirst().first ?? []))
        switch ending {
        case .exited(0): return (.verified, verdict, report)
        case .exited(1): return (.findings, verdict, report)
        case .exited(3): return (.unreadable, verdict, report)
        case .exited, .couldNotStart: return (.notStarted, [], [])
        case .killedBySignal: return (.killed, [], [])
        case .stalled: return (isStopping.withLock { $0 } ? .stopped : .stalled, [], [])
        }
    }
}
