import Ledger
import LedgerTestSupport
import Survey
import TestSupport
import Testing

@Suite struct EventCodecTests {
    private func decode(_ json: String) throws(EventError) -> Event {
        try EventCodec.decode(Array(json.utf8))
    }

    private static let target = #""cycle":"2561","village":"99010101","lao":"9981","households":1"#

    @Test func `What the encoder writes is decoded`() throws {
        #expect(try decode(#"{"targetSet":{\#(Self.target)}}"#).targetSet.households == 1)
        for kind in EventKind.allCases {
            let event = GoldenSamples.event(kind)
            #expect(try EventCodec.decode(EventCodec.encode(event)) == event)
            var empty = EventCodec.encode(event)
            empty.removeLast()
            #expect(throws: EventError.self) { try EventCodec.decode(empty) }
        }
    }

    @Test(arguments: [
        "", " ", "null", "[]", "{}", "1", "\"targetSet\"", "{", "}", "{\"", "{\"targetSet\"",
        #"{"targetSet":null}"#, #"{"targetSet":1}"#, #"{"targetSet":[]}"#, #"{"noSuchKind":{}}"#,
        #"{"targetSet":{"noSuchField":1}}"#, #"{"targetSet":{"cycle":1}}"#,
        #"{"targetSet":{"households":"x"}}"#, #"{"targetSet":{"households":-1}}"#,
        #"{"targetSet":{"households":4294967296}}"#, #"{"targetSet":{"households":1.5}}"#,
        #"{"targetSet":{"households":1e99}}"#, #"{"targetSet":{"households":NaN}}"#,
        #"{"targetSet":{}}x"#, #"{"targetSet":{}}{}"#, #"{"targetSet":{}},"#,
        #"{"targetSet":{},}"#, #"{"targetSet":{"cycle":"1",}}"#, #"{"targetSet":{"cycle":"1"]}"#,
        #"{"areaDefined":{"level":"emperor"}}"#, #"{"memberKeyRegistered":{"publicKey":"*"}}"#,
    ])
    func `What is no event is refused`(_ json: String) {
        #expect(throws: EventError.self) { try decode(json) }
    }

    @Test(arguments: [
        #"{"targetSet":{},"targetSet":{}}"#, #"{"targetSet":{},"areaDefined":{}}"#,
        #"{"targetSet":{"cycle":"1","cycle":"2"}}"#,
        #"{"targetSet":{"cycle":"1","lao":"3","cycle":"1"}}"#,
        #"{"householdRecorded":{"inScope":"1","in_scope":"2"}}"#,
        #"{"householdRecorded":{"in_scope":"2"}}"#, #"{"target_set":{}}"#,
        #"{"targetSet":{"cycl\u0065":"1"}}"#, #"{"targetSet":{"":1}}"#,
        #"{ "targetSet":{}}"#, #"{"targetSet": {}}"#, #"{"targetSet":{}} "#,
        "{\"targetSet\":\n{}}", "{\"targetSet\":{}}\n", "{\"targetSet\":{\"cycle\":\"a\nb\"}}",
        "{\"targetSet\":{\"cycle\":\"a\u{0}b\"}}", "{\"targetSet\":{}}\u{0}",
        "\u{FEFF}{\"targetSet\":{}}", "{\"targetSet\":{}}\u{2028}",
    ])
    func `What two readers could read differently is refused`(_ json: String) {
        #expect(throws: EventError.self) { try decode(json) }
    }

    @Test func `One key in different objects is no repetition`() throws {
        let appointments = #"[{"person":"a"},{"person":"b"},{"person":"c","role":"r"}]"#
        let order = try decode(#"{"orderIssued":{"order":"o","appointments":\#(appointments)}}"#)
        #expect(order.orderIssued.appointments.map(\.person) == ["a", "b", "c"])
        let after = #"{"orderIssued":{"appointments":[{"order":"x"}]}}"#
        #expect(throws: EventError.self) { try decode(after) }
        let repeated = #"{"orderIssued":{"order":"a","appointments":[{"person":"p"}],"order":"b"}}"#
        #expect(throws: EventError.self) { try decode(repeated) }
    }

    @Test func `Strings may hold what structure may not`() throws {
        let json = #"{"targetSet":{"cycle":"{\"a\":1,\"a\":2}, [ \\","lao":"\\\""}}"#
        let target = try decode(json).targetSet
        #expect(target.cycle == #"{"a":1,"a":2}, [ \"#)
        #expect(target.lao == #"\""#)
    }

    @Test func `An object with more keys than any message has is refused at once`() throws {
        let keys = (0..<401).map { "\"k\($0)\":1" }
        for (subject, most) in [(JSONForm.Subject.event, 64), (.command, 400)] {
            func problem(_ count: Int) -> JSONForm.Problem? {
                let json = #"{"x":{"# + keys.prefix(count).joined(separator: ",") + "}}"
                return JSONForm.problem(of: Array(json.utf8).span, as: subject)
            }
            #expect(problem(most) == nil)
            #expect("\(try #require(problem(most + 1)))".contains("at most \(most) keys"))
        }
    }

    @Test func `Nesting without end is refused`() {
        for depth in [10, 1000, 20_000] {
            let open = String(repeating: "[", count: depth)
            let close = String(repeating: "]", count: depth)
            #expect(throws: EventError.self) {
                try decode(#"{"targetSet":{"cycle":\#(open)\#(close)}}"#)
            }
            let objects = String(repeating: #"{"targetSet":"#, count: depth)
            #expect(throws: EventError.self) { try decode(objects) }
        }
    }

    @Test func `Invalid UTF-8 is refused`() {
        let (start, end) = (Array(#"{"targetSet":{"cycle":""#.utf8), Array(#""}}"#.utf8))
        let sequences: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0xE0, 0xB8], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0x80],
        ]
        for sequence in sequences {
            #expect(throws: EventError.self) { try EventCodec.decode(start + sequence + end) }
        }
        #expect(throws: EventError.self) { try decode(#"{"targetSet":{"cycle":"\ud83d"}}"#) }
    }

    @Test func `Mutated events end in an event or an error`() {
        var generator = SeededGenerator.announced(for: "events")
        for kind in EventKind.allCases {
            let json = EventCodec.encode(GoldenSamples.event(kind))
            for _ in 0..<200 {
                var changed = json
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let offset = Int.random(in: 0..<changed.count, using: &generator)
                    switch Int.random(in: 0...2, using: &generator) {
                    case 0: changed[offset] = UInt8.random(in: 0...255, using: &generator)
                    case 1: changed.remove(at: offset)
                    default: changed.insert(contentsOf: changed[offset...].prefix(9), at: offset)
                    }
                }
                if let event = try? EventCodec.decode(changed) { #expect(event.kind != nil) }
            }
        }
    }

    @Test func `The format version is found whatever else record 0 says`() throws {
        func version(_ event: String) throws -> UInt32? {
            let envelope = RandomRecord.fullEnvelope()
            let record = try #require(RecordEncoder.encode(envelope, eventJSON: Array(event.utf8)))
            return unsafe EventCodec.formatVersion(ofFirstRecord: record.bytes.span.bytes)
        }
        #expect(try version(#"{"ledgerCreated":{"formatVersion":1}}"#) == 1)
        #expect(try version(#"{"ledgerCreated":{"formatVersion":2,"salt":{"a":[1]}}}"#) == 2)
        #expect(try version(#"{"targetSet":{}}"#) == nil)
        #expect(try version("x") == nil)
    }
}
