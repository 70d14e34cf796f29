/// An archive made by hand, in which everything can be wrong; written without the code under test.
struct RawZip {
    struct Entry {
        var name: [UInt8]
        /// As they lie in the archive.
        var packed: [UInt8]
        var version: UInt16 = 10
        var flags: UInt16 = 0
        var method: UInt16 = 0
        var time: UInt16 = 0
        var checksum: UInt32
        var packedByteCount: UInt32
        var byteCount: UInt32
        var localExtra: [UInt8] = []
        var centralExtra: [UInt8] = []
        var comment: [UInt8] = []
        var disk: UInt16 = 0
        var attributes: UInt32 = 0o100644 << 16
        /// What the directory says instead of the truth.
        var offset: UInt32?
        /// Bytes of no entry, before it.
        var gap: [UInt8] = []
        /// What the local header says instead of the directory's words.
        var localName: [UInt8]?
        var localFlags: UInt16?
        var localChecksum: UInt32?
        var localSignature: UInt32 = 0x0403_4B50

        init(_ name: String, _ contents: [UInt8]) {
            self.name = Array(name.utf8)
            packed = contents
            checksum = RawZip.checksum(contents)
            packedByteCount = UInt32(contents.count)
            byteCount = UInt32(contents.count)
        }

        /// Contents packed by DEFLATE, by whatever means.
        init(_ name: String, deflated packed: [UInt8], of contents: [UInt8]) {
            self.init(name, contents)
            self.packed = packed
            packedByteCount = UInt32(packed.count)
            method = 8
            version = 20
        }
    }

    static let mimetype = Entry("mimetype", Array("application/vnd.etsi.asic-e+zip".utf8))

    var entries: [Entry]
    var beforeDirectory: [UInt8] = []
    var afterDirectory: [UInt8] = []
    var comment: [UInt8] = []
    var disk: UInt16 = 0
    var entryCount: UInt16?
    var directoryByteCount: UInt32?
    var directoryOffset: UInt32?

    init(_ entries: [Entry] = [RawZip.mimetype, Entry("a.txt", Array("hello".utf8))]) {
        self.entries = entries
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            bytes += entry.gap
            let offset = UInt32(bytes.count)
            bytes += words(entry.localSignature) + words(entry.version)
            bytes += shared(entry, isLocal: true) + words(UInt16(entry.localExtra.count))
            bytes += (entry.localName ?? entry.name) + entry.localExtra + entry.packed
            directory += words(UInt32(0x0201_4B50)) + words(UInt16(0x0314)) + words(entry.version)
            directory += shared(entry, isLocal: false) + words(UInt16(entry.centralExtra.count))
            directory += words(UInt16(entry.comment.count)) + words(entry.disk) + words(UInt16(0))
            directory += words(entry.attributes) + words(entry.offset ?? offset)
            directory += entry.name + entry.centralExtra + entry.comment
        }
        bytes += beforeDirectory
        let start = UInt32(bytes.count)
        bytes += directory + afterDirectory
        let count = entryCount ?? UInt16(entries.count)
        bytes +=
            words(UInt32(0x0605_4B50)) + words(disk) + words(disk) + words(count) + words(count)
        bytes += words(directoryByteCount ?? UInt32(directory.count))
        bytes += words(directoryOffset ?? start) + words(UInt16(comment.count)) + comment
        return bytes
    }

    private func shared(_ entry: Entry, isLocal: Bool) -> [UInt8] {
        let flags = isLocal ? entry.localFlags : nil
        let checksum = isLocal ? entry.localChecksum : nil
        let name = isLocal ? entry.localName : nil
        return words(flags ?? entry.flags) + words(entry.method) + words(entry.time)
            + words(UInt16(0x21)) + words(checksum ?? entry.checksum)
            + words(entry.packedByteCount) + words(entry.byteCount)
            + words(UInt16((name ?? entry.name).count))
    }

    private func words<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// CRC-32 bit by bit.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var remainder = UInt32.max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = remainder & 1 == 1
                remainder >>= 1
                if isOdd { remainder ^= 0xEDB8_8320 }
            }
        }
        return ~remainder
    }
}
