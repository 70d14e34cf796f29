import Glibc

/// A fault while reading mapped memory: a page of ledger.mdb that leads liblmdb astray, or a file that
/// was cut while it was mapped.
package enum MemoryFault {
    /// Makes such a fault end this process with a sentence and a status instead of a signal.
    ///
    /// For a program that works on its own ledger. One that is given a file to judge reads it in a
    /// child process, since damage can also make it read for ever.
    package static func becomesAnError(status: Int32) {
        unsafe exitStatus = status
        for number in [SIGSEGV, SIGBUS] {
            _ = signal(number) { _ in
                // Only what POSIX allows in a handler: nothing here allocates or locks.
                let sentence: StaticString = """
                    damaged: a page could not be read; see what bmn-audit verify says of the ledger

                    """
                _ = unsafe write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
                _exit(unsafe MemoryFault.exitStatus)
            }
        }
    }

    // Written once, before any thread is started.
    nonisolated(unsafe) private static var exitStatus: Int32 = 1
}
