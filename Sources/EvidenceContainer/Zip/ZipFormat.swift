/// The records of a ZIP file (PKWARE APPNOTE 6.3.10) as far as they are in use here.
enum ZipFormat {
    /// The most bytes of an archive, and of all its contents together: room for the records and
    /// papers of one certification, and little enough for any machine's memory.
    static let byteCountMax = 64 * 1024 * 1024

    static let entryCountMax = 4096

    /// "Local file header" (4.3.7).
    static let localSignature: UInt32 = 0x0403_4B50
    static let localByteCount = 30

    /// "Central directory structure" (4.3.12).
    static let centralSignature: UInt32 = 0x0201_4B50
    static let centralByteCount = 46

    /// "End of central directory record" (4.3.16).
    static let endSignature: UInt32 = 0x0605_4B50
    static let endByteCount = 22
    static let commentByteCountMax = Int(UInt16.max)

    /// "Zip64 end of central directory locator" (4.3.15), which would stand before the end record.
    static let zip64LocatorSignature: UInt32 = 0x0706_4B50
    static let zip64LocatorByteCount = 20

    /// "version needed to extract" (4.4.3): 2.0, which has folders and deflate.
    static let versionMax: UInt16 = 20
    static let version: UInt16 = 10

    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8

    /// 1980-01-01, the first day that a ZIP file can name: the time of an entry proves nothing, and
    /// without one the same files make the same bytes.
    static let date: UInt16 = 0x0021

    /// "version made by" (4.4.2): UNIX, so that unpacked files get the mode below.
    static let madeBy: UInt16 = 3 << 8 | 20

    /// "external file attributes" (4.4.15): a plain file that its owner may write and all may read.
    static let attributes: UInt32 = 0o100644 << 16
}

/// What the local header (from its byte 6 on) and the central one (from byte 8 on) both state.
struct ZipEntryFields: Hashable {
    static let localOffset = 6
    static let centralOffset = 8

    var flags: UInt16 = 0
    var method: UInt16 = ZipFormat.stored
    var time: UInt16 = 0
    var date: UInt16 = ZipFormat.date
    var checksum: UInt32
    var packedByteCount: UInt32
    var byteCount: UInt32
    var nameByteCount: UInt16
}

extension ZipEntryFields {
    init(_ bytes: [UInt8], at offset: Int) {
        flags = bytes.littleEndian(at: offset)
        method = bytes.littleEndian(at: offset + 2)
        time = bytes.littleEndian(at: offset + 4)
        date = bytes.littleEndian(at: offset + 6)
        checksum = bytes.littleEndian(at: offset + 8)
        packedByteCount = bytes.littleEndian(at: offset + 12)
        byteCount = bytes.littleEndian(at: offset + 16)
        nameByteCount = bytes.littleEndian(at: offset + 20)
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(littleEndian: flags)
        bytes.append(littleEndian: method)
        bytes.append(littleEndian: time)
        bytes.append(littleEndian: date)
        bytes.append(littleEndian: checksum)
        bytes.append(littleEndian: packedByteCount)
        bytes.append(littleEndian: byteCount)
        bytes.append(littleEndian: nameByteCount)
    }
}

extension [UInt8] {
    /// The number whose least significant byte is at the offset; the bytes must be there.
    func littleEndian<Number: FixedWidthInteger & UnsignedInteger>(at offset: Int) -> Number {
        self[offset..<offset + Number.bitWidth / 8].reversed()
            .reduce(0) { number, byte in number << 8 | Number(byte) }
    }

    mutating func append<Number: FixedWidthInteger & UnsignedInteger>(littleEndian number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
