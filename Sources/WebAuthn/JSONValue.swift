/// JSON (RFC 8259) read strictly.
///
/// UTF-8 without a byte order mark, each name of an object once, nothing before or after the value
/// but white space. What one reader might take otherwise than another is refused.
package enum JSONValue: Sendable, Hashable {
    case object([Member])
    case array([JSONValue])
    case string(String)
    /// As it is spelled; nothing here counts with it.
    case number(String)
    case boolean(Bool)
    case null

    /// A name of an object with its value.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: JSONValue
    }

    /// The bytes are no such JSON.
    package struct Malformed: Error, Hashable {
        package init() {}
    }

    /// Objects and arrays inside each other.
    package static let depthLimit = 8

    /// Every name, string and number in it.
    package var texts: [String] {
        switch self {
        case .object(let members): members.flatMap { [$0.name] + $0.value.texts }
        case .array(let elements): elements.flatMap(\.texts)
        case .string(let text), .number(let text): [text]
        case .boolean, .null: []
        }
    }

    /// Reads one value that must fill all the bytes.
    package static func decode(_ bytes: [UInt8]) throws(Malformed) -> JSONValue {
        // Checked once for all the strings in it.
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Malformed() }
        var reader = JSONReader(rest: bytes[...])
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.rest.isEmpty else { throw Malformed() }
        return value
    }
}

/// Goes through the bytes from one value to the next.
private struct JSONReader {
    var rest: ArraySlice<UInt8>

    mutating func skipSpace() {
        rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    mutating func value(depth: Int) throws(JSONValue.Malformed) -> JSONValue {
        switch rest.first {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try word("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func members(
        depth: Int
    ) throws(JSONValue.Malformed) -> [JSONValue.Member] {
        guard depth <= JSONValue.depthLimit else { throw JSONValue.Malformed() }
        rest = rest.dropFirst()
        skipSpace()
        var members: [JSONValue.Member] = []
        if take("}") { return members }
        var names: Set<String> = []
        repeat {
            skipSpace()
            let name = try string()
            // Swift takes canonically equivalent texts for one; so does whoever is careful.
            guard names.insert(name).inserted else { throw JSONValue.Malformed() }
            skipSpace()
            guard take(":") else { throw JSONValue.Malformed() }
            skipSpace()
            members.append(JSONValue.Member(name: name, value: try value(depth: depth)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw JSONValue.Malformed() }
        return members
    }

    private mutating func elements(depth: Int) throws(JSONValue.Malformed) -> [JSONValue] {
        guard depth <= JSONValue.depthLimit else { throw JSONValue.Malformed() }
        rest = rest.dropFirst()
        skipSpace()
        var elements: [JSONValue] = []
        if take("]") { return elements }
        repeat {
            skipSpace()
            elements.append(try value(depth: depth))
            skipSpace()
        } while take(",")
        guard take("]") else { throw JSONValue.Malformed() }
        return elements
    }

    private mutating func string() throws(JSONValue.Malformed) -> String {
        guard take("\"") else { throw JSONValue.Malformed() }
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escaped()
            case ..<0x20: throw JSONValue.Malformed()
            default: text.append(byte)
            }
        }
        throw JSONValue.Malformed()
    }

    private mutating func escaped() throws(JSONValue.Malformed) -> [UInt8] {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
        case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
        case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let first = try hexWord()
            var units = [first]
            if UTF16.isLeadSurrogate(first) {
                guard take("\\"), take("u") else { throw JSONValue.Malformed() }
                units.append(try hexWord())
            }
            guard let text = String(validating: units, as: UTF16.self) else {
                throw JSONValue.Malformed()
            }
            return Array(text.utf8)
        default: throw JSONValue.Malformed()
        }
    }

    private mutating func hexWord() throws(JSONValue.Malformed) -> UInt16 {
        var word: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = rest.popFirst(),
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw JSONValue.Malformed() }
            word = word << 4 | UInt16(digit)
        }
        return word
    }

    private mutating func number() throws(JSONValue.Malformed) -> String {
        let start = rest
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: start[..<rest.startIndex], as: UTF8.self)
    }

    private mutating func digits() throws(JSONValue.Malformed) {
        let after = rest.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard after.startIndex > rest.startIndex else { throw JSONValue.Malformed() }
        rest = after
    }

    private mutating func word(_ word: String) throws(JSONValue.Malformed) {
        guard rest.starts(with: word.utf8) else { throw JSONValue.Malformed() }
        rest = rest.dropFirst(word.utf8.count)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
