import Cryptography
import DurableFiles
import Glibc
import LMDB
import Ledger
package import LedgerReader

/// Opening the vault with whichever master key is in force, and putting another into force.
///
/// The new key's file comes first and is durable; then the vault is rewritten under it, which one
/// renaming decides; then the file takes the former one's place. Killed before the renaming, the
/// former key opens the vault as before; killed after it, only the next one does, and whoever opens
/// the vault puts that file in its place.
///
/// What whoever was asked for a passphrase throws comes out as it is.
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
        passphrase: PassphraseSource? = nil,
        ledger: LedgerStore? = nil
    ) throws -> Vault {
        do {
            let opening = Opening(directory, askedOnce(passphrase), ledger)
            do {
                if let found = try opening.vault(MasterKeyFile.current(directory).all) {
                    return found.vault
                }
            } catch let error as LedgerError where error.code == .keyMissing {
                // Somebody is putting another key into force, and took this one away meanwhile: with
                // the lock held that is over.
            }
            let lock = try lockMasterKey(directory)
            defer { withExtendedLifetime(lock) {} }
            return try openLocked(opening)
        } catch {
            throw told(error)
        }
    }

    private static func lockMasterKey(_ directory: LedgerDirectory) throws -> FileLock {
        // Without any key there is nothing to lock, and perhaps no folder to do it in.
        _ = try requireKeyFile(directory)
        let lock = try FileLock(directory.masterKeyLockFile, waitingAtMost: patience)
        // Root may just have made it. The file of before may have another name by now.
        if geteuid() == 0 {
            let path = try requireKeyFile(directory).path
            try DurableFile.keepOwner(of: path, on: directory.masterKeyLockFile)
        }
        return lock
    }

    private static func told(_ error: any Error) -> any Error {
        switch error {
        case let error as FileError: LedgerError(error)
        case let error as Unanswered: error.reason
        default: LedgerError(caught: error)
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
    ) throws {
        do {
            let lock = try lockMasterKey(directory)
            defer { withExtendedLifetime(lock) {} }
            let vault = try openLocked(Opening(directory, askedOnce(passphrase), nil))
            let current = MasterKeyFile.current(directory)
            for file in current.all { try VaultPaths.requireNames(1, file.path) }
            // The key in force opens it, so these never came into force.
            let next = MasterKeyFile.next(directory)
            for file in next.all { try destroy(file) }
            let chosen = newPassphrase == nil ? next.key : next.scrypt
            let key = try chosen.create(passphrase: newPassphrase)
            do {
                try chosen.takeAfter(requireKeyFile(directory))
                try observer?(.written)
                try vault.rewrap(under: key, vaultObserver)
            } catch {
                // Unless it is the only one that opens the vault now.
                if (try? vault.erasedBelow()) != nil { try? destroy(chosen) }
                throw error
            }
            try observer?(.inForce)
            try install(chosen, directory, observer)
        } catch {
            throw told(error)
        }
    }

    /// With the lock held nobody is in the middle of a change, so a next key that opens the vault
    /// is one that somebody was stopped before putting in its place.
    private static func openLocked(_ opening: Opening) throws -> Vault {
        let directory = opening.directory
        if let found = try opening.vault(MasterKeyFile.current(directory).all) {
            return found.vault
        }
        if let found = try opening.vault(MasterKeyFile.next(directory).all) {
            try install(found.file, directory, nil)
            return found.vault
        }
        // Says what is wrong with the first that is there.
        return try opening.vault(requireKeyFile(directory))
    }

    /// A file that a master key is in, in force or not.
    private static func requireKeyFile(
        _ directory: LedgerDirectory
    ) throws(LedgerError) -> MasterKeyFile {
        let current = MasterKeyFile.current(directory).all
        // Looked at twice: between two looks the next one may have got the name of the one in force.
        let files = current + MasterKeyFile.next(directory).all + current
        if let file = files.first(where: { FileIdentity($0.path) != nil }) { return file }
        throw LedgerError(.keyMissing, "\(directory.masterKeyFile) is missing")
    }

    private static func install(
        _ next: MasterKeyFile,
        _ directory: LedgerDirectory,
        _ observer: MasterKeyObserver?
    ) throws {
        let current = MasterKeyFile.current(directory)
        for file in current.all { try destroy(file) }
        try observer?(.formerRemoved)
        switch next {
        case .key(let path): try DurableFile.rename(path, to: current.key.path)
        case .scrypt(let path): try DurableFile.rename(path, to: current.scrypt.path)
        }
    }

    private static func destroy(_ file: MasterKeyFile) throws {
        guard FileIdentity(file.path) != nil else { return }
        // A key that its owner only reads is overwritten like any other.
        file.makeWritable()
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
                do {
                    let given = try passphrase()
                    answer = given
                    return given
                } catch {
                    throw Unanswered(reason: error)
                }
            }
        }
    }

    private func rewrap(
        under newKey: SymmetricKey,
        _ observer: VaultObserver?
    ) throws(LedgerError) {
        let erasedBelow = try erasedBelow()
        try file.replace(observer) { vault, draft in
            var cipher = try AES256GCM()
            try vault.environment.read { transaction in
                try Self.write(
                    draft,
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
        }
    }
}

/// How a vault is opened with one master key or another.
private struct Opening {
    let directory: LedgerDirectory
    private let passphrase: PassphraseSource?
    private let ledger: LedgerStore?

    init(
        _ directory: LedgerDirectory,
        _ passphrase: PassphraseSource?,
        _ ledger: LedgerStore?
    ) {
        (self.directory, self.passphrase, self.ledger) = (directory, passphrase, ledger)
    }

    /// With the first of these files whose key is the right one; nil when none is.
    func vault(_ files: [MasterKeyFile]) throws -> (vault: Vault, file: MasterKeyFile)? {
        for file in files where FileIdentity(file.path) != nil {
            do {
                return (try vault(file), file)
            } catch let error as LedgerError
                where [.vaultWrongKey, .wrongPassphrase].contains(error.code)
            {
                continue
            }
        }
        return nil
    }

    func vault(_ file: MasterKeyFile) throws -> Vault {
        let masterKey = try file.masterKey(passphrase)
        do throws(LedgerError) {
            return try Vault(directory, masterKey: masterKey, ledger: ledger)
        } catch {
            guard error.code == .vaultWrongKey, case .scrypt(let path) = file else { throw error }
            throw LedgerError(
                .wrongPassphrase,
                "\(path): the passphrase does not open \(directory.vaultFile)"
            )
        }
    }
}

/// What whoever was asked for the passphrase threw; it is theirs to explain.
private struct Unanswered: Error {
    let reason: any Error
}
