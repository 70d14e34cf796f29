extension Ed25519PublicKey {
    // SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 §4) is this and the key's 32 bytes:
    // SEQUENCE (42) { SEQUENCE (5) { OID 1.3.101.112 }, BIT STRING (33, no unused bits) }.
    private static let spkiPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    private static let label = "PUBLIC KEY"

    /// The key as SubjectPublicKeyInfo in DER, as stock tools take it.
    public var spkiDER: [UInt8] { Self.spkiPrefix + rawBytes }

    /// The key as SubjectPublicKeyInfo in PEM, as stock tools take it.
    public var pem: String {
        String(decoding: PEM.encode(label: Self.label, der: spkiDER), as: UTF8.self)
    }

    /// Reads SubjectPublicKeyInfo in DER.
    public init(spkiDER: [UInt8]) throws(CryptographyError) {
        guard
            spkiDER.count == Self.spkiPrefix.count + Self.byteCount,
            spkiDER.starts(with: Self.spkiPrefix)
        else {
            throw CryptographyError(.unsupportedKey, "This is not an Ed25519 public key in DER.")
        }
        try self.init(rawBytes: Array(spkiDER.dropFirst(Self.spkiPrefix.count)))
    }

    /// Reads SubjectPublicKeyInfo in PEM.
    public init(pem: String) throws(CryptographyError) {
        let (label, der) = try PEM.decode(Array(pem.utf8))
        guard label == Self.label else {
            throw CryptographyError(.unsupportedKey, "A public key was wanted, not a \(label).")
        }
        try self.init(spkiDER: der)
    }
}
