import Cryptography
import LedgerTestSupport
import Survey
import SwiftProtobuf
import TestSupport
import Testing

@testable import Ledger

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The envelope is written by hand; protobuf's own mapping of the schema is the judge.
@Suite struct EnvelopeTests {
    @Test func `Records are protobuf's JSON mapping of the schema`() throws {
        var generator = SeededGenerator.announced(for: "envelope")
        for round in 0..<800 {
            let isHousehold = round.isMultiple(of: 2)
            let kind =
                isHousehold
                ? .householdRecorded : EventKind.allCases[round / 2 % EventKind.allCases.count]
            let event = RandomRecord.event(kind, &generator)
            let envelope = RandomRecord.envelope(&generator)
            let json = EventCodec.encode(event)
            let record = try #require(RecordEncoder.encode(envelope, eventJSON: json))
            let expected: [UInt8] = try RecordMessage(envelope, event).jsonUTF8Bytes()
            #expect(record.bytes == expected)
            #expect(record.leafHash == SHA256.hash([0] + record.bytes))
            #expect(record.envelope == envelope)
            // And back.
            let decoded = try unsafe EventCodec.decode(record.bytes.span.bytes)
            #expect(decoded.envelope == envelope)
            #expect(decoded.event == event)
            let link = try unsafe RecordScanner.scanLink(record.bytes.span.bytes)
            #expect(link.index == envelope.index)
            let digits = record.bytes[link.previousOffset..<link.previousOffset + 64]
            #expect(Array(digits) == Array(envelope.previous.hex.utf8))
        }
    }

    @Test func `A record has 65,535 bytes at most`() throws {
        var generator = SeededGenerator.announced(for: "limit")
        let envelope = RandomRecord.envelope(&generator)
        let empty = try #require(RecordEncoder.encode(envelope, eventJSON: []))
        let room = RecordLimit.byteCount - empty.bytes.count
        let full = [UInt8](repeating: UInt8(ascii: " "), count: room)
        #expect(RecordEncoder.encode(envelope, eventJSON: full)?.bytes.count == 65_535)
        #expect(RecordEncoder.encode(envelope, eventJSON: full + [0x20]) == nil)
    }

    @Test func `The longest envelope leaves room for the largest event`() throws {
        var envelope = RandomRecord.fullEnvelope()
        envelope.index = .max
        envelope.streamVersion = .max
        let record = try #require(RecordEncoder.encode(envelope, eventJSON: []))
        #expect(record.bytes.count < 5_535)
        let closed = try #require(
            RecordEncoder.encode(envelope, eventJSON: Array(#"{"x":{}}"#.utf8))
        )
        #expect(try unsafe RecordScanner.scan(closed.bytes.span.bytes).envelope == envelope)
    }
}

extension RecordMessage {
    init(_ envelope: Envelope, _ event: Event) {
        self.init()
        index = envelope.index
        previous = envelope.previous.hex
        recordedAt = envelope.recordedAt.text
        occurredOn = envelope.occurredOn?.iso ?? ""
        stream = envelope.stream
        streamVersion = envelope.streamVersion
        commandID = envelope.commandID.text
        actor = envelope.actor
        correlationID = envelope.correlationID?.text ?? ""
        causationID = envelope.causationID?.text ?? ""
        self.event = event
    }
}

/// Seeded records with hostile but legal content.
enum RandomRecord {
    static func envelope(_ generator: inout SeededGenerator) -> Envelope {
        func id() -> CommandID { CommandID(high: generator.next(), low: generator.next()) }
        let isSmall = Bool.random(using: &generator)
        var envelope = fullEnvelope()
        envelope.index = isSmall ? UInt64.random(in: 0...10, using: &generator) : generator.next()
        envelope.previous = SHA256.hash(generator.bytes(count: 4))
        let time = Int64.random(in: 0..<13_569_465_600_000_000, using: &generator)
        envelope.recordedAt = RecordTime(unixMicroseconds: time) ?? envelope.recordedAt
        let day = Day(daysSinceEpoch: Int32.random(in: 0...150_000, using: &generator))
        envelope.occurredOn = Bool.random(using: &generator) ? day : nil
        envelope.stream = text(1...200, &generator)
        envelope.streamVersion = isSmall ? 0 : UInt32.random(in: 0...(.max), using: &generator)
        envelope.commandID = id()
        envelope.actor.user = text(1...64, &generator)
        envelope.actor.capacity = text(1...64, &generator)
        envelope.actor.authentication = text(1...64, &generator)
        envelope.correlationID = Bool.random(using: &generator) ? id() : nil
        envelope.causationID = Bool.random(using: &generator) ? id() : nil
        return envelope
    }

