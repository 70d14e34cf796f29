package import TransparencyLog

/// A beginning of the log that was verified before, by the checkpoint that the log signed of it.
///
/// It must come from whoever verified it, and from nowhere else: it is believed.
package struct VerifiedPrefix: Sendable {
    package let checkpoint: Checkpoint
    /// The checkpoint as the log signed it.
    package let note: SignedNote
    /// Who remembers it, for findings.
    package let witness: String

    package init(_ note: SignedNote, witness: String) throws(TransparencyLogError) {
        checkpoint = try Checkpoint(text: note.text)
        self.note = note
        self.witness = witness
    }

    /// The same as a bound: the log had this size and root.
    package var knownHead: KnownHead {
        KnownHead(
            origin: checkpoint.origin,
            treeSize: checkpoint.treeHead.treeSize,
            rootHash: checkpoint.treeHead.rootHash,
            witness: witness,
            note: note
        )
    }
}
