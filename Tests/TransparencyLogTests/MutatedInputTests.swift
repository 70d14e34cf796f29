import Cryptography
import TestSupport
import Testing
import TransparencyLog

/// What is read is written the same: there is one spelling of everything, whatever comes in.
struct MutatedInputTests {
    private static let line = """
        \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOB\
        H3mFXmRKuwHjG1Yu72IneyaQM=
        """

    private static let text = "log\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"

    /// One to four bytes changed, taken out, put in or doubled.
    private func mutate(_ seed: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        let interesting = Array("\n\n x/.p+=-09\0\u{2014}\u{A0}".utf8)
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let position = Int.random(in: bytes.indices, using: &generator)
            let byte = interesting.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[position] = byte
            case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.remove(at: position)
            case 3: bytes.insert(byte, at: position)
            default: bytes.insert(contentsOf: bytes[position...].prefix(40), at: position)
            }
        }
        return bytes
    }

    private struct NotUTF8: Error {}

    private func text(of bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw NotUTF8() }
        return text
    }

    /// Reads mutations; every one that is accepted must come back as it was.
    private func expectOneSpelling(
        _ seed: [UInt8],
        _ name: String,
        read: ([UInt8]) throws -> [UInt8]
    ) {
        var generator = SeededGenerator.announced(for: name)
        var acceptedCount = 0
        for _ in 0..<4000 {
            let bytes = mutate(seed, &generator)
            guard let written = try? read(bytes) else { continue }
            acceptedCount += 1
            #expect(written == bytes)
        }
        #expect(acceptedCount > 0, "no mutation was accepted: the test says nothing")
    }

    @Test func `Notes have one spelling`() {
        expectOneSpelling(Array("\(Self.text)\n\(Self.line)\n".utf8), "notes") { bytes in
            try SignedNote(bytes: bytes).encoded
        }
    }

    @Test func `Checkpoints have one spelling`() {
        expectOneSpelling(Array(Self.text.utf8), "checkpoints") { bytes in
            Array(try Checkpoint(text: try text(of: bytes)).text.utf8)
        }
    }

    @Test func `Paths of tiles have one spelling`() {
        expectOneSpelling(Array("tile/1/x001/x234/067.p/8".utf8), "paths") { bytes in
            Array(try Tile(path: try text(of: bytes)).path.utf8)
        }
    }

    @Test func `Entry bundles have one spelling`() throws {
        let tile = try Tile(level: 0, index: 0, width: 5)
        let bytes = try EntryBundle.encode([[0, 1, 0, 2], [], [7, 0, 1], [0, 0], [9]])
        expectOneSpelling(bytes, "bundles") { bytes in
            try EntryBundle.encode(try EntryBundle.decode(bytes, of: tile))
        }
    }
}