    /// Every field as long as it may be.
    static func fullEnvelope() -> Envelope {
        guard let time = RecordTime(unixMicroseconds: 1_517_450_400_123_456) else {
            preconditionFailure("2018 is a year of records")
        }
        var actor = Actor()
        actor.user = String(repeating: "u", count: 64)
        actor.capacity = String(repeating: "c", count: 64)
        actor.authentication = String(repeating: "a", count: 64)
        return Envelope(
            index: 7,
            previous: SHA256.hash([7]),
            recordedAt: time,
            occurredOn: Day(daysSinceEpoch: 17_562),
            stream: String(repeating: "s", count: 200),
            streamVersion: 3,
            commandID: CommandID(high: 1, low: 2),
            actor: actor,
            correlationID: CommandID(high: 3, low: 4),
            causationID: CommandID(high: 5, low: 6)
        )
    }

    /// Characters that an identifier of the envelope may have.
    private static func text(
        _ count: ClosedRange<Int>,
        _ generator: inout SeededGenerator
    ) -> String {
        let alphabet = Array("abcXYZ019._-/")
        return String(
            (0..<Int.random(in: count, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? "a"
            }
        )
    }

    /// A sample whose free texts are replaced.
    static func event(_ kind: EventKind, _ generator: inout SeededGenerator) -> Event {
        var event = GoldenSamples.event(kind)
        let text = freeText(&generator)
        switch event.kind {
        case .areaDefined(var area):
            area.nameTh = text
            event.kind = .areaDefined(area)
        case .householdRecorded: event.kind = .householdRecorded(household(&generator))
        case .householdCorrected(var correction):
            correction.reason = text
            correction.changes[0].old = freeText(&generator)
            event.kind = .householdCorrected(correction)
        case .certificationPrepared(var prepared):
            prepared.statement = text
            prepared.treeSize = generator.next()
            event.kind = .certificationPrepared(prepared)
        case .orderAmended(var amendment):
            amendment.reason = text
            amendment.removedPersons = [text, "", text]
            event.kind = .orderAmended(amendment)
        default: break
        }
        return event
    }

    /// The most frequent event has an encoder of its own, which must write what protobuf writes.
    private static func household(_ generator: inout SeededGenerator) -> HouseholdRecorded {
        func oneOf<Value>(_ values: [Value]) -> Value {
            guard let value = values.randomElement(using: &generator) else {
                preconditionFailure("nothing to choose from")
            }
            return value
        }
        let free = freeText(&generator)
        func text() -> String {
            oneOf(["", "2561", "a/b<&>'`~ !", "0\u{7F}", "\"", "\\", "ก", free])
        }
        var household = HouseholdRecorded()
        (household.cycle, household.household) = (text(), text())
        (household.village, household.lao) = (text(), text())
        (household.interviewedOn, household.collector) = (text(), text())
        household.ages = oneOf([[], [0], [1, 2, 3], [.max, 0, 7]])
        (household.inScope, household.failing) = (text(), text())
        household.checkedAtEntry = oneOf([[], [""], ["citizenId", text()]])
        household.questionnaire = oneOf(["", "A-0007", text()])
        household.synthetic = oneOf([true, false])
        household.warningCount = oneOf([0, 1, .max])
        if oneOf([true, false]) {
            household.sealed.keyID = oneOf([0, 1, .max])
            household.sealed.nonce = Data(generator.bytes(count: oneOf([0, 1, 12])))
            household.sealed.ciphertext = Data(generator.bytes(count: oneOf([0, 2, 99, 300])))
        } else if oneOf([true, false]) {
            household.sealed = Sealed()
        }
        return household
    }

    private static func freeText(_ generator: inout SeededGenerator) -> String {
        let pieces: [String] = [
            "บ้าน", "เลขที่ ๑๒", "\"", "\\", "\n", "\r\n", "\t", "\u{0}", "\u{1F}", "\u{7F}",
            "\u{2028}", "🏠", "👩‍👩‍👧", "e\u{301}", "é", "</script>", "\u{FEFF}", "ฺ", "/", "\u{10FFFF}",
        ]
        let count = Int.random(in: 0...12, using: &generator)
        return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
}
