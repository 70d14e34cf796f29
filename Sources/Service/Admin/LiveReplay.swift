import Dispatch
import LedgerReader
import Logging
import ProjectionCatalog
import ProjectionRuntime
import Synchronization

/// Rebuilds the read models beside those that are in use, and puts them in their place: one replay
/// at a time, while pages are read and records appended.
///
/// The rows are replaced where their digests are those of the replay, or where that was asked for.
/// Whatever fails leaves the ones in use.
final class LiveReplay: Sendable {
    enum Outcome: Sendable {
        case swapped([ProjectionDigest])
        /// The rows in use are others; the new file lies beside them.
        case kept(live: [ProjectionDigest], built: [ProjectionDigest])
        /// The code of what went wrong, and the record that it went wrong with.
        case failed(code: String, index: UInt64?)
    }

    /// Between the long part and the short one; what was built is gone on with the next time.
    private struct Stopped: Error {}

    let work = LongWork<Outcome>()
    private let parts: ServiceParts
    private let follower: ProjectionFollower
    private let queue = DispatchQueue(label: "replay", qos: .utility)
    private let isStopping = Mutex(false)

    init(_ parts: ServiceParts, _ follower: ProjectionFollower) {
        self.parts = parts
        self.follower = follower
    }

    func stop() { isStopping.withLock { $0 = true } }

    /// False where one goes on already.
    func begin(_ person: String, anyway: Bool) -> Bool {
        guard work.begin(person, at: parts.clock()) else { return false }
        Task { [self] in
            let outcome: Outcome
            do {
                try await build()
                outcome = try await exchange(anyway: anyway)
            } catch {
                let known = error as? ProjectionError
                let code =
                    error is Stopped
                    ? ProblemCode.stopping.rawValue
                    : known?.code.rawValue ?? LedgerError(caught: error).code.rawValue
                parts.logger.error("a replay failed", metadata: ["code": "\(code)"])
                outcome = .failed(code: code, index: known?.index)
            }
            work.end(outcome, at: parts.clock())
        }
        return true
    }

    /// The long part, while the read models in use are followed.
    private func build() async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            queue.async { [self] in
                done.resume(with: Result { try buildBlocking() })
            }
        }
    }

    @available(*, noasync)
    private func buildBlocking() throws {
        var snapshot = try parts.reader.snapshot()
        try parts.reader.following(&snapshot) { current in
            try Replay.prepare(
                beside: parts.survey.path,
                with: ProjectionCatalog.all,
                from: current
            ) { [work] progress in
                work.report(
                    Int(clamping: progress.recordCount),
                    of: Int(clamping: progress.recordCountTotal)
                )
            }
        }
        if isStopping.withLock({ $0 }) { throw Stopped() }
    }

    /// The short part, for which nobody follows.
    private func exchange(anyway: Bool) async throws -> Outcome {
        let parts = parts
        return try await follower.pausing {
            var snapshot = try parts.reader.snapshot()
            let outcome = try parts.reader.following(&snapshot) { current in
                try Replay.replace(
                    open: parts.survey,
                    with: ProjectionCatalog.all,
                    from: current,
                    anyway: anyway
                )
            }
            return switch outcome {
            case .swapped(let digests): .swapped(digests)
            case .kept(let live, let built, _): .kept(live: live, built: built)
            }
        }
    }
}
