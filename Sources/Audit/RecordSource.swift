package import Cryptography
package import Ledger
package import Survey
package import TransparencyLog

/// Where records come from: a ledger file, a backup, a published log.
///
/// The seam that lets this module judge without knowing a store. A source only looks things up;
/// whatever there is to conclude from the answers is concluded here.
package protocol RecordSource: Sendable {
    /// A reader for one thread.
    ///
    /// The first one decides what is verified; later ones may see more records, never others.
    func makeReader() throws -> any RecordSourceReader
    /// Drops what reading has left in memory, so that long walks stay small.
    func releaseMemory() throws
}

/// One consistent state of a source.
package protocol RecordSourceReader {
    /// How many records the source says it has.
    var treeSize: UInt64 { get }
    /// Walks records in the order of the indexes that they are stored under.
    func forEachRecord(
        in range: Range<UInt64>,
        _ body: (UInt64, RawSpan) throws -> Void
    ) throws
    /// The first index from `start` on that a record is stored under.
    func firstIndex(from start: UInt64) throws -> UInt64?
    /// Calls `body` with a record found by its index, and says whether there is one.
    func withRecord(_ index: UInt64, _ body: (RawSpan) throws -> Void) throws -> Bool
    /// What the stream index says.
    func recordIndex(ofStream stream: String, version: UInt32) throws -> UInt64?
    /// What the command index says.
    func recordIndex(ofCommand commandID: CommandID) throws -> UInt64?
    /// Whether the kind index lists the record.
    func lists(_ kind: EventKind, at index: UInt64) throws -> Bool
    /// What is wrong with the source beside its records: an index with too many entries, a layout
    /// that nobody writes. `heartbeat` is called now and then while this takes long.
    func layoutProblems(heartbeat: () throws -> Void) throws -> [String]
    /// What the source itself says of the end of the log; nil where it keeps no such thing.
    func storedHead() throws -> StoredHead?
    /// The sums that the source keeps, if any.
    func storedCells() throws -> [CellKey: Cell]?
    /// Which forms are used, as the source keeps it (`State.usedForms`), if it does.
    func storedForms() throws -> [FormRange: [UInt8]]?
    /// Whether the source keeps the tile of leaf hashes that is not full, too.
    var keepsLastLeafTile: Bool { get }
    /// The bytes of a tile; nil where there is none.
    func storedTile(level: Int, index: UInt64) throws -> [UInt8]?
    /// Whether the source keeps every checkpoint that was signed, or the latest alone.
    var keepsCheckpoints: Bool { get }
    /// The checkpoint of the least tree size from `treeSize` on.
    func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint?
    /// What there is of a paper that a record names.
    func attachment(_ sha256: Digest) throws -> AttachmentState
}

extension RecordSourceReader {
    /// Only a ledger's own store keeps them.
    package func storedForms() throws -> [FormRange: [UInt8]]? { nil }
}

/// What a source has of a paper that a record names by its digest.
package enum AttachmentState: Sendable, Hashable {
    /// The source keeps no papers, or they are not looked at.
    case notKept
    case missing
    case unreadable(reason: String)
    /// What its bytes come to.
    case read(sha256: Digest, byteCount: UInt64)
}

/// Derived values that a source keeps of the end of the log; each is recomputed.
package struct StoredHead: Sendable, Equatable {
    package let range: CompactRange
    package let lastLeafHash: Digest
    package let lastRecordedAt: RecordTime?
    package let largestKeyID: UInt64

    package init(
        range: CompactRange,
        lastLeafHash: Digest,
        lastRecordedAt: RecordTime?,
        largestKeyID: UInt64
    ) {
        self.range = range
        self.lastLeafHash = lastLeafHash
        self.lastRecordedAt = lastRecordedAt
        self.largestKeyID = largestKeyID
    }
}

/// A size, and perhaps a root, that the log is known from outside to have had.
///
/// It must have been read before the source, which may grow meanwhile.
package struct KnownHead: Sendable {
    package let origin: String?
    package let treeSize: UInt64
    package let rootHash: Digest?
    /// Who says so, for the finding: "ledger.head".
    package let witness: String
    /// The checkpoint that says so, where it is one: the log's key must have signed it.
    package let note: SignedNote?

    package init(
        origin: String? = nil,
        treeSize: UInt64,
        rootHash: Digest?,
        witness: String,
        note: SignedNote? = nil
    ) {
        self.origin = origin
        self.treeSize = treeSize
        self.rootHash = rootHash
        self.witness = witness
        self.note = note
    }

    /// What a checkpoint says that somebody kept.
    package init(note: SignedNote, witness: String) throws(TransparencyLogError) {
        let checkpoint = try Checkpoint(text: note.text)
        origin = checkpoint.origin
        treeSize = checkpoint.treeHead.treeSize
        rootHash = checkpoint.treeHead.rootHash
        self.witness = witness
        self.note = note
    }
}

/// Whom the auditor believes, beside the ledger itself.
package struct Trust: Sendable {
    /// Which log keys and witnesses count, and how many of them; nil asks for none.
    package var policy: LogPolicy?
    /// To which a time-stamping authority's certificate must lead; nil leaves that unchecked.
    package var timestampRoots: TrustedRoots?

    package init(policy: LogPolicy? = nil, timestampRoots: TrustedRoots? = nil) {
        self.policy = policy
        self.timestampRoots = timestampRoots
    }
}
