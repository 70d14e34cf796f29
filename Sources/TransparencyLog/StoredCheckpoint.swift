/// A checkpoint that the log signed, with what others have said of it since, as bytes.
///
/// Nothing is judged here, not even the form.
public struct StoredCheckpoint: Hashable, Sendable {
    /// The size that it is stored under.
    public let treeSize: UInt64

    /// The note as the log signed it: these bytes never change, and time-stamps are over them.
    public let noteBytes: [UInt8]

    /// Signature lines of witnesses, each without its newline.
    public let cosignatureLines: [[UInt8]]

    /// RFC 3161 tokens in DER over `noteBytes`.
    public let timestamps: [[UInt8]]

    /// Puts together what was found.
    public init(
        treeSize: UInt64,
        noteBytes: [UInt8],
        cosignatureLines: [[UInt8]] = [],
        timestamps: [[UInt8]] = []
    ) {
        self.treeSize = treeSize
        self.noteBytes = noteBytes
        self.cosignatureLines = cosignatureLines
        self.timestamps = timestamps
    }

    /// What the note states (c2sp.org/tlog-checkpoint v1.0.0, "Note text").
    public func checkpoint() throws(TransparencyLogError) -> Checkpoint {
        try Checkpoint(text: try note().text)
    }

    /// The note as the log signed it (c2sp.org/signed-note v1.0.0, "Format").
    public func note() throws(TransparencyLogError) -> SignedNote {
        try SignedNote(bytes: noteBytes)
    }

    /// The lines of the witnesses (c2sp.org/tlog-cosignature v1.0.1, "Format").
    public func cosignatures() throws(TransparencyLogError) -> [NoteSignature] {
        var signatures: [NoteSignature] = []
        for line in cosignatureLines {
            signatures.append(try NoteSignature(line: String(decoding: line, as: UTF8.self)))
        }
        return signatures
    }

    /// The note with all cosignatures under it, as mirrors and witnesses take it
    /// (c2sp.org/tlog-cosignature v1.0.1, "Format").
    public func cosigned() throws(TransparencyLogError) -> SignedNote {
        try note().adding(try cosignatures())
    }
}
