import Glibc
import Synchronization

/// Progress of long work on standard error, only when that is a terminal.
package final class ProgressBar: Sendable {
    private struct State {
        var shownAt: ContinuousClock.Instant?
        var isShown = false
    }

    private let label: String
    private let total: Int
    private let startedAt = ContinuousClock.now
    private let state = Mutex(State())

    /// Nil when nobody would see it.
    package init?(_ label: String, total: Int) {
        guard isatty(STDERR_FILENO) == 1, total > 0 else { return nil }
        self.label = label
        self.total = total
    }

    deinit { finish() }

    /// Shows how much is done, ten times a second at most.
    package func update(_ done: Int) {
        state.withLock { state in
            let now = ContinuousClock.now
            if let shownAt = state.shownAt, now - shownAt < .milliseconds(100) { return }
            state.shownAt = now
            state.isShown = true
            Notice.write("\r\u{1B}[K" + text(min(done, total), elapsed: now - startedAt))
        }
    }

    /// Removes the bar.
    package func finish() {
        state.withLock { state in
            if state.isShown { Notice.write("\r\u{1B}[K") }
            state.isShown = false
        }
    }

    private func text(_ done: Int, elapsed: Duration) -> String {
        let width = 30
        let filled = done * width / total
        let bar =
            String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
        var text = "\(label) [\(bar)] \(done * 100 / total)%"
        let seconds = Double(elapsed.components.seconds)
        if seconds >= 2, done > 0 {
            text += "  \(Int(seconds / Double(done) * Double(total - done)) + 1) s"
        }
        return text
    }
}
