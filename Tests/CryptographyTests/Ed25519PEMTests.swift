import Cryptography
import Testing

struct Ed25519PEMTests {
    private let key: Ed25519PrivateKey

    init() throws {
        key = try Ed25519PrivateKey(seed: [UInt8](repeating: 1, count: 32))
    }

    @Test func `A plain key file is the one that RFC 8410 describes`() throws {
        let pem = try key.pem()
        let der = [UInt8](
            [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22]
                + [0x04, 0x20]
        )
        let body = Base64.encode(der + [UInt8](repeating: 1, count: 32))
        let expected = "-----BEGIN PRIVATE KEY-----\n\(body)\n-----END PRIVATE KEY-----\n"
        #expect(String(decoding: pem, as: UTF8.self) == expected)
        let reread = try Ed25519PrivateKey(pem: pem)
        #expect(reread.publicKey == key.publicKey)
        #expect(try reread.sign([1]) == key.sign([1]))
        let crlf = Array(expected.replacing("\n", with: "\r\n").utf8)
        #expect(try Ed25519PrivateKey(pem: crlf).publicKey == key.publicKey)
    }

    // RFC 8410 §10.3, the first example.
    @Test func `The RFC's own key file is read`() throws {
        let pem = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """
        let publicPEM = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----

            """
        let key = try Ed25519PrivateKey(pem: Array(pem.utf8))
        #expect(key.publicKey.pem == publicPEM)
        #expect(try Ed25519PublicKey(pem: publicPEM) == key.publicKey)
        #expect(try Ed25519PublicKey(spkiDER: key.publicKey.spkiDER) == key.publicKey)
    }

    @Test func `Only its passphrase opens an encrypted key file`() throws {
        let passphrase = Array("ตู้เย็น ๙ ใบ".utf8)
        let pem = try key.pem(passphrase: passphrase)
        #expect(String(decoding: pem, as: UTF8.self).hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY"))
        #expect(try key.pem(passphrase: passphrase) != pem, "salt and IV must be fresh")
        #expect(try Ed25519PrivateKey(pem: pem, passphrase: passphrase).publicKey == key.publicKey)
        for wrong in [[], Array("x".utf8), passphrase + [1], Array(passphrase.dropLast())] {
            #expect(throws: CryptographyError(.wrongPassphrase, "")) {
                try Ed25519PrivateKey(pem: pem, passphrase: wrong)
            }
        }
        #expect(throws: CryptographyError(.passphraseRequired, "")) {
            try Ed25519PrivateKey(pem: pem)
        }
        #expect(throws: CryptographyError(.emptyPassphrase, "")) { try key.pem(passphrase: []) }
    }

    @Test(arguments: [
        "", "\n", "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMC4C!\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PUBLIC KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMC4CAQAw\n-----END ENCRYPTED PRIVATE KEY-----\n",
    ])
    func `What is no key file is called so`(text: String) {
        #expect(throws: CryptographyError(.malformedKeyFile, "")) {
            try Ed25519PrivateKey(pem: Array(text.utf8), passphrase: [1])
        }
    }

    @Test func `Bytes after the key, or another kind of key, are refused`() throws {
        let publicPEM = key.publicKey.pem
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try Ed25519PrivateKey(pem: Array(publicPEM.utf8))
        }
        let privatePEM = try String(decoding: key.pem(), as: UTF8.self)
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try Ed25519PublicKey(pem: privatePEM)
        }
        let lines = privatePEM.split(separator: "\n")
        let der = try #require(Base64.decode(lines[1]))
        let longer = "\(lines[0])\n\(Base64.encode(der + [0]))\n\(lines[2])\n"
        #expect(throws: CryptographyError(.malformedKeyFile, "")) {
            try Ed25519PrivateKey(pem: Array(longer.utf8))
        }
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try Ed25519PublicKey(spkiDER: key.publicKey.spkiDER + [0])
        }
        // X25519 has the same lengths and another purpose (RFC 8410 §3: 1.3.101.110).
        var x25519 = key.publicKey.spkiDER
        x25519[8] = 0x6E
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try Ed25519PublicKey(spkiDER: x25519)
        }
        var privateX25519 = der
        privateX25519[11] = 0x6E
        let file = "\(lines[0])\n\(Base64.encode(privateX25519))\n\(lines[2])\n"
        #expect(throws: CryptographyError(.unsupportedKey, "")) {
            try Ed25519PrivateKey(pem: Array(file.utf8))
        }
    }

    @Test func `A damaged key file never opens as another key`() throws {
        let passphrase: [UInt8] = [1, 2, 3]
        let pem = try key.pem()
        for position in pem.indices {
            var altered = pem
            altered[position] ^= 0x01
            if let other = try? Ed25519PrivateKey(pem: altered, passphrase: passphrase) {
                // Only bits of the seed itself may go unnoticed: a plain file has no checksum.
                #expect(other.publicKey != key.publicKey)
            }
        }
    }
}
