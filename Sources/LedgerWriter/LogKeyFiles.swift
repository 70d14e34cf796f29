import Cryptography
import DurableFiles
import Foundation
package import LedgerReader
package import Survey
package import TransparencyLog

/// The log's signing key on disk, and how another takes its place.
///
/// Rotation: the new key is written as log.next.pem and synced; then the event is appended; from
/// there on only the new key signs, and whoever signs next puts it in the place of the old one.
/// Killed before the event, nothing has changed and the next rotation uses the same file; killed
/// after it, the renaming is done by the next checkpoint.
package enum LogKeyFiles {
    /// The key that the ledger says is in force.
    package static func signer(
        _ directory: LedgerDirectory,
        inForce verifierKey: VerifierKey
    ) throws -> NoteSigner {
        let current = try read(directory.logKeyFile, name: verifierKey.name)
        if let current, current.verifierKey == verifierKey { return current }
        guard let next = try read(directory.nextLogKeyFile, name: verifierKey.name),
            next.verifierKey == verifierKey
        else {
            throw LedgerError(
                .keyMissing,
                "\(directory.logKeyFile) is not the key that the ledger names"
                    + " (\(verifierKey.vkey)): put that one there"
            )
        }
        if let current {
            let id = Hex.encode(current.verifierKey.keyIDBytes)
            try rename(directory.logKeyFile, to: "\(directory.keysFolder)/log-\(id).pem")
        }
        try rename(directory.nextLogKeyFile, to: directory.logKeyFile)
        return next
    }

    private static func rename(_ path: String, to newPath: String) throws(LedgerError) {
        do throws(FileError) {
            try DurableFile.rename(path, to: newPath)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Puts the key that the ledger now says is in force in its place.
    package static func install(_ directory: LedgerDirectory, _ vkey: String) throws {
        _ = try signer(directory, inForce: try VerifierKey(vkey: vkey))
    }

    /// Makes the next key, and the event's content that puts it into force.
    ///
    /// The key in force endorses it unless `isLost`.
    package static func prepareRotation(
        _ directory: LedgerDirectory,
        inForce vkey: String,
        reason: String,
        isLost: Bool
    ) throws -> LogKeyRotation {
        let former = try VerifierKey(vkey: vkey)
        // A lost key, too: one that came into force just before a crash still lies where the next
        // one goes, and is put in its place here. Why a lost one cannot be read does not matter.
        let signer =
            isLost
            ? try? signer(directory, inForce: former) : try signer(directory, inForce: former)
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
        if let signer, !isLost {
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
    private static func read(_ path: String, name: String) throws -> NoteSigner? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let key = try Ed25519PrivateKey(pem: try KeyFiles.read(path))
        return try NoteSigner(name: name, privateKey: key)
    }
}
