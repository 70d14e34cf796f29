import Cryptography
import DurableFiles
import LMDB
import Ledger
package import LedgerReader

/// Opening the vault with whichever master key is in force, and putting another into force.
///
/// The new key's file comes first and is durable; then the vault is rewritten under it, which one
/// renaming decides; then the file takes the former one's place. Killed before the renaming, the
/// former key opens the vault as before; killed after it, only the next one does, and whoever opens
/// the vault puts that file in its place.
extension Vault {
    /// Where a change of the master key can be stopped, for tests that do.
    package enum MasterKeyStep: String, Sendable, CaseIterable {
        /// The next key's file is on disk, and nothing uses it.
        case written
        /// The vault opens with the next key alone.
        case inForce
        /// The former key's file is gone.
        case formerRemoved
    }

    package typealias MasterKeyObserver = @Sendable (MasterKeyStep) throws -> Void

    /// Rewriting copies every key there is.
    private static let patience = Duration.seconds(60)

    @available(*, noasync)
    package static func open(
        _ directory: LedgerDirectory,
        passphrase: PassphraseSource? = nil
    ) throws(LedgerError) -> Vault {
        do {
            let asked = askedOnce(passphrase)
            if let vault = try open(directory, MasterKeyFile.current(directory), asked)?.vault {
                return vault
            }
            try requireKeyFile(directory)
            let lock = try FileLock(directory.masterKeyLockFile, waitingAtMost: patience)
            defer { withExtendedLifetime(lock) {} }
            return try openLocked(directory, asked)
        } catch let error as FileError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// Lets another master key open the vault: a random one in a file, or one from a passphrase.
    @available(*, noasync)
    package static func changeMasterKey(
        _ directory: LedgerDirectory,
        passphrase: PassphraseSource? = nil,
        to newPassphrase: [UInt8]?,
        observer: MasterKeyObserver? = nil,
        vaultObserver: VaultObserver? = nil
    ) throws(LedgerError) {
        do {
            try requireKeyFile(directory)
            let lock = try FileLock(directory.masterKeyLockFile, waitingAtMost: patience)
            defer { withExtendedLifetime(lock) {} }
            let vault = try openLocked(directory, askedOnce(passphrase))
            // The key in force opens it, so these never came into force.
            for file in MasterKeyFile.next(directory) { try destroy(file) }
            let next: MasterKeyFile =
                newPassphrase == nil
                ? .key(directory.nextMasterKeyFile) : .scrypt(directory.nextMasterScryptFile)
            let key = try next.create(passphrase: newPassphrase)
            try observer?(.written)
            try vault.rewrap(under: key, vaultObserver)
            try observer?(.inForce)
            try install(next, directory, observer)
        } catch let error as FileError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// With the lock held nobody is in the middle of a change, so a next key that opens the vault
    /// is one that somebody was stopped before putting in its place.
    private static func openLocked(
        _ directory: LedgerDirectory,
        _ passphrase: PassphraseSource?
    ) throws -> Vault {
        if let found = try open(directory, MasterKeyFile.current(directory), passphrase) {
            return found.vault
        }
        if let found = try open(directory, MasterKeyFile.next(directory), passphrase) {
            try install(found.file, directory, nil)
            return found.vault
        }
        // Says what is wrong with the first that is there.
        return try Vault(
            directory,
            masterKey: requireKeyFile(directory).masterKey(passphrase)
        )
    }

    /// Without any there is nothing to lock, and perhaps no folder to do it in.
    @discardableResult
    private static func requireKeyFile(
        _ directory: LedgerDirectory
    ) throws(LedgerError) -> MasterKeyFile {
        let files = MasterKeyFile.current(directory) + MasterKeyFile.next(directory)
        if let file = files.first(where: { FileIdentity($0.path) != nil }) { return file }
        throw LedgerError(.keyMissing, "\(directory.masterKeyFile) is missing")
    }

    /// With the first of these files whose key is the right one; nil when none is.
    private static func open(
        _ directory: LedgerDirectory,
        _ files: [MasterKeyFile],
        _ passphrase: PassphraseSource?
    ) throws -> (vault: Vault, file: MasterKeyFile)? {
        for file in files where FileIdentity(file.path) != nil {
            do {
                let vault = try Vault(directory, masterKey: file.masterKey(passphrase))
                return (vault, file)
            } catch let error as LedgerError where error.code == .vaultWrongKey {
                continue
            }
        }
        return nil
    }

    private static func install(
        _ next: MasterKeyFile,
        _ directory: LedgerDirectory,
        _ observer: MasterKeyObserver?
    ) throws {
        for file in MasterKeyFile.current(directory) { try destroy(file) }
        try observer?(.formerRemoved)
        switch next {
        case .key(let path): try DurableFile.rename(path, to: directory.masterKeyFile)
        case .scrypt(let path): try DurableFile.rename(path, to: directory.masterScryptFile)
        }
    }

    private static func destroy(_ file: MasterKeyFile) throws(FileError) {
        try DurableFile.overwriteWithZeros(file.path)
        try DurableFile.remove(file.path)
    }

    /// Several files may want the same passphrase, and nobody types it twice.
    private static func askedOnce(_ passphrase: PassphraseSource?) -> PassphraseSource? {
        guard let passphrase else { return nil }
        let answer = Locked<[UInt8]?>(nil)
        return {
            try answer.withLock { answer in
                if let answer { return answer }
                let given = try passphrase()
                answer = given
                return given
            }
        }
    }

    private func rewrap(
        under newKey: SymmetricKey,
        _ observer: VaultObserver?
    ) throws(LedgerError) {
        let erasedBelow = try erasedBelow()
        try file.replace(observer) { vault in
            var cipher = try AES256GCM()
            try vault.environment.read { transaction in
                try Self.write(
                    file.directory.nextVaultFile,
                    commandKey: vault.commandKey,
                    nextKeyID: vault.nextKeyID(transaction),
                    erasedBelow: erasedBelow,
                    origin: vault.origin(transaction),
                    newKey
                ) { draft, keys in
                    try vault.copyKeys(to: draft, keys, transaction) { id, wrapped in
                        let name = KeyWrap.name(id)
                        let key = try KeyWrap.unwrap(wrapped, name: name, masterKey)
                        let nonce = try makeNonce()
                        return try KeyWrap.wrap(key, name: name, newKey, nonce, &cipher)
                    }
                }
            }
            return true
        }
    }
}
