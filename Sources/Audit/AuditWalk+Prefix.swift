import Cryptography
import Ledger
package import Survey
import TransparencyLog

/// Going on after records that were verified before, at a cost that does not depend on their number.
extension AuditWalk {
    /// Takes up the walk behind `prefix`; false, with findings, where the log does not begin with it.
    mutating func resume(after prefix: VerifiedPrefix, treeSize: UInt64) throws -> Bool {
        let (head, witness) = (prefix.checkpoint.treeHead, prefix.witness)
        origin = try originOfFirstRecord() ?? prefix.checkpoint.origin
        if let origin, origin != prefix.checkpoint.origin {
            addOtherOrigin(origin, prefix.checkpoint.origin, witness)
            return false
        }
        // Said by `begin` of every known head, unless nobody passed this one as such.
        guard head.treeSize <= treeSize else {
            if findings.count(.structure) == 0 {
                findings.add(.tailMissing, nil, "\(witness) knows more records", by: witness)
            }
            try requireAnySignature(of: prefix)
            return false
        }
        guard head.treeSize > 0 else {
            findings.add(.checkpointMalformed, nil, "\(witness) is of no records", by: witness)
            return false
        }
        let edge: PrefixEdge
        do throws(PrefixBroken) {
            edge = try PrefixEdge(reader, treeSize: head.treeSize)
        } catch {
            findings.add(.storedTreeWrong, error.index, error.reason)
            return false
        }
        guard edge.range?.rootHash == head.rootHash else {
            findings.add(
                .historyRewritten,
                nil,
                "\(witness) knows another root hash for tree size \(head.treeSize):"
                    + " history was rewritten",
                by: witness
            )
            try requireAnySignature(of: prefix)
            return false
        }
        guard edge.proves(head.treeSize - 1, edge.lastLeafHash, in: head),
            let key = try logKey(of: prefix, isIn: { edge.proves($0, $1, in: head) }),
            let range = edge.range
        else {
            addUnsigned(prefix)
            return false
        }
        self.range = range
        logKey = key
        tiles = TileWalk(treeSize: head.treeSize, partialTiles: edge.partialTiles)
        prefixSize = head.treeSize
        lastIndex = head.treeSize - 1
        previousLeafHash = edge.lastLeafHash
        lastRecordedAt = edge.lastRecordedAt
        // From the remembered size itself: the log's key may have signed another root for it since.
        nextCheckpoint = try reader.checkpoint(from: head.treeSize)
        try checkHeads()
        return true
    }

    private func originOfFirstRecord() throws -> String? {
        var created: LedgerCreated?
        _ = try reader.withRecord(0) { bytes in
            guard bytes.byteCount <= RecordLimit.byteCount,
                case .ledgerCreated(let kind)? = try? EventCodec.decode(bytes).event.kind
            else { return }
            created = kind
        }
        return created?.origin
    }

    /// What contradicts the records says something about the log only if a key of the log signed it.
    ///
    /// Any key that the records name: where they are not those of then, nothing can be proved.
    private mutating func requireAnySignature(of prefix: VerifiedPrefix) throws {
        if try logKey(of: prefix, isIn: { _, _ in true }) == nil { addUnsigned(prefix) }
    }

    private mutating func addUnsigned(_ prefix: VerifiedPrefix) {
        findings.add(
            .checkpointUnsigned,
            nil,
            "\(prefix.witness): no key of the log's first records signed it",
            of: .tree,
            by: prefix.witness
        )
    }

    /// What there is to say where the walk could not begin.
    func verdict(withoutRecordsOf treeSize: UInt64) -> Verdict {
        var verdict = verdict
        (verdict.treeSize, verdict.rootHash, verdict.headHash) = (treeSize, nil, nil)
        return verdict
    }

    /// The key that signed the remembered checkpoint: record 0's, or one that it was rotated to.
    ///
    /// Each is taken only from a record that `isIn` says is in the remembered tree. Record 0's is
    /// tried first: where it is the one, nothing has to be searched for.
    private func logKey(
        of prefix: VerifiedPrefix,
        isIn: (UInt64, Digest) -> Bool
    ) throws -> String? {
        let head = prefix.checkpoint.treeHead
        var version: UInt32 = 0
        while true {
            let found =
                version == 0
                ? 0 : try reader.recordIndex(ofStream: Event.ledgerStream, version: version)
            guard let index = found, index < head.treeSize else { return nil }
            var isRecord = false
            var vkey: String?
            _ = try reader.withRecord(index) { bytes in
                guard bytes.byteCount <= RecordLimit.byteCount,
                    isIn(index, MerkleTree.leafHash(of: bytes)),
                    let recorded = try? EventCodec.decode(bytes),
                    recorded.envelope.streamVersion == version
                else { return }
                isRecord = true
                switch recorded.event.kind {
                case .ledgerCreated(let created): vkey = created.logKey
                case .logKeyRotated(let rotation): vkey = rotation.logKey
                default: break
                }
            }
            guard isRecord else { return nil }
            if let vkey, (try? prefix.note.requireLogSignature(vkey)) != nil { return vkey }
            version += 1
        }
    }

    mutating func checkSignature(_ note: SignedNote, by key: String, _ name: String) {
        do throws(TransparencyLogError) {
            try note.requireLogSignature(key)
        } catch {
            findings.add(
                .checkpointUnsigned,
                nil,
                "\(name): \(error); if the log's key was rotated since, verify all levels once",
                of: .tree
            )
        }
    }
}

