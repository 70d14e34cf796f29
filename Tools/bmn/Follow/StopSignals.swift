import Glibc

/// SIGTERM and SIGINT as a question to be asked between two transactions.
///
/// They are blocked rather than caught: no signal can then arrive between asking and waiting.
enum StopSignals {
    /// The work ends because somebody asked for it; nothing is wrong.
    struct Received: Error {}

    private static var awaited: sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        return set
    }

    /// Call before there are other threads: they inherit it.
    static func block() {
        var set = awaited
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    @Sendable
    static func throwIfReceived() throws(Received) {
        var pending = sigset_t()
        unsafe sigpending(&pending)
        if unsafe sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1 {
            throw Received()
        }
    }

    /// Waits, or ends within a tenth of a second when a signal comes.
    static func wait(seconds: Int) throws(Received) {
        // Looked at ten times a second: blocked signals stay pending, so none is missed.
        for _ in 0..<seconds * 10 {
            try throwIfReceived()
            usleep(100_000)
        }
        try throwIfReceived()
    }
}
