import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct MerkleTreeTests {
    // transparency-dev/merkle, testonly/constants.go.
    static let leafInputs = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]

    static let rootHashes = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func `The published leaves have the published root at every size`() throws {
        let entries = try Self.leafInputs.map { hex in try #require(Hex.decode(hex)) }
        let reference = ReferenceLog(entries: entries)
        var range = CompactRange()
        #expect(range.treeHead == .empty)
        #expect(range.rootHash.hex == Self.rootHashes[0])
        for (index, entry) in entries.enumerated() {
            range.append(MerkleTree.leafHash(of: entry))
            #expect(range.treeSize == UInt64(index + 1))
            #expect(range.rootHash.hex == Self.rootHashes[index + 1])
            #expect(reference.rootHash(0..<index + 1).hex == Self.rootHashes[index + 1])
        }
    }

    @Test func `Every tree up to 300 entries agrees with the definition`() {
        var generator = SeededGenerator.announced(for: "small trees")
        let entries = (0..<300).map { _ in
            generator.bytes(count: Int.random(in: 0...80, using: &generator))
        }
        let reference = ReferenceLog(entries: entries)
        var range = CompactRange()
        for (index, entry) in entries.enumerated() {
            #expect(range.rootHash == reference.rootHash(0..<index))
            #expect(range.subtreeRoots.count == range.treeSize.nonzeroBitCount)
            range.append(MerkleTree.leafHash(of: entry))
        }
        #expect(range.rootHash == reference.rootHash(0..<300))
    }

    @Test func `Larger trees of random sizes agree with the definition`() {
        var generator = SeededGenerator.announced(for: "large trees")
        for _ in 0..<8 {
            let size = Int.random(in: 301...3000, using: &generator)
            let entries = (0..<size).map { _ in generator.bytes(count: 8) }
            var range = CompactRange()
            for entry in entries {
                range.append(MerkleTree.leafHash(of: entry))
            }
            let expected = TreeHead(
                treeSize: UInt64(size),
                rootHash: ReferenceLog(entries: entries).rootHash(0..<size)
            )
            #expect(range.treeHead == expected)
        }
    }

    @Test func `A leaf never hashes like a node`() {
        let left = MerkleTree.leafHash(of: [1])
        let right = MerkleTree.leafHash(of: [2])
        let node = MerkleTree.nodeHash(left, right)
        #expect(MerkleTree.leafHash(of: left.bytes + right.bytes) != node)
        #expect(MerkleTree.nodeHash(right, left) != node)
        // Without the leading byte the two would be one.
        #expect(SHA256.hash([1] + left.bytes + right.bytes) == node)
        #expect(MerkleTree.leafHash(of: []) != MerkleTree.emptyRoot)
    }
}
