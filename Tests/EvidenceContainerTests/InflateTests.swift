import EvidenceContainer
import Foundation
import TestSupport
import Testing

/// Deflated entries, read through an archive made by hand.
struct InflateTests {
    private func read(_ packed: [UInt8], of contents: [UInt8]) -> [UInt8]? {
        let raw = RawZip([.init("a", deflated: packed, of: contents)])
        return (try? ZipReader.entries(of: raw.bytes)).flatMap {
            $0.first.map { Array($0.contents) }
        }
    }

    @Test(.enabled(if: StockTool.isInstalled("python3"), "python3 is not installed"))
    func `Every way in which zlib packs comes back`() throws {
        var generator = SeededGenerator.announced(for: "inflate")
        let tool = try StockTool()
        let script = """
            import sys, zlib
            data = open('plain', 'rb').read()
            level, strategy = int(sys.argv[1]), int(sys.argv[2])
            z = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
            open('packed', 'wb').write(z.compress(data) + z.flush())
            """
        let words = (0..<64).map { _ in generator.bytes(count: 7) }
        let text = (0..<6000).flatMap { _ in words.randomElement(using: &generator) ?? [] }
        let plain: [[UInt8]] = [
            [], [1], [UInt8](repeating: 9, count: 70_000), generator.bytes(count: 70_000), text,
        ]
        // Levels 0 (stored) to 9; strategies: usual, filtered, Huffman only, runs, fixed codes.
        for (level, strategy) in [(0, 0), (1, 0), (6, 0), (9, 0), (6, 1), (6, 2), (6, 3), (6, 4)] {
            for contents in plain {
                try tool.write(contents, to: "plain")
                let run = try tool.run("python3", "-c", script, "\(level)", "\(strategy)")
                #expect(run.status == 0)
                let packed = try tool.read("packed")
                #expect(read(packed, of: contents) == contents, "\(level) \(strategy)")
                // Neither a byte more nor a byte less on either side.
                #expect(read(packed + [0], of: contents) == nil)
                #expect(read(packed.dropLast(), of: contents) == nil)
                #expect(read(packed, of: contents + [0]) == nil)
                if !contents.isEmpty { #expect(read(packed, of: contents.dropLast()) == nil) }
            }
        }
    }

    // Bits as RFC 1951 writes them, the first one least significant in its byte.
    private func packed(_ bits: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, bit) in bits.filter({ $0 != " " }).enumerated() {
            if index.isMultiple(of: 8) { bytes.append(0) }
            if bit == "1" { bytes[bytes.count - 1] |= 1 << UInt8(index % 8) }
        }
        return bytes
    }

    @Test func `A block with fixed codes made by hand is read`() {
        // Last block, fixed; literal "a" (0x30 + 0x61); a match of 3 at distance 1; end.
        let bits = "1 10 10010001 0000001 00000 0000000"
        #expect(read(packed(bits), of: Array("aaaa".utf8)) == Array("aaaa".utf8))
    }

    @Test(arguments: [
        // No block at all; the reserved kind; one that does not end.
        "", "1 11 00000", "1 10 10010001",
        // A match before the first byte; at distance 2 after one byte.
        "1 10 0000001 00000 0000000", "1 10 10010001 0000001 00001 0000000",
        // Distance code 30 and length code 286, which have no meaning.
        "1 10 10010001 0000001 11110 0000000", "1 10 10010001 11000110 00000 0000000",
        // A stored block whose length and complement differ.
        "1 00 00000 10000000 00000000 10000000 00000000 00000000",
        // Own codes: 287 lengths; 31 distances; all code lengths 0; all 1, which is ambiguous.
        "1 01 01111 00000 0000 000000000000", "1 01 00000 01111 0000 000000000000",
        "1 01 00000 00000 0000 000 000 000 000", "1 01 00000 00000 0000 100 100 100 100",
    ])
    func `Streams that mean nothing are refused`(bits: String) {
        #expect(read(packed(bits), of: Array("aaaa".utf8)) == nil)
    }

    @Test func `A bomb gives no more than it claims, and no claim beyond DEFLATE's means is heard`()
    {
        let bits = "1 10 10010001" + String(repeating: " 11000101 00000", count: 1000) + " 0000000"
        let all = [UInt8](repeating: 0x61, count: 1 + 258 * 1000)
        #expect(read(packed(bits), of: all) == all)
        #expect(read(packed(bits), of: Array("aaaa".utf8)) == nil)
    }

    @Test func `Random bytes never crash it`() {
        var generator = SeededGenerator.announced(for: "inflate noise")
        for _ in 0..<20_000 {
            let noise = generator.bytes(count: Int.random(in: 0...60, using: &generator))
            _ = read(noise, of: [UInt8](repeating: 0, count: 200))
        }
    }
}
