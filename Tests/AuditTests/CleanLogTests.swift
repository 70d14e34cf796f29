import Audit
import AuditTestSupport
import Ledger
import Survey
import Testing
import TransparencyLog

@Suite struct CleanLogTests {
    @Test func `A whole survey is verified, with what was counted at each level`() throws {
        let log = try HonestLog(.certified)
        let verdict = try verify(log.records)
        #expect(verdict.findings == [])
        #expect(verdict.isOK)
        #expect(verdict.origin == Sample.origin)
        let count = UInt64(log.records.count)
        #expect(verdict.treeSize == count)
        let counts = verdict.checks.map { [$0.check.rawValue: $0.checkedCount] }
        #expect(
            counts == [
                ["structure": count], ["chain": count], ["tree": count], ["signatures": 8],
                ["rules": count], ["figures": 4],
            ]
        )
    }

    @Test func `The root and the head are those of the records`() throws {
        let records = try HonestLog(.collected).records
        var range = CompactRange()
        for record in records { range.append(MerkleTree.leafHash(of: record)) }
        let verdict = try verify(records)
        #expect(verdict.rootHash == range.rootHash)
        #expect(verdict.headHash == records.last.map { MerkleTree.leafHash(of: $0) })
    }

    @Test(arguments: Check.allCases.filter { $0 != .projections })
    func `Every level can be asked for alone, and says whose ledger it is`(_ check: Check) throws {
        let verdict = try verify(HonestLog(.certified).records, only: check)
        #expect(verdict.checks.map(\.check) == [check])
        #expect(verdict.isOK)
        #expect(verdict.origin == Sample.origin)
        #expect((verdict.rootHash == nil) == [.structure, .chain].contains(check))
    }

    @Test func `The script has every kind of event`() throws {
        let log = try HonestLog(.certified)
        let kinds = try Set(
            log.records.map { try $0.scanned().kind }
        )
        #expect(kinds == Set(EventKind.allCases))
    }

    @Test func `A log of one record is verified`() throws {
        let verdict = try verify(HonestLog().records)
        #expect(verdict.isOK)
        #expect(verdict.treeSize == 1)
    }

    @Test func `A ledger without records is not verified`() throws {
        let verdict = try verify([])
        expect(verdict, .structure, nil, "no records")
        #expect(verdict.headHash == nil)
        #expect(verdict.rootHash == MerkleTree.emptyRoot)
        #expect(!(try verify([], only: .chain)).isOK)
    }

    @Test(arguments: [1, 2, 3, 7, 1024])
    func `The result depends on neither chunks nor threads`(_ chunkRecordCount: UInt64) throws {
        let records = try HonestLog(.certified).records
        var forged = try ForgedLog(records)
        forged.entries.swapAt(20, 21)
        forged.entries.remove(at: 30)
        var damaged = MemorySource(records)
        damaged.records[5] = nil
        damaged.records[6] = nil
        damaged.records[40]?[3] = 0xFF
        damaged.records[UInt64(records.count) - 1] = nil
        for source in [MemorySource(records), MemorySource(forged.records), damaged] {
            let expected = try verify(source, threadCount: 1, chunkRecordCount: 4096)
            for threadCount in [1, 2, 5] {
                let verdict = try verify(
                    source,
                    threadCount: threadCount,
                    chunkRecordCount: chunkRecordCount
                )
                #expect(verdict == expected)
            }
        }
    }

    @Test func `Progress reaches the end`() throws {
        var reports: [UInt64] = []
        let records = try HonestLog(.collected).records
        _ = try Auditor(MemorySource(records), chunkRecordCount: 10).verify { done, treeSize in
            #expect(treeSize == UInt64(records.count))
            reports.append(done)
        }
        #expect(reports == reports.sorted())
        #expect(reports.last == UInt64(records.count))
        #expect(reports.count > 3)
    }
}
