import Glibc

/// Why a file could not be written, and which.
struct WriteProblem: Error {
    let path: String
    let code: Int32

    var isFull: Bool { code == ENOSPC || code == EDQUOT }
    var reason: String { unsafe String(cString: strerror(code)) }
}

/// Files that are there whole or not at all, also for those who read them meanwhile.
enum WholeFile {
    /// Writes under another name in the same file system, then renames.
    ///
    /// With `isSynced` the bytes are on disk before they get the name; the name itself is once its
    /// folder is synced.
    static func write(
        _ bytes: [UInt8],
        to path: String,
        draft: String,
        mode: mode_t,
        isSynced: Bool
    ) throws(WriteProblem) {
        // Left over from a run that was killed; whatever else it is, it is not written through.
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw WriteProblem(path: draft, code: errno) }
        var code = fill(descriptor, bytes)
        // Whatever the umask: the mode is part of what is promised.
        if code == 0, fchmod(descriptor, mode) != 0 { code = errno }
        if code == 0, isSynced, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        guard code == 0 else {
            unsafe unlink(draft)
            throw WriteProblem(path: path, code: code)
        }
        guard unsafe rename(draft, path) == 0 else {
            let code = errno
            unsafe unlink(draft)
            throw WriteProblem(path: path, code: code)
        }
    }

    /// Puts the names in a folder on disk.
    static func syncFolder(_ path: String) throws(WriteProblem) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw WriteProblem(path: path, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw WriteProblem(path: path, code: errno) }
    }

    /// The error that writing ended with, 0 for none.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(
                    descriptor,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            if count > 0 {
                written += count
            } else if count == 0 {
                return ENOSPC
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
