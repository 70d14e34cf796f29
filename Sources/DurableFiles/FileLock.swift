import Glibc

/// One at a time, or many that share it, between processes and between threads of one; ends with this value, and with the
/// process however that ends.
///
/// Each lock opens the file anew: flock(2) belongs to the opening, so it also holds between threads.
package struct FileLock: ~Copyable {
    private let file: OpenFile

    /// Waits until the lock is free, or throws `busy`.
    ///
    /// The file is made where there is none, unless it `mustExist`: then one that is missing is an
    /// error. Those with `isShared` exclude only the others. It sleeps on the calling thread, so it is nothing for a thread that others wait for.
    package init(
        _ path: String,
        mustExist: Bool = false,
        isShared: Bool = false,
        waitingAtMost patience: Duration
    ) throws(FileError) {
        let deadline = ContinuousClock.now.advanced(by: patience)
        let flags = O_RDWR | O_NOFOLLOW | (mustExist ? 0 : O_CREAT)
        let file = try OpenFile(path, flags, orFails: "cannot be locked")
        while try !file.lockIfFree(isShared: isShared) {
            guard ContinuousClock.now < deadline else {
                throw FileError(.busy, "\(path) is locked by another process")
            }
            usleep(1000)
        }
        self.file = file
    }
}
