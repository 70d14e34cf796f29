import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct VerifierKeyTests {
    // C2SP signed-note v1.0.0, the example.
    private let example = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    @Test func `The specification's example is read, written and verified`() throws {
        let key = try VerifierKey(vkey: example)
        #expect(key.name == "example.com/foo")
        #expect(key.keyID == 0x530d_903a)
        #expect(key.keyIDBytes == [0x53, 0x0D, 0x90, 0x3A])
        #expect(key.vkey == example)
        #expect("\(key)" == example)
        let line = try #require(
            Base64.decode(
                """
                Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72\
                IneyaQM=
                """
            )
        )
        #expect(Array(line.prefix(4)) == key.keyIDBytes)
        let text = Array("This is an example message.\n".utf8)
        #expect(key.publicKey.isValidSignature(Array(line.dropFirst(4)), for: text))
        #expect(!key.publicKey.isValidSignature(Array(line.dropFirst(4)), for: text.dropLast()))
    }

    @Test func `A key made from a seed names and signs our own checkpoint`() throws {
        let privateKey = try Ed25519PrivateKey(seed: [UInt8](repeating: 1, count: 32))
        let key = try VerifierKey(name: "bmn.example.th/ledger", ed25519: privateKey.publicKey)
        #expect(
            key.vkey
                == "bmn.example.th/ledger+2a94d43f+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
        )
        let text = """
            bmn.example.th/ledger
            8
            XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

            """
        let signature = try privateKey.sign(Array(text.utf8))
        #expect(
            Base64.encode(key.keyIDBytes + signature) == """
                KpTUPyh24dTnRGuRUGneqBy4Z8a3aRjAMyXOmtfwxQCufGlaGXa19MeVHrOCPbE4jeNcMz2k0jMmjGnw6ZRe0p2a\
                0gA=
                """
        )
    }

    @Test func `A witness's key has its own type and ID`() throws {
        let vkey = "auditor.example.th/w1+3750f043+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
        let publicKey = try Ed25519PrivateKey(seed: [UInt8](repeating: 2, count: 32)).publicKey
        let key = try VerifierKey(vkey: vkey)
        #expect(key.vkey == vkey)
        #expect(key.signatureType == .cosignature)
        #expect(key.publicKey == publicKey)
        let asLog = try VerifierKey(name: key.name, ed25519: publicKey)
        #expect(asLog.signatureType == .note)
        #expect(asLog.keyID != key.keyID)
    }

    @Test func `Base64 with a plus in it is not split`() throws {
        var generator = SeededGenerator.announced(for: "verifier keys")
        var plusCount = 0
        for _ in 0..<200 {
            let seed = generator.bytes(count: 32)
            let publicKey = try Ed25519PrivateKey(seed: seed).publicKey
            let key = try VerifierKey(name: "ผู้สอบ/ก", ed25519: publicKey)
            #expect(try VerifierKey(vkey: key.vkey) == key)
            plusCount += key.vkey.count { character in character == "+" } > 2 ? 1 : 0
        }
        #expect(plusCount > 0)
    }

    @Test(arguments: [
        "", " ", "a b", "a+b", "a\n", "a\tb", "a\u{A0}b", "a\u{3000}", "a\u{0}", "\u{1F}",
        "+\u{301}",
    ])
    func `A name with a space, a plus or a control character is refused`(name: String) throws {
        let publicKey = try VerifierKey(vkey: example).publicKey
        #expect(!VerifierKey.isValidName(name))
        #expect(throws: TransparencyLogError(.invalidKeyName, "")) {
            try VerifierKey(name: name, ed25519: publicKey)
        }
    }

    @Test func `Any other spelling of a key is refused`() throws {
        let fields = example.split(separator: "+")
        let name = fields[0]
        let id = fields[1]
        let base64 = fields[2]
        let key = try #require(Base64.decode(base64))
        let refusals: [(String, TransparencyLogError.Code)] = [
            ("", .malformedVerifierKey),
            ("example.com/foo", .malformedVerifierKey),
            ("\(name)+\(id)", .malformedVerifierKey),
            ("\(name)+\(id)+", .malformedVerifierKey),
            ("\(name)++\(base64)", .malformedVerifierKey),
            ("\(name)+\(id.uppercased())+\(base64)", .malformedVerifierKey),
            ("\(name)+00\(id)+\(base64)", .malformedVerifierKey),
            ("\(name)+\(id.dropLast())+\(base64)", .malformedVerifierKey),
            ("\(name)+\(id)+\(base64)\n", .malformedVerifierKey),
            ("\(name)+\(id)+\(base64)+", .malformedVerifierKey),
            ("\(name)+\(id)+\(Base64.encode(key.dropLast()))", .malformedVerifierKey),
            ("\(name)+\(id)+\(Base64.encode(key + [0]))", .malformedVerifierKey),
            ("\(name)+\(id)+\(Base64.encode([2] + key.dropFirst()))", .unsupportedKeyType),
            ("\(name)+530d903b+\(base64)", .mismatchedKeyID),
            ("example.com/bar+\(id)+\(base64)", .mismatchedKeyID),
            ("+\(id)+\(base64)", .invalidKeyName),
            (" \(example)", .invalidKeyName),
            // A witness's key for ML-DSA-44 cosignatures, and a key of a type nobody assigned.
            ("\(name)+\(id)+\(Base64.encode([6] + key.dropFirst()))", .unsupportedKeyType),
            ("\(name)+\(id)+\(Base64.encode([255] + key.dropFirst()))", .unsupportedKeyType),
            // The same key as a witness's has another ID.
            ("\(name)+\(id)+\(Base64.encode([4] + key.dropFirst()))", .mismatchedKeyID),
        ]
        for (vkey, code) in refusals {
            #expect(throws: TransparencyLogError(code, ""), "\(vkey)") {
                try VerifierKey(vkey: vkey)
            }
        }
    }

    @Test func `One altered bit of the key changes its ID`() throws {
        let fields = example.split(separator: "+")
        let key = try #require(Base64.decode(fields[2]))
        for bit in 8..<key.count * 8 {
            var altered = key
            altered[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: TransparencyLogError(.mismatchedKeyID, "")) {
                try VerifierKey(vkey: "\(fields[0])+\(fields[1])+\(Base64.encode(altered))")
            }
        }
    }
}
