import Glibc

/// Secret files: mode 0600, made by `DurableFile.create` and never written over.
package enum PrivateFile {
    /// More than any key file has.
    private static let byteCountMaximum = 1024 * 1024

    /// Refuses a file that others than its owner can read or write, as ssh does: what was once
    /// readable by all is no secret, and nobody would notice.
    package static func read(_ path: String) throws(FileError) -> [UInt8] {
        let file = try OpenFile(reading: path)
        let status = try file.status()
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
