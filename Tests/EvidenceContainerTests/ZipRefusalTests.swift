import EvidenceContainer
import TestSupport
import Testing

/// Each way in which an archive can be wrong, made by hand.
struct ZipRefusalTests {
    typealias Place = ContainerError.Place

    private func expect(
        _ code: ContainerError.Code,
        at place: Place? = nil,
        _ bytes: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        do throws(ContainerError) {
            _ = try ZipReader.entries(of: bytes)
            Issue.record("read, instead of \(code)", sourceLocation: sourceLocation)
        } catch {
            #expect(error.code == code, sourceLocation: sourceLocation)
            if let place { #expect(error.place == place, sourceLocation: sourceLocation) }
            #expect(error.thai.count > 10 && error.english.count > 10)
        }
    }

    /// The sample archive after a change.
    private func changed(_ change: (inout RawZip) -> Void) -> [UInt8] {
        var zip = RawZip()
        change(&zip)
        return zip.bytes
    }

    private let second = Place.entry(1, name: "a.txt")

    @Test func `The archive that the others are made from is read`() throws {
        #expect(try ZipReader.entries(of: RawZip().bytes).map(\.name) == ["mimetype", "a.txt"])
    }

    @Test func `Other files are no zip`() {
        expect(.notAZip, [])
        expect(.notAZip, Array("%PDF".utf8))
        expect(.notAZip, [UInt8](repeating: 7, count: 5000))
        expect(.truncated, [0x50, 0x4B, 3, 4])
    }

    @Test func `Nothing stands before, after or between the entries`() {
        let bytes = RawZip().bytes
        expect(.leadingBytes, at: .offset(0), [0] + bytes)
        expect(.leadingBytes, at: .offset(0), changed { $0.entries[0].gap = [1, 2] })
        expect(.trailingBytes, at: .offset(bytes.count), bytes + [0])
        // Two archives in a row: the second one's offsets lead into the first.
        expect(.unlistedBytes, bytes + bytes)
        expect(.unlistedBytes, at: .offset(69), changed { $0.entries[1].gap = [0] })
        expect(.unlistedBytes, changed { $0.beforeDirectory = [0] })
        // Listed in another order.
        expect(
            .unlistedBytes,
            at: .offset(0),
            changed { zip in
                zip.entries[0].offset = 69
                zip.entries[1].offset = 0
            }
        )
        expect(.unlistedBytes, changed { $0.afterDirectory = [0] })
        // An entry that is there and not listed.
        expect(.unlistedBytes, changed { $0.entryCount = 1 })
        expect(.outsideFile, changed { $0.entryCount = 3 })
    }

    @Test func `Comments hide nothing`() {
        expect(.comment, changed { $0.comment = [0x61] })
        expect(.comment, at: second, changed { $0.entries[1].comment = [0x61] })
    }

    @Test func `An archive is one file and no zip64`() {
        expect(.multiDisk, changed { $0.disk = 1 })
        expect(.multiDisk, at: second, changed { $0.entries[1].disk = 1 })
        expect(.zip64, changed { $0.entryCount = .max })
        expect(.zip64, changed { $0.directoryOffset = .max })
        expect(.zip64, changed { $0.directoryByteCount = .max })
        expect(.zip64, at: second, changed { $0.entries[1].byteCount = .max })
        expect(.zip64, at: second, changed { $0.entries[1].offset = .max })
        let locator: [UInt8] = [0x50, 0x4B, 6, 7] + [UInt8](repeating: 0, count: 16)
        expect(.zip64, changed { $0.afterDirectory = locator })
        let extra: [UInt8] = [1, 0, 8, 0] + [UInt8](repeating: 0, count: 8)
        expect(.zip64, changed { $0.entries[1].localExtra = extra })
        expect(.zip64, changed { $0.entries[1].centralExtra = extra })
    }

    @Test func `Entries are neither encrypted, streamed nor packed in an unknown way`() {
        for bit in [0, 6, 13] {
            expect(.encrypted, at: second, changed { $0.entries[1].flags = 1 << UInt16(bit) })
        }
        expect(.dataDescriptor, at: second, changed { $0.entries[1].flags = 1 << 3 })
        for bit in [4, 5, 7, 8, 9, 10, 12, 14, 15] {
            expect(
                .unsupportedFeature,
                at: second,
                changed { $0.entries[1].flags = 1 << UInt16(bit) }
            )
        }
        expect(.unsupportedFeature, at: second, changed { $0.entries[1].version = 45 })
        for method in [1, 6, 9, 12, 14, 93, 99] as [UInt16] {
            expect(.unsupportedCompression, at: second, changed { $0.entries[1].method = method })
        }
    }

    @Test func `Both headers of an entry agree`() {
        expect(
            .headersDiffer,
            at: second,
            changed { $0.entries[1].localName = Array("b.txt".utf8) }
        )
        expect(
            .headersDiffer,
            at: second,
            changed { $0.entries[1].localName = Array("ab.txt".utf8) }
        )
        expect(.headersDiffer, at: second, changed { $0.entries[1].localFlags = 1 << 11 })
        expect(.headersDiffer, at: second, changed { $0.entries[1].localChecksum = 0 })
        expect(.malformedHeader, at: second, changed { $0.entries[1].localSignature = 0 })
    }

    @Test func `Sizes and checksums are those of the data`() {
        expect(.wrongChecksum, at: second, changed { $0.entries[1].packed[0] ^= 1 })
        expect(.wrongChecksum, at: second, changed { $0.entries[1].checksum ^= 1 })
        expect(.wrongSize, at: second, changed { $0.entries[1].byteCount = 6 })
        expect(
            .outsideFile,
            at: second,
            changed { zip in
                zip.entries[1].byteCount = 6
                zip.entries[1].packedByteCount = 6
            }
        )
        expect(
            .unlistedBytes,
            changed { zip in
                zip.entries[1].byteCount = 4
                zip.entries[1].packedByteCount = 4
            }
        )
        expect(.outsideFile, changed { $0.directoryOffset = 4000 })
    }

    @Test(arguments: [
        "", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "c:a", "a\0b", "ก", "a\nb", "a.",
        "META-INF/", String(repeating: "a", count: 256),
    ])
    func `Names that are no files everywhere are refused`(name: String) {
        expect(
            .nameRefused,
            at: .entry(1, name: nil),
            changed { $0.entries[1].name = Array(name.utf8) }
        )
    }

    @Test(arguments: [["a", "a"], ["a", "A"], ["a/b", "A/B"], ["a", "a/b"], ["x/a", "y", "X"]])
    func `No entry is unpacked over another one`(names: [String]) {
        let raw = RawZip(names.map { RawZip.Entry($0, []) })
        expect(.duplicateName, at: .entry(names.count - 1, name: names.last), raw.bytes)
    }

    @Test func `Names that only look alike are no collision`() throws {
        let names = ["a", "a-b/c", "ab", "b/a", "b/a-b", "a!b"]
        let bytes = RawZip(names.map { RawZip.Entry($0, []) }).bytes
        #expect(try ZipReader.entries(of: bytes).map(\.name) == names)
    }

    @Test func `Links and folders are no files`() {
        expect(.notAFile, at: second, changed { $0.entries[1].attributes = 0o120777 << 16 })
        expect(.notAFile, at: second, changed { $0.entries[1].attributes = 0o040755 << 16 })
        expect(.notAFile, at: second, changed { $0.entries[1].attributes = 0x10 })
    }

    @Test func `Extra fields may state times and owners, no names, and nothing unknown`() throws {
        let times: [UInt8] = [0x55, 0x54, 5, 0, 3, 1, 2, 3, 4]
        let harmless = changed { zip in
            zip.entries[1].localExtra = times + [0x75, 0x78, 0, 0]
            zip.entries[1].centralExtra = times
        }
        #expect(try ZipReader.entries(of: harmless).count == 2)
        for extra: [UInt8] in [
            [0x75, 0x70, 0, 0], [0x01, 0x99, 0, 0], [0x55], [0x55, 0x54, 1, 0],
        ] {
            expect(.extraField, at: second, changed { $0.entries[1].localExtra = extra })
            expect(.extraField, at: second, changed { $0.entries[1].centralExtra = extra })
        }
    }

    @Test func `Overlapping entries are refused before anything is unpacked`() throws {
        // Many entries over one piece of data, as David Fifield's bomb has them.
        var zip = RawZip([RawZip.Entry("0", [UInt8](repeating: 0, count: 60_000))])
        for index in 1..<1000 {
            var entry = zip.entries[0]
            entry.name = Array("\(index)".utf8)
            entry.packed = []
            entry.offset = 0
            zip.entries.append(entry)
        }
        expect(.overlappingEntries, at: .entry(1, name: "1"), zip.bytes)
        // One that begins inside the one before it.
        expect(.overlappingEntries, at: second, changed { $0.entries[1].offset = 40 })
    }

    @Test func `What claims to be more than 64 MiB or 4,096 entries is refused unread`() {
        let claim: UInt32 = 40 << 20
        let bomb = changed { zip in
            for index in 0...1 {
                zip.entries[index].method = 8
                zip.entries[index].byteCount = claim
                zip.entries[index].packedByteCount = claim
            }
        }
        expect(.tooLarge, at: second, bomb)
        expect(
            .wrongSize,
            at: second,
            changed { zip in
                zip.entries[1].method = 8
                zip.entries[1].byteCount = claim
            }
        )
        expect(.tooManyEntries, changed { $0.entryCount = 4097 })
        expect(.tooLarge, [UInt8](repeating: 0, count: 64 << 20 + 1))
    }

    @Test func `An archive cut off anywhere is refused`() {
        let bytes = RawZip().bytes
        for count in 0..<bytes.count {
            expect(count < 2 ? .notAZip : .truncated, Array(bytes.prefix(count)))
        }
    }
}
