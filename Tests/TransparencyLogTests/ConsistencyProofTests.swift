import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct ConsistencyProofTests {
    @Test func `The published proofs to 8 from 6 and from 4 are made and hold`() throws {
        let log = ReferenceLog(
            leafHashes: try MerkleTreeTests.leafInputs.map { hex in
                MerkleTree.leafHash(of: try #require(Hex.decode(hex)))
            }
        )
        let expected = [
            6: [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
            4: ["6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
        ]
        for (size, path) in expected {
            let proof = try log.consistencyProof(from: size, to: 8)
            #expect(proof.path.map(\.hex) == path)
            try proof.check(from: log.head(size), to: log.head(8))
            #expect(log.head(size).rootHash.hex == MerkleTreeTests.rootHashes[size])
        }
    }

    @Test func `Every pair of sizes up to 256 is proven as defined, one way`() throws {
        let log = ReferenceLog(size: 256)
        let heads = (0...256).map(log.head)
        for second in 1...256 {
            let wrong = try (1...second).filter { first in
                let proof = try log.consistencyProof(from: first, to: second)
                return proof.path != log.consistencyPath(first, second)
                    || !proof.holds(from: heads[first], to: heads[second])
                    || first < second && proof.holds(from: heads[second], to: heads[first])
            }
            #expect(wrong.isEmpty, "first sizes to \(second)")
        }
    }

    @Test(arguments: 2...33)
    func `Any bit turned in hash or root breaks a proof`(second: Int) throws {
        let log = ReferenceLog(size: 33)
        let to = log.head(second)
        for first in 1..<second {
            let from = log.head(first)
            let proof = try log.consistencyProof(from: first, to: second)
            var heldCount = 0
            for bit in 0..<256 {
                let otherFrom = from.flipping(bit)
                let otherTo = to.flipping(bit)
                heldCount += proof.holds(from: otherFrom, to: to) ? 1 : 0
                heldCount += proof.holds(from: from, to: otherTo) ? 1 : 0
                for position in proof.path.indices {
                    var path = proof.path
                    path[position] = path[position].flipping(bit)
                    heldCount += ConsistencyProof(path: path).holds(from: from, to: to) ? 1 : 0
                }
            }
            #expect(heldCount == 0, "from \(first)")
        }
    }

    @Test func `A sampled bit turned breaks a proof between larger trees`() throws {
        var generator = SeededGenerator.announced(for: "bits of consistency proofs")
        let log = ReferenceLog(size: 1000)
        for _ in 0..<2000 {
            let second = Int.random(in: 34...1000, using: &generator)
            let first = Int.random(in: 1..<second, using: &generator)
            var path = try log.consistencyProof(from: first, to: second).path
            let position = Int.random(in: path.indices, using: &generator)
            path[position] = path[position].flipping(Int.random(in: 0..<256, using: &generator))
            let altered = ConsistencyProof(path: path)
            #expect(!altered.holds(from: log.head(first), to: log.head(second)))
        }
    }

    @Test func `Hashes missing, left over or out of order break a proof`() throws {
        let log = ReferenceLog(size: 40)
        for second in 2...40 {
            for first in 1...second {
                let path = try log.consistencyProof(from: first, to: second).path
                var wrong = path.indices.map { gap in
                    Array(path[..<gap] + path[(gap + 1)...])
                }
                wrong += [path + [.zero], [.zero] + path, [log.head(first).rootHash] + path]
                wrong += path.count > 1 ? [path.reversed()] : []
                for path in wrong {
                    let proof = ConsistencyProof(path: path)
                    #expect(!proof.holds(from: log.head(first), to: log.head(second)))
                }
            }
        }
    }

    @Test func `Equal sizes take equal roots and no hashes`() throws {
        let log = ReferenceLog(size: 9)
        let none = ConsistencyProof(path: [])
        for size in 0...9 {
            let head = log.head(size)
            #expect(try log.consistencyProof(from: size, to: size) == none)
            try none.check(from: head, to: head)
            let other = TreeHead(treeSize: head.treeSize, rootHash: .zero)
            #expect(!none.holds(from: head, to: other))
            #expect(!ConsistencyProof(path: [head.rootHash]).holds(from: head, to: head))
            // Two equal roots that are not the empty tree's make no empty tree.
            #expect(none.holds(from: other, to: other) == (size > 0))
        }
    }

    @Test func `From size 0 a proof has no hashes and proves nothing`() throws {
        let log = ReferenceLog(size: 9)
        for size in 1...9 {
            let proof = try log.consistencyProof(from: 0, to: size)
            #expect(proof == ConsistencyProof(path: []))
            #expect(!proof.holds(from: .empty, to: log.head(size)))
            let root = ConsistencyProof(path: [log.head(size).rootHash])
            #expect(!root.holds(from: .empty, to: log.head(size)))
        }
    }

    @Test func `The largest trees are proven within the bound`() throws {
        let tree = UniformTree()
        for second in UniformTree.largeSizes {
            let half = second / 2
            let firsts: [UInt64] = [1, 2, 3, half, half + 1, second / 3, second - 1, second]
            for first in firsts {
                let proof = try ConsistencyProof(
                    firstSize: first,
                    secondSize: second,
                    subtreeHash: tree.hash(of:)
                )
                #expect(proof.path.count <= ConsistencyProof.hashCountMax)
                try proof.check(from: tree.head(first), to: tree.head(second))
            }
        }
    }

    @Test func `Hostile sizes and lengths are refused without a trap`() {
        let refusal = TransparencyLogError(.invalidConsistencyProof, "")
        let numbers: [UInt64] = [0, 1, 2, 3, 1 << 62, 1 << 63 - 1, 1 << 63, .max - 1, .max]
        for first in numbers {
            for second in numbers {
                for count in [0, 1, 62, 63, 64, 65, 1000] {
                    // The same head twice is consistent with itself.
                    let isSame = first == second && count == 0 && second > 0
                    guard !isSame || second > TreeHead.treeSizeMax else { continue }
                    let proof = ConsistencyProof(path: [Digest](repeating: .zero, count: count))
                    #expect(throws: refusal) {
                        try proof.check(
                            from: TreeHead(treeSize: first, rootHash: .zero),
                            to: TreeHead(treeSize: second, rootHash: .zero)
                        )
                    }
                }
            }
        }
        let outside = TransparencyLogError(.outsideTree, "")
        let pairs: [(UInt64, UInt64)] = [(1, 0), (9, 8), (1, 1 << 63), (.max, .max), (.max, 0)]
        for (first, second) in pairs {
            #expect(throws: outside) {
                try ConsistencyProof(firstSize: first, secondSize: second) { _ in .zero }
            }
        }
    }
}
