/// The path and query of a request, read strictly: what is spelled twice over is refused.
struct RequestTarget {
    let segments: [String]
    let query: [(name: String, value: String)]

    init(_ target: String) throws(Problem) {
        let parts = target.split(
            separator: "?",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let path = parts.first, path.hasPrefix("/") else { throw Problem(.pathMalformed) }
        var segments: [String] = []
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = Self.decode(part), !segment.contains("/"), segment != ".",
                segment != ".."
            else { throw Problem(.pathMalformed) }
            segments.append(segment)
        }
        self.segments = segments
        var query: [(name: String, value: String)] = []
        for pair in parts.count == 2 ? parts[1].split(separator: "&") : [] {
            let sides = pair.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let name = Self.decode(sides[0]), !query.contains(where: { $0.name == name }),
                let value = sides.count == 2 ? Self.decode(sides[1]) : ""
            else { throw Problem(.parameterMalformed, "…") }
            query.append((name, value))
        }
        self.query = query
    }

    /// Percent-decoding; nil where the bytes are no UTF-8 or hold controls.
    private static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Self.isHexDigit($0) }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
