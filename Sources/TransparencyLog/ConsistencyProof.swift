public import Cryptography

/// The proof that a later tree begins with all of an earlier one (RFC 9162 §2.1.4, RFC 6962
/// §2.1.2).
///
/// Making one takes the stored hashes of subtrees; checking one takes nothing but two tree heads.
public struct ConsistencyProof: Hashable, Sendable {
    /// The most hashes that a proof may have; no tree of an admitted size needs more.
    public static let hashCountMax = 64

    /// The hashes in the order of RFC 9162 §2.1.4.1; none for equal sizes and from size 0.
    public let path: [Digest]

    /// Takes a proof as somebody else made it, without judging it (RFC 9162 §2.1.4.1).
    public init(path: [Digest]) {
        self.path = path
    }

    /// Makes the proof PROOF(firstSize, D[0:secondSize]) of RFC 9162 §2.1.4.1.
    ///
    /// From size 0 it has no hashes, as c2sp.org/tlog-witness wants it. Asks for fewer than
    /// 2 log₂ secondSize subtree hashes. Sizes in the wrong order or beyond `TreeHead.treeSizeMax`
    /// are refused with `outsideTree`; what `subtreeHash` throws is passed on.
    public init(
        firstSize: UInt64,
        secondSize: UInt64,
        subtreeHash: (Subtree) throws -> Digest
    ) throws {
        guard firstSize <= secondSize, secondSize <= TreeHead.treeSizeMax else {
            throw TransparencyLogError(
                .outsideTree,
                "A tree of size \(secondSize) has no beginning of size \(firstSize) to prove."
            )
        }
        var path: [Digest] = []
        var entries = 0..<(firstSize == 0 ? 0 : secondSize)
        while firstSize < entries.upperBound {
            let split = MerkleTree.split(entries)
            let left = entries.lowerBound..<split
            let right = split..<entries.upperBound
            let isLeft = firstSize <= split
            path.append(
                try MerkleTree.rootHash(of: isLeft ? right : left, subtreeHash: subtreeHash)
            )
            entries = isLeft ? left : right
        }
        // Where the first tree is a subtree of the second, its root is known and left out.
        if entries.lowerBound > 0 {
            path.append(try MerkleTree.rootHash(of: entries, subtreeHash: subtreeHash))
        }
        self.path = path.reversed()
    }

    /// Checks that the second tree begins with the entries of the first.
    ///
    /// The algorithm of RFC 9162 §2.1.4.2, at most 128 node hashes; anything that does not hold is
    /// thrown as `invalidConsistencyProof`. Equal sizes take equal roots and no hashes. Nothing
    /// can be proven from size 0 to a larger one (the RFC excludes it): whoever has seen no tree
    /// yet needs another reason to accept the second head.
    public func check(
        from first: TreeHead,
        to second: TreeHead
    ) throws(TransparencyLogError) {
        guard first.treeSize <= second.treeSize, second.treeSize <= TreeHead.treeSizeMax else {
            throw Self.failure(
                "A tree of size \(second.treeSize) cannot begin with one of \(first.treeSize)."
            )
        }
        guard path.count <= Self.hashCountMax else {
            throw Self.failure("The proof has \(path.count) hashes; no tree needs as many.")
        }
        guard first.treeSize < second.treeSize else {
            return try checkEqualSizes(first, second)
        }
        guard first.treeSize > 0 else {
            throw Self.failure("Nothing can be proven from an empty tree.")
        }
        // A first tree that is a subtree of the second is its own first hash.
        let isSubtree = first.treeSize.nonzeroBitCount == 1
        let hashes = isSubtree ? [first.rootHash] + path : path
        guard let start = hashes.first, !path.isEmpty else {
            throw Self.failure("The proof has too few hashes.")
        }
        try walk(hashes.dropFirst(), start: start, from: first, to: second)
    }

    /// Steps 3 to 7 of RFC 9162 §2.1.4.2.
    private func walk(
        _ hashes: ArraySlice<Digest>,
        start: Digest,
        from first: TreeHead,
        to second: TreeHead
    ) throws(TransparencyLogError) {
        // Subtrees that end with the first tree lie whole in both trees: the walk begins above.
        let level = UInt64(first.treeSize.trailingZeroBitCount)
        var index = (first.treeSize - 1) >> level
        var last = (second.treeSize - 1) >> level
        var firstRoot = start
        var secondRoot = start
        for hash in hashes {
            guard last != 0 else {
                throw Self.failure("The proof has hashes left over.")
            }
            if index & 1 == 1 || index == last {
                firstRoot = MerkleTree.nodeHash(hash, firstRoot)
                secondRoot = MerkleTree.nodeHash(hash, secondRoot)
                while index & 1 == 0 && index != 0 {
                    index >>= 1
                    last >>= 1
                }
            } else {
                secondRoot = MerkleTree.nodeHash(secondRoot, hash)
            }
            index >>= 1
            last >>= 1
        }
        guard last == 0 else {
            throw Self.failure("The proof has too few hashes.")
        }
        guard firstRoot == first.rootHash else {
            throw Self.failure("The proof leads to another first root hash.")
        }
        guard secondRoot == second.rootHash else {
            throw Self.failure("The proof leads to another second root hash.")
        }
    }

    private func checkEqualSizes(
        _ first: TreeHead,
        _ second: TreeHead
    ) throws(TransparencyLogError) {
        guard path.isEmpty else {
            throw Self.failure("Between equal sizes a proof has no hashes.")
        }
        guard first.rootHash == second.rootHash else {
            throw Self.failure("Two root hashes are given for size \(first.treeSize).")
        }
        guard first.treeSize > 0 || first == .empty else {
            throw Self.failure("The root hash is not that of an empty tree.")
        }
    }

    private static func failure(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(.invalidConsistencyProof, reason)
    }
}
