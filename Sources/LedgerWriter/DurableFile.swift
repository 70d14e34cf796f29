package import Foundation
package import LedgerReader

/// Small files that must never be half-written.
package enum DurableFile {
    /// Puts a file in the place of another one: after a crash it is all there, or the old one is.
    ///
    /// Written beside it, synced, renamed over it; then the folder is synced, so that the new name
    /// is on disk when this returns.
    package static func replace(
        _ path: String,
        _ bytes: [UInt8],
        mode: mode_t = 0o600
    ) throws(LedgerError) {
        let draft = "\(path).\(getpid()).tmp"
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(draft, "made") }
        let count = unsafe write(descriptor, bytes, bytes.count)
        let isSynced = count == bytes.count && fsync(descriptor) == 0
        // A short write sets no error; it means that there was no room for the rest.
        if count >= 0, count < bytes.count { errno = ENOSPC }
        let problem = isSynced ? nil : failure(draft, "written")
        close(descriptor)
        if let problem {
            unsafe unlink(draft)
            throw problem
        }
        try rename(draft, to: path)
    }

    /// Renames durably.
    package static func rename(_ old: String, to new: String) throws(LedgerError) {
        guard unsafe Glibc.rename(old, new) == 0 else { throw failure(new, "replaced") }
        let folder = URL(fileURLWithPath: new).deletingLastPathComponent().path
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder, "opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder, "synced") }
    }

    private static func failure(_ path: String, _ what: String) -> LedgerError {
        let code = errno
        let reason = unsafe String(cString: strerror(code))
        let isFull = code == ENOSPC || code == EDQUOT
        return LedgerError(
            isFull ? .diskFull : .noPermission,
            "\(path) cannot be \(what): \(reason)"
        )
    }
}
