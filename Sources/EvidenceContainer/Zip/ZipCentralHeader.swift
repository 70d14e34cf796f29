/// What the directory says of one entry, once everything that it can say wrong alone is excluded.
struct ZipCentralHeader {
    let index: Int
    let name: String
    let fields: ZipEntryFields

    /// Where the entry's local header lies.
    let offset: Int

    let hasExtraField: Bool

    /// Where the next header of the directory begins.
    let endOffset: Int

    init(
        _ bytes: [UInt8],
        at start: Int,
        until end: Int,
        index: Int
    ) throws(ContainerError) {
        let nameOffset = start + ZipFormat.centralByteCount
        guard nameOffset <= end else { throw ContainerError(.outsideFile, entry: index) }
        guard bytes.littleEndian(at: start) == ZipFormat.centralSignature else {
            throw ContainerError(.malformedHeader, entry: index)
        }
        let fields = ZipEntryFields(bytes, at: start + ZipEntryFields.centralOffset)
        let extraByteCount: UInt16 = bytes.littleEndian(at: start + 30)
        let commentByteCount: UInt16 = bytes.littleEndian(at: start + 32)
        let disk: UInt16 = bytes.littleEndian(at: start + 34)
        let attributes: UInt32 = bytes.littleEndian(at: start + 38)
        let localOffset: UInt32 = bytes.littleEndian(at: start + 42)
        let extraOffset = nameOffset + Int(fields.nameByteCount)
        let commentOffset = extraOffset + Int(extraByteCount)
        guard commentOffset + Int(commentByteCount) <= end else {
            throw ContainerError(.outsideFile, entry: index)
        }
        let nameBytes = bytes[nameOffset..<extraOffset]
        guard EntryName.admits(nameBytes) else { throw ContainerError(.nameRefused, entry: index) }
        let name = String(decoding: nameBytes, as: UTF8.self)
        let isZip64 = [fields.packedByteCount, fields.byteCount, localOffset].contains(.max)
        let extraFault = ZipExtraField.fault(in: bytes[extraOffset..<commentOffset])
        let version: UInt16 = bytes.littleEndian(at: start + 6)
        let fault: ContainerError.Code? =
            if isZip64 {
                .zip64
            } else if disk != 0 {
                .multiDisk
            } else if let extraFault {
                extraFault
            } else if commentByteCount > 0 {
                .comment
            } else if !Self.isFile(attributes) {
                .notAFile
            } else if version > ZipFormat.versionMax {
                .unsupportedFeature
            } else {
                Self.fault(in: fields)
            }
        if let fault { throw ContainerError(fault, entry: index, name) }
        self.index = index
        self.name = name
        self.fields = fields
        offset = Int(localOffset)
        hasExtraField = extraByteCount > 0
        endOffset = commentOffset
    }

    // "general purpose bit flag" (4.4.4)
    private static let encryptionFlags: UInt16 = 1 << 0 | 1 << 6 | 1 << 13
    private static let descriptorFlag: UInt16 = 1 << 3
    // How hard the packer tried, and that the name is UTF-8, as ASCII is.
    private static let harmlessFlags: UInt16 = 1 << 1 | 1 << 2 | 1 << 11

    private static func fault(in fields: ZipEntryFields) -> ContainerError.Code? {
        if fields.flags & encryptionFlags != 0 { return .encrypted }
        if fields.flags & descriptorFlag != 0 { return .dataDescriptor }
        if fields.flags & ~harmlessFlags != 0 { return .unsupportedFeature }
        switch fields.method {
        case ZipFormat.stored:
            return fields.packedByteCount == fields.byteCount ? nil : .wrongSize
        case ZipFormat.deflated:
            // Room is made for what the size promises, so it must at least be possible.
            let byteCountMax = Int(fields.packedByteCount) * Inflate.ratioMax
            return Int(fields.byteCount) <= byteCountMax ? nil : .wrongSize
        default: return .unsupportedCompression
        }
    }

    /// Whether the attributes are those of a plain file: an unpacked link would show other bytes
    /// than those that were signed.
    private static func isFile(_ attributes: UInt32) -> Bool {
        let unixKind = attributes >> 16 & 0o170000
        let dosFolder: UInt32 = 0x10
        return (unixKind == 0 || unixKind == 0o100000) && attributes & dosFolder == 0
    }
}

/// Extra fields (APPNOTE 4.5): tolerated are those that stock packers add about times and owners.
enum ZipExtraField {
    // Others say something about contents, names or sizes that not every reader heeds.
    private static let harmless: Set<UInt16> = [
        0x000A,  // NTFS: times
        0x5455,  // "UT": times
        0x5855,  // "UX": times and owner
        0x7855,  // "Ux": owner
        0x7875,  // "ux": owner
    ]

    private static let zip64: UInt16 = 0x0001

    /// Why the fields cannot be read over, or nil.
    static func fault(in bytes: ArraySlice<UInt8>) -> ContainerError.Code? {
        var rest = bytes
        while !rest.isEmpty {
            guard rest.count >= 4 else { return .extraField }
            let head = Array(rest.prefix(4))
            let kind: UInt16 = head.littleEndian(at: 0)
            let byteCount: UInt16 = head.littleEndian(at: 2)
            if kind == zip64 { return .zip64 }
            guard harmless.contains(kind), rest.count - 4 >= Int(byteCount) else {
                return .extraField
            }
            rest = rest.dropFirst(4 + Int(byteCount))
        }
        return nil
    }
}
