import Cryptography
import DurableFiles
import LMDB
import Ledger
package import LedgerReader
import Survey
package import TransparencyLog

/// The points of signing, for tests that stop there.
package enum CheckpointStep: Sendable {
    /// It is decided what to sign; nothing is written.
    case aboutToNote
    /// Noted beside the key, and not in the ledger yet.
    case noted
    /// In the ledger and on disk; nobody has seen it.
    case stored
}

/// The log's checkpoints: signs them and keeps what others say of them.
///
/// It needs the log's key and no vault: whoever signs need not be able to append.
package struct CheckpointLog: Sendable {
    private let directory: LedgerDirectory
    private let store: LedgerStore
    private let observer: (@Sendable (CheckpointStep) throws -> Void)?

    /// Signs through a store that is open for writing: a process opens a file once.
    package init(
        _ directory: LedgerDirectory,
        sharing store: LedgerStore,
        observer: (@Sendable (CheckpointStep) throws -> Void)? = nil
    ) {
        self.directory = directory
        self.store = store
        self.observer = observer
    }

    @available(*, noasync)
    package init(_ directory: LedgerDirectory) throws(LedgerError) {
        self.init(directory, sharing: try LedgerStore(directory, access: .write))
    }

    /// Signs a checkpoint if the ledger has grown since the last one; returns the latest.
    ///
    /// All inside a write transaction, so that of two processes one signs after the other; and with
    /// the log's key locked, so that a rotation under way ends first. What the transaction sees is on disk already. The order is: size and root are noted beside the key
    /// and synced, then the checkpoint is stored, then the caller shows it. Killed in between, the
    /// same bytes are signed again: Ed25519 is deterministic. Throws `checkpointConflict` rather
    /// than sign a smaller tree or a second root hash for one size.
    @available(*, noasync)
    package func sign() throws -> StoredCheckpoint {
        do {
            // Before the transaction, never inside it: see `LogKeyFiles`.
            let keyFiles = try LogKeyFiles(directory)
            let signed = try store.environment.write { transaction in
                let head = try store.head(transaction)
                let latest = try store.checkpoint(below: .max, transaction)
                let keys = try store.logKeys(transaction)
                guard let key = keys.last, let verifierKey = try? VerifierKey(vkey: key.vkey) else {
                    throw LedgerError(.damaged, "record 0 names no key of the log")
                }
                for known in [
                    try latest?.checkpoint(), try SignedHeadFile.read(directory),
                ] {
                    try known?.check(head: head, origin: verifierKey.name) { treeSize in
                        try MerkleTree.rootHash(treeSize: treeSize) {
                            try store.subtreeHash($0, head: head, transaction)
                        }
                    }
                }
                if let latest, latest.treeSize == head.treeSize { return latest }
                let signer = try keyFiles.signer(inForce: verifierKey)
                let note = try Self.note(head.range.treeHead, signer)
                try observer?(.aboutToNote)
                try DurableFile.replace(directory.signedHeadFile, note.encoded)
                try observer?(.noted)
                try transaction.put(
                    store.checkpoints,
                    BigEndianKey(head.treeSize),
                    note.encoded,
                    // A second checkpoint of one size is refused here, too.
                    mode: .insert
                )
                return StoredCheckpoint(treeSize: head.treeSize, noteBytes: note.encoded)
            }
            try observer?(.stored)
            return signed
        } catch let error as TransparencyLogError {
            throw LedgerError(.damaged, "\(error)")
        } catch let error as FileError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(caught: error)
        }
    }

    private static func note(_ head: TreeHead, _ signer: NoteSigner) throws -> SignedNote {
        let checkpoint = try Checkpoint(origin: signer.verifierKey.name, treeHead: head)
        return try SignedNote(
            text: checkpoint.text,
            signatures: [try signer.sign(checkpoint.text)]
        )
    }

    /// A stored checkpoint with all that was kept of it.
    @available(*, noasync)
    package func stored(treeSize: UInt64) throws -> StoredCheckpoint {
        do {
            return try store.environment.read { transaction in
                guard let found = try store.checkpoint(from: treeSize, transaction),
                    found.treeSize == treeSize
                else {
                    throw LedgerError(
                        .checkpointConflict,
                        "there is no checkpoint of \(treeSize) records"
                    )
                }
                return found
            }
        } catch {
            throw LedgerError(caught: error)
        }
    }

    /// Keeps cosignatures of a stored checkpoint, each witness's last.
    ///
    /// Whether they are theirs is for the caller to have verified.
    @available(*, noasync)
    package func add(cosignatures: [NoteSignature], treeSize: UInt64) throws {
        let entries = cosignatures.map { signature in
            let witness = "\(signature.name)\n\(signature.keyID)"
            return (SHA256.hash(Array(witness.utf8)), Array(signature.line.utf8))
        }
        try add(entries, to: store.cosignatures, treeSize: treeSize)
    }

    /// Keeps a time-stamp token over the bytes of a stored checkpoint.
    @available(*, noasync)
    package func add(timestamp: [UInt8], treeSize: UInt64) throws {
        try add([(SHA256.hash(timestamp), timestamp)], to: store.timestamps, treeSize: treeSize)
    }

    private func add(
        _ entries: [(digest: Digest, bytes: [UInt8])],
        to database: Database,
        treeSize: UInt64
    ) throws {
        do {
            try store.environment.write { transaction in
                guard try transaction.contains(store.checkpoints, BigEndianKey(treeSize)) else {
                    throw LedgerError(
                        .checkpointConflict,
                        "there is no checkpoint of \(treeSize) records to add to"
                    )
                }
                for entry in entries {
                    let key = LedgerKey.evidence(treeSize: treeSize, of: entry.digest)
                    try transaction.put(database, key, entry.bytes)
                }
                // Reading refuses more than its bound, so no more may be kept: this aborts.
                let count = try store.evidenceCount(database, treeSize, transaction)
                guard count <= LedgerStore.evidenceCountMax else {
                    throw LedgerError(
                        .checkpointConflict,
                        "the checkpoint of \(treeSize) records has as many \(database.name) as can"
                            + " be kept: sign another one when the ledger has grown"
                    )
                }
            }
        } catch {
            throw LedgerError(caught: error)
        }
    }
}
