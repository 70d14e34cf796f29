import Glibc

/// A pthread mutex at a stable address.
///
/// `Synchronization.Mutex` has no condition variable, and the gate must wait with a deadline.
@safe
struct PosixMutex: ~Copyable {
    fileprivate let pointer: UnsafeMutablePointer<pthread_mutex_t>

    init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: pthread_mutex_t())
        let status = unsafe pthread_mutex_init(pointer, nil)
        precondition(status == 0, "pthread_mutex_init failed")
    }

    deinit {
        unsafe pthread_mutex_destroy(pointer)
        unsafe pointer.deallocate()
    }

    func lock() {
        let status = unsafe pthread_mutex_lock(pointer)
        precondition(status == 0, "pthread_mutex_lock failed")
    }

    func unlock() {
        let status = unsafe pthread_mutex_unlock(pointer)
        precondition(status == 0, "pthread_mutex_unlock failed")
    }
}

/// A condition variable on the monotonic clock, so that setting the wall clock moves no deadline.
@safe
struct PosixCondition: ~Copyable {
    private let pointer: UnsafeMutablePointer<pthread_cond_t>

    init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        var status = unsafe pthread_condattr_init(&attributes)
        precondition(status == 0, "pthread_condattr_init failed")
        status = unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        precondition(status == 0, "pthread_condattr_setclock failed")
        status = unsafe pthread_cond_init(pointer, &attributes)
        precondition(status == 0, "pthread_cond_init failed")
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(pointer)
        unsafe pointer.deallocate()
    }

    func wait(_ mutex: borrowing PosixMutex) {
        let status = unsafe pthread_cond_wait(pointer, mutex.pointer)
        precondition(status == 0, "pthread_cond_wait failed")
    }

    /// Waits until woken or until the deadline, and says whether the deadline has not passed.
    func wait(_ mutex: borrowing PosixMutex, until deadline: MonotonicTime) -> Bool {
        var time = timespec(deadline)
        let status = unsafe pthread_cond_timedwait(pointer, mutex.pointer, &time)
        precondition(status == 0 || status == ETIMEDOUT, "pthread_cond_timedwait failed")
        return status == 0
    }

    func wakeOne() { unsafe pthread_cond_signal(pointer) }

    func wakeAll() { unsafe pthread_cond_broadcast(pointer) }
}

/// Nanoseconds of CLOCK_MONOTONIC, the clock the condition variables wait on.
struct MonotonicTime: Comparable {
    var nanoseconds: UInt64

    static func now() -> Self {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Self(
            nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        )
    }

    static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

    func advanced(by duration: Duration) -> Self {
        let (seconds, attoseconds) = duration.components
        let added = UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        return Self(nanoseconds: nanoseconds + added)
    }

    func elapsed(since earlier: Self) -> Duration {
        .nanoseconds(nanoseconds - min(nanoseconds, earlier.nanoseconds))
    }
}

extension timespec {
    fileprivate init(_ time: MonotonicTime) {
        self.init(
            tv_sec: Int(time.nanoseconds / 1_000_000_000),
            tv_nsec: Int(time.nanoseconds % 1_000_000_000)
        )
    }
}

/// State behind a mutex.
///
/// Not `Synchronization.Mutex`: on Linux that is a futex the thread sanitizer cannot see, so it
/// would report every use of the state as a race.
package final class Locked<State>: @unchecked Sendable {
    private let mutex = PosixMutex()
    private var state: State

    package init(_ state: sending State) { self.state = state }

    package func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        mutex.lock()
        defer { mutex.unlock() }
        return try body(&state)
    }
}
