import Cryptography
package import Survey
import TransparencyLog

/// Makes record bytes: the envelope by hand, the event by protobuf's JSON mapping.
///
/// All from the command id on can be made before the writer's turn, which alone knows index,
/// predecessor, time and version; the turn then only joins the two.
package enum RecordEncoder {
    /// The end of a record, from its command id to its last brace.
    package static func tail(
        commandID: CommandID,
        actor: Actor,
        correlationID: CommandID?,
        causationID: CommandID?,
        eventJSON: [UInt8]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(360 + eventJSON.count)
        bytes.append(contentsOf: #","commandId":""#.utf8)
        commandID.append(to: &bytes)
        bytes.append(contentsOf: #"","actor":{"user":""#.utf8)
        bytes.append(contentsOf: actor.user.utf8)
        bytes.append(contentsOf: #"","capacity":""#.utf8)
        bytes.append(contentsOf: actor.capacity.utf8)
        bytes.append(contentsOf: #"","authentication":""#.utf8)
        bytes.append(contentsOf: actor.authentication.utf8)
        bytes.append(contentsOf: #""}"#.utf8)
        if let correlationID {
            bytes.append(contentsOf: #","correlationId":""#.utf8)
            correlationID.append(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        if let causationID {
            bytes.append(contentsOf: #","causationId":""#.utf8)
            causationID.append(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(contentsOf: #","event":"#.utf8)
        bytes.append(contentsOf: eventJSON)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Joins an envelope and the `tail` that was made of the same command and actor.
    ///
    /// - Returns: nil when the record would exceed 65,535 bytes.
    package static func encode(_ envelope: Envelope, tail: [UInt8]) -> EncodedRecord? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(240 + envelope.stream.utf8.count + tail.count)
        // The order and spelling of this prefix are normative: design.md 5.
        bytes.append(contentsOf: #"{"index":""#.utf8)
        bytes.append(decimal: envelope.index)
        bytes.append(contentsOf: #"","previous":""#.utf8)
        envelope.previous.appendHex(to: &bytes)
        bytes.append(contentsOf: #"","recordedAt":""#.utf8)
        envelope.recordedAt.append(to: &bytes)
        if let day = envelope.occurredOn {
            bytes.append(contentsOf: #"","occurredOn":""#.utf8)
            bytes.append(contentsOf: day.iso.utf8)
        }
        bytes.append(contentsOf: #"","stream":""#.utf8)
        bytes.append(contentsOf: envelope.stream.utf8)
        bytes.append(contentsOf: #"","streamVersion":"#.utf8)
        bytes.append(decimal: UInt64(envelope.streamVersion))
        bytes.append(contentsOf: tail)
        guard bytes.count <= RecordLimit.byteCount else { return nil }
        return EncodedRecord(
            envelope: envelope,
            bytes: bytes,
            leafHash: MerkleTree.leafHash(of: bytes)
        )
    }

    /// The whole of it at once, for those who have no turn to wait for.
    package static func encode(_ envelope: Envelope, eventJSON: [UInt8]) -> EncodedRecord? {
        let tail = tail(
            commandID: envelope.commandID,
            actor: envelope.actor,
            correlationID: envelope.correlationID,
            causationID: envelope.causationID,
            eventJSON: eventJSON
        )
        return encode(envelope, tail: tail)
    }
}

extension [UInt8] {
    mutating func append(decimal number: UInt64) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var count = 0
        var rest = number
        repeat {
            digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        for offset in stride(from: count - 1, through: 0, by: -1) { append(digits[offset]) }
    }
}
