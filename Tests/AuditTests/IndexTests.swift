import Audit
import AuditTestSupport
import Cryptography
import Ledger
import Survey
import Testing
import TransparencyLog

@Suite struct IndexTests {
    let records: [[UInt8]]
    /// A correction: version 1 of its stream.
    let corrected: UInt64
    let envelope: Envelope

    init() throws {
        records = try HonestLog(.collected).records
        corrected = UInt64(try ForgedLog(records).index(of: .householdCorrected))
        envelope = try records[Int(corrected)].scanned().envelope
    }

    private func expectStructure(_ source: MemorySource, _ reason: String) throws {
        let verdict = try verify(source)
        expect(verdict, .structure, corrected, reason)
        expectOnly(verdict, [.structure])
    }

    @Test func `A stream version that is missing, doubled or in another stream is found`() throws {
        for version: UInt32 in [0, 2, 3, .max] {
            var forged = try ForgedLog(records)
            forged.entries[Int(corrected)].envelope.streamVersion = version
            let verdict = try verify(forged.records, only: .structure)
            #expect(!verdict.isOK, "version \(version)")
            #expect(verdict.findings.contains { $0.reason.contains(envelope.stream) })
        }
        var forged = try ForgedLog(records)
        forged.entries[Int(corrected)].envelope.stream = "household/2561/h-4"
        forged.renumberStreams()
        let verdict = try verify(forged.records)
        expect(verdict, .rules, corrected, "its stream is household/2561/h-4, its event belongs to")
    }

    @Test func `A gap in a stream is found though its index is consistent`() throws {
        var forged = try ForgedLog(records)
        for entry in forged.entries.indices where Int(corrected) <= entry {
            guard forged.entries[entry].envelope.stream == envelope.stream else { continue }
            forged.entries[entry].envelope.streamVersion += 1
        }
        let verdict = try verify(forged.records, only: .structure)
        expect(
            verdict,
            .structure,
            corrected,
            "version 1 of household/2561/h-1 does not come before"
        )
    }

    @Test func `Versions in the wrong order are found`() throws {
        var forged = try ForgedLog(records)
        let first = try forged.index(of: .householdRecorded)
        forged.entries[first].envelope.streamVersion = 1
        forged.entries[Int(corrected)].envelope.streamVersion = 0
        let verdict = try verify(forged.records, only: .structure)
        expect(verdict, .structure, UInt64(first), "version 0 of household/2561/h-1 does not come")
    }

    @Test func `A stream index that leads elsewhere or nowhere is found`() throws {
        let key = MemorySource.streamKey(envelope.stream, envelope.streamVersion)
        for wrong: UInt64? in [nil, 3, .max] {
            var source = MemorySource(records)
            source.streams[key] = wrong
            let verdict = try verify(source, only: .structure)
            expect(verdict, .structure, corrected, "the stream index does not lead from version 1")
        }
    }

    @Test func `The rules are not led astray by a wrong stream index`() throws {
        let key = MemorySource.streamKey(envelope.stream, 0)
        for wrong: UInt64? in [nil, 3, corrected - 1, corrected, .max] {
            var source = MemorySource(records)
            source.streams[key] = wrong
            let verdict = try verify(source, only: .rules)
            expect(verdict, .rules, corrected, "version 0 is not found by the stream index")
        }
    }

    @Test func `A command index that leads elsewhere or nowhere is found`() throws {
        for wrong: UInt64? in [nil, 3] {
            var source = MemorySource(records)
            source.commands[envelope.commandID] = wrong
            try expectStructure(source, "the command index does not lead")
        }
    }

    @Test func `Two records of one command are found`() throws {
        var forged = try ForgedLog(records)
        forged.entries[Int(corrected)].envelope.commandID = forged.entries[4].envelope.commandID
        let verdict = try verify(forged.records)
        expect(verdict, .structure, 4, "the command index does not lead")
    }

    @Test func `A kind index that does not list a record is found`() throws {
        var source = MemorySource(records)
        source.kinds.remove(MemorySource.kindKey(.householdCorrected, corrected))
        try expectStructure(source, "the kind index does not list it")
    }

    @Test func `What the source finds wrong with its layout is a finding`() throws {
        var source = MemorySource(records)
        source.layoutProblems = ["streams has one entry too many"]
        expect(try verify(source), .structure, nil, "one entry too many")
        #expect(try verify(source, only: .chain).isOK)
    }

    @Test func `A stored head that is not that of the records is found at its level`() throws {
        let honest = MemorySource(records).head
        var range = honest.range
        range.append(.zero)
        var source = MemorySource(records)
        source.head = StoredHead(
            range: range,
            lastLeafHash: honest.lastLeafHash,
            lastRecordedAt: honest.lastRecordedAt,
            largestKeyID: honest.largestKeyID
        )
        expectOnly(try verify(source), [.tree])
        source.head = StoredHead(
            range: honest.range,
            lastLeafHash: .zero,
            lastRecordedAt: honest.lastRecordedAt,
            largestKeyID: honest.largestKeyID
        )
        expectOnly(try verify(source), [.chain])
        source.head = StoredHead(
            range: honest.range,
            lastLeafHash: honest.lastLeafHash,
            lastRecordedAt: RecordTime(unixMicroseconds: 0),
            largestKeyID: honest.largestKeyID
        )
        expectOnly(try verify(source), [.structure])
        source.head = StoredHead(
            range: honest.range,
            lastLeafHash: honest.lastLeafHash,
            lastRecordedAt: honest.lastRecordedAt,
            largestKeyID: honest.largestKeyID - 1
        )
        expectOnly(try verify(source), [.structure])
    }

    @Test func `Stored sums that are not those of the records are named`() throws {
        let place = CellKey(cycle: "2561", village: "99010102", lao: "990151")
        for wrong: Cell? in [nil, Cell(indicatorCount: 31)] {
            var source = MemorySource(records)
            source.cells[place] = wrong
            let verdict = try verify(source)
            expect(verdict, .figures, nil, "sums of cycle 2561, village 99010102, LAO 990151")
            expectOnly(verdict, [.figures])
        }
        var source = MemorySource(records)
        source.cells[CellKey(cycle: "2562", village: "1", lao: "2")] = Cell(indicatorCount: 31)
        expect(try verify(source), .figures, nil, "sums of cycle 2562, village 1, LAO 2")
    }
}
