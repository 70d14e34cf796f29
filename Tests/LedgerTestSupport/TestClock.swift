import LMDB

/// A clock that tests set; it moves on by one microsecond with each reading.
package final class TestClock: Sendable {
    /// 2018-02-01T02:00:00Z, a morning in Bangkok.
    package static let start: Int64 = 1_517_450_400_000_000

    private let time: Locked<Int64>

    package init(_ time: Int64 = TestClock.start) { self.time = Locked(time) }

    package func read() -> Int64 {
        time.withLock { time in
            time += 1
            return time
        }
    }

    package func step(microseconds: Int64) { time.withLock { $0 += microseconds } }
}
