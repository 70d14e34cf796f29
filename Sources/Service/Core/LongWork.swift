import Synchronization

/// Something long that somebody began and others may watch: one at a time.
final class LongWork<Outcome: Sendable>: Sendable {
    struct State: Sendable {
        let person: String
        /// Microseconds since 1970, as is the other.
        let startedAt: Int64
        var endedAt: Int64?
        var doneCount = 0
        /// 0 until it is known.
        var totalCount = 0
        /// Nil as long as it goes on.
        var outcome: Outcome?

        var isRunning: Bool { outcome == nil }
    }

    private let state = Mutex<State?>(nil)

    /// What goes on, else what ended last; nil where nothing was begun since the service runs.
    var current: State? { state.withLock { $0 } }

    var isRunning: Bool { current?.isRunning ?? false }

    /// Whether it is this one that may begin now.
    func begin(_ person: String, at now: Int64) -> Bool {
        state.withLock { state in
            guard state?.isRunning != true else { return false }
            state = State(person: person, startedAt: now)
            return true
        }
    }

    func report(_ doneCount: Int, of totalCount: Int) {
        state.withLock { state in
            state?.doneCount = doneCount
            state?.totalCount = totalCount
        }
    }

    func end(_ outcome: Outcome, at now: Int64) {
        state.withLock { state in
            state?.outcome = outcome
            state?.endedAt = now
        }
    }
}
