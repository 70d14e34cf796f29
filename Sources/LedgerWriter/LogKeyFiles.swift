import Cryptography
import DurableFiles
import Foundation
package import LedgerReader
package import Survey
package import TransparencyLog

/// The log's signing key on disk, and how another takes its place; nobody else reads or renames
/// these files while there is this value.
///
/// Rotation: the new key is written as log.next.pem and synced; then the event is appended; from
/// there on only the new key signs, and whoever signs next puts it in the place of the old one.
/// Killed before the event, nothing has changed and the next rotation uses the same file; killed
/// after it, the renaming is done by the next checkpoint. Who says that the key is lost trusts no
/// file here: the next key is a new one each time, and what lay in its place is kept under another
/// name. A rotation keeps this value from
/// `prepareRotation` to `install`, so that two of them come one after the other.
///
/// The order is: this lock first, LMDB's write transaction inside it. A rotation appends while it
/// holds the lock, so whoever waited for it inside a transaction would wait for ever.
package struct LogKeyFiles: ~Copyable {
    /// A rotation appends one record; behind it others may be waiting.
    private static let patience = Duration.seconds(60)

    private let directory: LedgerDirectory
    /// Nil where there is no folder of keys, and so nothing to guard.
    private let lock: FileLock?

    /// Waits for whoever else is at the files, then reads them anew.
    @available(*, noasync)
    package init(_ directory: LedgerDirectory) throws(LedgerError) {
        self.directory = directory
        guard FileManager.default.fileExists(atPath: directory.keysFolder) else {
            lock = nil
            return
        }
        do throws(FileError) {
            lock = try FileLock(directory.logKeyLockFile, waitingAtMost: Self.patience)
        } catch {
            throw LedgerError(error)
        }
    }

    /// The key that the ledger says is in force.
    package func signer(inForce verifierKey: VerifierKey) throws -> NoteSigner {
        let current = Result { try read(directory.logKeyFile, name: verifierKey.name) }
        if let current = try? current.get(), current.verifierKey == verifierKey { return current }
        let next = Result { try read(directory.nextLogKeyFile, name: verifierKey.name) }
        guard let signer = try? next.get(), signer.verifierKey == verifierKey else {
            // Where a file cannot be read, that is what is wrong.
            _ = (try current.get(), try next.get())
            throw LedgerError(
                .keyMissing,
                "\(directory.logKeyFile) is not the key that the ledger names"
                    + " (\(verifierKey.vkey)): put that one there"
            )
        }
        do {
            switch current {
            case .success(let current?): try keep(current)
            case .success(nil): break
            // What cannot be read does not hold up the key in force, but it may be mended yet.
            case .failure: try putAside(directory.logKeyFile)
            }
            try DurableFile.rename(directory.nextLogKeyFile, to: directory.logKeyFile)
        } catch let error as FileError {
            throw LedgerError(error)
        }
        return signer
    }

    /// Gives whatever lies at a path a name of its own, where nothing reads it any more.
    private func putAside(_ path: String) throws(FileError) {
        guard try DurableFile.isPresent(path) else { return }
        let stem = path.hasSuffix(".pem") ? String(path.dropLast(".pem".count)) : path
        var number = 1
        while try DurableFile.isPresent("\(stem).aside-\(number).pem") { number += 1 }
        try DurableFile.rename(path, to: "\(stem).aside-\(number).pem")
    }

    /// Gives the key in log.pem, whose place another takes, a name of its own.
    ///
    /// A second name and no renaming: it never takes the place of a file that is there already, and
    /// stopped right after it, log.pem is still there, too.
    private func keep(_ current: NoteSigner) throws {
        let id = Hex.encode(current.verifierKey.keyIDBytes)
        let path = "\(directory.keysFolder)/log-\(id).pem"
        do throws(FileError) {
            try DurableFile.link(directory.logKeyFile, as: path)
        } catch {
            guard error.code == .alreadyExists else { throw error }
            let kept = try read(path, name: current.verifierKey.name)
            guard kept?.verifierKey == current.verifierKey else {
                throw LedgerError(
                    .alreadyExists,
                    "\(path) is there and holds another key than \(directory.logKeyFile), which is"
                        + " to have that name: move it elsewhere"
                )
            }
        }
    }

    /// Puts the key that the ledger now says is in force in its place.
    package func install(_ vkey: String) throws {
        _ = try signer(inForce: try VerifierKey(vkey: vkey))
    }

    /// Makes the next key, and the event's content that puts it into force.
    ///
    /// The key in force, as the ledger says since the files are locked, endorses it unless `isLost`.
    /// Whoever lost that one may have lost a next one with it, so then neither is used or read.
    package func prepareRotation(
        inForce vkey: String,
        reason: String,
        isLost: Bool
    ) throws -> LogKeyRotation {
        let former = try VerifierKey(vkey: vkey)
        let signer = isLost ? nil : try signer(inForce: former)
        do throws(FileError) {
            if isLost { try putAside(directory.nextLogKeyFile) }
        } catch {
            throw LedgerError(error)
        }
        if try read(directory.nextLogKeyFile, name: former.name) == nil {
            try KeyFiles.create(
                directory.nextLogKeyFile,
                try Ed25519PrivateKey.generate().pem()
            )
        }
        guard let next = try read(directory.nextLogKeyFile, name: former.name) else {
            throw LedgerError(.keyMissing, "\(directory.nextLogKeyFile) is gone again")
        }
        var rotation = LogKeyRotation()
        rotation.logKey = next.verifierKey.vkey
        rotation.reason = reason
        if let signer {
            let text = LogKeyRotation.endorsedText(
                origin: former.name,
                from: vkey,
                to: rotation.logKey
            )
            rotation.endorsement = Data(try signer.endorse(text))
        }
        return rotation
    }

    /// Nil where there is no such file.
    private func read(_ path: String, name: String) throws -> NoteSigner? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let key = try Ed25519PrivateKey(pem: try KeyFiles.read(path))
        return try NoteSigner(name: name, privateKey: key)
    }
}
