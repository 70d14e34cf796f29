import Synchronization

/// How large the ledger is known to be, for those who wait for it to grow.
final class LedgerWatch: Sendable {
    private struct Waiter {
        let beyond: UInt64
        let until: ContinuousClock.Instant
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var treeSize: UInt64 = 0
        var nextID = 0
        var waiters: [Int: Waiter] = [:]
        /// Whoever was cancelled before he had begun to wait.
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    var treeSize: UInt64 { state.withLock(\.treeSize) }

    /// Says a size; a smaller one than is known says nothing.
    func note(_ treeSize: UInt64) {
        resume { state in
            let known = max(state.treeSize, treeSize)
            state.treeSize = known
            return { known > $0.beyond }
        }
    }

    /// Ends the waits whose time is over.
    func tick() {
        let now = ContinuousClock.now
        resume { _ in { $0.until <= now } }
    }

    func wakeAll() {
        resume { _ in { _ in true } }
    }

    private func resume(_ prepare: (inout State) -> (Waiter) -> Bool) {
        let due = state.withLock { state in
            let isDue = prepare(&state)
            let due = state.waiters.filter { isDue($0.value) }
            for id in due.keys { state.waiters[id] = nil }
            return due
        }
        for waiter in due.values { waiter.continuation.resume() }
    }

    /// Waits until the ledger has more records than this, the time is over or the task cancelled.
    ///
    /// The time is looked at by `tick`: thousands may wait, and none needs a timer of his own.
    func wait(beyond size: UInt64, atMost time: Duration) async {
        let until = ContinuousClock.now + time
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.cancelled.contains(id) || state.treeSize > size { return true }
                    state.waiters[id] = Waiter(
                        beyond: size,
                        until: until,
                        continuation: continuation
                    )
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                guard let waiter = state.waiters.removeValue(forKey: id) else {
                    state.cancelled.insert(id)
                    return Waiter?.none
                }
                return waiter
            }
            waiter?.continuation.resume()
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }
}
