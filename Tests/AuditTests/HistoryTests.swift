import Audit
import AuditTestSupport
import Cryptography
import Ledger
import Survey
import Testing
import TransparencyLog

/// Levels 2 and 3: what was written stays as it was written.
@Suite struct HistoryTests {
    let records: [[UInt8]]

    init() throws { records = try HonestLog(.certified).records }

    private func knownHead(_ treeSize: Int, of records: [[UInt8]]) -> KnownHead {
        var range = CompactRange()
        for record in records.prefix(treeSize) { range.append(MerkleTree.leafHash(of: record)) }
        return KnownHead(
            treeSize: UInt64(treeSize),
            rootHash: range.rootHash,
            witness: "a witness"
        )
    }

    @Test func `Every byte of a record, edited, breaks the link of the next one`() throws {
        let source = MemorySource(records)
        for offset in stride(from: 0, to: records[6].count, by: 7) {
            var edited = source
            edited.records[6]?[offset] ^= 0x01
            let verdict = try verify(edited)
            expect(verdict, .chain, 7, "previous is not the hash of record 6")
            expect(verdict, .tree, nil, "the stored tree is not the tree of the records")
        }
    }

    @Test func `The last record, which nothing links to, is held by the stored head`() throws {
        var source = MemorySource(records)
        let last = UInt64(records.count) - 1
        source.records[last]?[200] ^= 0x01
        expect(try verify(source, only: .chain), .chain, nil, "the stored hash of the last record")
        expect(try verify(source, only: .tree), .tree, nil, "the stored tree")
    }

    @Test func `A wrong previous is found, also in record 0 and where chunks meet`() throws {
        for index in [0, 1, 4, 5, 8] {
            var edited = records
            let digits = edited[index].firstRange(of: Array("\"previous\":\"".utf8))
            let offset = try #require(digits).upperBound
            edited[index][offset] = edited[index][offset] == 0x30 ? 0x31 : 0x30
            let verdict = try verify(edited, only: .chain, chunkRecordCount: 4)
            expect(verdict, .chain, UInt64(index), index == 0 ? "not all zeros" : "previous is not")
        }
    }

    @Test func `A consistent rewriting is found by whoever knows an earlier root`() throws {
        var forged = try ForgedLog(records)
        try forged.entries[3].edit { $0.areaDefined.nameTh = "another name" }
        #expect(try verify(forged.records, only: .chain).isOK)
        for treeSize in [4, 10, records.count] {
            let known = knownHead(treeSize, of: records)
            let verdict = try verify(forged.records, only: .tree, knownHeads: [known])
            expect(
                verdict,
                .tree,
                nil,
                "a witness knows another root hash for tree size \(treeSize)"
            )
            #expect(try verify(records, only: .tree, knownHeads: [known]).isOK)
        }
        // Nobody knew a root of so early.
        let early = knownHead(3, of: records)
        #expect(try verify(forged.records, only: .tree, knownHeads: [early]).isOK)
    }

    @Test func `A consistent rewriting below a certification breaks what was signed`() throws {
        var forged = try ForgedLog(records)
        try forged.entries[3].edit { $0.areaDefined.nameEn = "another name" }
        let prepared = UInt64(try forged.index(of: .certificationPrepared))
        let verdict = try verify(forged.records)
        expect(verdict, .tree, prepared, "treeHeadMismatch")
    }

    @Test func `A truncated tail is found at every level`() throws {
        let known = knownHead(records.count, of: records)
        for cut in [1, 2, 20] {
            let shorter = Array(records.dropLast(cut))
            #expect(try verify(shorter).isOK, "without a witness nobody can know")
            for check in Check.allCases where check != .projections {
                let verdict = try verify(shorter, only: check, knownHeads: [known])
                expect(verdict, .structure, nil, "the last \(cut) records are gone")
            }
        }
    }

    @Test func `A head that names another log is found`() throws {
        var known = knownHead(5, of: records)
        known = KnownHead(
            origin: "example.org/other",
            treeSize: known.treeSize,
            rootHash: known.rootHash,
            witness: "ledger.head"
        )
        let verdict = try verify(records, only: .chain, knownHeads: [known])
        expect(verdict, .structure, 0, "its origin is example.org/bmn/99; ledger.head is of")
    }

    @Test func `A ledger that grew since the head was noted is verified`() throws {
        for treeSize in [1, 7, records.count - 1] {
            let known = knownHead(treeSize, of: records)
            #expect(try verify(records, knownHeads: [known]).isOK)
        }
    }

    @Test(arguments: [UInt64.max, 1 << 62, 1 << 33])
    func `A size that nobody could walk ends the walk`(_ treeSize: UInt64) throws {
        var source = MemorySource(records)
        source.treeSize = treeSize
        let verdict = try verify(source)
        let count = UInt64(records.count)
        expect(verdict, .structure, count, "records \(count) to \(treeSize - 1) are missing")
        #expect(verdict.treeSize == count)
        // A record far away, in a place of its own.
        source.records[treeSize - 2] = records.last
        let last = try verify(source, only: .chain)
        expect(last, .structure, treeSize - 2, "the record says it is \(count - 1)")
        expect(last, .structure, treeSize - 1, "record \(treeSize - 1) is missing")
        expect(last, .structure, count, "records \(count) to \(treeSize - 3) are missing")
    }
}
