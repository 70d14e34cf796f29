import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct InclusionProofTests {
    @Test func `The published proof of entry 5 of 8 is made and holds`() throws {
        let leaves = try MerkleTreeTests.leafInputs.map { hex in
            MerkleTree.leafHash(of: try #require(Hex.decode(hex)))
        }
        let log = ReferenceLog(leafHashes: leaves)
        let proof = try log.inclusionProof(5, in: 8)
        #expect(
            proof.path.map(\.hex) == [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        )
        let root = try #require(Digest(hex: MerkleTreeTests.rootHashes[8]))
        try proof.check(leafHash: leaves[5], in: TreeHead(treeSize: 8, rootHash: root))
    }

    @Test func `Every entry of every tree up to 256 is proven as defined`() throws {
        let log = ReferenceLog(size: 256)
        for size in 1...256 {
            let head = log.head(size)
            let wrong = try (0..<size).filter { index in
                let proof = try log.inclusionProof(index, in: size)
                return proof.path != log.inclusionPath(index, 0..<size)
                    || !proof.holds(for: log.leafHashes[index], in: head)
            }
            #expect(wrong.isEmpty, "entries of \(size)")
        }
    }

    @Test(arguments: 1...33)
    func `Any bit turned in hash, leaf or root breaks a proof`(size: Int) throws {
        let log = ReferenceLog(size: 33)
        let head = log.head(size)
        for index in 0..<size {
            let leaf = log.leafHashes[index]
            let proof = try log.inclusionProof(index, in: size)
            var heldCount = 0
            for bit in 0..<256 {
                heldCount += proof.holds(for: leaf.flipping(bit), in: head) ? 1 : 0
                heldCount += proof.holds(for: leaf, in: head.flipping(bit)) ? 1 : 0
                for position in proof.path.indices {
                    var path = proof.path
                    path[position] = path[position].flipping(bit)
                    let altered = InclusionProof(leafIndex: UInt64(index), path: path)
                    heldCount += altered.holds(for: leaf, in: head) ? 1 : 0
                }
            }
            #expect(heldCount == 0, "entry \(index)")
        }
    }

    @Test func `A sampled bit turned breaks a proof of larger trees`() throws {
        var generator = SeededGenerator.announced(for: "bits of inclusion proofs")
        let log = ReferenceLog(size: 1000)
        for _ in 0..<2000 {
            let size = Int.random(in: 34...1000, using: &generator)
            let index = Int.random(in: 0..<size, using: &generator)
            var path = try log.inclusionProof(index, in: size).path
            let position = Int.random(in: path.indices, using: &generator)
            path[position] = path[position].flipping(Int.random(in: 0..<256, using: &generator))
            let altered = InclusionProof(leafIndex: UInt64(index), path: path)
            #expect(!altered.holds(for: log.leafHashes[index], in: log.head(size)))
        }
    }

    @Test func `A proof holds for its own index alone`() throws {
        let log = ReferenceLog(size: 33)
        for size in 1...33 {
            let head = log.head(size)
            for index in 0..<size {
                let path = try log.inclusionProof(index, in: size).path
                let others = (0..<UInt64(size + 2)).filter { $0 != UInt64(index) }
                for other in others + [.max, UInt64(index) | 1 << 63] {
                    let moved = InclusionProof(leafIndex: other, path: path)
                    #expect(!moved.holds(for: log.leafHashes[index], in: head))
                }
            }
        }
    }

    @Test func `Hashes missing, left over or out of order break a proof`() throws {
        let log = ReferenceLog(size: 40)
        for size in 1...40 {
            let head = log.head(size)
            for index in 0..<size {
                let path = try log.inclusionProof(index, in: size).path
                var wrong = path.indices.map { gap in
                    Array(path[..<gap] + path[(gap + 1)...])
                }
                wrong += [path + [.zero], [.zero] + path, path + path + [head.rootHash]]
                wrong += path.count > 1 ? [path.reversed()] : []
                for path in wrong {
                    let proof = InclusionProof(leafIndex: UInt64(index), path: path)
                    #expect(!proof.holds(for: log.leafHashes[index], in: head))
                }
            }
        }
    }

    @Test func `The largest tree is proven within the bound`() throws {
        let tree = UniformTree()
        for size in UniformTree.largeSizes {
            let head = tree.head(size)
            let indexes: [UInt64] = [0, 1, size / 2, size / 3, size - 2, size - 1]
            for index in indexes {
                let proof = try InclusionProof(
                    leafIndex: index,
                    treeSize: size,
                    subtreeHash: tree.hash(of:)
                )
                #expect(proof.path.count <= 63)
                try proof.check(leafHash: tree.hashes[0], in: head)
            }
        }
    }

    @Test func `Hostile sizes and lengths are refused without a trap`() {
        let refusal = TransparencyLogError(.invalidInclusionProof, "")
        let numbers: [UInt64] = [0, 1, 2, 1 << 62, 1 << 63 - 1, 1 << 63, .max - 1, .max]
        for size in numbers {
            for index in numbers {
                // One entry is its own proof; all else here is nonsense.
                for count in [0, 1, 62, 63, 64, 65, 1000]
                where size != 1 || index != 0 || count != 0 {
                    let path = [Digest](repeating: .zero, count: count)
                    let proof = InclusionProof(leafIndex: index, path: path)
                    let head = TreeHead(treeSize: size, rootHash: .zero)
                    #expect(throws: refusal) { try proof.check(leafHash: .zero, in: head) }
                }
            }
        }
        let outside = TransparencyLogError(.outsideTree, "")
        let pairs: [(UInt64, UInt64)] = [(0, 0), (1, 1), (9, 8), (0, 1 << 63), (.max, .max)]
        for (index, size) in pairs {
            #expect(throws: outside) {
                try InclusionProof(leafIndex: index, treeSize: size) { _ in .zero }
            }
        }
    }

    @Test func `What the store throws comes through`() {
        struct Missing: Error, Equatable {}
        #expect(throws: Missing()) {
            try InclusionProof(leafIndex: 1, treeSize: 2) { _ in throw Missing() }
        }
        #expect(throws: Missing()) {
            try ConsistencyProof(firstSize: 1, secondSize: 2) { _ in throw Missing() }
        }
    }
}
