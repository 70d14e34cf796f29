import Cryptography
import EvidenceContainer
import TestSupport
import Testing

/// Nothing that is done to a container crashes its reader, and nothing passes for its files but
/// they themselves.
struct MutatedContainerTests {
    private let original: [UInt8]
    private let files: [String: [UInt8]]

    init() throws {
        original = try EvidenceContainer.make(
            files: Array(Samples.files.prefix(2)),
            signers: [Samples.signer(.signature)]
        )
        files = try #require(Samples.verified(original))
    }

    /// Whether the bytes pass as a container of other files.
    private func deceives(_ bytes: [UInt8]) -> Bool {
        Samples.verified(bytes).map { $0 != files } ?? false
    }

    @Test func `Cut off anywhere it is refused`() {
        for count in 0..<original.count {
            #expect(Samples.verified(Array(original.prefix(count))) == nil, "\(count) bytes")
        }
    }

    @Test func `With any bit flipped it is refused or holds the same`() {
        var sameCount = 0
        for bit in 0..<original.count * 8 {
            var bytes = original
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!deceives(bytes), "bit \(bit)")
            if Samples.verified(bytes) != nil { sameCount += 1 }
        }
        // All that means nothing here, for each of the five entries: who made it (16 bits), which
        // version it needs, as the local header says (16) and, up to 2.0, the directory (4), internal
        // attributes (16), and external ones but for what kind of file it is (28).
        #expect(sameCount == 5 * 80)
    }

    @Test func `With any bit of any entry flipped and the checksums right it does not verify`()
        throws
    {
        let entries = try ZipReader.entries(of: original)
        for changed in entries.indices {
            for bit in 0..<entries[changed].contents.count * 8 {
                var contents = Array(entries[changed].contents)
                contents[bit / 8] ^= 1 << UInt8(bit % 8)
                var all = entries
                all[changed] = ZipEntry(name: all[changed].name, contents: contents[...])
                #expect(Samples.verified(try ZipWriter.archive(all)) == nil, "\(changed) \(bit)")
            }
        }
    }

    @Test func `Random changes never crash and never deceive`() throws {
        var generator = SeededGenerator.announced(for: "containers")
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                mutate(&bytes, &generator)
            }
            #expect(!deceives(bytes))
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let position = Int.random(in: bytes.indices, using: &generator)
        let end = Int.random(in: position..<min(bytes.count, position + 40), using: &generator)
        let interesting: [UInt8] = [0, 1, 8, 0x50, 0x7F, 0x80, 0xFF]
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[position] = interesting.randomElement(using: &generator) ?? 0
        case 1: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes.removeSubrange(position..<end)
        case 3: bytes.insert(contentsOf: bytes[position..<end], at: position)
        case 4: bytes.insert(contentsOf: generator.bytes(count: 3), at: position)
        default:
            // The archive's own pieces in other places.
            let piece = bytes[position..<end]
            let place = Int.random(in: 0...bytes.count - piece.count, using: &generator)
            bytes.replaceSubrange(place..<place + piece.count, with: piece)
        }
    }

    @Test func `Random changes of a manifest never crash its reader`() throws {
        var generator = SeededGenerator.announced(for: "manifests")
        let container = try EvidenceContainer(bytes: original)
        let manifest = try #require(container.manifests.first)
        var readCount = 0
        for _ in 0..<3000 {
            var bytes = Array(manifest.bytes)
            for _ in 0..<Int.random(in: 1...3, using: &generator) { mutate(&bytes, &generator) }
            guard let read = try? ASiCManifest(bytes: bytes, name: "x") else { continue }
            readCount += 1
            // Whatever is read can be written and means the same.
            #expect(try ASiCManifest(bytes: read.encoded, name: "x") == read)
        }
        #expect(readCount > 0, "no mutation was accepted: the test says nothing")
    }
}
