import Cryptography
import TransparencyLog

/// The right edge of a growing tree as tiles: the hashes of each level's tile that is not full.
struct TileGrowth {
    private var treeSize: UInt64
    private var levels: [[Digest]] = [[]]

    /// Begins at a size without a partial tile of leaf hashes, with the hashes of the partial tiles
    /// above it.
    init(treeSize: UInt64, partialTile: (Tile) throws -> [Digest]) throws {
        precondition(treeSize.isMultiple(of: UInt64(Tile.fullWidth)), "begin where a tile does")
        self.treeSize = treeSize
        var count = treeSize >> 8
        while count > 0 {
            let width = Int(count % UInt64(Tile.fullWidth))
            let hashes =
                width == 0
                ? []
                : try partialTile(Tile(level: levels.count, index: count >> 8, width: width))
            levels.append(hashes)
            count >>= 8
        }
    }

    mutating func append(_ leafHash: Digest) {
        levels[0].append(leafHash)
        treeSize += 1
    }

    /// Hands over the tiles that the last leaf filled and puts their roots one level up.
    mutating func takeFullTiles(_ body: (Tile, [Digest]) throws -> Void) throws {
        var level = 0
        while level < levels.count, levels[level].count == Tile.fullWidth {
            let index = treeSize >> UInt64(8 * (level + 1)) - 1
            try body(Tile(level: level, index: index), levels[level])
            let root = MerkleTree.rootHash(ofEqualParts: levels[level])
            levels[level].removeAll(keepingCapacity: true)
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level].append(root)
        }
    }

    /// The tiles that are not full yet, the lowest first.
    func forEachPartialTile(_ body: (Tile, [Digest]) throws -> Void) throws {
        for (level, hashes) in levels.enumerated() where !hashes.isEmpty {
            let index = treeSize >> UInt64(8 * (level + 1))
            try body(Tile(level: level, index: index, width: hashes.count), hashes)
        }
    }

    /// The root hash over all leaves, once full tiles were taken.
    var rootHash: Digest {
        MerkleTree.rootHash(treeSize: treeSize) { subtree in
            let (tile, hashes) = Tile.holding(subtree, treeSize: treeSize)
            return MerkleTree.rootHash(ofEqualParts: levels[tile.level][hashes])
        }
    }
}
