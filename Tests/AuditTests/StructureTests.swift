import Audit
import AuditTestSupport
import Ledger
import Survey
import Testing
import TransparencyLog

@Suite struct StructureTests {
    let records: [[UInt8]]

    init() throws { records = try HonestLog(.collected).records }

    @Test func `A record that is missing from the store is named`() throws {
        var source = MemorySource(records)
        source.records[7] = nil
        let verdict = try verify(source)
        expect(verdict, .structure, 7, "record 7 is missing")
        expect(verdict, .chain, 8, "previous is not the hash of record 6")
        expect(verdict, .tree, nil, "the stored tree is not the tree of the records")
        expect(try verify(source, only: .rules), .structure, 7, "record 7 is missing")
    }

    @Test func `Missing records at the beginning and at the end are named`() throws {
        var source = MemorySource(records)
        for index in [0, 1, UInt64(records.count) - 1] { source.records[index] = nil }
        let verdict = try verify(source)
        expect(verdict, .structure, 0, "records 0 to 1 are missing")
        let last = UInt64(records.count) - 1
        expect(verdict, .structure, last, "record \(last) is missing")
        #expect(verdict.treeSize == UInt64(records.count) - 3)
    }

    @Test func `A removed record with everything moved up says so in each that follows`() throws {
        var removed = records
        removed.remove(at: 5)
        let verdict = try verify(removed)
        expect(verdict, .structure, 5, "the record says it is 6")
        expect(verdict, .chain, 5, "previous is not the hash of record 4")
    }

    @Test func `A record that is there twice is found`() throws {
        let verdict = try verify(Array(records[...9] + records[9...]))
        expect(verdict, .structure, 10, "the record says it is 9")
        expect(verdict, .structure, 9, "the stream index does not lead")
        expect(verdict, .chain, 10, "previous is not the hash of record 9")
    }

    @Test func `Two records that changed places are found`() throws {
        var swapped = records
        swapped.swapAt(11, 12)
        let verdict = try verify(swapped)
        expect(verdict, .structure, 11, "the record says it is 12")
        expect(verdict, .chain, 12, "previous is not the hash of record 11")
        #expect(!(try verify(swapped, only: .structure)).isOK)
        #expect(!(try verify(swapped, only: .chain)).isOK)
    }

    @Test(arguments: [
        ("\"index\":\"9\"", "\"index\":\"09\"", "without leading zeros"),
        ("\"index\":\"9\"", "\"index\":\"99999999999999999999\"", "below 2^64"),
        ("\"index\":\"9\"", "\"index\":9", "expected"),
        ("\"index\":\"9\"", "\"index\":\"18446744073709551615\"", "it is 18446744073709551615"),
        ("\"recordedAt\":\"2018-02", "\"recordedAt\":\"2561-02", "a time such as"),
        ("\"recordedAt\":\"2018-02-01", "\"recordedAt\":\"2018-02-30", "a time such as"),
        ("\"streamVersion\":0", "\"streamVersion\":4294967296", "below 2^32"),
        ("\"commandId\":\"0", "\"commandId\":\"G", "lower-case UUID"),
        ("\"stream\":\"", "\"stream\":\"\\", "without escapes"),
        ("\"previous\":\"", "\"previous\":\"A", "64 lower-case hex digits"),
    ])
    func `An envelope in another form is no record`(
        _ old: String,
        _ new: String,
        _ reason: String
    ) throws {
        var edited = records
        edited[9] = edited[9].replacing(old, new)
        #expect(edited[9] != records[9])
        expect(try verify(edited), .structure, 9, reason)
        expect(try verify(edited, only: .structure), .structure, 9, reason)
    }

