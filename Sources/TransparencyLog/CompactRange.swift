public import Cryptography

/// The roots of the complete subtrees of a tree: all that appending to it takes.
///
/// The byte format is in TransparencyLog.swift.
public struct CompactRange: Hashable, Sendable {
    /// How many entries the tree has.
    public private(set) var treeSize: UInt64

    /// The subtrees' roots, the largest and leftmost first: one for each bit set in the tree size.
    public private(set) var subtreeRoots: [Digest]

    /// The range of a tree without entries.
    public init() {
        treeSize = 0
        subtreeRoots = []
    }

    /// Appends one entry by its leaf hash (RFC 9162 §2.1.2, step 2).
    ///
    /// Takes one node hash on average, log₂ of the size at most.
    public mutating func append(_ leafHash: Digest) {
        append(subtreeRoot: leafHash, level: 0)
    }

    /// Appends the 2^level entries of a complete subtree by its root (RFC 9162 §2.1.1).
    ///
    /// The size must be a multiple of 2^level: only there does such a subtree begin.
    public mutating func append(subtreeRoot: Digest, level: Int) {
        precondition(0..<UInt64.bitWidth ~= level, "no tree has such a level")
        let size = treeSize >> UInt64(level)
        precondition(
            size << UInt64(level) == treeSize && treeSize <= .max - (1 << UInt64(level)),
            "no subtree of this level begins here"
        )
        var root = subtreeRoot
        // As in adding 1 to a binary number: each low bit that is set carries.
        for _ in 0..<(~size).trailingZeroBitCount {
            root = MerkleTree.nodeHash(subtreeRoots.removeLast(), root)
        }
        subtreeRoots.append(root)
        treeSize += 1 << UInt64(level)
    }

    /// The root hash of the tree (RFC 9162 §2.1.2, steps 3 and 4).
    ///
    /// Takes one node hash for each subtree but the first.
    public var rootHash: Digest {
        guard var root = subtreeRoots.last else {
            return MerkleTree.emptyRoot
        }
        for subtreeRoot in subtreeRoots.dropLast().reversed() {
            root = MerkleTree.nodeHash(subtreeRoot, root)
        }
        return root
    }

    /// The tree's size and root hash.
    public var treeHead: TreeHead { TreeHead(treeSize: treeSize, rootHash: rootHash) }
}

extension CompactRange {
    private static let sizeByteCount = 8

    /// The range in bytes, to keep beside the entries.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.sizeByteCount + subtreeRoots.count * Digest.byteCount)
        bytes.append(contentsOf: treeSize.bigEndianBytes)
        for root in subtreeRoots {
            bytes.append(contentsOf: root.bytes)
        }
        return bytes
    }

    /// Reads what `encoded` wrote: a size, exactly the hashes it calls for, and nothing after.
    ///
    /// The hashes themselves cannot be judged here; compare `treeHead` with one that is known.
    public init(encoded: [UInt8]) throws(TransparencyLogError) {
        guard encoded.count >= Self.sizeByteCount else {
            throw TransparencyLogError(.malformedCompactRange, "The range ends before its size.")
        }
        treeSize = UInt64(bigEndianBytes: encoded.prefix(Self.sizeByteCount))
        let rootsByteCount = treeSize.nonzeroBitCount * Digest.byteCount
        guard encoded.count == Self.sizeByteCount + rootsByteCount else {
            throw TransparencyLogError(
                .malformedCompactRange,
                "A range of size \(treeSize) does not take \(encoded.count) bytes."
            )
        }
        subtreeRoots = []
        for start in stride(from: Self.sizeByteCount, to: encoded.count, by: Digest.byteCount) {
            guard let root = Digest(bytes: Array(encoded[start..<start + Digest.byteCount])) else {
                preconditionFailure("32 bytes are a digest")
            }
            subtreeRoots.append(root)
        }
    }
}
