import Audit
import AuditTestSupport
import Cryptography
import Ledger
import Survey
import Testing
import TransparencyLog

/// Only the tree is wanted: 256 leaf hashes are taken at once, and nothing may be missed by that.
@Suite struct TreePaceTests {
    /// Bytes that link and hash like records; no level that is asked for here reads more.
    private func log(_ count: Int) -> MemorySource {
        var records: [[UInt8]] = []
        var previous = Digest.zero
        for index in 0..<count {
            let record = Array(#"{"index":"\#(index)","previous":"\#(previous.hex)","x":1}"#.utf8)
            previous = MerkleTree.leafHash(of: record)
            records.append(record)
        }
        return MemorySource(records)
    }

    private func verify(_ source: MemorySource, knownHeads: [KnownHead] = []) throws -> Verdict {
        try Auditor(source, checks: [.tree], knownHeads: knownHeads).verify()
    }

    @Test(arguments: [1, 255, 256, 257, 1023, 1024, 1025, 2600])
    func `The root is that of the records, whatever their number`(_ count: Int) throws {
        let source = log(count)
        var range = CompactRange()
        for index in 0..<count {
            let record = try #require(source.records[UInt64(index)])
            range.append(MerkleTree.leafHash(of: record))
        }
        #expect(try verify(source).rootHash == range.rootHash)
    }

    @Test(arguments: [1, 255, 256, 257, 300, 511, 512, 1024, 1500, 2599, 2600])
    func `A known head of any size is compared`(_ size: UInt64) throws {
        let source = log(2600)
        var range = CompactRange()
        for index in 0..<size {
            let record = try #require(source.records[index])
            range.append(MerkleTree.leafHash(of: record))
        }
        let right = KnownHead(treeSize: size, rootHash: range.rootHash, witness: "kept")
        let wrong = KnownHead(treeSize: size, rootHash: .zero, witness: "kept")
        let isStructured = try verify(source, knownHeads: [right]).findings
        #expect(!isStructured.contains { $0.code == .historyRewritten })
        let findings = try verify(source, knownHeads: [wrong]).findings
        #expect(findings.contains { $0.code == .historyRewritten })
    }

    @Test func `A tile that is not that of the records is found at every level`() throws {
        let source = log(2600)
        #expect(source.tiles.count == 10 + 1)
        for key in source.tiles.keys {
            var altered = source
            altered.tiles[key]?[40] ^= 1
            #expect(try verify(altered).findings.contains { $0.code == .storedTreeWrong }, "\(key)")
            altered.tiles[key] = nil
            #expect(try verify(altered).findings.contains { $0.code == .storedTreeWrong }, "\(key)")
        }
    }
}
