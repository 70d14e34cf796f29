import Glibc

/// Secret files: mode 0600, written once, never over another.
package enum PrivateFile {
    /// More than any key file has.
    private static let byteCountMaximum = 1024 * 1024

    /// Writes a new file that only its owner can read; fails if one is there.
    package static func create(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, orFails: "cannot be created")
        do throws(FileError) {
            try file.write(bytes)
            try file.sync()
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// Refuses a file that others than its owner can read or write, as ssh does: what was once
    /// readable by all is no secret, and nobody would notice.
    package static func read(_ path: String) throws(FileError) -> [UInt8] {
        // Opening a FIFO would wait for ever without O_NONBLOCK.
        let file = try OpenFile(path, O_RDONLY | O_NONBLOCK, orFails: "cannot be read")
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.notAccessible, "\(path) is not a regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw FileError(
                .exposed,
                "\(path) can be read or written by others (mode \(mode)): chmod 600 it, and think"
                    + " of who may have read it"
            )
        }
        return try file.read(byteCountMaximum: byteCountMaximum)
    }
}
