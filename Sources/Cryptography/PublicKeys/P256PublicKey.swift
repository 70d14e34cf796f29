/// A public key for ECDSA signatures over P-256 (FIPS 186-5) with SHA-256.
package struct P256PublicKey: Hashable, Sendable {
    /// How many bytes a key has: x and y.
    package static let byteCount = 64

    /// x and y of the point, 32 bytes each, most significant first.
    package let rawBytes: [UInt8]

    // SubjectPublicKeyInfo (RFC 5480 §2) of a point is this and its 64 bytes: SEQUENCE (89) {
    // SEQUENCE (19) { id-ecPublicKey, prime256v1 }, BIT STRING (66, no unused bits, 04) }.
    private static let spkiPrefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08,
        0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ]

    /// Takes a point, and throws `invalidKey` where it does not lie on the curve.
    package init(rawBytes: [UInt8]) throws(CryptographyError) {
        guard rawBytes.count == Self.byteCount else {
            throw CryptographyError(
                .invalidKey,
                "A point has \(Self.byteCount) bytes, not \(rawBytes.count)."
            )
        }
        self.rawBytes = rawBytes
        try SubjectPublicKey.checkPoint(spkiDER: spkiDER)
    }

    /// The key as SubjectPublicKeyInfo in DER, as stock tools take it.
    package var spkiDER: [UInt8] { Self.spkiPrefix + rawBytes }

    /// Whether the signature, r and s in DER (RFC 3279 §2.2.3), is this key's over exactly this
    /// message.
    package func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        SubjectPublicKey.isValidSHA256Signature(signature, for: message, spkiDER: spkiDER)
    }
}
