import Cryptography
import Testing

struct HMACSHA256Tests {
    struct Vector: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let code: String

        init(_ key: [UInt8], _ message: [UInt8], _ code: String) {
            self.key = key
            self.message = message
            self.code = code
        }
    }

    // RFC 4231 §4.2 to §4.8; §4.6 is left out, as it truncates.
    static let vectors = [
        Vector(
            [UInt8](repeating: 0x0B, count: 20),
            Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Vector(
            Array("Jefe".utf8),
            Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Vector(
            [UInt8](repeating: 0xAA, count: 20),
            [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        Vector(
            Array(0x01...0x19),
            [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        Vector(
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        Vector(
            [UInt8](repeating: 0xAA, count: 131),
            Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. \
                The key needs to be hashed before being used by the HMAC algorithm.
                """.utf8
            ),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: vectors)
    func `Published keys and messages have their published codes`(vector: Vector) {
        let hmac = unsafe HMACSHA256(key: vector.key.span.bytes)
        #expect(hmac.authenticationCode(for: vector.message).hex == vector.code)
        // The same key again: the states it left must not have moved.
        #expect(hmac.authenticationCode(for: vector.message).hex == vector.code)
    }

    @Test func `A secret key counts as its bytes`() throws {
        let bytes = [UInt8](0..<32)
        let key = try SymmetricKey(bytes: bytes)
        let fromBytes = unsafe HMACSHA256(key: bytes.span.bytes)
        #expect(
            HMACSHA256(key: key).authenticationCode(for: [7])
                == fromBytes.authenticationCode(for: [7])
        )
    }

    @Test func `Keys on either side of the block size follow the definition`() {
        for count in [0, 1, 63, 64, 65, 200] {
            let key = [UInt8](repeating: 0x42, count: count)
            // RFC 2104 §2, word for word.
            var block = count > 64 ? SHA256.hash(key).bytes : key
            block += [UInt8](repeating: 0, count: 64 - block.count)
            let inner = SHA256.hash(block.map { byte in byte ^ 0x36 } + [1, 2, 3])
            let expected = SHA256.hash(block.map { byte in byte ^ 0x5C } + inner.bytes)
            let hmac = unsafe HMACSHA256(key: key.span.bytes)
            #expect(hmac.authenticationCode(for: [1, 2, 3]) == expected)
        }
    }
}
