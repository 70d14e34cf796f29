/// The fields of a form as browsers send it (application/x-www-form-urlencoded), read strictly: each
/// name once, so many, UTF-8 without controls.
struct FormFields {
    let all: [(name: String, value: String)]
    private let values: [String: String]

    init(_ body: [UInt8], countMax: Int) throws(Problem) {
        var all: [(name: String, value: String)] = []
        var values: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            guard all.count < countMax else { throw Problem(.formMalformed) }
            let sides = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let name = Self.decode(sides[0]), !name.isEmpty,
                let value = sides.count == 2 ? Self.decode(sides[1]) : "",
                values.updateValue(value, forKey: name) == nil
            else { throw Problem(.formMalformed) }
            all.append((name, value))
        }
        self.all = all
        self.values = values
    }

    /// "" where there is none.
    subscript(name: String) -> String { values[name] ?? "" }

    /// Nil where the bytes are no UTF-8 or hold controls.
    private static func decode(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit),
                    let low = rest.popFirst().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
