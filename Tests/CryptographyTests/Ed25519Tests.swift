import Cryptography
import Testing

struct Ed25519Tests {
    struct Vector: Sendable {
        let seed: String
        let publicKey: String
        let message: String
        let signature: String
    }

    // RFC 8032 §7.1, TEST 1 to TEST 3.
    static let vectors = [
        Vector(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            message: "",
            signature: """
                e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
                5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
                """
        ),
        Vector(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            message: "72",
            signature: """
                92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
                """
        ),
        Vector(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: """
                6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
                18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a
                """
        ),
    ]

    @Test(arguments: vectors)
    func `Published seeds sign published messages as published`(vector: Vector) throws {
        let key = try Ed25519PrivateKey(seed: #require(Hex.decode(vector.seed)))
        let message = try #require(Hex.decode(vector.message))
        let signature = try key.sign(message)
        #expect(key.publicKey.description == vector.publicKey)
        #expect(Hex.encode(signature) == vector.signature)
        #expect(key.publicKey.isValidSignature(signature, for: message))
    }

    @Test func `One altered bit and a signature is void`() throws {
        let key = try Ed25519PrivateKey.generate()
        let message = Array("certified figures".utf8)
        let signature = try key.sign(message)
        for bit in 0..<signature.count * 8 {
            var altered = signature
            altered[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.isValidSignature(altered, for: message))
        }
        for bit in 0..<message.count * 8 {
            var altered = message
            altered[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.publicKey.isValidSignature(signature, for: altered))
        }
        for count in [0, 1, 32, 63] {
            #expect(!key.publicKey.isValidSignature(Array(signature.prefix(count)), for: message))
        }
        #expect(!key.publicKey.isValidSignature(signature + [0], for: message))
        let other = try Ed25519PrivateKey.generate()
        #expect(!other.publicKey.isValidSignature(signature, for: message))
        #expect(key.publicKey.isValidSignature(signature, for: message))
    }

    @Test func `A signature has one form: S plus the group order is refused`() throws {
        // L, the order of the base point (RFC 8032 §5.1), lowest byte first.
        let order = try #require(
            Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        )
        let key = try Ed25519PrivateKey(seed: [UInt8](repeating: 3, count: 32))
        var signature = try key.sign([1, 2, 3])
        var carry = 0
        for index in 0..<32 {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            signature[32 + index] = UInt8(truncatingIfNeeded: sum)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(!key.publicKey.isValidSignature(signature, for: [1, 2, 3]))
    }

    // Little-endian y of the points of order 1, 2, 4 and 8, then encodings of y not below 2^255-19.
    @Test(arguments: [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ])
    func `A public key that binds nobody is refused, whichever its sign`(hex: String) throws {
        var bytes = try #require(Hex.decode(hex))
        let refusal = CryptographyError(.invalidKey, "")
        #expect(throws: refusal) { try Ed25519PublicKey(rawBytes: bytes) }
        bytes[31] |= 0x80
        #expect(throws: refusal) { try Ed25519PublicKey(rawBytes: bytes) }
    }

    @Test func `Keys made here are taken here`() throws {
        var publicKeys: Set<Ed25519PublicKey> = []
        for _ in 0..<200 {
            try publicKeys.insert(Ed25519PrivateKey.generate().publicKey)
        }
        #expect(publicKeys.count == 200)
    }

    @Test func `Several tasks may sign with one key at once`() async throws {
        let key = try Ed25519PrivateKey.generate()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in UInt8(0)..<32 {
                group.addTask {
                    let message = [UInt8](repeating: number, count: 100)
                    return try key.publicKey.isValidSignature(key.sign(message), for: message)
                }
            }
            for try await isValid in group {
                #expect(isValid)
            }
        }
    }
}
