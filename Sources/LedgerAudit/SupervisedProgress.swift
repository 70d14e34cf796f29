import Console
import Dispatch
import Synchronization

extension Supervisor {
    /// How a child's standard error line says `done total`.
    static let progressPrefix = "\u{1}progress "

    /// In the child: says how far it is, to the process that has the terminal.
    package static func report(_ done: UInt64, of total: UInt64) {
        Notice.line("\(progressPrefix)\(done) \(total)")
    }

    /// In the parent: how far a line says that the child is; nil for a line of anything else.
    ///
    /// No numbers where it says only that it lives, and for those that no ledger has: a forged size
    /// may be any number, and whoever computes with it must not overflow.
    package static func progress(in line: String) -> [Int]? {
        guard line.hasPrefix(progressPrefix) else { return nil }
        let numbers = line.dropFirst(progressPrefix.count).split(separator: " ")
            .compactMap { Int($0) }
        guard numbers.count == 2, (1...1 << 40).contains(numbers[1]), numbers[0] >= 0 else {
            return []
        }
        return [min(numbers[0], numbers[1]), numbers[1]]
    }

    /// In the child: says that it lives while `body` does what ends by itself but may take longer than
    /// the bound for a stall, such as copying to a slow disk or waiting for a writer.
    ///
    /// Not for what follows an untrusted file: that could go on for ever, and only progress counts.
    package static func beating<Result>(_ body: () throws -> Result) rethrows -> Result {
        let timer = DispatchSource.makeTimerSource()
        timer.setEventHandler { Notice.line(progressPrefix) }
        timer.schedule(deadline: .now(), repeating: .milliseconds(400))
        timer.resume()
        defer { timer.cancel() }
        return try body()
    }
}

/// The child's progress, shown by the process that has the terminal.
package final class SupervisedProgress: Sendable {
    private let label: String
    private let bar = Mutex<ProgressBar?>(nil)

    package init(label: String) { self.label = label }

    /// Whether the line was one of progress, which is then shown.
    package func take(_ line: String) -> Bool {
        guard let numbers = Supervisor.progress(in: line) else { return false }
        guard numbers.count == 2 else { return true }
        bar.withLock { bar in
            if bar == nil { bar = ProgressBar(label, total: numbers[1]) }
            bar?.update(numbers[0])
        }
        return true
    }

    package func finish() { bar.withLock { $0?.finish() } }
}
