package import Cryptography
package import TransparencyLog

/// The last checkpoint that the log's key signed, kept beside the key.
///
/// A ledger that is restored from a backup has forgotten what was signed since, but the key's folder
/// is never part of a backup. So the key remembers by itself, and neither a smaller tree nor a
/// second root hash for one size is ever signed with it.
package enum SignedHeadFile {
    /// Nil where the key has signed nothing yet.
    package static func read(
        _ directory: LedgerDirectory
    ) throws(LedgerError) -> Checkpoint? {
        let path = directory.signedHeadFile
        let limit = SignedNote.byteCountMax
        guard let bytes = try InputFile.read(path, byteCountMaximum: limit) else { return nil }
        do throws(TransparencyLogError) {
            return try Checkpoint(text: try SignedNote(bytes: bytes).text)
        } catch {
            throw LedgerError(.damaged, "\(path) is no checkpoint: \(error)")
        }
    }

    /// The same for who may have no business in the folder of keys: nil also where he may not read it.
    package static func readIfPermitted(
        _ directory: LedgerDirectory
    ) throws(LedgerError) -> Checkpoint? {
        do throws(LedgerError) {
            return try read(directory)
        } catch {
            guard error.code == .noPermission else { throw error }
            return nil
        }
    }
}

extension Checkpoint {
    /// Refuses a ledger whose past is not the one that the log's key signed.
    package func check(
        head: LedgerHead,
        origin: String,
        rootHash: (UInt64) throws -> Digest
    ) throws {
        let advice = "it was restored from an older backup, or rewritten: find the later ledger"
        guard origin == self.origin else {
            throw LedgerError(
                .checkpointConflict,
                "the log's key signed checkpoints of \(self.origin), the ledger is \(origin)"
            )
        }
        guard head.treeSize >= treeHead.treeSize else {
            throw LedgerError(
                .checkpointConflict,
                "the log's key signed a checkpoint of \(treeHead.treeSize) records, the ledger has"
                    + " \(head.treeSize): \(advice)"
            )
        }
        guard try rootHash(treeHead.treeSize) == treeHead.rootHash else {
            throw LedgerError(
                .checkpointConflict,
                "the log's key signed another root hash for the first \(treeHead.treeSize)"
                    + " records: \(advice)"
            )
        }
    }
}
