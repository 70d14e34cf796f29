import Cryptography
import Testing

struct SecretTests {
    @Test func `Printing, dumping or reflecting a secret shows none of it`() throws {
        let bytes = [UInt8](repeating: 0xAB, count: 32)
        let key = try SymmetricKey(bytes: bytes)
        let privateKey = try Ed25519PrivateKey(seed: bytes)
        var dumped = ""
        dump(key, to: &dumped)
        dump(privateKey, to: &dumped)
        dump([key], to: &dumped)
        let shown =
            dumped + "\(key)\(String(reflecting: key))\([key])\(Optional(key) as Any)"
            + "\(privateKey)\(String(reflecting: privateKey))"
        #expect(shown.contains("redacted"))
        #expect(!shown.lowercased().contains("abab"))
        #expect(!shown.contains("171"))
    }

    @Test(arguments: [0, 1, 16, 31, 33, 64])
    func `A key of another length is refused`(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        let refusal = CryptographyError(.invalidKey, "")
        #expect(throws: refusal) { try SymmetricKey(bytes: bytes) }
        #expect(throws: refusal) { try Ed25519PrivateKey(seed: bytes) }
        #expect(throws: refusal) { try Ed25519PublicKey(rawBytes: bytes) }
    }

    @Test func `A key is equal to its copy and to no other`() throws {
        let bytes = [UInt8](0..<32)
        let key = try SymmetricKey(bytes: bytes)
        #expect(try key == SymmetricKey(bytes: bytes))
        for position in bytes.indices {
            var altered = bytes
            altered[position] ^= 0x80
            #expect(try key != SymmetricKey(bytes: altered))
        }
        let lent = key.withBytes { bytes in SHA256.hash(bytes) }
        #expect(lent == SHA256.hash(bytes))
    }

    @Test func `Random bytes come in the number asked for`() throws {
        for count in [0, 1, 12, 1000] {
            #expect(try SecureRandom.bytes(count: count).count == count)
        }
        #expect(try SecureRandom.bytes(count: 32) != SecureRandom.bytes(count: 32))
    }

    @Test func `An error is told by its code and explained by its sentence`() {
        let error = CryptographyError(.wrongPassphrase, "No.")
        #expect(error == CryptographyError(.wrongPassphrase, "Nor this."))
        #expect(error != CryptographyError(.invalidKey, "No."))
        #expect("\(error)" == "wrongPassphrase: No.")
    }
}
