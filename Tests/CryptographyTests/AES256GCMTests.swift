import Cryptography
import TestSupport
import Testing

struct AES256GCMTests {
    struct Vector: Sendable {
        let key: String
        let nonce: String
        let associatedData: String
        let plaintext: String
        let sealed: String
    }

    private static let plaintext = """
        d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
        1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255
        """

    private static let ciphertext = """
        522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
        8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad
        """

    private static let key = String(repeating: "feffe9928665731c6d6a8f9467308308", count: 2)

    // McGrew and Viega, "The Galois/Counter Mode of Operation" (submitted to NIST), test cases
    // 13 to 16: those with a 256-bit key and a 96-bit nonce.
    static let vectors = [
        Vector(
            key: String(repeating: "00", count: 32),
            nonce: String(repeating: "00", count: 12),
            associatedData: "",
            plaintext: "",
            sealed: "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        Vector(
            key: String(repeating: "00", count: 32),
            nonce: String(repeating: "00", count: 12),
            associatedData: "",
            plaintext: String(repeating: "00", count: 16),
            sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        ),
        Vector(
            key: key,
            nonce: "cafebabefacedbaddecaf888",
            associatedData: "",
            plaintext: plaintext,
            sealed: ciphertext + "b094dac5d93471bdec1a502270e3cc6c"
        ),
        Vector(
            key: key,
            nonce: "cafebabefacedbaddecaf888",
            associatedData: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            plaintext: String(plaintext.dropLast(8)),
            sealed: ciphertext.dropLast(8) + "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    @Test(arguments: vectors)
    func `Published messages seal to their published bytes and open again`(
        vector: Vector
    ) throws {
        let key = try SymmetricKey(bytes: #require(Hex.decode(vector.key)))
        let nonceBytes = try #require(Hex.decode(vector.nonce))
        let nonce = try #require(AES256GCM.Nonce(bytes: nonceBytes))
        let plaintext = try #require(Hex.decode(vector.plaintext))
        let associatedData = try #require(Hex.decode(vector.associatedData))
        var cipher = try AES256GCM()
        let sealed = try cipher.seal(
            plaintext,
            key: key,
            nonce: nonce,
            associatedData: associatedData
        )
        #expect(Hex.encode(sealed) == vector.sealed)
        let opened = try cipher.open(
            sealed,
            key: key,
            nonce: nonce,
            associatedData: associatedData
        )
        #expect(opened == plaintext)
    }

    @Test func `One context serves many keys, lengths and directions`() throws {
        var generator = SeededGenerator.announced(for: "AES-256-GCM")
        var cipher = try AES256GCM()
        for _ in 0..<300 {
            let key = try SymmetricKey(bytes: generator.bytes(count: 32))
            let nonce = try #require(AES256GCM.Nonce(bytes: generator.bytes(count: 12)))
            let plaintext = generator.bytes(count: Int.random(in: 0...600, using: &generator))
            let context = generator.bytes(count: Int.random(in: 0...40, using: &generator))
            let sealed = try cipher.seal(plaintext, key: key, nonce: nonce, associatedData: context)
            #expect(sealed.count == plaintext.count + AES256GCM.tagByteCount)
            var fresh = try AES256GCM()
            let again = try fresh.seal(plaintext, key: key, nonce: nonce, associatedData: context)
            #expect(again == sealed)
            let opened = try cipher.open(sealed, key: key, nonce: nonce, associatedData: context)
            #expect(opened == plaintext)
        }
    }

    @Test func `One altered bit anywhere and nothing opens`() throws {
        var cipher = try AES256GCM()
        let keyBytes = [UInt8](1...32)
        let nonceBytes = [UInt8](40..<52)
        let context = Array("household/1234567890".utf8)
        let plaintext = Array("เลขที่ 9 หมู่ 2".utf8)
        let sealed = try cipher.seal(
            plaintext,
            key: SymmetricKey(bytes: keyBytes),
            nonce: #require(AES256GCM.Nonce(bytes: nonceBytes)),
            associatedData: context
        )
        let parts = [sealed, keyBytes, nonceBytes, context]
        for part in parts.indices {
            for bit in 0..<parts[part].count * 8 {
                var altered = parts
                altered[part][bit / 8] ^= 1 << (bit % 8)
                #expect(try refuses(&cipher, altered))
            }
        }
        for count in 0..<sealed.count {
            #expect(try refuses(&cipher, [Array(sealed.prefix(count))] + parts.dropFirst()))
        }
        #expect(try refuses(&cipher, [sealed + [0]] + parts.dropFirst()))
        // After all those failures the context still opens what is right.
        #expect(try !refuses(&cipher, parts))
    }

    @Test func `Random nonces and keys do not repeat`() throws {
        var nonces: Set<[UInt8]> = []
        for _ in 0..<1000 {
            try nonces.insert(AES256GCM.Nonce.random().bytes)
        }
        #expect(nonces.count == 1000)
        #expect(AES256GCM.Nonce(bytes: [UInt8](repeating: 0, count: 11)) == nil)
        #expect(AES256GCM.Nonce(bytes: [UInt8](repeating: 0, count: 13)) == nil)
        #expect(try SymmetricKey.random() != SymmetricKey.random())
    }

    /// Whether opening (sealed, key, nonce, context) fails, for the one reason there may be.
    private func refuses(_ cipher: inout AES256GCM, _ parts: [[UInt8]]) throws -> Bool {
        do {
            _ = try cipher.open(
                parts[0],
                key: SymmetricKey(bytes: parts[1]),
                nonce: #require(AES256GCM.Nonce(bytes: parts[2])),
                associatedData: parts[3]
            )
            return false
        } catch let error as CryptographyError where error.code == .authenticationFailed {
            return true
        }
    }
}
