public import Cryptography

/// A tree size and the root hash of the tree with that many entries.
public struct TreeHead: Hashable, Sendable {
    /// The largest size that proofs, checkpoints and tiles admit: what other implementations hold.
    public static let treeSizeMax = UInt64(Int64.max)

    /// How many entries the tree has.
    public let treeSize: UInt64

    /// The root hash over those entries.
    public let rootHash: Digest

    /// The head of a tree without entries.
    public static let empty = TreeHead(treeSize: 0, rootHash: MerkleTree.emptyRoot)

    /// Pairs a size with a root hash, without knowing whether they belong together.
    public init(treeSize: UInt64, rootHash: Digest) {
        self.treeSize = treeSize
        self.rootHash = rootHash
    }
}
