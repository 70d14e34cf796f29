import Glibc

/// Files that hold, whatever happens, either what was there or what was written.
package enum DurableFile {
    /// How a file is put in the place of another: `replace`, or what a test has instead.
    package typealias Replace = @Sendable (String, [UInt8]) throws(FileError) -> Void

    /// A whole file, or nil where there is none.
    package static func read(
        _ path: String,
        byteCountMaximum: Int
    ) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            let file = try OpenFile(path, O_RDONLY | O_NONBLOCK, orFails: "cannot be read")
            guard try file.status().st_mode & S_IFMT == S_IFREG else {
                throw FileError(.notAccessible, "\(path) is not a regular file")
            }
            return try file.read(byteCountMaximum: byteCountMaximum)
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }

    /// Puts a file in the place of another, or of none.
    ///
    /// When this returns the new one is on disk. When it throws, or the machine stops, the name
    /// leads to the whole of the old one or the whole of the new one. Two that do this to one path
    /// at a time need a lock between them.
    package static func replace(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        let temporaryPath = path + ".new"
        try write(temporaryPath, bytes)
        guard unsafe Glibc.rename(temporaryPath, path) == 0 else {
            let error = FileError(path, "cannot be replaced", errno: errno)
            unsafe unlink(temporaryPath)
            throw error
        }
        try syncFolder(of: path)
    }

    /// Gives a file another name, durably; both in one folder.
    package static func rename(_ path: String, to newPath: String) throws(FileError) {
        guard unsafe Glibc.rename(path, newPath) == 0 else {
            throw FileError(newPath, "cannot be replaced", errno: errno)
        }
        try syncFolder(of: newPath)
    }

    private static func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC, orFails: "cannot be written")
        do throws(FileError) {
            try file.write(bytes)
            try file.sync()
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// A name is durable only once its folder is.
    package static func syncFolder(of path: String) throws(FileError) {
        let end = path.lastIndex(of: "/")
        let folder = end.map { end in end == path.startIndex ? "/" : String(path[..<end]) } ?? "."
        try OpenFile(folder, O_RDONLY | O_DIRECTORY, orFails: "cannot be synced").sync()
    }
}
