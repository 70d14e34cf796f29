import Cryptography
import DurableFiles
import LMDB
import Ledger
import LedgerReader

/// The vault's file as it is at this moment: another process may put a rewritten one in its place
/// at any time.
///
/// Whoever is at the file holds vault.lock, shared, and first looks whether the names still lead to
/// the files it has open; whoever replaces it holds the lock exclusively. LMDB's lock file belongs to
/// one data file: to go on with the old one beside the new data would pick the wrong meta page. So
/// it is replaced as well, and looked at as well.
final class VaultFile: Sendable {
    /// An open vault, of which the master key is the right one.
    struct Opened: Sendable {
        let environment: Environment
        let keys: Database
        let meta: Database
        let commandKey: SymmetricKey
        fileprivate let identities: [FileIdentity?]
    }

    /// Rewriting copies every key there is; behind it others wait.
    private static let patience = Duration.seconds(60)

    let directory: LedgerDirectory
    private let masterKey: SymmetricKey
    /// LMDB lets a process open a file once, so its threads come one after the other.
    private let opened = Locked(Holding())

    private struct Holding {
        var vault: Opened?
        /// What is known of the file that was open last: what takes its place must follow it.
        ///
        /// It is not asked itself, for whoever replaced it has overwritten it.
        var known: (commandKey: SymmetricKey, nextKeyID: UInt64)?
    }

    init(_ directory: LedgerDirectory, masterKey: SymmetricKey) {
        self.directory = directory
        self.masterKey = masterKey
    }

    /// Calls `body` with the vault that is in force.
    func withCurrent<Result>(_ body: (Opened) throws -> Result) throws(LedgerError) -> Result {
        try opened.withLock { opened throws(LedgerError) in
            do {
                let lock = try FileLock(
                    directory.vaultLockFile,
                    isShared: true,
                    waitingAtMost: Self.patience
                )
                defer { withExtendedLifetime(lock) {} }
                return try body(current(&opened))
            } catch let error as FileError {
                throw LedgerError(error)
            } catch {
                throw LedgerError(caught: error)
            }
        }
    }

    /// Puts what `writeDraft` makes at `nextVaultFile` in the place of the vault, and nothing of the
    /// old one stays behind; what others left of such an attempt goes first.
    ///
    /// `writeDraft` returns false when there is nothing to replace.
    func replace(
        _ observer: VaultObserver?,
        _ writeDraft: (Opened) throws -> Bool
    ) throws(LedgerError) {
        try opened.withLock { opened throws(LedgerError) in
            do {
                let lock = try FileLock(directory.vaultLockFile, waitingAtMost: Self.patience)
                defer { withExtendedLifetime(lock) {} }
                try removeLeftovers()
                guard try writeDraft(current(&opened)) else { return }
                try observer?(.drafted)
                // Closes the old file.
                opened.vault = nil
                try install(observer)
            } catch let error as FileError {
                throw LedgerError(error)
            } catch {
                throw LedgerError(caught: error)
            }
        }
    }

    /// Whether somebody was stopped while replacing the vault.
    var hasLeftovers: Bool {
        [directory.nextVaultFile, directory.formerVaultFile].contains { FileIdentity($0) != nil }
    }

    /// The crash story is in STORE.md 3; the one step that decides is the renaming.
    private func install(_ observer: VaultObserver?) throws {
        try DurableFile.remove(directory.nextVaultFile + "-lock")
        try DurableFile.link(directory.vaultFile, as: directory.formerVaultFile)
        try observer?(.linked)
        try DurableFile.remove(directory.vaultFile + "-lock")
        try observer?(.lockRemoved)
        try DurableFile.rename(directory.nextVaultFile, to: directory.vaultFile)
        try observer?(.renamed)
        try DurableFile.overwriteWithZeros(directory.formerVaultFile)
        try observer?(.overwritten)
        try DurableFile.remove(directory.formerVaultFile)
    }

    /// A draft holds keys, and the former vault holds the destroyed ones, too.
    private func removeLeftovers() throws {
        // Stopped before the renaming, it is a second name of the vault in force.
        if FileIdentity(directory.formerVaultFile) != FileIdentity(directory.vaultFile) {
            try DurableFile.overwriteWithZeros(directory.formerVaultFile)
        }
        try DurableFile.remove(directory.formerVaultFile)
        if FileIdentity(directory.nextVaultFile) != FileIdentity(directory.vaultFile) {
            try DurableFile.overwriteWithZeros(directory.nextVaultFile)
        }
        try DurableFile.remove(directory.nextVaultFile)
        try DurableFile.remove(directory.nextVaultFile + "-lock")
    }

    private var identities: [FileIdentity?] {
        [FileIdentity(directory.vaultFile), FileIdentity(directory.vaultFile + "-lock")]
    }

