import Foundation
import LedgerReader

/// A directory that a new ledger is being made in, and how to leave it as it was.
///
/// Of two processes that create a ledger in the same place, one makes the keys folder; the other is
/// refused and removes nothing.
struct DirectoryClaim {
    private let directory: LedgerDirectory
    /// The topmost directory that was made for it; nil when it existed.
    private let madePath: String?

    init(_ directory: LedgerDirectory) throws(LedgerError) {
        self.directory = directory
        madePath = Self.topmostMissing(directory.path)
        do {
            try FileManager.default.createDirectory(
                atPath: directory.path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch CocoaError.fileWriteFileExists {
            throw LedgerError(.alreadyExists, "\(directory.path) is a file: name a new directory")
        } catch {
            throw LedgerError(.noPermission, "\(directory.path) cannot be made: \(error)")
        }
        do throws(LedgerError) {
            try Self.requireEmpty(directory.path)
            try Self.makeFolder(directory.keysFolder)
        } catch {
            // Nobody else can have put something into what is still empty; if somebody did, rmdir
            // leaves it alone.
            if let madePath { Self.removeEmpty(directory.path, upTo: madePath) }
            throw error
        }
    }

    func makeFolders() throws(LedgerError) { try Self.makeFolder(directory.attachmentsFolder) }

    /// New names are durable only once their folders are.
    func sync() throws(LedgerError) {
        let parent = URL(fileURLWithPath: madePath ?? directory.path).deletingLastPathComponent()
        for path in [directory.keysFolder, directory.path, parent.path] {
            let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0, fsync(descriptor) == 0 else {
                let reason = unsafe String(cString: strerror(errno))
                if descriptor >= 0 { close(descriptor) }
                throw LedgerError(.storeFailed, "\(path) cannot be synced: \(reason)")
            }
            close(descriptor)
        }
    }

    /// Removes what was made here, and only that.
    func removeTraces() {
        let made = [
            directory.ledgerFile, directory.ledgerFile + "-lock", directory.vaultFile,
            directory.vaultFile + "-lock", directory.vaultLockFile, directory.headFile,
            directory.keysFolder, directory.attachmentsFolder,
        ]
        // Best effort: the first error is what the caller hears of.
        for path in made { try? FileManager.default.removeItem(atPath: path) }
        if let madePath { Self.removeEmpty(directory.path, upTo: madePath) }
    }

    private static func topmostMissing(_ path: String) -> String? {
        var missing: String?
        var url = URL(fileURLWithPath: path).standardizedFileURL
        while !FileManager.default.fileExists(atPath: url.path), url.path != "/" {
            missing = url.path
            url.deleteLastPathComponent()
        }
        return missing
    }

    private static func removeEmpty(_ path: String, upTo top: String) {
        var url = URL(fileURLWithPath: path).standardizedFileURL
        while unsafe rmdir(url.path) == 0, url.path != top { url.deleteLastPathComponent() }
    }

    private static func requireEmpty(_ path: String) throws(LedgerError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw LedgerError(.noPermission, "\(path) cannot be read: \(error)")
        }
        guard names.isEmpty else {
            throw LedgerError(.alreadyExists, "\(path) is not empty: name a new directory")
        }
    }

    private static func makeFolder(_ path: String) throws(LedgerError) {
        guard unsafe mkdir(path, 0o700) != 0 else { return }
        let code = errno
        let reason = unsafe String(cString: strerror(code))
        switch code {
        case EEXIST: throw LedgerError(.alreadyExists, "\(path) exists: name a new directory")
        case ENOSPC, EDQUOT: throw LedgerError(.diskFull, "\(path) cannot be made: \(reason)")
        default: throw LedgerError(.noPermission, "\(path) cannot be made: \(reason)")
        }
    }
}
