import Dispatch
import LedgerReader
import Logging
import ProjectionCatalog
import ProjectionRuntime
import ServiceLifecycle
import Synchronization

/// Keeps the read models level with the ledger, on a thread of its own.
final class ProjectionFollower: Sendable {
    struct State: Sendable {
        /// The records that all read models know; nil until they were level with the ledger once,
        /// since half a history would give roles that were taken away later.
        var position: UInt64?
        /// The code of what went wrong at the last try, if something did.
        var failure: String?
        /// The record that it went wrong with, where it was one.
        var failedIndex: UInt64?
    }

    /// Undoes the batch under way when the service stops.
    private struct Stopped: Error {}

    private let parts: ServiceParts
    private let queue = DispatchQueue(label: "projections")
    private let state = Mutex(State())
    private let isStopping = Mutex(false)

    init(_ parts: ServiceParts) { self.parts = parts }

    var current: State { state.withLock { $0 } }

    /// Goes on until the service stops, however often it fails: reading goes on meanwhile.
    func run(_ watch: LedgerWatch) async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let reached = await self.catchUp()
                if self.current.failure == nil {
                    await watch.wait(beyond: reached, atMost: .seconds(5))
                } else {
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Ends a long catch-up between two transactions.
    func stop() { isStopping.withLock { $0 = true } }

    /// Runs `body` while nobody follows; what it did to the rows is followed from then on.
    func pausing<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                let outcome = Swift.Result { try body() }
                // Before anybody is told: the rows may be those of fewer records now.
                self.catchUpBlocking()
                continuation.resume(with: outcome)
            }
        }
    }

    private func catchUp() async -> UInt64 {
        await withCheckedContinuation { continuation in
            queue.async {
                self.catchUpBlocking()
                continuation.resume(returning: self.current.position ?? 0)
            }
        }
    }

    private func catchUpBlocking() {
        do {
            var runner = ProjectionRunner(ProjectionCatalog.all, parts.survey)
            runner.beforeCommit = { [self] _, _ in
                if isStopping.withLock({ $0 }) { throw Stopped() }
            }
            var snapshot = try parts.reader.snapshot()
            let reached = try parts.reader.following(&snapshot) { current in
                let end = current.treeSize
                return try runner.catchUp(current) { [self] progress in
                    // Said after the commit, so that no rows are taken for newer than they are.
                    let rest = progress.recordCountTotal - progress.recordCount
                    state.withLock { state in
                        guard state.position != nil else { return }
                        state.position = end - min(end, rest)
                    }
                }
            }
            state.withLock { state in
                state.position = reached.map(\.treeSize).min() ?? 0
                (state.failure, state.failedIndex) = (nil, nil)
            }
        } catch is Stopped {
            // Nothing is wrong.
        } catch {
            let known = error as? ProjectionError
            let code = known?.code.rawValue ?? "readModelsFailed"
            parts.logger.error("the read models do not follow", metadata: ["code": "\(code)"])
            state.withLock { ($0.failure, $0.failedIndex) = (code, known?.index) }
        }
    }
}
