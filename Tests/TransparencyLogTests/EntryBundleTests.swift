import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct EntryBundleTests {
    private let malformed = TransparencyLogError(.malformedEntryBundle, "")

    @Test func `The eight published leaves have the published bundle`() throws {
        let entries = try MerkleTreeTests.leafInputs.map { hex in try #require(Hex.decode(hex)) }
        let bytes = try EntryBundle.encode(entries)
        #expect(
            Hex.encode(bytes) == """
                00000001000001100002202100023031000440414243000850515253545556570010606162636465666768696a6b\
                6c6d6e6f
                """
        )
        #expect(try EntryBundle.decode(bytes, of: Tile(level: 0, index: 0, width: 8)) == entries)
    }

    @Test func `Random bundles come back, and with a byte more or less they do not`() throws {
        var generator = SeededGenerator.announced(for: "entry bundles")
        for width in [1, 2, 3, 17, 255, 256] {
            let entries = (0..<width).map { _ in
                generator.bytes(count: Int.random(in: 0...300, using: &generator))
            }
            let tile = try Tile(level: 0, index: 3, width: width)
            let bytes = try EntryBundle.encode(entries)
            #expect(try EntryBundle.decode(bytes, of: tile) == entries)
            for wrong in [Array(bytes.dropLast()), bytes + [0], bytes + [0, 0], []] {
                #expect(throws: malformed) { try EntryBundle.decode(wrong, of: tile) }
            }
            if width > 1 {
                let narrower = try Tile(level: 0, index: 3, width: width - 1)
                #expect(throws: malformed) { try EntryBundle.decode(bytes, of: narrower) }
            }
            if width < 256 {
                let wider = try Tile(level: 0, index: 3, width: width + 1)
                #expect(throws: malformed) { try EntryBundle.decode(bytes, of: wider) }
            }
        }
    }

    @Test func `A bundle cut off anywhere is refused`() throws {
        let tile = try Tile(level: 0, index: 0, width: 4)
        let bytes = try EntryBundle.encode([[1, 2, 3], [], [4], [5, 6]])
        for count in 0..<bytes.count {
            #expect(throws: malformed, "\(count) bytes") {
                try EntryBundle.decode(Array(bytes.prefix(count)), of: tile)
            }
        }
    }

    @Test func `The largest entry fits and one byte more does not`() throws {
        let tile = try Tile(level: 0, index: 0, width: 1)
        let largest = [UInt8](repeating: 7, count: EntryBundle.entryByteCountMax)
        let bytes = try EntryBundle.encode([largest])
        #expect(bytes.prefix(2) == [0xFF, 0xFF])
        #expect(try EntryBundle.decode(bytes, of: tile) == [largest])
        #expect(throws: malformed) { try EntryBundle.encode([largest + [7]]) }
    }
}
