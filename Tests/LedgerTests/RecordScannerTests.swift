import Ledger
import LedgerTestSupport
import Survey
import TestSupport
import Testing

@Suite struct RecordScannerTests {
    private static func scan(_ bytes: [UInt8]) -> ScannedRecord? {
        try? unsafe RecordScanner.scan(bytes.span.bytes)
    }

    /// Whatever is accepted is exactly what the encoder would write: one meaning, one spelling.
    private static func isFaithful(_ bytes: [UInt8]) -> Bool {
        _ = try? unsafe RecordScanner.scanLink(bytes.span.bytes)
        _ = try? unsafe EventCodec.decode(bytes.span.bytes)
        guard let scanned = scan(bytes) else { return true }
        let event = Array(bytes[scanned.eventBytes])
        return RecordEncoder.encode(scanned.envelope, eventJSON: event)?.bytes == bytes
    }

    private static func record() throws -> [UInt8] {
        let json = Array(#"{"householdWithdrawn":{"cycle":"2561","reason":"ซ้ำ"}}"#.utf8)
        let record = RecordEncoder.encode(RandomRecord.fullEnvelope(), eventJSON: json)
        return try #require(record).bytes
    }

    @Test func `Every byte changed is refused or means something else`() throws {
        let record = try Self.record()
        let original = try #require(Self.scan(record))
        let others = Array("\"\\{}:, 0aZg\n\0".utf8) + [0x7F, 0x80, 0xFF]
        var acceptedCount = 0
        for offset in record.indices {
            for byte in others + [record[offset] ^ 1, record[offset] ^ 0x20]
            where byte != record[offset] {
                var changed = record
                changed[offset] = byte
                #expect(Self.isFaithful(changed))
                guard offset < original.eventBytes.lowerBound, let scanned = Self.scan(changed)
                else { continue }
                acceptedCount += 1
                #expect(scanned.envelope != original.envelope, "byte \(offset) → \(byte)")
            }
        }
        // Digits and letters of identifiers do have other values.
        #expect(acceptedCount > 100)
    }

    @Test func `Every byte dropped, doubled or cut off is refused or means something else`() throws
    {
        let record = try Self.record()
        let original = try #require(Self.scan(record))
        for offset in record.indices {
            var dropped = record
            dropped.remove(at: offset)
            var doubled = record
            doubled.insert(record[offset], at: offset)
            for changed in [dropped, doubled] {
                #expect(Self.isFaithful(changed))
                guard offset < original.eventBytes.lowerBound else { continue }
                #expect(Self.scan(changed)?.envelope != original.envelope)
            }
            let cut = Array(record.prefix(offset))
            #expect(Self.isFaithful(cut))
            #expect(throws: (any Error).self) { try unsafe EventCodec.decode(cut.span.bytes) }
        }
    }

    @Test func `Garbage is refused without a trap`() throws {
        var generator = SeededGenerator.announced(for: "garbage")
        let record = try Self.record()
        for _ in 0..<2000 {
            let count = Int.random(in: 0...400, using: &generator)
            #expect(Self.scan(generator.bytes(count: count)) == nil)
            // A true beginning, then garbage; and two cuts joined.
            let start = Array(record.prefix(Int.random(in: 0...record.count, using: &generator)))
            #expect(Self.isFaithful(start + generator.bytes(count: count)))
            let end = Array(record.suffix(Int.random(in: 0...record.count, using: &generator)))
            #expect(Self.isFaithful(start + end))
        }
    }

    @Test(arguments: [
        (#""index":"7""#, #""index":"07""#), (#""index":"7""#, #""index":"""#),
        (#""index":"7""#, #""index":"+7""#), (#""index":"7""#, #""index":"-7""#),
        (#""index":"7""#, #""index":"18446744073709551616""#), (#""index":"7""#, #""index":7"#),
        (#""index":"7""#, #""index":"99999999999999999999999""#),
        (#""index":"7""#, #""index": "7""#), (#""index":"7""#, #""index":"๗""#),
        (#""streamVersion":3"#, #""streamVersion":03"#),
        (#""streamVersion":3"#, #""streamVersion":4294967296"#),
        (#""streamVersion":3"#, #""streamVersion":"3""#),
        (#""streamVersion":3"#, #""streamVersion":3.0"#),
        (#""streamVersion":3"#, #""streamVersion":-1"#),
        ("2018-02-01T02:00:00.123456Z", "2018-02-01T02:00:00.123456z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-01 02:00:00.123456Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-29T02:00:00.123456Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-13-01T02:00:00.123456Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-00T02:00:00.123456Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-01T24:00:00.123456Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-01T23:59:60.123456Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-01T02:00:00.12345Z"),
        ("2018-02-01T02:00:00.123456Z", "2018-02-01T02:00:00.123456+00:00"),
        ("2018-02-01T02:00:00.123456Z", "1969-12-31T23:59:59.999999Z"),
        ("2018-02-01T02:00:00.123456Z", "2561-02-01T02:00:00.123456Z"),
        (#""occurredOn":"2018-01-31""#, #""occurredOn":"2018-02-30""#),
        (#""occurredOn":"2018-01-31""#, #""occurredOn":"2561-01-31""#),
        (#""occurredOn":"2018-01-31""#, #""occurredOn":"20180131""#),
        (#""occurredOn":"2018-01-31""#, #""occurredOn":"""#),
        (#""user":"uu"#, #""user":"\u0075u"#), (#""user":"uu"#, "\"user\":\"ü"),
        (#""user":"uu"#, #""user":"uuu"#), (#""stream":"ss"#, #""stream":"sss"#),
        (#""stream":"ss"#, "\"stream\":\"s\u{0}"),
        (#","correlationId""#, #","correlationID""#), (#","event""#, #" ,"event""#),
    ])
    func `A field in another form is refused`(_ old: String, _ new: String) throws {
        let text = String(decoding: try Self.record(), as: UTF8.self)
        let changed = text.replacing(old, with: new, maxReplacements: 1)
        try #require(changed != text, "\(old) is not in the record")
        #expect(Self.scan(Array(changed.utf8)) == nil, "\(new)")
    }

    @Test func `Upper-case digits are refused in hashes and ids`() throws {
        let text = String(decoding: try Self.record(), as: UTF8.self)
        let start = text.prefix(120)
        #expect(Self.scan(Array((start.uppercased() + text.dropFirst(120)).utf8)) == nil)
        let hash = try #require(text.split(separator: "\"").first { $0.utf8.count == 64 })
        let upper = text.replacing(hash, with: hash.uppercased(), maxReplacements: 1)
        #expect(upper != text && Self.scan(Array(upper.utf8)) == nil)
    }

    @Test func `Optional fields may be absent and only in their places`() throws {
        var envelope = RandomRecord.fullEnvelope()
        (envelope.occurredOn, envelope.correlationID, envelope.causationID) = (nil, nil, nil)
        let json = Array(#"{"householdWithdrawn":{}}"#.utf8)
        let bytes = try #require(RecordEncoder.encode(envelope, eventJSON: json)).bytes
        #expect(Self.scan(bytes)?.envelope == envelope)
        let text = String(decoding: try Self.record(), as: UTF8.self)
        let first = try #require(text.firstRange(of: #","correlationId":""#)?.lowerBound)
        let second = try #require(text.firstRange(of: #","causationId":""#)?.lowerBound)
        let end = try #require(text.firstRange(of: #","event":"#)?.lowerBound)
        let exchanged = text[..<first] + text[second..<end] + text[first..<second] + text[end...]
        #expect(exchanged.utf8.count == text.utf8.count)
        #expect(Self.scan(Array(exchanged.utf8)) == nil)
    }
}
