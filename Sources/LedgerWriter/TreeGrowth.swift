package import Cryptography
package import LMDB
package import LedgerReader
import TransparencyLog

/// The right edge of the tree while records are appended: puts tiles as they fill.
///
/// A tile of leaf hashes is put when it is full, once in 256 records; the tiles above it then take
/// up one more hash each. All in the transaction of the records themselves (STORE.md 2).
package struct TreeGrowth: Sendable {
    /// Leaf hashes of the records after the last full tile.
    private var leafHashes: [Digest] = []

    package init() {}

    /// What a ledger's last records have not filled a tile with.
    package init(
        _ store: LedgerStore,
        head: LedgerHead,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws {
        let first = head.treeSize - head.treeSize % UInt64(Tile.fullWidth)
        leafHashes = try (first..<head.treeSize).map { index in
            try store.leafHash(index, head: head, transaction)
        }
    }

    /// Takes the leaf hash of record `index`.
    package mutating func append(
        _ leafHash: Digest,
        index: UInt64,
        _ store: LedgerStore,
        _ transaction: inout WriteTransaction
    ) throws {
        let width = UInt64(Tile.fullWidth)
        precondition(index % width == UInt64(leafHashes.count), "leaf hashes come in order")
        leafHashes.append(leafHash)
        guard leafHashes.count == Tile.fullWidth else { return }
        var index = index / width
        try transaction.put(
            store.tiles,
            LedgerKey.tile(level: 0, index: index),
            Tile.encode(leafHashes),
            mode: .insert
        )
        var root = MerkleTree.rootHash(ofEqualParts: leafHashes)
        leafHashes.removeAll(keepingCapacity: true)
        for level in 1...Tile.levelMax {
            let tile = index / width
            let hashes = try extend(level: level, tile, by: root, at: index, store, &transaction)
            guard hashes.count == Tile.fullWidth * Digest.byteCount else { return }
            root = MerkleTree.rootHash(
                ofEqualParts: (0..<Tile.fullWidth).map { Digest(hash: $0, of: hashes) }
            )
            index = tile
        }
    }

    /// Adds one hash to a tile above the leaves and returns all of them.
    private func extend(
        level: Int,
        _ tile: UInt64,
        by hash: Digest,
        at index: UInt64,
        _ store: LedgerStore,
        _ transaction: inout WriteTransaction
    ) throws -> [UInt8] {
        let offset = Int(index % UInt64(Tile.fullWidth))
        var hashes: [UInt8] = []
        if offset > 0 {
            hashes = try store.storedTile(level: level, index: tile, transaction) ?? []
        }
        guard hashes.count == offset * Digest.byteCount else {
            throw LedgerError(
                .damaged,
                "tile \(tile) of level \(level) has not its \(offset) hashes: verify the ledger"
            )
        }
        hashes += hash.bytes
        try transaction.put(
            store.tiles,
            LedgerKey.tile(level: level, index: tile),
            hashes,
            mode: offset == 0 ? .insert : .upsert
        )
        return hashes
    }
}
