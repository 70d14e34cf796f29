public import Cryptography

/// A complete part of the tree (RFC 9162 §2.1.1): 2^level neighbouring entries.
///
/// It covers the entries from index × 2^level on. Level 0 is the leaves. Its hash never changes
/// again, whatever is appended, so stores keep the hashes of subtrees, and proofs are made of them.
public struct Subtree: Hashable, Sendable {
    /// How many times the number of entries doubles: there are 2^level.
    public let level: Int

    /// Which of the subtrees of this level, counted from the left.
    public let index: UInt64

    /// Names a subtree, which must lie below entry 2^64 (RFC 9162 §2.1.1).
    public init(level: Int, index: UInt64) {
        precondition(
            0..<UInt64.bitWidth ~= level && index <= .max >> UInt64(level),
            "no tree has this subtree"
        )
        self.level = level
        self.index = index
    }
}

extension MerkleTree {
    /// The root hash of a tree of this size (RFC 9162 §2.1.1), from the hashes of its subtrees.
    ///
    /// Asks for as many of them as the size has bits set: at most 64, from right to left.
    public static func rootHash<Failure: Error>(
        treeSize: UInt64,
        subtreeHash: (Subtree) throws(Failure) -> Digest
    ) throws(Failure) -> Digest {
        try rootHash(of: 0..<treeSize, subtreeHash: subtreeHash)
    }

    /// The hash of a subtree from those of its 2^n equal parts, left to right (RFC 9162 §2.1.1).
    public static func rootHash(ofEqualParts parts: some Collection<Digest>) -> Digest {
        precondition(parts.count.nonzeroBitCount == 1, "a complete subtree has 2^n equal parts")
        var hashes = Array(parts)
        while hashes.count > 1 {
            hashes = stride(from: 0, to: hashes.count, by: 2).map { index in
                nodeHash(hashes[index], hashes[index + 1])
            }
        }
        return hashes[0]
    }

    /// MTH(D[a:b]) of RFC 9162 §2.1.1, for the ranges that splitting a tree gives.
    ///
    /// Those begin at a multiple of the largest power of two that fits into them, so they consist
    /// of complete subtrees as a whole tree does.
    static func rootHash<Failure: Error>(
        of entries: Range<UInt64>,
        subtreeHash: (Subtree) throws(Failure) -> Digest
    ) throws(Failure) -> Digest {
        var end = entries.upperBound
        var root: Digest?
        while end > entries.lowerBound {
            let level = (end - entries.lowerBound).trailingZeroBitCount
            end -= 1 << UInt64(level)
            let hash = try subtreeHash(Subtree(level: level, index: end >> UInt64(level)))
            root = root.map { right in nodeHash(hash, right) } ?? hash
        }
        return root ?? emptyRoot
    }

    /// Where a range of at least two entries splits: k of RFC 9162 §2.1.1, counted from its start.
    static func split(_ entries: Range<UInt64>) -> UInt64 {
        let last = entries.upperBound - entries.lowerBound - 1
        return entries.lowerBound + 1 << UInt64(UInt64.bitWidth - 1 - last.leadingZeroBitCount)
    }
}
