public import Cryptography

/// The proof that an entry is in a tree (RFC 9162 §2.1.3; an "audit path" in RFC 6962 §2.1.1).
///
/// Making one takes the stored hashes of subtrees; checking one takes nothing but a tree head.
public struct InclusionProof: Hashable, Sendable {
    /// The most hashes that a proof may have; no tree of an admitted size needs more.
    public static let hashCountMax = 64

    /// Which entry, counted from 0.
    public let leafIndex: UInt64

    /// The hashes beside the way to the root: the leaf's sibling first (RFC 9162 §2.1.3.1).
    public let path: [Digest]

    /// Takes a proof as somebody else made it, without judging it (RFC 9162 §2.1.3.1).
    public init(leafIndex: UInt64, path: [Digest]) {
        self.leafIndex = leafIndex
        self.path = path
    }

    /// Makes the proof PATH(leafIndex, D[0:treeSize]) of RFC 9162 §2.1.3.1.
    ///
    /// Asks for fewer than 2 log₂ treeSize subtree hashes. An entry that the tree does not have, or
    /// a size beyond `TreeHead.treeSizeMax`, is refused with `outsideTree`; what `subtreeHash`
    /// throws is passed on.
    public init(
        leafIndex: UInt64,
        treeSize: UInt64,
        subtreeHash: (Subtree) throws -> Digest
    ) throws {
        guard leafIndex < treeSize, treeSize <= TreeHead.treeSizeMax else {
            throw TransparencyLogError(
                .outsideTree,
                "A tree of size \(treeSize) has no entry \(leafIndex) to prove."
            )
        }
        var path: [Digest] = []
        var entries = 0..<treeSize
        while entries.upperBound - entries.lowerBound > 1 {
            let split = MerkleTree.split(entries)
            let left = entries.lowerBound..<split
            let right = split..<entries.upperBound
            let isLeft = leafIndex < split
            path.append(
                try MerkleTree.rootHash(of: isLeft ? right : left, subtreeHash: subtreeHash)
            )
            entries = isLeft ? left : right
        }
        self.leafIndex = leafIndex
        self.path = path.reversed()
    }

    /// Checks that the tree has an entry with this leaf hash at the proof's index.
    ///
    /// The algorithm of RFC 9162 §2.1.3.2, at most 64 node hashes; anything that does not hold is
    /// thrown as `invalidInclusionProof`. The head itself must be trusted for another reason, such
    /// as a checkpoint's signatures.
    public func check(leafHash: Digest, in head: TreeHead) throws(TransparencyLogError) {
        guard leafIndex < head.treeSize, head.treeSize <= TreeHead.treeSizeMax else {
            throw Self.failure("A tree of size \(head.treeSize) has no entry \(leafIndex).")
        }
        guard path.count <= Self.hashCountMax else {
            throw Self.failure("The proof has \(path.count) hashes; no tree needs as many.")
        }
        var index = leafIndex
        var last = head.treeSize - 1
        var root = leafHash
        for hash in path {
            guard last != 0 else {
                throw Self.failure("The proof has hashes left over.")
            }
            if index & 1 == 1 || index == last {
                root = MerkleTree.nodeHash(hash, root)
                // A node on the right edge without a sibling goes up as it is.
                while index & 1 == 0 && index != 0 {
                    index >>= 1
                    last >>= 1
                }
            } else {
                root = MerkleTree.nodeHash(root, hash)
            }
            index >>= 1
            last >>= 1
        }
        guard last == 0 else {
            throw Self.failure("The proof has too few hashes.")
        }
        guard root == head.rootHash else {
            throw Self.failure("The proof leads to another root hash.")
        }
    }

    private static func failure(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(.invalidInclusionProof, reason)
    }
}
