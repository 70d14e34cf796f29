import Cryptography
import SwiftProtobuf

extension PersonalData {
    /// The bytes that are sealed: protobuf's binary encoding of this message.
    ///
    /// Written out, because protobuf's encoder, which visits each field through a generic witness,
    /// takes three times as long over these many short texts. A test compares the two.
    package var sealableBytes: [UInt8] {
        sealableBytes(answers: hasAnswers ? answers.bytes : nil)
    }

    /// The same with the answers that are beside it, encoded already.
    func sealableBytes(answers packed: [UInt8]?) -> [UInt8] {
        let memberByteCounts = members.map(\.encodedByteCount)
        var byteCount = 0
        for (_, text) in texts { byteCount += WireFormat.byteCount(text) }
        for count in memberByteCounts { byteCount += WireFormat.byteCount(ofLength: count) }
        if let packed { byteCount += WireFormat.byteCount(ofLength: packed.count) }
        return [UInt8](capacity: byteCount) { output in
            for (field, text) in texts { WireFormat.append(field, text, to: &output) }
            for offset in members.indices {
                WireFormat.append(6, length: memberByteCounts[offset], to: &output)
                members[offset].append(to: &output)
            }
            if let packed {
                WireFormat.append(7, length: packed.count, to: &output)
                output.append(copying: packed.span)
            }
        }
    }

    private var texts: [(field: UInt8, text: String)] {
        [
            (1, houseNumber), (2, houseRegistrationCode), (3, address), (4, latitude),
            (5, longitude),
        ]
    }
}

extension SealedAnswers {
    // Numbers and places, not texts: protobuf's own encoder does.
    fileprivate var bytes: [UInt8] {
        do {
            return try serializedBytes()
        } catch {
            preconditionFailure("answers could not be encoded")
        }
    }
}

extension Member {
    fileprivate var encodedByteCount: Int {
        WireFormat.byteCount(title) + WireFormat.byteCount(firstName)
            + WireFormat.byteCount(lastName) + WireFormat.byteCount(citizenID)
            + WireFormat.byteCount(birthDate) + WireFormat.byteCount(sex)
            + WireFormat.byteCount(relation) + WireFormat.byteCount(religion)
            + WireFormat.byteCount(bodyCondition)
    }

    fileprivate func append(to output: inout OutputSpan<UInt8>) {
        WireFormat.append(1, title, to: &output)
        WireFormat.append(2, firstName, to: &output)
        WireFormat.append(3, lastName, to: &output)
        WireFormat.append(4, citizenID, to: &output)
        WireFormat.append(5, birthDate, to: &output)
        WireFormat.append(6, sex, to: &output)
        WireFormat.append(7, relation, to: &output)
        WireFormat.append(8, religion, to: &output)
        WireFormat.append(9, bodyCondition, to: &output)
    }
}

/// The one wire type needed here: a tag, a length as a varint, then so many bytes.
private enum WireFormat {
    static func byteCount(_ text: String) -> Int {
        text.isEmpty ? 0 : byteCount(ofLength: text.utf8.count)
    }

    /// Of a field with so many bytes, its tag and length included.
    static func byteCount(ofLength length: Int) -> Int {
        var count = 2 + length
        var rest = length >> 7
        while rest > 0 {
            count += 1
            rest >>= 7
        }
        return count
    }

    static func append(_ field: UInt8, _ text: String, to output: inout OutputSpan<UInt8>) {
        // A field with its default value is left out.
        guard !text.isEmpty else { return }
        let bytes = text.utf8.span
        append(field, length: bytes.count, to: &output)
        output.append(copying: bytes)
    }

    static func append(_ field: UInt8, length: Int, to output: inout OutputSpan<UInt8>) {
        output.append(field << 3 | 2)
        var rest = length
        while rest > 0x7F {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(rest))
    }
}
