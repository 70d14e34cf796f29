import Glibc

/// Standard input, output and error as files that are open, whatever this program was started with.
package enum StandardStreams {
    /// Opens something for each of the three that is closed; call it before anything else is opened.
    ///
    /// A program started with one of them closed gets its number for the next file that it opens. For
    /// bmn that was once ledger.mdb, and the next message went over its first page.
    package static func open() {
        for descriptor in STDIN_FILENO...STDERR_FILENO
        where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // Input and output are opened the wrong way round: to read what was not given, or to
            // print results to nobody, stays an error. Messages are for nobody then, and vanish.
            let mode = descriptor == STDOUT_FILENO ? O_RDONLY : O_WRONLY
            let opened = unsafe Glibc.open("/dev/null", mode)
            // The lowest free number is taken, and the lower ones are open by now.
            precondition(opened == descriptor, "/dev/null could not be opened")
        }
    }
}
