package import Cryptography

extension InclusionProof {
    /// The root hash of the tree of just the entries before this one, from a proof that holds.
    ///
    /// The hashes to the left of the way to the root are those of the complete subtrees that these
    /// entries fall into (RFC 9162 §2.1.1): so the proof of an entry that names the tree before it
    /// also proves that name. Says nothing of a proof that `check(leafHash:in:)` refuses.
    package func rootHashOfEntriesBefore(in head: TreeHead) -> Digest {
        guard head.treeSize > 0 else { return MerkleTree.emptyRoot }
        var index = leafIndex
        var last = head.treeSize - 1
        var root: Digest?
        for hash in path {
            if index & 1 == 1 || index == last {
                root = root.map { MerkleTree.nodeHash(hash, $0) } ?? hash
                while index & 1 == 0 && index != 0 {
                    index >>= 1
                    last >>= 1
                }
            }
            index >>= 1
            last >>= 1
        }
        return root ?? MerkleTree.emptyRoot
    }
}
