/// Reads archives that nobody vouches for (PKWARE APPNOTE 6.3.10).
///
/// The directory at the end says what the archive holds, and the bytes must bear it out: the
/// entries lie in the order listed, each with the header that the directory repeats, from the first
/// byte of the file to the directory without a gap and without an overlap. So there is only one way
/// to read an archive, nothing hides between its parts, and no byte is unpacked twice. All of this
/// is checked before anything is unpacked.
package enum ZipReader {
    package static func entries(
        of bytes: [UInt8],
        heartbeat: () -> Void = {}
    ) throws(ContainerError) -> [ZipEntry] {
        let end = try ZipEnd(of: bytes)
        let headers = try directory(end, bytes)
        if let index = EntryName.collision(among: headers.map(\.name)) {
            throw ContainerError(.duplicateName, entry: index, headers[index].name)
        }
        let places = try places(of: headers, until: end.directory.lowerBound, bytes)
        var entries: [ZipEntry] = []
        for (header, place) in zip(headers, places) {
            heartbeat()
            entries.append(try entry(header, bytes[place.contents], place))
        }
        return entries
    }

    private static func directory(
        _ end: ZipEnd,
        _ bytes: [UInt8]
    ) throws(ContainerError) -> [ZipCentralHeader] {
        var headers: [ZipCentralHeader] = []
        var byteCount = 0
        var position = end.directory.lowerBound
        for index in 0..<end.entryCount {
            let header = try ZipCentralHeader(
                bytes,
                at: position,
                until: end.directory.upperBound,
                index: index
            )
            byteCount += Int(header.fields.byteCount)
            guard byteCount <= ZipFormat.byteCountMax else {
                throw ContainerError(.tooLarge, entry: index, header.name)
            }
            position = header.endOffset
            headers.append(header)
        }
        guard position == end.directory.upperBound else {
            throw ContainerError(.unlistedBytes, .offset(position))
        }
        return headers
    }

    private struct Place {
        let contents: Range<Int>
        let hasExtraField: Bool
    }

    /// Where the contents of each entry lie.
    private static func places(
        of headers: [ZipCentralHeader],
        until directoryOffset: Int,
        _ bytes: [UInt8]
    ) throws(ContainerError) -> [Place] {
        var places: [Place] = []
        var position = 0
        for header in headers {
            guard header.offset >= position else {
                throw ContainerError(.overlappingEntries, entry: header.index, header.name)
            }
            guard header.offset == position else {
                let isLocalHeader = bytes.littleEndian(at: position) == ZipFormat.localSignature
                throw ContainerError(
                    position == 0 && !isLocalHeader ? .leadingBytes : .unlistedBytes,
                    .offset(position)
                )
            }
            let place = try place(of: header, until: directoryOffset, bytes)
            position = place.contents.upperBound
            places.append(place)
        }
        guard position == directoryOffset else {
            throw ContainerError(.unlistedBytes, .offset(position))
        }
        return places
    }

    /// Compares the local header with the one of the directory.
    private static func place(
        of header: ZipCentralHeader,
        until directoryOffset: Int,
        _ bytes: [UInt8]
    ) throws(ContainerError) -> Place {
        func error(_ code: ContainerError.Code) -> ContainerError {
            ContainerError(code, entry: header.index, header.name)
        }
        let nameOffset = header.offset + ZipFormat.localByteCount
        guard nameOffset <= directoryOffset else { throw error(.outsideFile) }
        guard bytes.littleEndian(at: header.offset) == ZipFormat.localSignature else {
            throw error(.malformedHeader)
        }
        let fields = ZipEntryFields(bytes, at: header.offset + ZipEntryFields.localOffset)
        guard fields == header.fields else { throw error(.headersDiffer) }
        let extraByteCount: UInt16 = bytes.littleEndian(at: nameOffset - 2)
        let extraOffset = nameOffset + Int(fields.nameByteCount)
        let contentsOffset = extraOffset + Int(extraByteCount)
        let endOffset = contentsOffset + Int(fields.packedByteCount)
        guard endOffset <= directoryOffset else { throw error(.outsideFile) }
        guard bytes[nameOffset..<extraOffset].elementsEqual(header.name.utf8) else {
            throw error(.headersDiffer)
        }
        if let code = ZipExtraField.fault(in: bytes[extraOffset..<contentsOffset]) {
            throw error(code)
        }
        return Place(contents: contentsOffset..<endOffset, hasExtraField: extraByteCount > 0)
    }

    private static func entry(
        _ header: ZipCentralHeader,
        _ packed: ArraySlice<UInt8>,
        _ place: Place
    ) throws(ContainerError) -> ZipEntry {
        let isStored = header.fields.method == ZipFormat.stored
        let byteCount = Int(header.fields.byteCount)
        guard let contents = isStored ? packed : Inflate.inflate(packed, byteCount: byteCount)
        else {
            throw ContainerError(.malformedDeflate, entry: header.index, header.name)
        }
        guard CRC32.checksum(contents) == header.fields.checksum else {
            throw ContainerError(.wrongChecksum, entry: header.index, header.name)
        }
        return ZipEntry(
            name: header.name,
            contents: contents,
            isPlain: isStored && !place.hasExtraField && !header.hasExtraField
        )
    }
}
