import Glibc

/// Which data files this process has open, by device and inode.
///
/// LMDB forbids opening one file twice in a process (lmdb.h, Caveats): its POSIX locks belong to
/// the process, so closing the second environment drops those of the first. Other processes
/// would then take this one's readers for dead and overwrite the pages they read. Two openings
/// may also ask for different options, so a second one is refused rather than quietly shared:
/// whoever composes the program opens the environment once and hands it on.
///
/// The same locks are lost in a child after `fork`; a child must never use an environment
/// it inherited. Processes started by exec are safe, as LMDB opens its files close-on-exec.
enum EnvironmentRegistry {
    struct FileIdentity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    struct State {
        var openFiles: Set<FileIdentity> = []
        var lastEnvironmentID: UInt64 = 0
    }

    /// Held over a whole opening or closing, so that two threads cannot both be first.
    static let state = Locked(State())
}

/// The size and identity of a file, as far as opening needs them.
struct FileStatus {
    let identity: EnvironmentRegistry.FileIdentity
    let byteCount: Int

    /// Follows symbolic links, so that two names of one file are one identity.
    init?(path: String) throws(LMDBError) {
        var status = stat()
        if unsafe stat(path, &status) != 0 {
            let code = errno
            guard code == ENOENT else {
                throw LMDBError(errno: code, operation: "stat", path: path)
            }
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LMDBError(
                .invalid,
                operation: "open environment",
                path: path,
                detail: "not a regular file"
            )
        }
        identity = .init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        byteCount = Int(status.st_size)
    }
}
