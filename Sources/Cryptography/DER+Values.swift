extension DER {
    /// One value, taken out of the bytes it lies in.
    struct Value {
        /// With class, number and whether it is made of values.
        let firstByte: UInt8

        /// Tag, length and content.
        let encoded: ArraySlice<UInt8>

        let content: ArraySlice<UInt8>

        var isConstructed: Bool { firstByte & 0x20 != 0 }

        /// Whether its bytes may be DER again: strings of bits and of octets, and what is told by
        /// its place alone.
        fileprivate var mayHoldValues: Bool {
            firstByte == 0x03 || firstByte == 0x04 || firstByte & 0xC0 != 0
        }
    }

    /// The values that fill all the bytes, one after the other; nil where they do not.
    static func values(in bytes: ArraySlice<UInt8>) -> [Value]? {
        var values: [Value] = []
        var rest = bytes
        while !rest.isEmpty {
            guard let value = firstValue(of: rest) else { return nil }
            values.append(value)
            rest = bytes[value.encoded.endIndex...]
        }
        return values
    }

    /// What DER says in the end: the content of every value in it that is not made of values.
    ///
    /// What may be DER again is given as it is, and then once more taken apart. Bytes that are no
    /// DER are one content. So all of it is in some content, but for tags and lengths.
    package static func contents(of der: [UInt8]) -> [ArraySlice<UInt8>] {
        var contents: [ArraySlice<UInt8>] = []
        if !collect(der[...], depth: 0, into: &contents) { contents.append(der[...]) }
        return contents
    }

    /// Certificates and signatures have some ten levels.
    private static let depthLimit = 64

    private static func collect(
        _ bytes: ArraySlice<UInt8>,
        depth: Int,
        into contents: inout [ArraySlice<UInt8>]
    ) -> Bool {
        guard depth < depthLimit, let values = values(in: bytes) else { return false }
        for value in values {
            if value.isConstructed, collect(value.content, depth: depth + 1, into: &contents) {
                continue
            }
            contents.append(value.content)
            guard !value.isConstructed, value.mayHoldValues else { continue }
            // A string of bits begins with the number of those at its end that do not count.
            let inner = value.firstByte == 0x03 ? value.content.dropFirst() : value.content
            _ = collect(inner, depth: depth + 1, into: &contents)
        }
        return true
    }

    private static func firstValue(of bytes: ArraySlice<UInt8>) -> Value? {
        var rest = bytes
        guard let firstByte = rest.popFirst() else { return nil }
        if firstByte & 0x1F == 0x1F {
            // The tag's number in groups of seven bits, of which the last has no high bit.
            rest = rest.drop { $0 & 0x80 != 0 }
            guard rest.popFirst() != nil else { return nil }
        }
        guard let short = rest.popFirst() else { return nil }
        var count = Int(short)
        if short >= 0x80 {
            // 0x80 is BER's length that is not told.
            let byteCount = Int(short & 0x7F)
            guard (1...4).contains(byteCount), rest.count >= byteCount else { return nil }
            count = rest.prefix(byteCount).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(byteCount)
        }
        guard count <= rest.count else { return nil }
        let content = rest.prefix(count)
        return Value(
            firstByte: firstByte,
            encoded: bytes[bytes.startIndex..<content.endIndex],
            content: content
        )
    }
}
