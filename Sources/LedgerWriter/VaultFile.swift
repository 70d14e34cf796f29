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

    /// Puts what `writeDraft` makes, at the path that it is given, in the place of the vault, and
    /// nothing of the old one stays behind; what others left of such an attempt goes first.
    func replace(
        _ observer: VaultObserver?,
        _ writeDraft: (Opened, String) throws -> Void
    ) throws(LedgerError) {
        try withFileAlone { opened, paths in
            try paths.requireReplaceable()
            do {
                try writeDraft(current(&opened), paths.next)
                try observer?(.drafted)
                // Closes the old file.
                opened.vault = nil
                try install(paths, observer)
            } catch {
                // The disk may be full of the draft. What stays, the next attempt removes.
                try? paths.removeLeftovers()
                throw error
            }
        }
    }

    /// Removes what somebody left who was stopped while replacing the vault.
    func removeLeftovers() throws(LedgerError) {
        try withFileAlone { _, _ in }
    }

    /// Calls `body` while nobody else is at the vault and nothing lies beside it.
    private func withFileAlone(
        _ body: (inout Holding, VaultPaths) throws -> Void
    ) throws(LedgerError) {
        try opened.withLock { opened throws(LedgerError) in
            do {
                let lock = try FileLock(directory.vaultLockFile, waitingAtMost: Self.patience)
                defer { withExtendedLifetime(lock) {} }
                let paths = VaultPaths(directory)
                try paths.removeLeftovers()
                try body(&opened, paths)
            } catch let error as FileError {
                throw LedgerError(error)
            } catch {
                throw LedgerError(caught: error)
            }
        }
    }

    /// Whether somebody was stopped while replacing the vault.
    var hasLeftovers: Bool { !VaultPaths(directory).leftovers.isEmpty }

    /// Refuses, before there is an erasure to carry out, what `replace` would refuse.
    func requireReplaceable() throws(LedgerError) {
        try VaultPaths(directory).requireReplaceable()
    }

    /// The crash story is in STORE.md 3; the one step that decides is the renaming.
    private func install(_ paths: VaultPaths, _ observer: VaultObserver?) throws {
        try DurableFile.remove(paths.next + "-lock")
        try DurableFile.keepOwner(of: paths.vault, on: paths.next)
        try DurableFile.keepMode(of: paths.vault, on: paths.next)
        let former = try FileToErase(paths.vault)
        do {
            try observer?(.linking)
            try DurableFile.link(paths.vault, as: paths.former)
        } catch let error as FileError where error.code == .unsupported {
            // It loses its only name at the renaming, and is overwritten all the same: it is open.
        }
        try observer?(.linked)
        try DurableFile.remove(paths.lock)
        try observer?(.lockRemoved)
        try DurableFile.rename(paths.next, to: paths.vault)
        try observer?(.renamed)
        try former.overwrite()
        try observer?(.overwritten)
        try DurableFile.remove(paths.former)
    }

    private var identities: [FileIdentity?] {
        let paths = VaultPaths(directory)
        return [FileIdentity(paths.vault), FileIdentity(paths.lock)]
    }

    private func current(_ opened: inout Holding) throws -> Opened {
        if let vault = opened.vault, vault.identities == identities { return vault }
        // First, as it may be the same file under a new lock file: LMDB opens one once at a time.
        opened.vault = nil
        let fresh = try reopened(opened)
        let next = try fresh.environment.read { try fresh.nextKeyID($0) }
        if let known = opened.known { try requireSuccessor(fresh, next, of: known) }
        opened.known = (fresh.commandKey, next)
        opened.vault = fresh
        return fresh
    }

    /// Says, where it was open before, that the master key and not the vault is another one now.
    private func reopened(_ opened: Holding) throws -> Opened {
        do {
            return try open()
        } catch let error as LedgerError where error.code == .vaultWrongKey && opened.known != nil {
            throw LedgerError(
                .vaultWrongKey,
                "\(directory.vaultFile): the master key was changed meanwhile, or another vault was put"
                    + " there: run this again"
            )
        }
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
        let paths = VaultPaths(directory)
        let path = paths.vault
        do {
            let environment = try paths.open(lock: directory.vaultLockFile)
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
