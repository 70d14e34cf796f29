import Cryptography
import TransparencyLog

extension ReferenceLog {
    /// What a store would give.
    func hash(of subtree: Subtree) -> Digest {
        let count = 1 << subtree.level
        let start = Int(subtree.index) * count
        return rootHash(start..<start + count)
    }

    func head(_ size: Int) -> TreeHead {
        TreeHead(treeSize: UInt64(size), rootHash: rootHash(0..<size))
    }

    func inclusionProof(_ index: Int, in size: Int) throws -> InclusionProof {
        try InclusionProof(
            leafIndex: UInt64(index),
            treeSize: UInt64(size),
            subtreeHash: hash(of:)
        )
    }

    func consistencyProof(from first: Int, to second: Int) throws -> ConsistencyProof {
        try ConsistencyProof(
            firstSize: UInt64(first),
            secondSize: UInt64(second),
            subtreeHash: hash(of:)
        )
    }
}

/// A tree of up to 2^63 - 1 equal entries: a subtree's hash depends on its level alone.
struct UniformTree {
    static let largeSizes: [UInt64] = [
        TreeHead.treeSizeMax, TreeHead.treeSizeMax - 1, 1 << 62, (1 << 62) + 1,
        0x5555_5555_5555_5555,
    ]

    let hashes: [Digest]

    init() {
        var hash = MerkleTree.leafHash(of: [7])
        hashes = (0..<64).map { _ in
            defer { hash = MerkleTree.nodeHash(hash, hash) }
            return hash
        }
    }

    func hash(of subtree: Subtree) -> Digest { hashes[subtree.level] }

    func head(_ size: UInt64) -> TreeHead {
        TreeHead(
            treeSize: size,
            rootHash: MerkleTree.rootHash(treeSize: size, subtreeHash: hash(of:))
        )
    }
}

extension Digest {
    /// The digest with one bit turned.
    func flipping(_ bit: Int) -> Digest {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << (bit % 8)
        return Digest(bytes: bytes) ?? self
    }
}

extension TreeHead {
    /// The head with one bit of its root hash turned.
    func flipping(_ bit: Int) -> TreeHead {
        TreeHead(treeSize: treeSize, rootHash: rootHash.flipping(bit))
    }
}

extension InclusionProof {
    func holds(for leafHash: Digest, in head: TreeHead) -> Bool {
        do throws(TransparencyLogError) {
            try check(leafHash: leafHash, in: head)
            return true
        } catch {
            return false
        }
    }
}

extension ConsistencyProof {
    func holds(from first: TreeHead, to second: TreeHead) -> Bool {
        do throws(TransparencyLogError) {
            try check(from: first, to: second)
            return true
        } catch {
            return false
        }
    }
}
