/// Reads the XML that a manifest needs (XML 1.0 and Namespaces in XML 1.0, a part of them), piece
/// by piece and without ever keeping the document.
///
/// Foundation's parser is not used: it hands bytes of strangers to libxml2, knows document type
/// declarations and entities, and cannot be told to refuse them before it has read them. Here they
/// are not in the language: nothing expands, nothing is fetched, and what is left is small. How
/// deep elements lie is bounded by its user, who reads no further than the first one out of place.
struct XMLReader {
    enum Event: Equatable {
        case start(XMLName, [String: String])
        case text(String)
        case end
    }

    static let attributeCountMax = 32

    let bytes: [UInt8]
    let document: String
    var position: Int

    private struct Element {
        let tag: String
        let namespaces: [String: String]
    }
    private var open: [Element] = []
    private var hasRoot = false
    // `<a/>` is one piece of text and two events.
    private var closesAtOnce = false

    /// Begins to read a document, named in errors.
    init(_ bytes: [UInt8], document: String) throws(ContainerError) {
        self.bytes = bytes
        self.document = document
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        position = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        // XML 1.0 §2.2: of the control characters only these three; UTF-16 ends here too.
        let invalid = bytes.firstIndex { byte in
            byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte)
        }
        if let invalid { throw error(.malformedManifest, at: invalid) }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw error(.malformedManifest)
        }
        try readDeclaration()
    }

    func error(_ code: ContainerError.Code, at offset: Int? = nil) -> ContainerError {
        ContainerError(code, .manifest(document, offset: offset ?? position))
    }

    /// The next piece, or nil after the end of the document.
    mutating func next() throws(ContainerError) -> Event? {
        if closesAtOnce {
            closesAtOnce = false
            return .end
        }
        while position < bytes.count {
            if skip("<!--") {
                try skipComment()
            } else if skip("</") {
                return try readEnd()
            } else if isAt("<!DOCTYPE") {
                throw error(.manifestDoctype)
            } else if isAt("<!") || isAt("<?") {
                throw error(.malformedManifest)
            } else if skip("<") {
                return try readStart()
            } else if let text = try readText() {
                return .text(text)
            }
        }
        guard hasRoot, open.isEmpty else { throw error(.malformedManifest) }
        return nil
    }

    private mutating func skipComment() throws(ContainerError) {
        while !isAt("--") {
            guard position < bytes.count else { throw error(.malformedManifest) }
            position += 1
        }
        guard skip("-->") else { throw error(.malformedManifest) }
    }

    /// Text of an element; nil for the blanks around the root element.
    private mutating func readText() throws(ContainerError) -> String? {
        let start = position
        let text = try readCharacters { byte in byte == UInt8(ascii: "<") }
        guard open.isEmpty else { return text }
        guard bytes[start..<position].allSatisfy(Self.isBlank) else {
            throw error(.malformedManifest, at: start)
        }
        return nil
    }

    private mutating func readEnd() throws(ContainerError) -> Event {
        let tag = try readName()
        skipBlanks()
        guard skip(">"), let element = open.popLast(), element.tag == tag else {
            throw error(.malformedManifest)
        }
        return .end
    }

    private mutating func readStart() throws(ContainerError) -> Event {
        guard !open.isEmpty || !hasRoot else { throw error(.malformedManifest) }
        hasRoot = true
        let tag = try readName()
        var attributes: [String: String] = [:]
        while true {
            let hasBlank = skipBlanks()
            if skip(">") { break }
            if skip("/>") {
                closesAtOnce = true
                break
            }
            let name = try readName()
            guard attributes.count < Self.attributeCountMax else {
                throw error(.manifestTooLarge)
            }
            let value = try readAttributeValue()
            guard hasBlank, attributes.updateValue(value, forKey: name) == nil else {
                throw error(.malformedManifest)
            }
        }
        var namespaces = open.last?.namespaces ?? [:]
        for (name, value) in attributes {
            if name == "xmlns" {
                namespaces[""] = value
            } else if name.hasPrefix("xmlns:") {
                guard !value.isEmpty else { throw error(.malformedManifest) }
                namespaces[String(name.dropFirst("xmlns:".count))] = value
            }
        }
        let name = try resolve(tag, namespaces)
        if !closesAtOnce { open.append(Element(tag: tag, namespaces: namespaces)) }
        return .start(name, attributes)
    }

    private func resolve(
        _ tag: String,
        _ namespaces: [String: String]
    ) throws(ContainerError) -> XMLName {
        let parts = tag.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: return XMLName(namespaces[""] ?? "", tag)
        case 2:
            guard let namespace = namespaces[parts[0]], !parts[1].isEmpty else {
                throw error(.malformedManifest)
            }
            return XMLName(namespace, parts[1])
        default: throw error(.malformedManifest)
        }
    }
}

/// The name of an element: whatever prefix its maker chose, the namespace tells it.
struct XMLName: Hashable {
    let namespace: String
    let local: String

    init(_ namespace: String, _ local: String) {
        self.namespace = namespace
        self.local = local
    }
}
