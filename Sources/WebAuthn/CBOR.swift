/// What authenticators write: the part of CBOR (RFC 8949) that CTAP2 allows them, less floats.
///
/// Definite lengths, integers in their shortest form, keys of maps that are integers or texts and
/// occur once; all of it bounded, so that no input costs more than its own length.
package enum CBOR: Sendable, Hashable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([Member])
    case boolean(Bool)
    case null

    /// A key of a map with its value.
    package struct Member: Sendable, Hashable {
        package let key: CBOR
        package let value: CBOR
    }

    /// The bytes are not in that part of CBOR.
    package struct Malformed: Error, Hashable {
        package init() {}
    }

    /// Maps and arrays inside each other.
    package static let depthLimit = 8

    /// Reads one value that must fill all the bytes.
    package static func decode(_ bytes: [UInt8]) throws(Malformed) -> CBOR {
        var rest = bytes[...]
        let value = try decodeFirst(of: &rest)
        guard rest.isEmpty else { throw Malformed() }
        return value
    }

    /// Reads the value that the bytes begin with, and takes it off them.
    package static func decodeFirst(of rest: inout ArraySlice<UInt8>) throws(Malformed) -> CBOR {
        try value(&rest, depth: 0)
    }

    /// The beginning of a value: its major type, and a number in the shortest form.
    package static func head(major: UInt8, _ number: UInt64) -> [UInt8] {
        let type = major << 5
        func bigEndian(_ byteCount: Int) -> [UInt8] {
            (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        return switch number {
        case 0..<24: [type | UInt8(number)]
        case 24...0xFF: [type | 24] + bigEndian(1)
        case 0x100...0xFFFF: [type | 25] + bigEndian(2)
        case 0x1_0000...0xFFFF_FFFF: [type | 26] + bigEndian(4)
        default: [type | 27] + bigEndian(8)
        }
    }
}

extension CBOR {
    private static func value(
        _ rest: inout ArraySlice<UInt8>,
        depth: Int
    ) throws(Malformed) -> CBOR {
        guard let first = rest.first else { throw Malformed() }
        if first >> 5 == 7 {
            rest = rest.dropFirst()
            switch first {
            case 0xF4: return .boolean(false)
            case 0xF5: return .boolean(true)
            case 0xF6: return .null
            default: throw Malformed()
            }
        }
        let number = try number(&rest)
        switch first >> 5 {
        case 0:
            guard let integer = Int64(exactly: number) else { throw Malformed() }
            return .integer(integer)
        case 1:
            guard let integer = Int64(exactly: number) else { throw Malformed() }
            return .integer(-1 - integer)
        case 2: return .bytes(Array(try take(number, of: &rest)))
        case 3:
            guard let text = String(validating: try take(number, of: &rest), as: UTF8.self) else {
                throw Malformed()
            }
            return .text(text)
        case 4: return .array(try elements(number, &rest, depth: depth + 1))
        case 5: return .map(try members(number, &rest, depth: depth + 1))
        // Tags, which CTAP2 forbids.
        default: throw Malformed()
        }
    }

    /// The number in a value's head; one that would fit a shorter form is refused.
    private static func number(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> UInt64 {
        guard let first = rest.popFirst() else { throw Malformed() }
        let short = first & 0x1F
        if short < 24 { return UInt64(short) }
        // 28 to 30 mean nothing, 31 is a length that is not told.
        guard short < 28 else { throw Malformed() }
        let byteCount = 1 << Int(short - 24)
        guard rest.count >= byteCount else { throw Malformed() }
        let number = rest.prefix(byteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(byteCount)
        guard head(major: 0, number).count == 1 + byteCount else { throw Malformed() }
        return number
    }

    private static func take(
        _ count: UInt64,
        of rest: inout ArraySlice<UInt8>
    ) throws(Malformed) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw Malformed() }
        let taken = rest.prefix(Int(count))
        rest = rest.dropFirst(Int(count))
        return taken
    }

    private static func elements(
        _ count: UInt64,
        _ rest: inout ArraySlice<UInt8>,
        depth: Int
    ) throws(Malformed) -> [CBOR] {
        // Each of them takes a byte at least.
        guard depth <= depthLimit, count <= UInt64(rest.count) else { throw Malformed() }
        var elements: [CBOR] = []
        for _ in 0..<count { elements.append(try value(&rest, depth: depth)) }
        return elements
    }

    private static func members(
        _ count: UInt64,
        _ rest: inout ArraySlice<UInt8>,
        depth: Int
    ) throws(Malformed) -> [Member] {
        guard depth <= depthLimit, count <= UInt64(rest.count) / 2 else { throw Malformed() }
        var members: [Member] = []
        var keys: Set<CBOR> = []
        for _ in 0..<count {
            let key = try value(&rest, depth: depth)
            switch key {
            case .integer, .text: break
            default: throw Malformed()
            }
            guard keys.insert(key).inserted else { throw Malformed() }
            members.append(Member(key: key, value: try value(&rest, depth: depth)))
        }
        return members
    }
}
