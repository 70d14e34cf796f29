import Glibc

/// What a file has beside its bytes, and keeps when another is put in its place.
extension DurableFile {
    /// More links than this in a row are a circle (as path_resolution(7) has it).
    private static let linkCountMaximum = 40

    /// The path that a symbolic link leads to in the end, be there a file or not; any other as it is.
    ///
    /// Renaming a file over a link would take the link's place and leave what it leads to as it was.
    package static func resolvingLinks(_ path: String) -> String {
        var path = path
        for _ in 0..<linkCountMaximum {
            guard let target = linkTarget(path) else { return path }
            path = target.hasPrefix("/") ? target : folder(of: path) + "/" + target
        }
        return path
    }

    private static func linkTarget(_ path: String) -> String? {
        let capacity = Int(PATH_MAX)
        let bytes = unsafe [CChar](unsafeUninitializedCapacity: capacity) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            // Fails for whatever is no link.
            let result = unsafe readlink(path, start, capacity)
            count = max(0, result)
        }
        guard !bytes.isEmpty else { return nil }
        return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// How many names a file has in its file system; 0 where there is none.
    package static func nameCount(_ path: String) -> Int {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return 0 }
        return Int(status.st_nlink)
    }

    /// Gives a new file the owner and group of the one whose place it takes.
    ///
    /// What root puts in its place could not be opened any more by whoever owns the rest.
    package static func keepOwner(of path: String, on newPath: String) throws(FileError) {
        let former = try status(path)
        let new = try status(newPath)
        guard former.st_uid != new.st_uid || former.st_gid != new.st_gid else { return }
        guard unsafe chown(newPath, former.st_uid, former.st_gid) != 0 else { return }
        let code = errno
        // A group that may do nothing with the file is of no consequence.
        guard former.st_uid != new.st_uid || former.st_mode & 0o070 != 0 else { return }
        throw FileError(newPath, "cannot be given the owner of \(path)", errno: code)
    }

    /// Gives a new file the mode of the one whose place it takes.
    package static func keepMode(of path: String, on newPath: String) throws(FileError) {
        let mode = try status(path).st_mode & 0o7777
        guard unsafe chmod(newPath, mode) == 0 else {
            throw FileError(newPath, "cannot be given the mode of \(path)", errno: errno)
        }
    }

    private static func status(_ path: String) throws(FileError) -> stat {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw FileError(path, "cannot be read", errno: errno)
        }
        return status
    }
}
