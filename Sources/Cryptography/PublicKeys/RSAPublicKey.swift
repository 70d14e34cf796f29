/// A public key for RSA signatures (PKCS#1 v1.5) with SHA-256.
package struct RSAPublicKey: Hashable, Sendable {
    /// Most significant byte first, which is not 0.
    package let modulus: [UInt8]

    /// Most significant byte first.
    package let exponent: [UInt8]

    // Smaller ones can be factored; larger ones have no use but to make a verifier slow.
    private static let modulusByteCounts = 256...1024

    // 65,537, the one exponent that keys in use have.
    private static let exponent: [UInt8] = [0x01, 0x00, 0x01]

    // SEQUENCE { rsaEncryption, NULL } (RFC 3279 §2.3.1).
    private static let algorithm: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    /// Takes a key of 2048 to 8192 bits with the exponent 65,537; throws `invalidKey` for others.
    package init(modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
        guard Self.modulusByteCounts.contains(modulus.count), modulus[0] != 0,
            modulus.count > Self.modulusByteCounts.lowerBound || modulus[0] >= 0x80,
            modulus[modulus.count - 1] & 1 == 1, exponent == Self.exponent
        else {
            throw CryptographyError(
                .invalidKey,
                "An RSA key has 2048 to 8192 bits here, and the exponent 65537."
            )
        }
        self.modulus = modulus
        self.exponent = exponent
    }

    /// The key as SubjectPublicKeyInfo in DER, as stock tools take it.
    package var spkiDER: [UInt8] {
        // A first bit that is set would mean a negative number.
        let sign: [UInt8] = modulus[0] >= 0x80 ? [0] : []
        let numbers = Self.der(0x02, sign + modulus) + Self.der(0x02, exponent)
        return Self.der(0x30, Self.algorithm + Self.der(0x03, [0] + Self.der(0x30, numbers)))
    }

    /// Whether the signature is this key's over exactly this message.
    package func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        SubjectPublicKey.isValidSHA256Signature(signature, for: message, spkiDER: spkiDER)
    }

    /// Tag, length and content of a value below 65,536 bytes.
    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case 0..<0x80: [UInt8(count)]
            case 0x80...0xFF: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
            }
        return [tag] + length + content
    }
}
