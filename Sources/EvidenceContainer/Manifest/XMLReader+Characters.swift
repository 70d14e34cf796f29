extension XMLReader {
    private static let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]

    static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    func isAt(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    mutating func skip(_ text: String) -> Bool {
        guard isAt(text) else { return false }
        position += text.utf8.count
        return true
    }

    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = position
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        return position > start
    }

    /// XML 1.0 §2.8: version 1.0 and UTF-8, where there is a declaration at all.
    mutating func readDeclaration() throws(ContainerError) {
        guard skip("<?xml") else { return }
        var attributes: [String: String] = [:]
        while skipBlanks(), !isAt("?>") {
            let name = try readName()
            guard attributes.updateValue(try readAttributeValue(), forKey: name) == nil else {
                throw error(.malformedManifest)
            }
        }
        let known: Set<String> = ["version", "encoding", "standalone"]
        guard
            skip("?>"),
            attributes["version"] == "1.0",
            attributes["encoding", default: "UTF-8"].uppercased() == "UTF-8",
            known.isSuperset(of: attributes.keys)
        else { throw error(.malformedManifest) }
    }

    /// XML 1.0 §2.3, ASCII only: the names of the two vocabularies in use are.
    mutating func readName() throws(ContainerError) -> String {
        let start = position
        while position < bytes.count, Self.isNameByte(bytes[position], isFirst: position == start) {
            position += 1
        }
        guard position > start else { throw error(.malformedManifest) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: ":"):
            true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
        default: false
        }
    }

    /// What stands after an attribute's name: `="value"`.
    mutating func readAttributeValue() throws(ContainerError) -> String {
        skipBlanks()
        guard skip("=") else { throw error(.malformedManifest) }
        skipBlanks()
        guard position < bytes.count, Self.quotes.contains(bytes[position]) else {
            throw error(.malformedManifest)
        }
        let quote = bytes[position]
        position += 1
        let value = try readCharacters { byte in byte == quote || byte == UInt8(ascii: "<") }
        guard position < bytes.count, bytes[position] == quote else {
            throw error(.malformedManifest)
        }
        position += 1
        return value
    }

    /// Characters up to a byte that ends them, with references replaced.
    mutating func readCharacters(
        until isEnd: (UInt8) -> Bool
    ) throws(ContainerError) -> String {
        var characters: [UInt8] = []
        while position < bytes.count, !isEnd(bytes[position]) {
            if bytes[position] == UInt8(ascii: "&") {
                characters += try readReference().utf8
            } else {
                characters.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// XML 1.0 §4.1 and §4.6: a character by its number, or one of the five names.
    private mutating func readReference() throws(ContainerError) -> String {
        // The longest is `&#1114111;`.
        let window = bytes[position...].prefix(10)
        guard let end = window.firstIndex(of: UInt8(ascii: ";")) else {
            throw error(.manifestEntity)
        }
        let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        guard let character = Self.character(name) else { throw error(.manifestEntity) }
        position = end + 1
        return character
    }

    private static func character(_ name: String) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let isHex = name.hasPrefix("#x")
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard
            name.hasPrefix("#"), digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let number = UInt32(digits, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(number),
            number >= 0x20 || [0x09, 0x0A, 0x0D].contains(number),
            number & 0xFFFE != 0xFFFE
        else { return nil }
        return String(scalar)
    }
}
