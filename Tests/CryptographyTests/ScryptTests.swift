import Cryptography
import Testing

@Suite struct ScryptTests {
    /// RFC 7914 §12; the fourth vector takes a gibibyte and is left out.
    @Test(arguments: [
        (
            "", "", Scrypt(cost: 16, blockSize: 1, parallelization: 1),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        (
            "password", "NaCl", Scrypt(cost: 1024, blockSize: 8, parallelization: 16),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride",
            Scrypt(cost: 16384, blockSize: 8, parallelization: 1),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func `The vectors of RFC 7914`(
        _ passphrase: String,
        _ salt: String,
        _ scrypt: Scrypt,
        _ expected: String
    ) throws {
        let bytes = try scrypt.bytes(
            passphrase: Array(passphrase.utf8),
            salt: Array(salt.utf8),
            count: 64
        )
        #expect(Hex.encode(bytes) == expected)
    }

    @Test(arguments: [
        Scrypt(cost: 0, blockSize: 8, parallelization: 1),
        Scrypt(cost: 1000, blockSize: 8, parallelization: 1),
        Scrypt(cost: 1 << 40, blockSize: 8, parallelization: 1),
        // N < 2^(128 · r / 8)
        Scrypt(cost: 1 << 16, blockSize: 1, parallelization: 1),
        Scrypt(cost: 1 << 17, blockSize: 0, parallelization: 1),
        Scrypt(cost: 1 << 17, blockSize: 65, parallelization: 1),
        Scrypt(cost: 1 << 17, blockSize: .max, parallelization: 1),
        Scrypt(cost: 1 << 17, blockSize: 8, parallelization: 0),
        Scrypt(cost: 1 << 17, blockSize: 8, parallelization: .max),
    ])
    func `Parameters that a file could ask too much with are refused`(_ scrypt: Scrypt) {
        #expect(!scrypt.isUsable)
        #expect(throws: CryptographyError.self) {
            try scrypt.key(passphrase: [1], salt: [2])
        }
    }

    @Test func `Another passphrase or salt gives another key`() throws {
        let scrypt = Scrypt(cost: 16, blockSize: 1, parallelization: 1)
        let key = try scrypt.key(passphrase: [1], salt: [2])
        #expect(try scrypt.key(passphrase: [1], salt: [2]) == key)
        #expect(try scrypt.key(passphrase: [2], salt: [2]) != key)
        #expect(try scrypt.key(passphrase: [1], salt: [1]) != key)
        #expect(Scrypt.standard.isUsable)
        #expect(Scrypt(cost: 1 << 15, blockSize: 1, parallelization: 1).isUsable)
    }
}
