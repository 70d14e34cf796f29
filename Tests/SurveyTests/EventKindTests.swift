import Survey
import SwiftProtobuf
import Testing

@Suite struct EventKindTests {
    @Test func `Every kind has the schema's field number and the name records use`() throws {
        #expect(Set(EventKind.allCases.map(\.number)).count == EventKind.allCases.count)
        for kind in EventKind.allCases {
            // A field of length zero: its tag, then 0. Tags are varints: number << 3 | 2.
            let tag = UInt16(kind.number) << 3 | 2
            let bytes: [UInt8] =
                tag < 128 ? [UInt8(tag), 0] : [UInt8(tag & 0x7F | 0x80), UInt8(tag >> 7), 0]
            let event = try Event(serializedBytes: bytes)
            #expect(event.eventKind == kind)
            #expect(try event.jsonString() == "{\"\(kind.rawValue)\":{}}")
            #expect(kind.isOfHousehold == event.stream.hasPrefix("household/"))
        }
        #expect(try Event(serializedBytes: [0xC2, 0x0C, 0] as [UInt8]).eventKind == nil)
        #expect(Event().stream == "")
    }

    @Test func `Events of one thing share its stream`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.certify("9981")
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        let streams = fixture.history.map(\.event.stream)
        #expect(streams.count { $0 == "certification/\(id)" } == 6)
        #expect(streams.count { $0 == "household/2561/h-1" } == 2)
        #expect(streams.count { $0 == "target/2561/99010101/9981" } == 1)
        #expect(streams.count { $0 == "person/chair-1" } == 2)
        #expect(streams.first == "ledger")
        #expect(!streams.contains(""))
    }
}
