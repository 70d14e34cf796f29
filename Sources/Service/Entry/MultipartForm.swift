/// A form as browsers send it with a file (RFC 7578), read strictly; bounded by its body.
///
/// Names are this program's own, so whatever else stands there is no form of ours. A file's name is
/// not kept: people write names of people into it.
package struct MultipartForm: Sendable {
    static let type = "multipart/form-data"

    /// Texts by name.
    package private(set) var fields: [String: String] = [:]
    /// Where in the body a file lies, by its field's name; empty where none was chosen.
    package private(set) var files: [String: Range<Int>] = [:]

    // A form of a hundred rows has a thousand fields; nobody types more.
    package static let partCountMax = 4000
    private static let headerByteCountMax = 1024

    /// Throws `bodyMalformed`.
    package init(_ body: [UInt8], contentType: String) throws(Problem) {
        guard let boundary = Self.boundary(contentType) else { throw Problem(.bodyMalformed) }
        let delimiter = Array("\r\n--".utf8) + boundary
        // The first delimiter has no line before it.
        guard body.starts(with: delimiter.dropFirst(2)) else { throw Problem(.bodyMalformed) }
        var offset = delimiter.count - 2
        var partCount = 0
        while body[offset...].starts(with: "\r\n".utf8) {
            partCount += 1
            guard partCount <= Self.partCountMax else { throw Problem(.bodyMalformed) }
            let part = try Self.header(body, from: offset + 2)
            guard let end = Self.place(of: delimiter, in: body, from: part.end) else {
                throw Problem(.bodyMalformed)
            }
            try take(part, part.end..<end, body)
            offset = end + delimiter.count
        }
        let rest = body[offset...]
        guard rest.elementsEqual("--".utf8) || rest.elementsEqual("--\r\n".utf8) else {
            throw Problem(.bodyMalformed)
        }
    }

    private mutating func take(
        _ part: Part,
        _ range: Range<Int>,
        _ body: [UInt8]
    ) throws(Problem) {
        guard fields[part.name] == nil, files[part.name] == nil else {
            throw Problem(.bodyMalformed)
        }
        guard !part.isFile else {
            files[part.name] = range
            return
        }
        guard let text = String(validating: body[range], as: UTF8.self),
            !text.unicodeScalars.contains(where: Self.isControl)
        else { throw Problem(.bodyMalformed) }
        fields[part.name] = text
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r": false
        default: scalar.value < 0x20 || scalar.value == 0x7F
        }
    }
}

extension MultipartForm {
    private struct Part {
        let name: String
        let isFile: Bool
        /// Where its content begins.
        let end: Int
    }

    /// RFC 2046 section 5.1.1: 1 to 70 characters of a few.
    private static func boundary(_ contentType: String) -> [UInt8]? {
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].trimmingSpaces.lowercased() == type else { return nil }
        let sides = parts[1].trimmingSpaces.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, sides[0].lowercased() == "boundary" else { return nil }
        var boundary = sides[1]
        if boundary.hasPrefix("\""), boundary.hasSuffix("\""), boundary.utf8.count > 1 {
            boundary = boundary.dropFirst().dropLast()
        }
        let isPlain = boundary.utf8.allSatisfy { byte in
            isLetterOrDigit(byte) || "'()+_,-./:=?".utf8.contains(byte)
        }
        guard isPlain, (1...70).contains(boundary.utf8.count) else { return nil }
        return Array(boundary.utf8)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }

    /// The lines above a part's content, of which browsers write two.
    private static func header(_ body: [UInt8], from start: Int) throws(Problem) -> Part {
        var offset = start
        var disposition: String?
        var hasType = false
        while let end = lineEnd(body, from: offset), end > offset {
            guard let line = String(validating: body[offset..<end], as: UTF8.self),
                let colon = line.firstIndex(of: ":")
            else { throw Problem(.bodyMalformed) }
            let value = String(line[line.index(after: colon)...].trimmingSpaces)
            switch line[..<colon].lowercased() {
            case "content-disposition" where disposition == nil: disposition = value
            case "content-type" where !hasType: hasType = true
            default: throw Problem(.bodyMalformed)
            }
            offset = end + 2
            guard offset - start <= headerByteCountMax else { throw Problem(.bodyMalformed) }
        }
        guard lineEnd(body, from: offset) == offset, let disposition else {
            throw Problem(.bodyMalformed)
        }
        let (name, isFile) = try names(disposition)
        return Part(name: name, isFile: isFile, end: offset + 2)
    }

    /// Where the line ends that begins there; nil where it does not within the limit.
    private static func lineEnd(_ body: [UInt8], from start: Int) -> Int? {
        let last = min(body.count - 1, start + headerByteCountMax)
        guard start < last else { return nil }
        for offset in start..<last
        where body[offset] == UInt8(ascii: "\r") && body[offset + 1] == UInt8(ascii: "\n") {
            return offset
        }
        return nil
    }

    /// `form-data; name="x"`, with `; filename="y"` where it is a file.
    private static func names(_ disposition: String) throws(Problem) -> (String, Bool) {
        let beginning = "form-data; name=\""
        guard disposition.hasPrefix(beginning) else { throw Problem(.bodyMalformed) }
        let text = disposition.dropFirst(beginning.count)
        guard let quote = text.firstIndex(of: "\"") else { throw Problem(.bodyMalformed) }
        let name = text[..<quote]
        let isPlain = name.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
        guard isPlain, (1...100).contains(name.utf8.count) else { throw Problem(.bodyMalformed) }
        let rest = text[text.index(after: quote)...]
        guard !rest.isEmpty else { return (String(name), false) }
        // Browsers write a quotation mark in a file's name as %22.
        let isFile =
            rest.hasPrefix("; filename=\"") && rest.hasSuffix("\"")
            && rest.dropFirst("; filename=\"".count).count { $0 == "\"" } == 1
        guard isFile else { throw Problem(.bodyMalformed) }
        return (String(name), true)
    }

    private static func place(
        of delimiter: [UInt8],
        in body: [UInt8],
        from start: Int
    ) -> Int? {
        var offset = start
        while offset + delimiter.count <= body.count {
            if body[offset] == delimiter[0], body[offset...].starts(with: delimiter) {
                return offset
            }
            offset += 1
        }
        return nil
    }
}
