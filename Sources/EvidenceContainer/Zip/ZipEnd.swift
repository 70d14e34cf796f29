/// The end of central directory record: the last 22 bytes, as there may be no comment.
struct ZipEnd {
    let entryCount: Int

    /// Where the directory lies: right before this record.
    let directory: Range<Int>

    init(of bytes: [UInt8]) throws(ContainerError) {
        guard bytes.count <= ZipFormat.byteCountMax else {
            throw ContainerError(.tooLarge, .container)
        }
        let offset = try Self.offset(in: bytes)
        let disks: UInt32 = bytes.littleEndian(at: offset + 4)
        let entryCountHere: UInt16 = bytes.littleEndian(at: offset + 8)
        let entryCount: UInt16 = bytes.littleEndian(at: offset + 10)
        let directoryByteCount: UInt32 = bytes.littleEndian(at: offset + 12)
        let directoryOffset: UInt32 = bytes.littleEndian(at: offset + 16)
        let hasNoComment = bytes.suffix(2).elementsEqual([0, 0])
        guard entryCount != .max, directoryByteCount != .max, directoryOffset != .max else {
            throw ContainerError(.zip64, .offset(offset))
        }
        guard disks == 0, entryCountHere == entryCount else {
            throw ContainerError(.multiDisk, .offset(offset))
        }
        guard hasNoComment else { throw ContainerError(.truncated, .offset(bytes.count)) }
        guard Int(entryCount) <= ZipFormat.entryCountMax else {
            throw ContainerError(.tooManyEntries, .offset(offset))
        }
        let directoryEnd = Int(directoryOffset) + Int(directoryByteCount)
        guard directoryEnd <= offset else { throw ContainerError(.outsideFile, .offset(offset)) }
        guard directoryEnd == offset else {
            throw Self.gap(before: offset, from: directoryEnd, in: bytes)
        }
        self.entryCount = Int(entryCount)
        directory = Int(directoryOffset)..<directoryEnd
    }

    /// What stands between the directory and this record.
    private static func gap(
        before offset: Int,
        from start: Int,
        in bytes: [UInt8]
    ) -> ContainerError {
        let locator = offset - ZipFormat.zip64LocatorByteCount
        if locator >= 0, bytes.littleEndian(at: locator) == ZipFormat.zip64LocatorSignature {
            return ContainerError(.zip64, .offset(locator))
        }
        // Bytes put before an archive move everything, while the offsets stay as they were.
        return bytes.littleEndian(at: 0) == ZipFormat.localSignature
            ? ContainerError(.unlistedBytes, .offset(start))
            : ContainerError(.leadingBytes, .offset(0))
    }

    private static func offset(in bytes: [UInt8]) throws(ContainerError) -> Int {
        let last = bytes.count - ZipFormat.endByteCount
        guard last >= 0 else {
            let isZip = bytes.starts(with: [0x50, 0x4B])
            throw ContainerError(isZip ? .truncated : .notAZip, .container)
        }
        if bytes.littleEndian(at: last) == ZipFormat.endSignature { return last }
        // No archive for us; what follows only finds out what to say about it.
        let first = max(0, last - ZipFormat.commentByteCountMax)
        let found = (first..<last).last { offset in
            bytes.littleEndian(at: offset) == ZipFormat.endSignature
        }
        guard let found else {
            let isZip = bytes.littleEndian(at: 0) == ZipFormat.localSignature
            throw isZip
                ? ContainerError(.truncated, .offset(bytes.count))
                : ContainerError(.notAZip, .container)
        }
        let commentByteCount: UInt16 = bytes.littleEndian(at: found + ZipFormat.endByteCount - 2)
        let end = found + ZipFormat.endByteCount + Int(commentByteCount)
        switch end {
        case bytes.count: throw ContainerError(.comment, .offset(found))
        case ..<bytes.count: throw ContainerError(.trailingBytes, .offset(end))
        default: throw ContainerError(.truncated, .offset(bytes.count))
        }
    }
}