    @Test func `Bytes that no line of UTF-8 has are found`() throws {
        let marks: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0xB8],
            [0x0A], [0x00], [0x1F],
        ]
        for mark in marks {
            var edited = records
            let middle = edited[9].count - 5
            edited[9].insert(contentsOf: mark, at: middle)
            expect(
                try verify(edited, only: .structure),
                .structure,
                9,
                "not one line of valid UTF-8"
            )
        }
    }

    @Test func `A record that is too long is found and nothing of it is read`() throws {
        var forged = try ForgedLog(records)
        try forged.entries[1].edit { $0.areaDefined.nameTh = String(repeating: "ก", count: 21_800) }
        let long = try #require(forged.records.first { $0.count > 65_535 })
        #expect(long.count < 66_000)
        let verdict = try verify(forged.records)
        expect(verdict, .structure, 1, "longer than 65,535 bytes")
        expect(try verify(forged.records, only: .figures), .structure, 1, "longer than 65,535")
    }

    @Test func `A record of exactly 65,535 bytes is none too long`() throws {
        var forged = try ForgedLog(records)
        let spare = 65_535 - forged.records[1].count
        try forged.entries[1].edit { $0.areaDefined.nameTh += String(repeating: "a", count: spare) }
        let verdict = try verify(forged.records, only: .structure)
        #expect(forged.records[1].count == 65_535)
        #expect(verdict.isOK, "\(verdict.findings)")
    }

    @Test func `An unknown kind of event is named with what to do`() throws {
        var forged = try ForgedLog(records)
        forged.entries[9].json = Array(#"{"householdMoved":{"cycle":"2561"}}"#.utf8)
        for check in [Check.structure, .rules] {
            let verdict = try verify(forged.records, only: check)
            expect(verdict, .structure, 9, "unknown kind householdMoved: use a newer program")
        }
    }

    @Test(arguments: [
        #"{"areaDefined":{"code":"98","colour":"red"}}"#,
        #"{"areaDefined":{"code":"98","code":"97"}}"#,
        #"{"areaDefined":{"code":"98"},"areaRevised":{}}"#,
        #"{"areaDefined":{"code":98}}"#, #"{"areaDefined":{"code":"98"}"#, #"{"areaDefined":{}}}"#,
        #"{"areaDefined": {"code":"98"}}"#, #"{"areaDefined":{"level":"planet"}}"#,
        #"{"areaDefined":{"code":[[[[[[[[[[[[[["98"]]]]]]]]]]]]]]}}"#,
        #"{"areaDefined":{"name_th":"x"}}"#, #"{"targetSet":{"households":-1}}"#,
        #"{"targetSet":{"households":99999999999999999999999}}"#,
    ])
    func `An event that every reader would not understand alike is found`(_ json: String) throws {
        var forged = try ForgedLog(records)
        forged.entries[9].json = Array(json.utf8)
        let verdict = try verify(forged.records)
        #expect(verdict.findings.contains { $0.check == .structure && $0.index == 9 })
    }

    @Test(arguments: [
        (#""reason":"wrong""#, #""reason":"\u0077rong""#),
        (#""reason":"wrong""#, #""reason":"wrong","village":"""#),
        (#""cycle":"2561","household":"h-1""#, #""household":"h-1","cycle":"2561""#),
    ])
    func `An event that is spelled in another way than the one is found`(
        _ spelling: (usual: String, other: String)
    ) throws {
        var forged = try ForgedLog(HonestLog(.collected).records)
        forged.append(.householdWithdrawn(withdrawal), by: "recorder-1")
        #expect(try verify(forged.records).isOK)
        let last = forged.entries.count - 1
        let usual = String(decoding: forged.entries[last].json, as: UTF8.self)
        #expect(usual.contains(spelling.usual), "\(usual)")
        let other = usual.replacing(spelling.usual, with: spelling.other)
        forged.entries[last].json = Array(other.utf8)
        let verdict = try verify(forged.records)
        #expect(verdict.findings.map(\.index) == [UInt64(last)], "\(verdict.findings)")
        expectOnly(verdict, [.structure])
    }

    private var withdrawal: HouseholdWithdrawn {
        var withdrawal = HouseholdWithdrawn()
        withdrawal.cycle = "2561"
        withdrawal.household = "h-1"
        withdrawal.reason = "wrong"
        return withdrawal
    }

    @Test func `A day of the act that says nothing is found`() throws {
        var forged = try ForgedLog(HonestLog(.collected).records)
        forged.append(.householdWithdrawn(withdrawal), by: "recorder-1")
        let last = forged.entries.count - 1
        let day = forged.entries[last].envelope.recordedAt.bangkokDay
        forged.entries[last].envelope.occurredOn = day
        expect(try verify(forged.records), .structure, UInt64(last), "the day of the act")
    }

    @Test func `Time that goes back is found, also where two chunks meet`() throws {
        let long = try longLog(recordCount: 1100)
        for index in [10, 1023, 1024, 1025] {
            var forged = try ForgedLog(long)
            let earlier = try #require(RecordTime(unixMicroseconds: Sample.start - 1))
            forged.entries[index].envelope.recordedAt = earlier
            let verdict = try verify(forged.records, only: .structure)
            expect(verdict, .structure, UInt64(index), "recorded at 2018-02-01T01:59:59.999999Z")
            #expect(verdict.findings.count == 1)
        }
    }

    @Test func `Equal times are allowed`() throws {
        let log = try HonestLog(.collected, step: 0)
        #expect(try verify(log.records).isOK)
    }
}
