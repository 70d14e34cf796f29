import COpenSSL

/// A public key for Ed25519 signatures (RFC 8032 §5.1).
public struct Ed25519PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes a public key has.
    public static let byteCount = 32

    /// How many bytes a signature has.
    public static let signatureByteCount = 64

    /// The 32 bytes of the key, as RFC 8032 §5.1.2 encodes the point.
    public let rawBytes: [UInt8]

    /// Takes the 32 bytes of a key that can tell its holder from anyone else.
    ///
    /// Refused with `invalidKey` are wrong lengths, points of small order and encodings other than
    /// the canonical one. Under a small-order key one signature fits many messages, so whoever
    /// registered it could deny or swap what was signed, and libcrypto would not object.
    public init(rawBytes: [UInt8]) throws(CryptographyError) {
        guard rawBytes.count == Self.byteCount else {
            throw CryptographyError(
                .invalidKey,
                "A public key has \(Self.byteCount) bytes, not \(rawBytes.count)."
            )
        }
        guard Self.isCanonical(rawBytes), !Self.isSmallOrder(rawBytes) else {
            throw CryptographyError(.invalidKey, "These bytes are no usable Ed25519 public key.")
        }
        self.rawBytes = rawBytes
    }

    /// The key in lower-case hexadecimal, which is also how people compare two of them.
    public var description: String { Hex.encode(rawBytes) }

    /// Whether the signature is this key's over exactly this message.
    public func isValidSignature(_ signature: [UInt8], for message: RawSpan) -> Bool {
        guard signature.count == Self.signatureByteCount else {
            return false
        }
        let key = unsafe EVP_PKEY_new_raw_public_key_ex(
            nil,
            "ED25519",
            nil,
            rawBytes,
            rawBytes.count
        )
        defer { unsafe EVP_PKEY_free(key) }
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        // Whatever goes wrong, what is not shown to be valid is not valid.
        let isValid = unsafe message.withUnsafeBytes { message in
            unsafe EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key, nil) == 1
                && EVP_DigestVerify(
                    context,
                    signature,
                    signature.count,
                    message.assumingMemoryBound(to: UInt8.self).baseAddress,
                    message.count
                ) == 1
        }
        if !isValid {
            ERR_clear_error()
        }
        return isValid
    }

    /// Whether the signature is this key's over exactly this message.
    public func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        unsafe isValidSignature(signature, for: message.span.bytes)
    }
}

extension Ed25519PublicKey {
    /// Whether the encoded y is below the field's prime, 2^255 - 19 (RFC 8032 §5.1.3, step 1).
    private static func isCanonical(_ rawBytes: [UInt8]) -> Bool {
        rawBytes[31] & 0x7F < 0x7F
            || rawBytes[1..<31].contains { byte in byte < 0xFF }
            || rawBytes[0] < 0xED
    }

    /// Whether the point's order divides the cofactor 8; the sign of x makes no difference.
    private static func isSmallOrder(_ rawBytes: [UInt8]) -> Bool {
        var y = rawBytes
        y[31] &= 0x7F
        return smallOrderYs.contains(y)
    }

    // In order: y = 0 (order 4), 1 (the neutral element), -1 (order 2), and the two of order 8.
    private static let smallOrderYs: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF,
            0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88,
            0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77,
            0x92, 0xAC, 0x03, 0x7A,
        ],
    ]
}
