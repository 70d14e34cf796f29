package import Glibc

/// Files that hold, whatever happens, either what was there or what was written.
package enum DurableFile {
    /// How a file is put in the place of another: `replacing`, or what a test has instead.
    package typealias Replace = @Sendable (String, [UInt8]) throws(FileError) -> Void

    package static let replacing: Replace = { (path, bytes) throws(FileError) in
        try replace(path, bytes)
    }

    /// The whole of a regular file, or nil where there is none.
    ///
    /// Somebody else may have made it: neither a FIFO nor a file without end holds up its reader.
    package static func read(
        _ path: String,
        byteCountMaximum: Int
    ) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try OpenFile(reading: path).read(byteCountMaximum: byteCountMaximum)
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }

    /// Writes a new file; fails if one is there.
    ///
    /// The name comes last, when the bytes are on disk: killed before, there is no file rather than
    /// half of one, and never a second name for what may be a secret. A file system that has no
    /// files without names, or no links (FAT, exFAT), gets the name first: there a machine that
    /// stops may leave a file that is too short, which the next call refuses to write over.
    package static func create(
        _ path: String,
        _ bytes: [UInt8],
        mode: mode_t = 0o600,
        by calls: CreationCalls = .system
    ) throws(FileError) {
        if try !createUnnamed(path, bytes, mode, calls) {
            try write(path, bytes, mode, isSynced: true, by: calls)
        }
        try syncFolder(of: path)
    }

    /// False where the file system cannot do it; there is nothing then.
    private static func createUnnamed(
        _ path: String,
        _ bytes: [UInt8],
        _ mode: mode_t,
        _ calls: CreationCalls
    ) throws(FileError) -> Bool {
        let opened = calls.openUnnamed(folder(of: path), mode)
        if opened.descriptor < 0, CreationCalls.isUnsupported(opened.code) { return false }
        let file = try OpenFile(opened, path, orFails: "cannot be written")
        try file.write(bytes)
        try file.setMode(mode)
        try file.sync(by: calls)
        let code = calls.link(opened.descriptor, path)
        if CreationCalls.isUnsupported(code) { return false }
        // Unlike rename(2), linkat(2) never takes the place of what is there.
        guard code == 0 else { throw FileError(path, "cannot be created", errno: code) }
        return true
    }

    /// Puts a file in the place of another, or of none.
    ///
    /// When this returns the new one is on disk, unless `isSynced` is false. When it throws, or the
    /// machine stops, the name leads to the whole of the old one or the whole of the new one.
    /// `draft` is the name under which it is written, in the same file system: two that use one at
    /// a time need a lock between them.
    package static func replace(
        _ path: String,
        _ bytes: [UInt8],
        mode: mode_t = 0o600,
        draft: String? = nil,
        isSynced: Bool = true
    ) throws(FileError) {
        let draft = draft ?? path + ".new"
        // Left by one that was killed; whatever else it is, it is not written through.
        unsafe unlink(draft)
        try write(draft, bytes, mode, isSynced: isSynced)
        guard unsafe Glibc.rename(draft, path) == 0 else {
            let error = FileError(path, "cannot be replaced", errno: errno)
            unsafe unlink(draft)
            throw error
        }
        if isSynced { try syncFolder(of: path) }
    }

    /// Gives a file a second name, durably, in the same file system; fails if it is taken, and with
    /// `unsupported` where files have one name only (FAT) or this one cannot have another.
    package static func link(_ path: String, as newPath: String) throws(FileError) {
        guard unsafe Glibc.link(path, newPath) == 0 else {
            let code = errno
            if [EPERM, EOPNOTSUPP, ENOTSUP, ENOSYS, EMLINK].contains(code) {
                throw FileError(.unsupported, "\(path) cannot have a second name")
            }
            throw FileError(code == EEXIST ? newPath : path, "cannot be linked", errno: code)
        }
        try syncFolder(of: newPath)
    }

    /// Whether there is anything of this name, be it a link that leads nowhere.
    package static func isPresent(_ path: String) throws(FileError) -> Bool {
        var status = stat()
        if unsafe lstat(path, &status) == 0 { return true }
        let error = FileError(path, "cannot be read", errno: errno)
        guard error.code == .missing else { throw error }
        return false
    }

    /// Gives a file another name, durably; both in one folder.
    package static func rename(_ path: String, to newPath: String) throws(FileError) {
        guard unsafe Glibc.rename(path, newPath) == 0 else {
            throw FileError(newPath, "cannot be replaced", errno: errno)
        }
        try syncFolder(of: newPath)
    }

    private static func write(
        _ path: String,
        _ bytes: [UInt8],
        _ mode: mode_t,
        isSynced: Bool,
        by calls: CreationCalls = .system
    ) throws(FileError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL
        let file = try OpenFile(path, flags, mode: mode, orFails: "cannot be written")
        do throws(FileError) {
            try file.write(bytes)
            try file.setMode(mode)
            if isSynced { try file.sync(by: calls) }
        } catch {
            unsafe unlink(path)
            throw error
        }
    }

    /// A name is durable only once its folder is.
    package static func syncFolder(of path: String) throws(FileError) {
        let flags = O_RDONLY | O_DIRECTORY
        try OpenFile(folder(of: path), flags, orFails: "cannot be synced").sync()
    }

    static func folder(of path: String) -> String {
        var path = path[...]
        // Of `a/b/`, a folder as people write one, it is `a`.
        while path.count > 1, path.last == "/" { path.removeLast() }
        let end = path.lastIndex(of: "/")
        return end.map { end in end == path.startIndex ? "/" : String(path[..<end]) } ?? "."
    }
}
