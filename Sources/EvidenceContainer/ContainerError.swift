/// Why bytes are no container, or files cannot become one; only code and place take part in
/// equality.
package struct ContainerError: Error, Hashable, Sendable {
    /// Where in the bytes the fault lies.
    package enum Place: Hashable, Sendable {
        case container
        /// A byte of the archive.
        case offset(Int)
        /// The 0-based number of an entry, and its name once that is known to be printable.
        case entry(Int, name: String?)
        /// A byte of a manifest.
        case manifest(String, offset: Int)
    }

    /// Stable: scripts and translations rely on these words.
    package enum Code: String, Sendable, CaseIterable {
        // the archive as a whole
        case comment
        case leadingBytes
        case multiDisk
        case notAZip
        case overlappingEntries
        case tooLarge
        case tooManyEntries
        case trailingBytes
        case truncated
        case unlistedBytes
        case zip64
        // one entry
        case dataDescriptor
        case duplicateName
        case encrypted
        case extraField
        case headersDiffer
        case malformedDeflate
        case malformedHeader
        case nameRefused
        case notAFile
        case outsideFile
        case unsupportedCompression
        case unsupportedFeature
        case wrongChecksum
        case wrongSize
        // what makes an archive an ASiC-E container
        case mediaTypeRefused
        case mimetypeMissing
        case mimetypeNotFirst
        case mimetypeNotPlain
        case mimetypeWrong
        case reservedName
        // a manifest
        case duplicateReference
        case malformedManifest
        case malformedReference
        case manifestDoctype
        case manifestEntity
        case manifestTooLarge
        case unsupportedDigest
        case unsupportedManifest
        case unsupportedSignature
    }

    package let code: Code
    package let place: Place

    init(_ code: Code, _ place: Place) {
        self.code = code
        self.place = place
    }

    init(_ code: Code, entry: Int, _ name: String? = nil) {
        self.init(code, .entry(entry, name: name))
    }

    /// One sentence saying where, what is wrong, and what to do; never a byte of the contents.
    package var thai: String { place.thai + code.sentences.thai }
    package var english: String { place.english + code.sentences.english }
}

extension ContainerError: CustomStringConvertible {
    package var description: String { "\(code.rawValue): \(english)" }
}

extension ContainerError.Place {
    fileprivate var thai: String {
        switch self {
        case .container: ""
        case .offset(let offset): "ไบต์ที่ \(offset): "
        case .entry(let index, let name): "รายการที่ \(index)\(Self.shown(name)): "
        case .manifest(let name, let offset): "\(name) ไบต์ที่ \(offset): "
        }
    }

    fileprivate var english: String {
        switch self {
        case .container: ""
        case .offset(let offset): "Byte \(offset): "
        case .entry(let index, let name): "Entry \(index)\(Self.shown(name)): "
        case .manifest(let name, let offset): "\(name), byte \(offset): "
        }
    }

    private static func shown(_ name: String?) -> String { name.map { " (\($0))" } ?? "" }
}
