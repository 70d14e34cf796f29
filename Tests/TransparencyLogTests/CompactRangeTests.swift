import Cryptography
import Testing
import TransparencyLog

struct CompactRangeTests {
    private func range(size: Int) -> CompactRange {
        var range = CompactRange()
        for index in 0..<size {
            range.append(MerkleTree.leafHash(of: Array("entry \(index)".utf8)))
        }
        return range
    }

    @Test func `A range of three has the bytes of the worked example`() {
        let leaves = (0..<3).map { index in MerkleTree.leafHash(of: Array("entry \(index)".utf8)) }
        let subtree = MerkleTree.nodeHash(leaves[0], leaves[1])
        let expected = [0, 0, 0, 0, 0, 0, 0, 3] + subtree.bytes + leaves[2].bytes
        #expect(range(size: 3).encoded == expected)
        #expect(range(size: 3).rootHash == MerkleTree.nodeHash(subtree, leaves[2]))
        #expect(CompactRange().encoded == [UInt8](repeating: 0, count: 8))
    }

    @Test func `A range read back is the same and goes on the same`() throws {
        let next = MerkleTree.leafHash(of: [9])
        for size in 0..<130 {
            var written = range(size: size)
            var read = try CompactRange(encoded: written.encoded)
            #expect(read == written)
            #expect(read.treeHead == written.treeHead)
            written.append(next)
            read.append(next)
            #expect(read == written)
        }
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 21])
    func `One altered bit is refused or gives another range`(size: Int) throws {
        let original = range(size: size)
        let encoded = original.encoded
        for bit in 0..<encoded.count * 8 {
            var altered = encoded
            altered[bit / 8] ^= 1 << (bit % 8)
            if bit < 64 {
                // One bit more or less in the size asks for one hash more or less.
                #expect(throws: TransparencyLogError(.malformedCompactRange, "")) {
                    try CompactRange(encoded: altered)
                }
            } else {
                let other = try CompactRange(encoded: altered)
                #expect(other != original)
                #expect(other.rootHash != original.rootHash)
            }
        }
    }

    @Test(arguments: [0, 1, 6, 7])
    func `Bytes missing or left over are refused`(size: Int) {
        let encoded = range(size: size).encoded
        let shorter = (0..<encoded.count).map { count in Array(encoded.prefix(count)) }
        let longer = [1, 8, 31, 32, 33, 64].map { count in
            encoded + [UInt8](repeating: 0, count: count)
        }
        for bytes in shorter + longer {
            #expect(throws: TransparencyLogError(.malformedCompactRange, "")) {
                try CompactRange(encoded: bytes)
            }
        }
    }

    @Test func `The largest sizes are read without overflow`() throws {
        let hashes = [UInt8](repeating: 7, count: 63 * Digest.byteCount)
        let size = [UInt8](repeating: 0xFF, count: 7) + [0xFE]
        var range = try CompactRange(encoded: size + hashes)
        #expect(range.treeSize == UInt64.max - 1)
        range.append(.zero)
        #expect(range.treeSize == UInt64.max)
        #expect(range.subtreeRoots.count == 64)
    }
}
