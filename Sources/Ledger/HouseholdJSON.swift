import Cryptography
import Survey

/// The event that nearly all records hold, in exactly the bytes of protobuf's JSON mapping.
///
/// Protobuf's encoder visits every field through a generic witness, which cost more than deciding,
/// hashing and storing the record together; written out, it is a fraction of that. A test compares
/// the two on all kinds of values.
enum HouseholdJSON {
    /// Nil where a text would need escapes: protobuf's encoder knows them.
    static func encode(_ household: HouseholdRecorded) -> [UInt8]? {
        let sealed = household.sealed
        let data = (nonce: Array(sealed.nonce), ciphertext: Array(sealed.ciphertext))
        var json = PlainJSON()
        let bytes = [UInt8](capacity: byteCountMaximum(household, data)) { output in
            json.open("", &output)
            json.open("householdRecorded", &output)
            json.field("cycle", household.cycle, &output)
            json.field("household", household.household, &output)
            json.field("village", household.village, &output)
            json.field("lao", household.lao, &output)
            json.field("interviewedOn", household.interviewedOn, &output)
            json.field("collector", household.collector, &output)
            json.field("ages", household.ages, &output)
            json.field("inScope", household.inScope, &output)
            json.field("failing", household.failing, &output)
            json.field("checkedAtEntry", household.checkedAtEntry, &output)
            if household.hasSealed {
                json.open("sealed", &output)
                // Protobuf spells 64 bits as a string, since JavaScript's numbers have 53.
                json.field("keyId", sealed.keyID == 0 ? "" : String(sealed.keyID), &output)
                json.field("nonce", base64: data.nonce, &output)
                json.field("ciphertext", base64: data.ciphertext, &output)
                json.close(&output)
            }
            if household.synthetic { json.flag("synthetic", &output) }
            json.field("warningCount", household.warningCount, &output)
            json.field("questionnaire", household.questionnaire, &output)
            json.close(&output)
            json.close(&output)
        }
        return json.isPlain ? bytes : nil
    }

    /// Room enough; the names and marks of all fields together are below 300 bytes.
    private static func byteCountMaximum(
        _ household: HouseholdRecorded,
        _ data: (nonce: [UInt8], ciphertext: [UInt8])
    ) -> Int {
        var count = 400 + household.ages.count * 11
        for text in [
            household.cycle, household.household, household.village, household.lao,
            household.interviewedOn, household.collector, household.inScope, household.failing,
            household.questionnaire,
        ] {
            count += text.utf8.count
        }
        for text in household.checkedAtEntry { count += text.utf8.count + 3 }
        return count + Base64.encodedByteCount(data.nonce.count)
            + Base64.encodedByteCount(data.ciphertext.count)
    }
}

/// Writes JSON of texts that need no escapes, and notices when one does.
private struct PlainJSON {
    private(set) var isPlain = true
    /// Whether the innermost object has a field already.
    private var needsComma = false

    mutating func open(_ name: StaticString, _ output: inout OutputSpan<UInt8>) {
        if name.utf8CodeUnitCount > 0 { key(name, &output) }
        output.append(UInt8(ascii: "{"))
        needsComma = false
    }

    mutating func close(_ output: inout OutputSpan<UInt8>) {
        output.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// A field with its default value is left out, as everywhere in protobuf's mapping.
    mutating func field(
        _ name: StaticString,
        _ text: String,
        _ output: inout OutputSpan<UInt8>
    ) {
        guard !text.isEmpty else { return }
        key(name, &output)
        append(text, &output)
    }

    mutating func field(
        _ name: StaticString,
        _ texts: [String],
        _ output: inout OutputSpan<UInt8>
    ) {
        guard !texts.isEmpty else { return }
        key(name, &output)
        for offset in texts.indices {
            output.append(UInt8(ascii: offset == 0 ? "[" : ","))
            append(texts[offset], &output)
        }
        output.append(UInt8(ascii: "]"))
    }

    mutating func field(
        _ name: StaticString,
        _ numbers: [UInt32],
        _ output: inout OutputSpan<UInt8>
    ) {
        guard !numbers.isEmpty else { return }
        key(name, &output)
        for offset in numbers.indices {
            output.append(UInt8(ascii: offset == 0 ? "[" : ","))
            output.append(ascii: String(numbers[offset]))
        }
        output.append(UInt8(ascii: "]"))
    }

    mutating func field(
        _ name: StaticString,
        base64 data: [UInt8],
        _ output: inout OutputSpan<UInt8>
    ) {
        guard !data.isEmpty else { return }
        key(name, &output)
        output.append(UInt8(ascii: "\""))
        Base64.append(data, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    mutating func field(
        _ name: StaticString,
        _ number: UInt32,
        _ output: inout OutputSpan<UInt8>
    ) {
        guard number > 0 else { return }
        key(name, &output)
        output.append(ascii: String(number))
    }

    mutating func flag(_ name: StaticString, _ output: inout OutputSpan<UInt8>) {
        key(name, &output)
        output.append(ascii: "true")
    }

    private mutating func append(_ text: String, _ output: inout OutputSpan<UInt8>) {
        output.append(UInt8(ascii: "\""))
        let bytes = text.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\"")
                || byte == UInt8(ascii: "\\")
            {
                isPlain = false
            }
        }
        output.append(copying: bytes)
        output.append(UInt8(ascii: "\""))
    }

    private mutating func key(_ name: StaticString, _ output: inout OutputSpan<UInt8>) {
        if needsComma { output.append(UInt8(ascii: ",")) }
        needsComma = true
        output.append(UInt8(ascii: "\""))
        // The name's bytes live as long as the program.
        let characters = unsafe UnsafeBufferPointer(
            start: name.utf8Start,
            count: name.utf8CodeUnitCount
        )
        unsafe output.append(copying: characters.span)
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ":"))
    }
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(ascii text: String) {
        let bytes = text.utf8.span
        for index in bytes.indices { append(bytes[index]) }
    }
}
