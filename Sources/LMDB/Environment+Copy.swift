import CLMDB
import Glibc

extension Environment {
    /// Copies a consistent snapshot into a new file while readers and writers go on.
    ///
    /// `compact` leaves free pages out, and thereby what was deleted. The destination must not
    /// exist; it appears with mode 0600 whatever the umask, is on disk when this returns, and is
    /// removed again if the copy fails. Pages that writers free meanwhile are not reused before
    /// the copy ends.
    @available(*, noasync)
    package func copy(to destination: String, compact: Bool = false) throws(LMDBError) {
        // LMDB takes the write lock for a moment, to read both meta pages together.
        try gate.refuseInsideWrite("copy environment")
        // mdb_env_copy2 would create the file with mode 0666.
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        let file = unsafe Glibc.open(destination, flags, 0o600)
        guard file >= 0 else {
            throw LMDBError(errno: errno, operation: "create copy", path: destination)
        }
        do throws(LMDBError) {
            do throws(LMDBError) {
                try copyMap(to: file, destination: destination, compact: compact)
            } catch {
                close(file)
                throw error
            }
            guard close(file) == 0 else {
                throw LMDBError(errno: errno, operation: "close copy", path: destination)
            }
            try syncFolder(of: destination)
        } catch {
            unsafe unlink(destination)
            throw error
        }
    }

    private func copyMap(
        to file: Int32,
        destination: String,
        compact: Bool
    ) throws(LMDBError) {
        let flags = compact ? UInt32(MDB_CP_COMPACT) : 0
        while true {
            let ticket = try gate.enter(.scopedReader)
            let status = unsafe mdb_env_copyfd2(handle, file, flags)
            gate.leave(ticket)
            if status == MDB_SUCCESS { break }
            guard status == MDB_MAP_RESIZED else {
                throw LMDBError(errno: status, operation: "copy environment", path: destination)
            }
            // The snapshot comes before the first byte, so the file is still empty.
            try adoptMapOfOtherProcess()
        }
        guard fsync(file) == 0 else {
            throw LMDBError(errno: errno, operation: "sync copy", path: destination)
        }
    }

    /// A new name is durable only once its folder is.
    private func syncFolder(of path: String) throws(LMDBError) {
        let end = path.lastIndex(of: "/")
        let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LMDBError(errno: errno, operation: "open folder", path: folder)
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw LMDBError(errno: errno, operation: "sync folder", path: folder)
        }
    }
}
