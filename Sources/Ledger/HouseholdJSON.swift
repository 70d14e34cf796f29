import Cryptography
import Survey

/// The event that nearly all records hold, in exactly the bytes of protobuf's JSON mapping.
///
/// Protobuf's encoder visits every field through a generic witness, which cost more than deciding,
/// hashing and storing the record together; written out, it is a tenth of that. A test compares the
/// two on all kinds of values.
enum HouseholdJSON {
    /// Nil where a text would need escapes: protobuf's encoder knows them.
    static func encode(_ household: HouseholdRecorded) -> [UInt8]? {
        var json = PlainJSON()
        json.bytes.reserveCapacity(512 + household.sealed.ciphertext.count * 4 / 3)
        json.open("householdRecorded")
        json.field("cycle", household.cycle)
        json.field("household", household.household)
        json.field("village", household.village)
        json.field("lao", household.lao)
        json.field("interviewedOn", household.interviewedOn)
        json.field("collector", household.collector)
        json.field("ages", household.ages) { $0.append(decimal: UInt64($1)) }
        json.field("inScope", household.inScope)
        json.field("failing", household.failing)
        json.field("checkedAtEntry", household.checkedAtEntry) { $0.append(quoted: $1) }
        if household.hasSealed {
            json.open("sealed")
            // Protobuf spells 64 bits as a string, since JavaScript's numbers have 53.
            let keyID = household.sealed.keyID
            json.field("keyId", keyID == 0 ? "" : String(keyID))
            json.field("nonce", Base64.encode(Array(household.sealed.nonce)))
            json.field("ciphertext", Base64.encode(Array(household.sealed.ciphertext)))
            json.close()
        }
        if household.synthetic { json.flag("synthetic") }
        json.close()
        return json.finished()
    }
}

/// Writes JSON of texts that need no escapes, and notices when one does.
private struct PlainJSON {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    private var isPlain = true

    mutating func open(_ name: StaticString) {
        key(name)
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func close() { bytes.append(UInt8(ascii: "}")) }

    /// A field with its default value is left out, as everywhere in protobuf's mapping.
    mutating func field(_ name: StaticString, _ text: String) {
        guard !text.isEmpty else { return }
        key(name)
        append(quoted: text)
    }

    mutating func field<Element>(
        _ name: StaticString,
        _ elements: [Element],
        _ append: (inout PlainJSON, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (offset, element) in elements.enumerated() {
            if offset > 0 { bytes.append(UInt8(ascii: ",")) }
            append(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func flag(_ name: StaticString) {
        key(name)
        bytes.append(contentsOf: "true".utf8)
    }

    mutating func append(decimal number: UInt64) { bytes.append(decimal: number) }

    mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        for offset in start..<bytes.count {
            let byte = bytes[offset]
            if byte < 0x20 || byte > 0x7E || byte == UInt8(ascii: "\"")
                || byte == UInt8(ascii: "\\")
            {
                isPlain = false
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The object, or nil when a text was not plain.
    consuming func finished() -> [UInt8]? {
        close()
        return isPlain ? bytes : nil
    }

    private mutating func key(_ name: StaticString) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { name in unsafe bytes.append(contentsOf: name) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }
}
