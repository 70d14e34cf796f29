import Glibc

extension DurableFile {
    /// Overwrites all of a file with zeros, durably; one that is missing is no error.
    ///
    /// In place, which is the best that can be done from here: a file system that copies on write, or
    /// a solid-state disk, may keep the old bytes where no program reads them.
    package static func overwriteWithZeros(_ path: String) throws(FileError) {
        let file: FileToErase
        do throws(FileError) {
            file = try FileToErase(path)
        } catch {
            guard error.code == .missing else { throw error }
            return
        }
        try file.overwrite()
    }

    /// Takes a name away, durably; one that is missing is no error.
    package static func remove(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 else {
            let error = FileError(path, "cannot be removed", errno: errno)
            guard error.code == .missing else { throw error }
            return
        }
        try syncFolder(of: path)
    }
}

/// A file that is overwritten later, whatever name it has then or if it has none any more.
package struct FileToErase: ~Copyable {
    private let file: OpenFile
    private let path: String

    package init(_ path: String) throws(FileError) {
        // Opening a FIFO would wait for a reader if it were not for O_NONBLOCK.
        let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK
        file = try OpenFile(path, flags, orFails: "cannot be overwritten")
        self.path = path
    }

    /// Overwrites all of it with zeros, durably; once, from the beginning.
    package func overwrite() throws(FileError) {
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.notRegular, "\(path) is not a regular file")
        }
        let zeros = [UInt8](repeating: 0, count: 64 * 1024)
        var remaining = Int(status.st_size)
        while remaining > 0 {
            let count = min(remaining, zeros.count)
            try file.write(count == zeros.count ? zeros : Array(zeros[..<count]))
            remaining -= count
        }
        try file.sync()
    }
}

/// Which file a name leads to, whatever it is called.
package struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64

    /// Nil where there is none.
    package init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}
