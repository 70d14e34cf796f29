import Glibc

/// One at a time, between processes and between threads of one; ends with this value, and with the
/// process however that ends.
///
/// Each lock opens the file anew: flock(2) belongs to the opening, so it also holds between threads.
package struct FileLock: ~Copyable {
    private let file: OpenFile

    /// Waits until the lock is free, or throws `busy`.
    ///
    /// It sleeps on the calling thread, so it is nothing for a thread that others wait for.
    package init(_ path: String, waitingAtMost patience: Duration) throws(FileError) {
        let deadline = ContinuousClock.now.advanced(by: patience)
        let file = try OpenFile(path, O_RDWR | O_CREAT | O_NOFOLLOW, orFails: "cannot be locked")
        while try !file.lockIfFree() {
            guard ContinuousClock.now < deadline else {
                throw FileError(.busy, "\(path) is locked by another process")
            }
            usleep(1000)
        }
        self.file = file
    }
}
