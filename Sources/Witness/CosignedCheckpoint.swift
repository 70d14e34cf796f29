import TransparencyLog

/// A checkpoint with the log's signatures and this witness's.
struct CosignedCheckpoint: Sendable {
    let note: SignedNote
    let checkpoint: Checkpoint

    /// Of the witness's newest cosignature, in seconds since 1970-01-01T00:00:00Z.
    let time: UInt64

    /// Reads what a witness wrote, and checks that it did.
    init(_ bytes: [UInt8], by cosigner: VerifierKey) throws(TransparencyLogError) {
        note = try SignedNote(bytes: bytes)
        checkpoint = try Checkpoint(text: note.text)
        time = try note.verified(by: [cosigner]).compactMap(\.time).max() ?? 0
    }

    /// Puts a new cosignature under a checkpoint that the witness has judged.
    ///
    /// `signatures` are what stays of the ones before.
    init(
        _ checkpoint: Checkpoint,
        _ signatures: [NoteSignature],
        cosignature: NoteSignature,
        kept: NoteSignature? = nil,
        time: UInt64
    ) throws(TransparencyLogError) {
        note = try SignedNote(
            text: checkpoint.text,
            signatures: signatures + [cosignature] + (kept.map { [$0] } ?? [])
        )
        self.checkpoint = checkpoint
        self.time = time
    }
}
