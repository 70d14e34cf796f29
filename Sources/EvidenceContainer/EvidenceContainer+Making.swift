import Cryptography

/// A file to put into a container.
package struct ContainerFile: Hashable, Sendable {
    package let name: String
    package let mediaType: String
    package let contents: [UInt8]

    package init(name: String, mediaType: String, contents: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.contents = contents
    }
}

/// One who signs or time-stamps: gets the bytes of a manifest, gives the signature in DER.
package struct ManifestSigner {
    package let kind: ASiCManifest.SignatureKind
    package let sign: (_ manifest: [UInt8]) throws -> [UInt8]

    package init(
        _ kind: ASiCManifest.SignatureKind,
        sign: @escaping (_ manifest: [UInt8]) throws -> [UInt8]
    ) {
        self.kind = kind
        self.sign = sign
    }
}

extension EvidenceContainer {
    /// The bytes of a container with these files, of which each signer signs a manifest of its own.
    ///
    /// The order of the files does not matter: they lie sorted by name. Throws `ContainerError` for
    /// files that no container can hold, and whatever a signer throws.
    package static func make(
        files: [ContainerFile],
        signers: [ManifestSigner]
    ) throws -> [UInt8] {
        precondition(!files.isEmpty, "a manifest lists at least one file")
        precondition(1...999 ~= signers.count, "nobody vouches for a container without a signer")
        try check(files)
        let sorted = files.sorted { left, right in
            left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        var entries = [ZipEntry(name: EntryName.mimetype, contents: Array(mediaType.utf8)[...])]
        entries += sorted.map { file in ZipEntry(name: file.name, contents: file.contents[...]) }
        // Signing may cost money or a PIN, so what cannot be written is refused before it.
        try ZipWriter.check(entries)
        entries += try signed(sorted.map(reference), by: signers)
        return try ZipWriter.archive(entries)
    }

    private static func check(_ files: [ContainerFile]) throws(ContainerError) {
        for (index, file) in files.enumerated() {
            // Only an admitted name is fit to be shown.
            let name = EntryName.admits(file.name) ? file.name : nil
            guard let name else { throw ContainerError(.nameRefused, entry: index) }
            guard !EntryName.isReserved(name) else {
                throw ContainerError(.reservedName, entry: index, name)
            }
            guard MediaType.admits(file.mediaType) else {
                throw ContainerError(.mediaTypeRefused, entry: index, name)
            }
        }
    }

    private static func reference(to file: ContainerFile) -> ASiCManifest.Reference {
        ASiCManifest.Reference(
            name: file.name,
            mediaType: file.mediaType,
            digest: SHA256.hash(file.contents)
        )
    }

    /// The manifests, numbered, and after each its signature, numbered among its kind.
    private static func signed(
        _ references: [ASiCManifest.Reference],
        by signers: [ManifestSigner]
    ) throws -> [ZipEntry] {
        var entries: [ZipEntry] = []
        var counts: [ASiCManifest.SignatureKind: Int] = [:]
        for (index, signer) in signers.enumerated() {
            counts[signer.kind, default: 0] += 1
            let number = threeDigits(counts[signer.kind, default: 0])
            let manifest = ASiCManifest(
                signatureName:
                    "\(EntryName.metadataFolder)\(signer.kind)\(number)\(signer.kind.suffix)",
                signatureKind: signer.kind,
                references: references
            )
            let bytes = manifest.encoded
            let signature = try signer.sign(bytes)
            let name = "\(EntryName.metadataFolder)ASiCManifest\(threeDigits(index + 1)).xml"
            entries.append(ZipEntry(name: name, contents: bytes[...]))
            entries.append(ZipEntry(name: manifest.signatureName, contents: signature[...]))
        }
        return entries
    }

    private static func threeDigits(_ number: Int) -> String {
        String(String(1000 + number).dropFirst())
    }
}
