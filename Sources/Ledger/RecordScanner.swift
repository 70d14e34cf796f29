import Cryptography
package import Survey

/// Why bytes are no record, by the place where reading stopped.
package struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
    package let byteOffset: Int
    package let expected: String

    package var description: String { "byte \(byteOffset): expected \(expected)" }
}

/// Where the parts of a record lie, found without a JSON parser.
package struct ScannedRecord: Sendable {
    package let envelope: Envelope
    /// The `event` object, braces included.
    package let eventBytes: Range<Int>
    /// The key inside it; nil for a kind that this version does not know.
    package let kind: EventKind?
    package let kindName: String
}

/// Reads a record's envelope strictly: this order, this spelling, nothing else.
///
/// That the envelope holds no escapes is what makes scanning sound: the first `,"event":{"` after
/// it can only be the event.
package struct RecordScanner {
    private var position = 0

    package static func scan(_ record: RawSpan) throws(RecordError) -> ScannedRecord {
        var scanner = RecordScanner()
        return try scanner.scan(Span(_bytes: record))
    }

    /// Index and predecessor only, which is all that walking the chain takes.
    ///
    /// - Returns: the index and the offset of the 64 hex digits of `previous`.
    package static func scanLink(
        _ record: RawSpan
    ) throws(RecordError) -> (index: UInt64, previousOffset: Int) {
        var scanner = RecordScanner()
        let bytes = Span<UInt8>(_bytes: record)
        let index = try scanner.link(bytes)
        let offset = scanner.position
        guard bytes.count > offset + 66 else { throw scanner.error("64 hex digits") }
        return (index, offset)
    }

    private mutating func link(_ bytes: Span<UInt8>) throws(RecordError) -> UInt64 {
        try expect(#"{"index":""#, bytes)
        let index = try decimal(bytes)
        try expect(#"","previous":""#, bytes)
        return index
    }

    private mutating func scan(_ bytes: Span<UInt8>) throws(RecordError) -> ScannedRecord {
        let index = try link(bytes)
        let previous = try digest(bytes)
        try expect(#"","recordedAt":""#, bytes)
        let recordedAt = try time(bytes)
        var occurredOn: Day?
        if skip(#"","occurredOn":""#, bytes) {
            occurredOn = Day(iso: try text(bytes, upTo: 10))
            if occurredOn == nil { throw error("a day") }
        }
        try expect(#"","stream":""#, bytes)
        let stream = try text(bytes, upTo: RecordLimit.streamByteCount)
        try expect(#"","streamVersion":"#, bytes)
        guard let version = UInt32(exactly: try decimal(bytes)) else {
            throw error("a stream version below 2^32")
        }
        try expect(#","commandId":""#, bytes)
        let commandID = try uuid(bytes)
        let actor = try actor(bytes)
        let correlationID = skip(#","correlationId":""#, bytes) ? try closedUUID(bytes) : nil
        let causationID = skip(#","causationId":""#, bytes) ? try closedUUID(bytes) : nil
        try expect(#","event":"#, bytes)
        let start = position
        try expect(#"{""#, bytes)
        let kindName = try text(bytes, upTo: 64)
        try expect(#"":{"#, bytes)
        guard bytes.count - start >= 6, bytes[bytes.count - 1] == UInt8(ascii: "}") else {
            throw error("the end of the record")
        }
        return ScannedRecord(
            envelope: Envelope(
                index: index,
                previous: previous,
                recordedAt: recordedAt,
                occurredOn: occurredOn,
                stream: stream,
                streamVersion: version,
                commandID: commandID,
                actor: actor,
                correlationID: correlationID,
                causationID: causationID
            ),
            eventBytes: start..<(bytes.count - 1),
            kind: EventKind(rawValue: kindName),
            kindName: kindName
        )
    }

    private mutating func actor(_ bytes: Span<UInt8>) throws(RecordError) -> Actor {
        var actor = Actor()
        try expect(#"","actor":{"user":""#, bytes)
        actor.user = try text(bytes, upTo: RecordLimit.actorFieldByteCount)
        try expect(#"","capacity":""#, bytes)
        actor.capacity = try text(bytes, upTo: RecordLimit.actorFieldByteCount)
        try expect(#"","authentication":""#, bytes)
        actor.authentication = try text(bytes, upTo: RecordLimit.actorFieldByteCount)
        try expect(#""}"#, bytes)
        return actor
    }
}

extension RecordScanner {
    private func error(_ expected: String) -> RecordError {
        RecordError(byteOffset: position, expected: expected)
    }

    private mutating func expect(
        _ literal: StaticString,
        _ bytes: Span<UInt8>
    ) throws(RecordError) {
        guard skip(literal, bytes) else { throw error(literal.description) }
    }

    private mutating func skip(_ literal: StaticString, _ bytes: Span<UInt8>) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        // The literal's bytes live as long as the program.
        let pointer = unsafe literal.utf8Start
        for offset in 0..<count where unsafe bytes[position + offset] != pointer[offset] {
            return false
        }
        position += count
        return true
    }

    /// A decimal without leading zeros that fits in 64 bits.
    private mutating func decimal(_ bytes: Span<UInt8>) throws(RecordError) -> UInt64 {
        let start = position
        var number: UInt64 = 0
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry else { throw error("a number below 2^64") }
            number = sum
            position += 1
        }
        guard position > start, bytes[start] != UInt8(ascii: "0") || position == start + 1 else {
            throw error("a decimal without leading zeros")
        }
        return number
    }

    private mutating func digest(_ bytes: Span<UInt8>) throws(RecordError) -> Digest {
        guard bytes.count - position >= 64,
            let digest = unsafe Digest(hex: bytes.bytes.extracting(position..<(position + 64)))
        else { throw error("64 lower-case hex digits") }
        position += 64
        return digest
    }

    private mutating func time(_ bytes: Span<UInt8>) throws(RecordError) -> RecordTime {
        let end = position + RecordTime.byteCount
        guard bytes.count >= end, let time = RecordTime(text: bytes.extracting(position..<end))
        else { throw error("a time such as 2018-01-15T03:04:05.123456Z") }
        position = end
        return time
    }

    private mutating func uuid(_ bytes: Span<UInt8>) throws(RecordError) -> CommandID {
        let end = position + CommandID.textByteCount
        guard bytes.count >= end, let id = CommandID(text: bytes.extracting(position..<end)) else {
            throw error("a lower-case UUID")
        }
        position = end
        return id
    }

    private mutating func closedUUID(_ bytes: Span<UInt8>) throws(RecordError) -> CommandID {
        let id = try uuid(bytes)
        try expect(#"""#, bytes)
        return id
    }

    /// Printable ASCII up to the next quote; a backslash is refused, since nothing is escaped here.
    private mutating func text(
        _ bytes: Span<UInt8>,
        upTo byteCountMaximum: Int
    ) throws(RecordError) -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            let byte = bytes[position]
            guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") else {
                throw error("printable ASCII without escapes")
            }
            position += 1
        }
        guard position < bytes.count, position > start, position - start <= byteCountMaximum else {
            throw error("1 to \(byteCountMaximum) characters and a closing quote")
        }
        return unsafe bytes.extracting(start..<position).withUnsafeBufferPointer { text in
            unsafe String(decoding: text, as: UTF8.self)
        }
    }
}
