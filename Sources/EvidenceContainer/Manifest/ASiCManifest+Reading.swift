import Cryptography

extension ASiCManifest {
    /// Reads a manifest, whoever made it; the name is that of its entry, for errors.
    ///
    /// Read is the part of the schema that says which signature covers which files. Extensions are
    /// refused: they may say something that changes what a signature means.
    package init(bytes: [UInt8], name: String) throws(ContainerError) {
        guard bytes.count <= Self.byteCountMax else {
            throw ContainerError(.manifestTooLarge, .manifest(name, offset: bytes.count))
        }
        var reading = ManifestReading(xml: try XMLReader(bytes, document: name))
        self = try reading.manifest()
    }
}

/// Walks the elements in the order of the schema.
private struct ManifestReading {
    private static let root = XMLName(ASiCManifest.namespace, "ASiCManifest")
    private static let signature = XMLName(ASiCManifest.namespace, "SigReference")
    private static let reference = XMLName(ASiCManifest.namespace, "DataObjectReference")
    private static let method = XMLName(ASiCManifest.signatureNamespace, "DigestMethod")
    private static let value = XMLName(ASiCManifest.signatureNamespace, "DigestValue")

    var xml: XMLReader

    mutating func manifest() throws(ContainerError) -> ASiCManifest {
        guard try start(Self.root) != nil else { throw xml.error(.unsupportedManifest) }
        guard let attributes = try start(Self.signature) else {
            throw xml.error(.unsupportedManifest)
        }
        let (signatureName, kind) = try signature(attributes)
        try end()
        var references: [ASiCManifest.Reference] = []
        var names: Set<String> = []
        while let attributes = try start(Self.reference) {
            let reference = try reference(attributes)
            guard names.insert(reference.name).inserted else {
                throw xml.error(.duplicateReference)
            }
            references.append(reference)
            try end()
        }
        guard !references.isEmpty else { throw xml.error(.unsupportedManifest) }
        // `start` has taken the root's end; nothing may follow but comments and blanks.
        guard try xml.next() == nil else { throw xml.error(.malformedManifest) }
        return ASiCManifest(
            signatureName: signatureName,
            signatureKind: kind,
            references: references
        )
    }

    private func signature(
        _ attributes: [String: String]
    ) throws(ContainerError) -> (String, ASiCManifest.SignatureKind) {
        let name = try name(attributes)
        let kind = ASiCManifest.SignatureKind.allCases.first { kind in
            // The schema does not require the media type.
            name.hasSuffix(kind.suffix)
                && attributes["MimeType", default: kind.mediaType]
                    == kind.mediaType
        }
        guard let kind, name.hasPrefix(EntryName.metadataFolder) else {
            throw xml.error(.unsupportedSignature)
        }
        return (name, kind)
    }

    private mutating func reference(
        _ attributes: [String: String]
    ) throws(ContainerError) -> ASiCManifest.Reference {
        let name = try name(attributes)
        guard let method = try start(Self.method) else { throw xml.error(.unsupportedManifest) }
        guard method["Algorithm"] == ASiCManifest.sha256 else {
            throw xml.error(.unsupportedDigest)
        }
        try end()
        guard try start(Self.value) != nil else { throw xml.error(.unsupportedManifest) }
        let text = try text()
        guard let digest = Base64.decode(text).flatMap({ Digest(bytes: $0) }) else {
            throw xml.error(.unsupportedDigest)
        }
        let mediaType = attributes["MimeType"] ?? ""
        guard mediaType.isEmpty || MediaType.admits(mediaType) else {
            throw xml.error(.mediaTypeRefused)
        }
        return ASiCManifest.Reference(name: name, mediaType: mediaType, digest: digest)
    }

    private func name(_ attributes: [String: String]) throws(ContainerError) -> String {
        guard let uri = attributes["URI"], let name = PercentEncoding.decode(uri) else {
            throw xml.error(.malformedReference)
        }
        return name
    }

    /// The next element, which must have this name, or nil where the parent ends.
    private mutating func start(_ name: XMLName) throws(ContainerError) -> [String: String]? {
        while true {
            switch try xml.next() {
            case .text(let text) where text.utf8.allSatisfy(XMLReader.isBlank): continue
            case .start(name, let attributes): return attributes
            case .end: return nil
            default: throw xml.error(.unsupportedManifest)
            }
        }
    }

    /// The end of an element that holds nothing more.
    private mutating func end() throws(ContainerError) {
        while true {
            switch try xml.next() {
            case .text(let text) where text.utf8.allSatisfy(XMLReader.isBlank): continue
            case .end: return
            default: throw xml.error(.unsupportedManifest)
            }
        }
    }

    /// The text of an element without others in it, up to its end, without the blanks around it.
    private mutating func text() throws(ContainerError) -> String {
        var text = ""
        while let event = try xml.next() {
            switch event {
            case .text(let part): text += part
            case .start: throw xml.error(.unsupportedManifest)
            case .end:
                let bytes = Array(text.utf8)
                guard
                    let first = bytes.firstIndex(where: { !XMLReader.isBlank($0) }),
                    let last = bytes.lastIndex(where: { !XMLReader.isBlank($0) })
                else { return "" }
                return String(decoding: bytes[first...last], as: UTF8.self)
            }
        }
        return text
    }
}