    private func current(_ opened: inout Holding) throws -> Opened {
        if let vault = opened.vault, vault.identities == identities { return vault }
        // First, as it may be the same file under a new lock file: LMDB opens one once at a time.
        opened.vault = nil
        let fresh = try open()
        let next = try fresh.environment.read { try fresh.nextKeyID($0) }
        if let known = opened.known { try requireSuccessor(fresh, next, of: known) }
        opened.known = (fresh.commandKey, next)
        opened.vault = fresh
        return fresh
    }

    /// That keys below this one were given out from the file.
    func noteGivenOut(below nextKeyID: UInt64) {
        opened.withLock { opened in
            guard let known = opened.known, known.nextKeyID < nextKeyID else { return }
            opened.known?.nextKeyID = nextKeyID
        }
    }

    /// A rewriting keeps the command key and the counter.
    ///
    /// An older copy, put there while this process runs, would give out its key ids a second time.
    private func requireSuccessor(
        _ vault: Opened,
        _ next: UInt64,
        of known: (commandKey: SymmetricKey, nextKeyID: UInt64)
    ) throws {
        guard vault.commandKey == known.commandKey else {
            throw LedgerError(
                .vaultWrongKey,
                "\(directory.vaultFile) is another ledger's vault since a moment ago: put this"
                    + " ledger's own back"
            )
        }
        guard next >= known.nextKeyID else {
            throw LedgerError(
                .vaultOlder,
                "\(directory.vaultFile) would give out key \(next) next, but keys below"
                    + " \(known.nextKeyID) are given out: it is an older copy; put the newest back"
            )
        }
    }

    private func open() throws -> Opened {
        let path = directory.vaultFile
        do {
            var options = Environment.Options()
            options.createsIfMissing = false
            let environment = try Environment(path: path, options: options)
            let keys = try environment.openDatabase("keys")
            let meta = try environment.openDatabase("meta")
            let wrapped = try environment.read { transaction in
                try transaction.withValue(meta, VaultEntry.commandKey) { $0.byteArray }
            }
            guard let wrapped else {
                throw LedgerError(.vaultMissing, "\(path) holds no vault")
            }
            return Opened(
                environment: environment,
                keys: keys,
                meta: meta,
                commandKey: try KeyWrap.unwrap(wrapped, name: VaultEntry.commandKey, masterKey),
                identities: identities
            )
        } catch let error as CryptographyError {
            throw LedgerError(
                .vaultWrongKey,
                "\(path): the master key does not open it (\(error.reason))"
            )
        } catch let error as LMDBError where error.code == .noSuchFile {
            throw LedgerError(.vaultMissing, "\(path) is missing: \(error)")
        } catch let error as LMDBError where [.invalid, .notFound].contains(error.code) {
            throw LedgerError(.damaged, "\(path) is no vault: \(error)")
        }
    }
}

/// Where a rewriting of the vault can be stopped, for tests that do.
package enum VaultStep: String, Sendable, CaseIterable {
    /// The new file is on disk under its draft's name.
    case drafted
    /// The vault in force has a second name.
    case linked
    /// The vault in force has no lock file of LMDB's.
    case lockRemoved
    /// The new file is the vault.
    case renamed
    /// The old one is zeros.
    case overwritten
}

/// Called at each step; what it throws stops the rewriting there.
package typealias VaultObserver = @Sendable (VaultStep) throws -> Void

/// The keys of the vault's `meta` database.
enum VaultEntry {
    static let nextKeyID = Array("nextKeyId".utf8)
    static let commandKey = Array("commandKey".utf8)
    /// The ledger whose vault it is: what that erased is destroyed here, and nothing else.
    static let origin = Array("origin".utf8)
    /// The tree size up to which what the ledger erased is destroyed in this file.
    static let erasedBelow = Array("erasedBelow".utf8)
}

/// One key under another: nonce (12) ‖ ciphertext and tag (48).
enum KeyWrap {
    /// What a wrapped key is bound to, so that two cannot be exchanged.
    static func name(_ id: UInt64) -> [UInt8] { Array("key \(id)".utf8) }

    static func wrap(
        _ key: SymmetricKey,
        name: [UInt8],
        _ masterKey: SymmetricKey,
        _ nonce: AES256GCM.Nonce,
        _ cipher: inout AES256GCM
    ) throws(CryptographyError) -> [UInt8] {
        let plain = key.withBytes { $0.byteArray }
        return nonce.bytes
            + (try cipher.seal(plain, key: masterKey, nonce: nonce, associatedData: name))
    }

    static func unwrap(
        _ wrapped: [UInt8],
        name: [UInt8],
        _ masterKey: SymmetricKey
    ) throws(CryptographyError) -> SymmetricKey {
        var cipher = try AES256GCM()
        guard let nonce = AES256GCM.Nonce(bytes: Array(wrapped.prefix(12))) else {
            throw CryptographyError(.invalidKey, "A wrapped key is shorter than its nonce.")
        }
        return try SymmetricKey(
            bytes: cipher.open(
                Array(wrapped.dropFirst(12)),
                key: masterKey,
                nonce: nonce,
                associatedData: name
            )
        )
    }
}
