import Cryptography
package import LMDB
import Ledger
package import LedgerReader

/// The definitions of RFC 6962 section 2.1, word for word: slow, and a second opinion.
package enum NaiveTree {
    /// MTH(D[n]) of leaf hashes.
    package static func root(_ leafHashes: ArraySlice<[UInt8]>) -> [UInt8] {
        switch leafHashes.count {
        case 0: return SHA256.hash([]).bytes
        case 1: return leafHashes[leafHashes.startIndex]
        default:
            let split = split(leafHashes)
            return SHA256.hash([1] + root(leafHashes[..<split]) + root(leafHashes[split...])).bytes
        }
    }

    /// PATH(m, D[n]).
    package static func path(_ index: Int, _ leafHashes: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leafHashes.count > 1 else { return [] }
        let split = split(leafHashes)
        return index < split
            ? path(index, leafHashes[..<split]) + [root(leafHashes[split...])]
            : path(index, leafHashes[split...]) + [root(leafHashes[..<split])]
    }

    private static func split(_ leafHashes: ArraySlice<[UInt8]>) -> Int {
        var size = 1
        while size * 2 < leafHashes.count { size *= 2 }
        return leafHashes.startIndex + size
    }

    /// The tiles that a store keeps of a tree, by key: all full ones and those above the leaves.
    package static func tiles(_ leafHashes: [[UInt8]]) -> [[UInt8]: [UInt8]] {
        var tiles: [[UInt8]: [UInt8]] = [:]
        var width = 1
        for level in 0..<8 where leafHashes.count >= width {
            // MTH(D[n * width : (n + 1) * width]) for each n that the tree has whole.
            let hashes = (0..<leafHashes.count / width).map {
                root(leafHashes[$0 * width..<($0 + 1) * width])
            }
            for start in stride(from: 0, to: hashes.count, by: 256) {
                let tile = hashes[start..<min(start + 256, hashes.count)]
                guard level > 0 || tile.count == 256 else { continue }
                let key = LedgerKey.tile(level: level, index: UInt64(start / 256))
                tiles[key] = tile.flatMap(\.self)
            }
            width *= 256
        }
        return tiles
    }
}

extension LedgerStore {
    /// All stored tiles by their keys.
    package func allTiles(
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [[UInt8]: [UInt8]] {
        var found: [[UInt8]: [UInt8]] = [:]
        try transaction.forEach(tiles) { key, value in
            found[key.byteArray] = value.byteArray
            return true
        }
        return found
    }
}
