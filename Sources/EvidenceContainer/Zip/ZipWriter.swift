/// Writes archives of stored entries; the same entries always make the same bytes.
package enum ZipWriter {
    /// The bytes of an archive with these entries in this order.
    ///
    /// Refused is what `ZipReader` would refuse: other names, collisions, too much.
    package static func archive(_ entries: [ZipEntry]) throws(ContainerError) -> [UInt8] {
        try check(entries)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount(of: entries))
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(bytes.count)
            let name = entry.name.utf8
            let fields = ZipEntryFields(
                checksum: CRC32.checksum(entry.contents),
                packedByteCount: UInt32(entry.contents.count),
                byteCount: UInt32(entry.contents.count),
                nameByteCount: UInt16(name.count)
            )
            appendLocalHeader(fields, name, to: &bytes)
            bytes += entry.contents
            appendCentralHeader(fields, name, at: offset, to: &directory)
        }
        let directoryOffset = UInt32(bytes.count)
        bytes += directory
        appendEnd(
            entryCount: UInt16(entries.count),
            directoryOffset: directoryOffset,
            directoryByteCount: UInt32(directory.count),
            to: &bytes
        )
        return bytes
    }

    /// Refuses what `archive` refuses.
    static func check(_ entries: [ZipEntry]) throws(ContainerError) {
        guard entries.count <= ZipFormat.entryCountMax else {
            throw ContainerError(.tooManyEntries, .container)
        }
        for (index, entry) in entries.enumerated() where !EntryName.admits(entry.name) {
            throw ContainerError(.nameRefused, entry: index)
        }
        if let index = EntryName.collision(among: entries.map(\.name)) {
            throw ContainerError(.duplicateName, entry: index, entries[index].name)
        }
        guard byteCount(of: entries) <= ZipFormat.byteCountMax else {
            throw ContainerError(.tooLarge, .container)
        }
    }

    private static func byteCount(of entries: [ZipEntry]) -> Int {
        entries.reduce(ZipFormat.endByteCount) { sum, entry in
            sum + ZipFormat.localByteCount + ZipFormat.centralByteCount
                + 2 * entry.name.utf8.count + entry.contents.count
        }
    }

    private static func appendLocalHeader(
        _ fields: ZipEntryFields,
        _ name: String.UTF8View,
        to bytes: inout [UInt8]
    ) {
        bytes.append(littleEndian: ZipFormat.localSignature)
        bytes.append(littleEndian: ZipFormat.version)
        fields.append(to: &bytes)
        // No extra field.
        bytes.append(littleEndian: UInt16(0))
        bytes += name
    }

    private static func appendCentralHeader(
        _ fields: ZipEntryFields,
        _ name: String.UTF8View,
        at offset: UInt32,
        to bytes: inout [UInt8]
    ) {
        bytes.append(littleEndian: ZipFormat.centralSignature)
        bytes.append(littleEndian: ZipFormat.madeBy)
        bytes.append(littleEndian: ZipFormat.version)
        fields.append(to: &bytes)
        // No extra field, no comment, the first disk, no internal attributes.
        bytes.append(littleEndian: UInt64(0))
        bytes.append(littleEndian: ZipFormat.attributes)
        bytes.append(littleEndian: offset)
        bytes += name
    }

    private static func appendEnd(
        entryCount: UInt16,
        directoryOffset: UInt32,
        directoryByteCount: UInt32,
        to bytes: inout [UInt8]
    ) {
        bytes.append(littleEndian: ZipFormat.endSignature)
        // This disk, and the one where the directory begins.
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: entryCount)
        bytes.append(littleEndian: entryCount)
        bytes.append(littleEndian: directoryByteCount)
        bytes.append(littleEndian: directoryOffset)
        // No comment.
        bytes.append(littleEndian: UInt16(0))
    }
}
