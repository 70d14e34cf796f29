import DurableFiles
import Glibc
import LMDB
import LedgerReader

/// The points of publishing, for tests that stop there.
package enum PublishStep: Sendable, Equatable {
    /// A bundle, a tile or evidence of time, by its name.
    case aboutToWrite(String)
    /// All of those are written; none may be on disk yet.
    case aboutToSync
    /// They are on disk; the old checkpoint is the one that is seen.
    case aboutToPublish
    /// The new checkpoint is seen.
    case published
}

/// The files of a published log as one run of a publisher writes them.
struct PublishedFiles {
    private let log: PublishedLog
    private let observer: ((PublishStep) throws -> Void)?
    private(set) var fileCount = 0
    private(set) var byteCount = 0
    private var lastFolder = ""

    init(_ log: PublishedLog, _ observer: ((PublishStep) throws -> Void)?) {
        self.log = log
        self.observer = observer
    }

    /// Writes a file that is not there, or not with these bytes.
    mutating func put(_ bytes: [UInt8], at name: String) throws {
        // First, so that what is there is not found through a link to some other folder.
        try makeFolders(of: name)
        guard !has(bytes, at: name) else { return }
        try observer?(.aboutToWrite(name))
        try write(bytes, name, isSynced: false)
    }

    /// Shows the checkpoint, after everything it is about is on disk.
    ///
    /// One call for the file system that DIR is on, since a sync of each of thousands of files and
    /// folders would cost a write to the disk each. It waits for the bytes of files, for their
    /// names and for the folders, also for those that a run that was killed has left, and reports
    /// what could not be written.
    mutating func publish(_ checkpoint: [UInt8]) throws {
        let name = PublishedLog.checkpointName
        guard fileCount > 0 || !has(checkpoint, at: name) else { return }
        try observer?(.aboutToSync)
        try syncAll()
        try observer?(.aboutToPublish)
        try write(checkpoint, name, isSynced: true)
        try observer?(.published)
    }

    /// Removes the partial versions of a tile that is published in full.
    ///
    /// Best effort: whoever looks for one takes the full tile (c2sp.org/tlog-tiles, "Partial
    /// Tiles"), and one that stays is true.
    func removePartials(of name: String) {
        let folder = log.file(name + ".p")
        guard Self.isKind(S_IFDIR, folder) else { return }
        for width in 1..<256 { unsafe unlink("\(folder)/\(width)") }
        unsafe rmdir(folder)
    }

    private func has(_ bytes: [UInt8], at name: String) -> Bool {
        // A link would give the bytes today, and what its owner likes tomorrow.
        guard Self.isKind(S_IFREG, log.file(name)) else { return false }
        let found = try? InputFile.read(log.file(name), byteCountMaximum: bytes.count)
        return found == bytes
    }

    /// Whether there is something of this kind itself, and not a link to it.
    private static func isKind(_ kind: mode_t, _ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == kind
    }

    private mutating func write(_ bytes: [UInt8], _ name: String, isSynced: Bool) throws {
        do throws(FileError) {
            try DurableFile.replace(
                log.file(name),
                bytes,
                mode: 0o644,
                draft: log.draftFile,
                isSynced: isSynced
            )
        } catch {
            throw PublishError(error)
        }
        fileCount += 1
        byteCount += bytes.count
    }

    private mutating func makeFolders(of name: String) throws(PublishError) {
        let parts = name.split(separator: "/").dropLast()
        let folder = parts.joined(separator: "/")
        guard folder != lastFolder else { return }
        var path = log.path
        for part in parts {
            path += "/" + part
            try Self.makeFolder(path)
            guard Self.isKind(S_IFDIR, path) else {
                throw PublishError(
                    .fileUnwritable,
                    "\(path) is a link or no folder: nothing is written through it; remove it"
                )
            }
        }
        lastFolder = folder
    }

    /// The folder of the log itself, which may be a link: its owner has named it.
    static func makeRoot(_ log: PublishedLog) throws(PublishError) {
        do throws(PublishError) {
            try makeFolder(log.path)
        } catch {
            guard error.code == .fileUnwritable, !InputFile.exists(log.path) else { throw error }
            throw PublishError(
                .fileUnwritable,
                "\(log.path) cannot be made: the folder that it is to be in is missing, or is none"
            )
        }
        // Of a link it is where that leads: its owner has named it.
        var status = stat()
        guard unsafe stat(log.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw PublishError(
                .fileUnwritable,
                "\(log.path) is no directory: name one, or a new name"
            )
        }
    }

    private static func makeFolder(_ path: String) throws(PublishError) {
        guard unsafe mkdir(path, 0o755) == 0 else {
            guard errno == EEXIST else {
                throw PublishError(FileError(path, "cannot be made", errno: errno))
            }
            return
        }
        guard unsafe chmod(path, 0o755) == 0 else {
            throw PublishError(FileError(path, "cannot be made", errno: errno))
        }
    }

    private func syncAll() throws(PublishError) {
        let descriptor = unsafe open(log.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw PublishError(FileError(log.path, "cannot be synced", errno: errno))
        }
        defer { close(descriptor) }
        let code = FileSystem.sync(descriptor)
        guard code == 0 else {
            throw PublishError(FileError(log.path, "cannot be synced", errno: code))
        }
    }
}
