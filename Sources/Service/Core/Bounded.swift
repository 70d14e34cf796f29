import NIOPosix
import Synchronization

/// How many of something there are at most.
final class Places: Sendable {
    private let maximum: Int
    private let taken = Mutex(0)

    init(_ maximum: Int) { self.maximum = maximum }

    var takenCount: Int { taken.withLock { $0 } }

    /// Whether there were so many left; they are taken then.
    func take(_ count: Int = 1) -> Bool {
        taken.withLock { taken in
            guard taken + count <= maximum else { return false }
            taken += count
            return true
        }
    }

    func giveBack(_ count: Int = 1) { taken.withLock { $0 -= count } }
}

/// Threads for what blocks, which is every reading of a store: never those of tasks or event loops.
final class BlockingThreads: Sendable {
    private let pool: NIOThreadPool
    private let places: Places

    init(count: Int, waitingCountMax: Int) {
        pool = NIOThreadPool(numberOfThreads: count)
        places = Places(waitingCountMax)
        pool.start()
    }

    var waitingCount: Int { places.takenCount }

    /// Runs `body` on one of the threads; refuses when too many wait already.
    func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        guard places.take() else { throw Problem(.busy) }
        defer { places.giveBack() }
        return try await pool.runIfActive(body)
    }

    func stop() async throws { try await pool.shutdownGracefully() }
}

/// Lets commands through to the writer: no more at a time than may wait, and none after the end.
final class CommandGate: Sendable {
    private struct State {
        var waitingCount = 0
        var isStopped = false
        var failure: Failure?
    }

    struct Failure {
        /// What the last commit failed with.
        let code: String
        let at: ContinuousClock.Instant
    }

    private let state = Mutex(State())
    private let maximum: Int

    init(_ maximum: Int) { self.maximum = maximum }

    var isStopped: Bool { state.withLock(\.isStopped) }
    var waitingCount: Int { state.withLock(\.waitingCount) }
    /// Of the last commit, if it failed.
    var failure: Failure? { state.withLock(\.failure) }

    func enter(_ count: Int) throws(Problem) {
        let refusal: ProblemCode? = state.withLock { state in
            if state.isStopped { return .stopping }
            guard state.waitingCount + count <= maximum else { return .queueFull }
            state.waitingCount += count
            return nil
        }
        if let refusal { throw Problem(refusal) }
    }

    func leave(_ count: Int, failure: String?) {
        state.withLock { state in
            state.waitingCount -= count
            state.failure = failure.map { Failure(code: $0, at: .now) }
        }
    }

    /// Forgets a failure, unless there has been another one since.
    func forget(_ failure: Failure) {
        state.withLock { state in
            if state.failure?.at == failure.at { state.failure = nil }
        }
    }

    /// What is through already goes on to its end.
    func stop() { state.withLock { $0.isStopped = true } }
}
