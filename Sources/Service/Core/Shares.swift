import Synchronization

/// How many of something there are at most, and how many of them one person may have.
final class Shares: Sendable {
    private struct State {
        var total = 0
        var byOwner: [String: Int] = [:]
    }

    private let maximum: Int
    private let share: Int
    private let state = Mutex(State())

    init(_ maximum: Int, each share: Int) {
        self.maximum = maximum
        self.share = share
    }

    var takenCount: Int { state.withLock(\.total) }

    /// Whether there were so many left, for all and for this one; they are taken then.
    func take(_ count: Int = 1, for owner: String) -> Bool {
        state.withLock { state in
            let own = state.byOwner[owner, default: 0]
            guard state.total + count <= maximum, own + count <= share else { return false }
            state.total += count
            state.byOwner[owner] = own + count
            return true
        }
    }

    func giveBack(_ count: Int = 1, of owner: String) {
        guard count > 0 else { return }
        state.withLock { state in
            state.total -= count
            let rest = state.byOwner[owner, default: 0] - count
            state.byOwner[owner] = rest > 0 ? rest : nil
        }
    }
}
