import Cryptography
import Foundation
import Survey

extension HouseholdJSON {
    /// The event of exactly the bytes that `encode` writes; nil of any other spelling of it, which
    /// protobuf's decoder may know.
    ///
    /// That decoder visits each field through a generic witness and looks its name up, for nearly every
    /// record of a replay. What is read here has the form of events by itself (`JSONForm`): the
    /// fields in the order of the schema, each once, and nothing between tokens.
    static func decode(_ json: Span<UInt8>) -> HouseholdRecorded? {
        var reader = PlainJSONReader()
        guard reader.skip(#"{"householdRecorded":{"#, json) else { return nil }
        var household = HouseholdRecorded()
        reader.text("cycle", json) { household.cycle = $0 }
        reader.text("household", json) { household.household = $0 }
        reader.text("village", json) { household.village = $0 }
        reader.text("lao", json) { household.lao = $0 }
        reader.text("interviewedOn", json) { household.interviewedOn = $0 }
        reader.text("collector", json) { household.collector = $0 }
        reader.numbers("ages", json) { household.ages = $0 }
        reader.text("inScope", json) { household.inScope = $0 }
        reader.text("failing", json) { household.failing = $0 }
        reader.texts("checkedAtEntry", json) { household.checkedAtEntry = $0 }
        if reader.open("sealed", json) {
            var sealed = Sealed()
            reader.keyID("keyId", json) { sealed.keyID = $0 }
            reader.base64("nonce", json) { sealed.nonce = Data($0) }
            reader.base64("ciphertext", json) { sealed.ciphertext = Data($0) }
            reader.close(json)
            household.sealed = sealed
        }
        reader.flag("synthetic", json) { household.synthetic = true }
        reader.number("warningCount", json) { household.warningCount = $0 }
        reader.text("questionnaire", json) { household.questionnaire = $0 }
        guard reader.skip("}}", json), reader.isWhole(json) else { return nil }
        return household
    }
}

/// Reads JSON of texts without escapes, field by field; whatever it does not know ends it.
private struct PlainJSONReader {
    private var position = 0
    private var hasFailed = false
    /// Whether the innermost object has a field already.
    private var needsComma = false

    func isWhole(_ json: Span<UInt8>) -> Bool { !hasFailed && position == json.count }

    /// Whether these bytes come next; goes past them then.
    mutating func skip(_ expected: StaticString, _ json: Span<UInt8>) -> Bool {
        let count = expected.utf8CodeUnitCount
        guard !hasFailed, json.count - position >= count else { return false }
        for offset in 0..<count {
            let byte = unsafe expected.utf8Start[offset]
            guard json[position + offset] == byte else { return false }
        }
        position += count
        return true
    }

    private mutating func skip(_ expected: UInt8, _ json: Span<UInt8>) -> Bool {
        guard !hasFailed, position < json.count, json[position] == expected else { return false }
        position += 1
        return true
    }

    /// Whether a field of this name comes next; goes past its name then.
    private mutating func key(_ name: StaticString, _ json: Span<UInt8>) -> Bool {
        let start = position
        if needsComma, !skip(UInt8(ascii: ","), json) { return false }
        guard skip(UInt8(ascii: "\""), json), skip(name, json), skip("\":", json) else {
            position = start
            return false
        }
        needsComma = true
        return true
    }

    mutating func open(_ name: StaticString, _ json: Span<UInt8>) -> Bool {
        guard key(name, json) else { return false }
        guard skip(UInt8(ascii: "{"), json) else {
            hasFailed = true
            return false
        }
        needsComma = false
        return true
    }

    mutating func close(_ json: Span<UInt8>) {
        if !skip(UInt8(ascii: "}"), json) { hasFailed = true }
        needsComma = true
    }

    /// The bytes between quotes; nil where there is an escape, or a byte outside printable ASCII.
    private mutating func quoted(_ json: Span<UInt8>) -> Range<Int>? {
        guard skip(UInt8(ascii: "\""), json) else {
            hasFailed = true
            return nil
        }
        let start = position
        while position < json.count {
            let byte = json[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return start..<position - 1
            }
            if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\\") { break }
            position += 1
        }
        hasFailed = true
        return nil
    }

    private mutating func string(_ json: Span<UInt8>) -> String? {
        guard let range = quoted(json) else { return nil }
        return String(asciiBytes: json.extracting(range))
    }

    /// A number as it is written in the one way: no sign, no zero before it.
    private mutating func digits(_ json: Span<UInt8>, atMost limit: UInt64) -> UInt64? {
        let start = position
        var value: UInt64 = 0
        while position < json.count, case let digit = json[position] &- UInt8(ascii: "0"),
            digit <= 9
        {
            let (tens, isOver) = value.multipliedReportingOverflow(by: 10)
            let (sum, isAbove) = tens.addingReportingOverflow(UInt64(digit))
            guard !isOver, !isAbove, sum <= limit else {
                hasFailed = true
                return nil
            }
            value = sum
            position += 1
        }
        guard position > start, json[start] != UInt8(ascii: "0") || position == start + 1 else {
            hasFailed = true
            return nil
        }
        return value
    }

    mutating func text(_ name: StaticString, _ json: Span<UInt8>, _ take: (String) -> Void) {
        if key(name, json), let text = string(json) { take(text) }
    }

    mutating func number(_ name: StaticString, _ json: Span<UInt8>, _ take: (UInt32) -> Void) {
        guard key(name, json) else { return }
        if let number = digits(json, atMost: UInt64(UInt32.max)) { take(UInt32(number)) }
    }

    mutating func keyID(_ name: StaticString, _ json: Span<UInt8>, _ take: (UInt64) -> Void) {
        guard key(name, json) else { return }
        guard skip(UInt8(ascii: "\""), json), let number = digits(json, atMost: .max),
            skip(UInt8(ascii: "\""), json)
        else {
            hasFailed = true
            return
        }
        take(number)
    }

    mutating func base64(_ name: StaticString, _ json: Span<UInt8>, _ take: ([UInt8]) -> Void) {
        guard key(name, json), let range = quoted(json) else { return }
        guard let bytes = Base64.decode(json.extracting(range)) else {
            hasFailed = true
            return
        }
        take(bytes)
    }

    mutating func flag(_ name: StaticString, _ json: Span<UInt8>, _ take: () -> Void) {
        guard key(name, json) else { return }
        if skip("true", json) { take() } else { hasFailed = true }
    }

    mutating func numbers(
        _ name: StaticString,
        _ json: Span<UInt8>,
        _ take: ([UInt32]) -> Void
    ) {
        guard key(name, json) else { return }
        var numbers: [UInt32] = []
        numbers.reserveCapacity(8)
        list(json) { reader, json in
            guard let number = reader.digits(json, atMost: UInt64(UInt32.max)) else { return }
            numbers.append(UInt32(number))
        }
        take(numbers)
    }

    mutating func texts(
        _ name: StaticString,
        _ json: Span<UInt8>,
        _ take: ([String]) -> Void
    ) {
        guard key(name, json) else { return }
        var texts: [String] = []
        list(json) { reader, json in
            if let text = reader.string(json) { texts.append(text) }
        }
        take(texts)
    }

    /// At least one element between brackets; an empty list is never written.
    private mutating func list(
        _ json: Span<UInt8>,
        _ element: (inout PlainJSONReader, Span<UInt8>) -> Void
    ) {
        guard skip(UInt8(ascii: "["), json) else {
            hasFailed = true
            return
        }
        repeat { element(&self, json) } while skip(UInt8(ascii: ","), json)
        if !skip(UInt8(ascii: "]"), json) { hasFailed = true }
    }
}
