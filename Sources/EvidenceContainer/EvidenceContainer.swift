/// An ASiC-E container with CAdES (ETSI EN 319 162-1): files, and signatures over lists of them.
///
///     mimetype                        what the archive is; the first entry
///     …                               the files
///     META-INF/ASiCManifest001.xml    names, media types and digests of the files
///     META-INF/signature001.p7s       the signature over the bytes of that manifest
///
/// A container that was opened is only well-formed. Whether its parts fit together is for `check()`
/// to say, and whether a signature is somebody's for whoever holds the keys: see `manifests`.
package struct EvidenceContainer: Sendable {
    package static let mediaType = "application/vnd.etsi.asic-e+zip"

    /// A manifest, the exact bytes that are signed, and the signature over them.
    package struct SignedManifest: Sendable {
        package let name: String
        package let bytes: ArraySlice<UInt8>
        package let manifest: ASiCManifest
        /// Nil where the container lacks it.
        package let signature: ArraySlice<UInt8>?
    }

    /// What the container is about, in the order of the archive.
    package let files: [ZipEntry]

    /// In the order of the archive.
    package let manifests: [SignedManifest]

    /// The entries of META-INF.
    let metadata: [ZipEntry]

    private let contentsByName: [String: ArraySlice<UInt8>]

    /// Opens a container that nobody vouches for.
    ///
    /// `heartbeat` is called before each entry, so that somebody knows that it goes on.
    package init(bytes: [UInt8], heartbeat: () -> Void = {}) throws(ContainerError) {
        let entries = try ZipReader.entries(of: bytes, heartbeat: heartbeat)
        try Self.checkMimetype(entries)
        var files: [ZipEntry] = []
        var metadata: [ZipEntry] = []
        for (index, entry) in entries.enumerated().dropFirst() {
            if entry.name.hasPrefix(EntryName.metadataFolder) {
                metadata.append(entry)
            } else if EntryName.isReserved(entry.name) {
                // Where case does not count it would be unpacked into META-INF.
                throw ContainerError(.reservedName, entry: index, entry.name)
            } else {
                files.append(entry)
            }
        }
        let contents = Dictionary(
            entries.map { ($0.name, $0.contents) },
            uniquingKeysWith: { first, _ in first }
        )
        var manifests: [SignedManifest] = []
        for entry in metadata where Self.isManifest(entry.name) {
            heartbeat()
            let manifest = try ASiCManifest(bytes: Array(entry.contents), name: entry.name)
            manifests.append(
                SignedManifest(
                    name: entry.name,
                    bytes: entry.contents,
                    manifest: manifest,
                    signature: contents[manifest.signatureName]
                )
            )
        }
        self.files = files
        self.metadata = metadata
        self.manifests = manifests
        contentsByName = contents
    }

    /// The bytes of any entry.
    package func contents(of name: String) -> ArraySlice<UInt8>? { contentsByName[name] }

    /// EN 319 162-1, A.1: programs recognise the file by its first bytes.
    private static func checkMimetype(_ entries: [ZipEntry]) throws(ContainerError) {
        guard let index = entries.firstIndex(where: { $0.name == EntryName.mimetype }) else {
            throw ContainerError(.mimetypeMissing, .container)
        }
        let fault: ContainerError.Code? =
            if index != 0 {
                .mimetypeNotFirst
            } else if !entries[index].isPlain {
                .mimetypeNotPlain
            } else if !entries[index].contents.elementsEqual(mediaType.utf8) {
                .mimetypeWrong
            } else {
                nil
            }
        if let fault { throw ContainerError(fault, entry: index, EntryName.mimetype) }
    }

    /// EN 319 162-1, 4.4.3.2: `META-INF/*ASiCManifest*.xml`.
    static func isManifest(_ name: String) -> Bool {
        let rest = name.dropFirst(EntryName.metadataFolder.count)
        return name.hasPrefix(EntryName.metadataFolder) && !rest.contains("/")
            && rest.contains("ASiCManifest") && rest.hasSuffix(".xml")
    }
}
