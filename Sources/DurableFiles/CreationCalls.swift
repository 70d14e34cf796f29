package import Glibc

/// What of making a new file depends on the file system: the system's calls, or what a test has
/// instead.
package struct CreationCalls: Sendable {
    /// A descriptor, or -1 and why there is none.
    package typealias Opened = (descriptor: Int32, code: Int32)

    /// Opens a file without a name, for writing, in a folder.
    package var openUnnamed: @Sendable (_ folder: String, _ mode: mode_t) -> Opened
    /// Gives an open file its name unless that is taken; 0, or why not.
    package var link: @Sendable (_ descriptor: Int32, _ path: String) -> Int32
    /// Brings an open file to disk; 0, or why not.
    package var sync: @Sendable (_ descriptor: Int32) -> Int32

    package static let system = CreationCalls(
        openUnnamed: { folder, mode in
            // As <fcntl.h> has it for Linux; a macro that is not imported.
            let unnamed = O_DIRECTORY | 0o20_000_000
            let descriptor = unsafe open(folder, O_WRONLY | O_CLOEXEC | unnamed, mode)
            return (descriptor, descriptor < 0 ? errno : 0)
        },
        link: { descriptor, path in
            // The way that needs no privilege; see O_TMPFILE in open(2).
            let opened = "/proc/self/fd/\(descriptor)"
            let result = unsafe linkat(AT_FDCWD, opened, AT_FDCWD, path, AT_SYMLINK_FOLLOW)
            return result == 0 ? 0 : errno
        },
        sync: { descriptor in fsync(descriptor) == 0 ? 0 : errno }
    )

    /// Whether a code says that there is no such thing here, and not that it went wrong.
    ///
    /// EISDIR is a kernel's that knows no O_TMPFILE, ENOENT a system's without /proc. Where it is
    /// the folder that is missing, or a permission, the plain call that follows says so.
    static func isUnsupported(_ code: Int32) -> Bool {
        [EOPNOTSUPP, ENOTSUP, EISDIR, EINVAL, EPERM, ENOENT, ENOSYS].contains(code)
    }
}