extension Event {
    /// The stream of record 0, which the log's later keys belong to as well.
    package static let ledgerStream: String = {
        var created = Event()
        created.kind = .ledgerCreated(LedgerCreated())
        return created.stream
    }()
}

/// Why the right edge of a tree cannot be had.
struct PrefixBroken: Error {
    let index: UInt64?
    let reason: String
}

/// The right edge of the tree at a size.
///
/// The last leaf hashes are those of the records, all others as the source stores them. Nothing of it
/// is true until the root hash is the one that is known.
struct PrefixEdge {
    private(set) var range: CompactRange?
    private(set) var lastLeafHash = Digest.zero
    private(set) var lastRecordedAt: RecordTime?
    /// The hashes of the tiles that are not full at this size, by level.
    private(set) var partialTiles: [[Digest]] = []
    private let treeSize: UInt64
    private let reader: any RecordSourceReader
    /// Leaf hashes of the tile that the last record lies in, up to that.
    private var leafHashes: [Digest] = []

    private static let tileWidth = UInt64(Tile.fullWidth)

    init(_ reader: any RecordSourceReader, treeSize: UInt64) throws(PrefixBroken) {
        self.reader = reader
        self.treeSize = treeSize
        try readLastRecords()
        try readPartialTiles()
        var encoded = (0..<8).map { byte in UInt8(truncatingIfNeeded: treeSize >> (56 - 8 * byte)) }
        var rest = treeSize
        while rest > 0 {
            // The largest first, as the range has them; each lies in a tile that is not full.
            let level = UInt64.bitWidth - 1 - rest.leadingZeroBitCount
            let subtree = Subtree(level: level, index: (treeSize - rest) >> UInt64(level))
            let (tile, offsets) = Tile.holding(subtree, treeSize: treeSize)
            encoded +=
                MerkleTree.rootHash(ofEqualParts: partialTiles[tile.level][offsets]).bytes
            rest -= 1 << UInt64(level)
        }
        range = try? CompactRange(encoded: encoded)
    }

    private mutating func readPartialTiles() throws(PrefixBroken) {
        partialTiles = [treeSize.isMultiple(of: Self.tileWidth) ? [] : leafHashes]
        var count = treeSize >> 8
        while count > 0 {
            let width = Int(count % Self.tileWidth)
            var hashes: [Digest] = []
            if width > 0, let tile = Self.tile(partialTiles.count, count >> 8, width) {
                hashes = try self.hashes(of: tile)
            }
            partialTiles.append(hashes)
            count >>= 8
        }
    }

    private static func tile(_ level: Int, _ index: UInt64, _ width: Int) -> Tile? {
        try? Tile(level: level, index: index, width: width)
    }

    private mutating func readLastRecords() throws(PrefixBroken) {
        let start = (treeSize - 1) / Self.tileWidth * Self.tileWidth
        var (hashes, time) = (leafHashes, lastRecordedAt)
        let last = treeSize - 1
        do {
            try reader.forEachRecord(in: start..<treeSize) { index, record in
                guard index == start + UInt64(hashes.count),
                    record.byteCount <= RecordLimit.byteCount
                else { return }
                hashes.append(MerkleTree.leafHash(of: record))
                guard index == last else { return }
                time = try? RecordScanner.scan(record).envelope.recordedAt
            }
        } catch {
            throw PrefixBroken(index: start, reason: "\(error)")
        }
        guard start + UInt64(hashes.count) == treeSize, let leafHash = hashes.last else {
            let index = start + UInt64(hashes.count)
            throw PrefixBroken(index: index, reason: "record \(index) is missing")
        }
        (leafHashes, lastLeafHash, lastRecordedAt) = (hashes, leafHash, time)
    }

    /// The hash of a subtree of the tree of this size.
    private func hash(_ subtree: Subtree) throws(PrefixBroken) -> Digest {
        let (tile, offsets) = Tile.holding(subtree, treeSize: treeSize)
        if tile.level == 0, tile.index == (treeSize - 1) / Self.tileWidth {
            return MerkleTree.rootHash(ofEqualParts: leafHashes[offsets])
        }
        return MerkleTree.rootHash(ofEqualParts: try hashes(of: tile)[offsets])
    }

    /// The hashes of a stored tile, which by now may be wider.
    private func hashes(of tile: Tile) throws(PrefixBroken) -> [Digest] {
        let stored = (try? reader.storedTile(level: tile.level, index: tile.index)) ?? nil
        guard let stored, stored.count >= tile.width * Digest.byteCount,
            let hashes = try? tile.hashes(in: Array(stored.prefix(tile.width * Digest.byteCount)))
        else {
            let name = "tile \(tile.index) of level \(tile.level)"
            throw PrefixBroken(index: nil, reason: "\(name) is missing or too short")
        }
        return hashes
    }

    /// Whether a record with this leaf hash is in the tree of this head, which has this size.
    func proves(_ index: UInt64, _ leafHash: Digest, in head: TreeHead) -> Bool {
        let proof = try? InclusionProof(leafIndex: index, treeSize: treeSize) { subtree in
            try hash(subtree)
        }
        return (try? proof?.check(leafHash: leafHash, in: head)) != nil
    }
}
