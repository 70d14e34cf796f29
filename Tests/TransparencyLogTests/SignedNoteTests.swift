import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct SignedNoteTests {
    // C2SP signed-note v1.0.0, the example.
    private static let exampleKey =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    private static let exampleLine = """
        \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOB\
        H3mFXmRKuwHjG1Yu72IneyaQM=
        """

    private static let example = "This is an example message.\n\n\(exampleLine)\n"

    private let malformed = TransparencyLogError(.malformedNote, "")

    private func note(_ text: String) throws -> SignedNote {
        try SignedNote(bytes: Array(text.utf8))
    }

    private func signer(_ name: String, seed: UInt8) throws -> NoteSigner {
        let seed = [UInt8](repeating: seed, count: 32)
        return try NoteSigner(name: name, privateKey: try Ed25519PrivateKey(seed: seed))
    }

    @Test func `The specification's example is read, verified and written`() throws {
        let key = try VerifierKey(vkey: Self.exampleKey)
        let note = try note(Self.example)
        #expect(note.text == "This is an example message.\n")
        #expect(note.text.utf8.count == 28)
        #expect(note.signatures.map(\.name) == ["example.com/foo"])
        #expect(note.signatures.map(\.keyID) == [0x530d_903a])
        #expect(note.encoded == Array(Self.example.utf8))
        let verified = try note.verified(by: [key])
        #expect(verified.map(\.key) == [key])
        #expect(verified.map(\.time) == [nil])
    }

    @Test func `What one key signed comes back verified by it`() throws {
        let signer = try signer("ผู้สอบ/ก", seed: 5)
        for text in ["\n", "a\n", "a\n\nb\n", "\n\n", "a\n\n\u{2014} x AAAAAAA=\n", "ก\u{7F}\n"] {
            let signed = try SignedNote(text: text, signatures: [try signer.sign(text)])
            let read = try SignedNote(bytes: signed.encoded)
            #expect(read.text == text)
            #expect(read.encoded == signed.encoded)
            #expect(try read.verified(by: [signer.verifierKey]).count == 1)
        }
    }

    @Test func `Any bit turned in a note ends its verification`() throws {
        let key = try VerifierKey(vkey: Self.exampleKey)
        let bytes = Array(Self.example.utf8)
        for bit in 0..<bytes.count * 8 {
            var altered = bytes
            altered[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: TransparencyLogError.self, "bit \(bit)") {
                try SignedNote(bytes: altered).verified(by: [key])
            }
        }
    }

    @Test func `A note cut off or gone on with is refused`() throws {
        let key = try VerifierKey(vkey: Self.exampleKey)
        let bytes = Array(Self.example.utf8)
        for count in 0..<bytes.count {
            #expect(throws: malformed, "\(count) bytes") {
                try SignedNote(bytes: Array(bytes.prefix(count)))
            }
        }
        for end in ["\n", " ", "x", "x\n", "\n\n", "\0", Self.exampleLine] {
            #expect(throws: TransparencyLogError.self, "\(end.debugDescription)") {
                try note(Self.example + end).verified(by: [key])
            }
        }
    }

    @Test(arguments: [
        "", "\n", "\n\n", "\n\n\n", "text\n", "text\n\n", "text\n\n\n", "\nLINE\n", "text\nLINE\n",
        "text\n\nLINE", "text\n\nLINE\n\n", "text\n\nLINE\r\n", "text\r\n\r\nLINE\r\n",
        "te\0xt\n\nLINE\n", "te\txt\n\nLINE\n", "te\u{1F}xt\n\nLINE\n", "text\n\n LINE\n",
        "text\n\nLINE \n", "text\n\nLINE\nx\n", "text\n\nx\nLINE\n", "text\n\nLINE\nLINE",
        "text\n\n\u{2014} a\n", "text\n\n\u{2014} a \n", "text\n\n\u{2014}  AAAAAAA=\n",
        "text\n\n\u{2014} a  AAAAAAA=\n", "text\n\n\u{2014} a AAAAAAA= \n",
        "text\n\n\u{2014} a b AAAAAAA=\n", "text\n\n\u{2014} a+b AAAAAAA=\n",
        "text\n\n\u{2014} a\u{A0}b AAAAAAA=\n", "text\n\n\u{2014} a\tb AAAAAAA=\n",
        "text\n\n\u{2014}\u{A0}a AAAAAAA=\n", "text\n\n\u{2014}a AAAAAAA=\n",
        "text\n\n- a AAAAAAA=\n", "text\n\n\u{2013} a AAAAAAA=\n",
        // Fewer than five bytes, no padding, spare bits, the alphabet of URLs.
        "text\n\n\u{2014} a AAAAAA==\n", "text\n\n\u{2014} a AAAAAAA\n",
        "text\n\n\u{2014} a AAAAAAB=\n", "text\n\n\u{2014} a -_AAAAA=\n",
    ])
    func `Any other form is no note`(template: String) {
        let text = template.replacing("LINE", with: Self.exampleLine)
        #expect(throws: malformed) { try note(text) }
    }

    @Test func `Bytes that are not UTF-8 are no note`() {
        let example = Array(Self.example.utf8)
        for bytes: [UInt8] in [[0xFF], [0xC0, 0xAE], [0xED, 0xA0, 0x80], [0xE2, 0x80]] {
            #expect(throws: malformed) { try SignedNote(bytes: bytes + example) }
            #expect(throws: malformed) { try SignedNote(bytes: example + bytes + [0x0A]) }
        }
    }

    @Test func `A signature by an unknown key is ignored`() throws {
        let text = "text\n"
        let known = try signer("log", seed: 1)
        let sameName = try signer("log", seed: 2)
        let other = try signer("other", seed: 1)
        let junk = try NoteSignature(line: "\u{2014} log AAAAAAA=")
        let unknown = [try sameName.sign(text), try other.sign(text), junk]
        let onlyUnknown = try SignedNote(text: text, signatures: unknown)
        #expect(throws: TransparencyLogError(.noKnownSignature, "")) {
            try onlyUnknown.verified(by: [known.verifierKey])
        }
        #expect(throws: TransparencyLogError(.noKnownSignature, "")) {
            try onlyUnknown.verified(by: [])
        }
        let note = try onlyUnknown.adding([try known.sign(text)])
        #expect(try note.verified(by: [known.verifierKey]).map(\.key) == [known.verifierKey])
        let keys = [other.verifierKey, known.verifierKey]
        #expect(try note.verified(by: keys).map(\.key) == keys)
    }

    @Test func `A false signature of a known key ends it, whoever else signed`() throws {
        let text = "text\n"
        let log = try signer("log", seed: 1)
        let other = try signer("other", seed: 2)
        let good = try log.sign(text)
        let forText = try log.sign("other text\n")
        let id = log.verifierKey.keyIDBytes
        let bodies: [[UInt8]] = [
            [0], Array(good.signature.dropLast()), good.signature + [0],
            [UInt8](repeating: 0, count: 64),
        ]
        var bad = try bodies.map { body in
            try NoteSignature(line: "\u{2014} log \(Base64.encode(id + body))")
        }
        bad.append(forText)
        for bad in bad {
            for signatures in [[bad], [good, bad], [bad, good], [try other.sign(text), bad]] {
                let note = try SignedNote(text: text, signatures: signatures)
                #expect(throws: TransparencyLogError(.invalidSignature, "")) {
                    try note.verified(by: [log.verifierKey, other.verifierKey])
                }
            }
        }
    }

    @Test func `Names that look the same are not the same`() throws {
        let composed = try signer("caf\u{E9}", seed: 1)
        let id = Base64.encode(composed.verifierKey.keyIDBytes + [0])
        let line = try NoteSignature(line: "\u{2014} cafe\u{301} \(id)")
        #expect(line.name == composed.verifierKey.name)
        let note = try SignedNote(text: "text\n", signatures: [line])
        #expect(throws: TransparencyLogError(.noKnownSignature, "")) {
            try note.verified(by: [composed.verifierKey])
        }
    }

    @Test func `Sixty-four signatures are read and sixty-five are not`() throws {
        let lines = { count in String(repeating: "\(Self.exampleLine)\n", count: count) }
        #expect(try note("text\n\n" + lines(64)).signatures.count == 64)
        #expect(try NoteSignature.parse(lines: lines(64)).count == 64)
        for count in [65, 66, 1000] {
            #expect(throws: malformed) { try note("text\n\n" + lines(count)) }
            #expect(throws: malformed) { try NoteSignature.parse(lines: lines(count)) }
        }
        let full = try note("text\n\n" + lines(64))
        #expect(throws: malformed) { try full.adding([full.signatures[0]]) }
        #expect(throws: malformed) { try SignedNote(text: "text\n", signatures: []) }
        #expect(throws: malformed) { try NoteSignature.parse(lines: "") }
    }

    @Test func `A note may be half a mebibyte and not a byte more`() throws {
        let end = "\n\n\(Self.exampleLine)\n"
        let text = String(repeating: "x", count: SignedNote.byteCountMax - end.utf8.count)
        let largest = try note(text + end)
        #expect(largest.encoded.count == SignedNote.byteCountMax)
        #expect(throws: malformed) { try note("x" + text + end) }
        #expect(throws: malformed) { try largest.adding(largest.signatures) }
    }

    @Test(arguments: ["", "text", "te\0xt\n", "te\rxt\n", "text\n "])
    func `A text that no note can have is refused`(text: String) throws {
        let line = try NoteSignature(line: Self.exampleLine)
        #expect(throws: malformed) { try SignedNote(text: text, signatures: [line]) }
    }
}
