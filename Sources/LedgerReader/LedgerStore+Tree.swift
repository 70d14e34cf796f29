package import Cryptography
package import LMDB
import Ledger
package import TransparencyLog

/// The hashes of the tree, as the tiles and the records keep them.
///
/// Full tiles of leaf hashes are stored, and all tiles above them. The leaf hashes after the last
/// full tile are found in the records, each of which names the leaf hash of the one before it:
/// storing them once more would cost every commit a few pages.
extension LedgerStore {
    /// The hash of a complete subtree of the ledger's own tree.
    ///
    /// Reads a part of one tile, or up to 128 records where its tile is not full yet.
    package func subtreeHash(
        _ subtree: Subtree,
        head: LedgerHead,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> Digest {
        let (tile, hashes) = Tile.holding(subtree, treeSize: head.treeSize)
        return MerkleTree.rootHash(
            ofEqualParts: try self.hashes(hashes, of: tile, head: head, transaction)
        )
    }

    /// Some hashes of a tile, which the ledger's tree must have.
    package func hashes(
        _ range: Range<Int>,
        of tile: Tile,
        head: LedgerHead,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [Digest] {
        let first = tile.index << 8
        if tile.level == 0, first + UInt64(Tile.fullWidth) > head.treeSize {
            return try range.map { offset in
                try leafHash(first + UInt64(offset), head: head, transaction)
            }
        }
        let stored = try storedTile(level: tile.level, index: tile.index, transaction) ?? []
        guard stored.count >= range.upperBound * Digest.byteCount else {
            throw LedgerError(
                .damaged,
                "\(environment.path): tile \(tile.path) is missing or too short"
            )
        }
        return range.map { offset in Digest(hash: offset, of: stored) }
    }

    /// The bytes of a tile as they are stored, which of a level above 0 may be fewer than a full
    /// tile's; nil where there is none.
    package func storedTile(
        level: Int,
        index: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [UInt8]? {
        try transaction.withValue(tiles, LedgerKey.tile(level: level, index: index)) {
            $0.byteArray
        }
    }

    /// A record's leaf hash, as the next record or the head names it.
    package func leafHash(
        _ index: UInt64,
        head: LedgerHead,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> Digest {
        if index + 1 == head.treeSize { return head.lastLeafHash }
        let previous = try withRecord(index + 1, transaction) { record in
            let offset = try RecordScanner.scanLink(record).previousOffset
            return Digest(hex: record.extracting(offset..<offset + Digest.hexByteCount))
        }
        guard let previous = previous ?? nil else {
            throw LedgerError(.damaged, "record \(index + 1) names no previous leaf hash")
        }
        return previous
    }
}

extension Digest {
    /// One of the hashes in a tile's bytes.
    package init(hash offset: Int, of tile: [UInt8]) {
        let start = offset * Digest.byteCount
        guard let hash = Digest(bytes: Array(tile[start..<start + Digest.byteCount])) else {
            preconditionFailure("32 bytes are a digest")
        }
        self = hash
    }
}

extension LedgerSnapshot {
    package func subtreeHash(_ subtree: Subtree) throws -> Digest {
        defer { countScatteredRead() }
        return try store.subtreeHash(subtree, head: head, transaction)
    }

    /// The root hash that the tree had at a size of up to now.
    ///
    /// What is stored is taken as it is: only an audit computes it from the records.
    package func rootHash(treeSize: UInt64) throws -> Digest {
        try requireSize(treeSize)
        return try MerkleTree.rootHash(treeSize: treeSize) { try subtreeHash($0) }
    }

    /// Proves that a record is in the tree of a size; O(log treeSize).
    package func inclusionProof(
        recordIndex: UInt64,
        treeSize: UInt64
    ) throws -> InclusionProof {
        try requireSize(treeSize)
        return try InclusionProof(leafIndex: recordIndex, treeSize: treeSize) {
            try subtreeHash($0)
        }
    }

    /// Proves that the tree of one size begins with that of another; O(log of the sizes).
    package func consistencyProof(from first: UInt64, to second: UInt64) throws -> ConsistencyProof
    {
        try requireSize(second)
        return try ConsistencyProof(firstSize: first, secondSize: second) { try subtreeHash($0) }
    }

    private func requireSize(_ treeSize: UInt64) throws(TransparencyLogError) {
        guard treeSize <= head.treeSize else {
            throw TransparencyLogError(
                .outsideTree,
                "The ledger has \(head.treeSize) records, not \(treeSize)."
            )
        }
    }

    /// The bytes of a tile of a tree of at most the ledger's size.
    package func tileBytes(_ tile: Tile) throws -> [UInt8] {
        defer { countScatteredRead() }
        return Tile.encode(try store.hashes(0..<tile.width, of: tile, head: head, transaction))
    }
}
