import Synchronization

/// Counts failed sign-ins by address and by token, so that nobody tries for long.
///
/// In memory: a restart forgives. At most so many keys are kept; when strangers use more, the
/// oldest are forgotten, which gives an attacker with many addresses no more tries at one token.
package final class SignInLimiter: Sendable {
    private struct Window {
        var start: Int64
        var count: Int
    }

    private let windows = Mutex<[String: Window]>([:])

    package static let failureCountMax = 10
    private static let windowMicroseconds: Int64 = 60_000_000
    private static let keyCountMax = 10_000

    package init() {}

    /// Seconds to wait before any of these may try again; nil when it may now.
    package func secondsToWait(_ keys: [String], now: Int64) -> Int? {
        windows.withLock { windows in
            keys.compactMap { key -> Int? in
                guard let window = windows[key], window.count >= Self.failureCountMax else {
                    return nil
                }
                let rest = window.start + Self.windowMicroseconds - now
                return rest > 0 ? Int(rest / 1_000_000) + 1 : nil
            }
            .max()
        }
    }

    package func noteFailure(_ keys: [String], now: Int64) {
        windows.withLock { windows in
            for key in keys {
                if let window = windows[key], now - window.start < Self.windowMicroseconds {
                    windows[key]?.count += 1
                } else {
                    windows[key] = Window(start: now, count: 1)
                }
            }
            guard windows.count > Self.keyCountMax else { return }
            let oldest = windows.sorted { $0.value.start < $1.value.start }
            for (key, _) in oldest.prefix(windows.count - Self.keyCountMax / 2) {
                windows[key] = nil
            }
        }
    }
}
