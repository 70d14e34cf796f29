import COpenSSL

/// A private key for Ed25519 signatures (RFC 8032 §5.1); libcrypto holds it and wipes it.
///
/// Neither printing nor reflecting it shows its bytes.
@safe
package final class Ed25519PrivateKey: @unchecked Sendable {
    /// How many bytes the seed of a key has, from which RFC 8032 derives all else.
    package static let seedByteCount = 32

    /// The key with which others check what this one signed.
    package let publicKey: Ed25519PublicKey

    // Only read after `init`; libcrypto allows that from several threads at once.
    let key: OpaquePointer

    /// Owns `key` from here on, also when it throws.
    init(owning key: OpaquePointer) throws(CryptographyError) {
        do {
            publicKey = try unsafe Self.publicKey(of: key)
        } catch {
            unsafe EVP_PKEY_free(key)
            throw error
        }
        unsafe self.key = key
    }

    deinit {
        unsafe EVP_PKEY_free(key)
    }

    /// Makes a key from fresh randomness.
    package static func generate() throws(CryptographyError) -> Ed25519PrivateKey {
        // The seed *is* the private key (RFC 8032 §5.1.5): any 32 random bytes are one.
        let seed = try SymmetricKey.random()
        return try seed.withBytes { (seed) throws(CryptographyError) in
            try Ed25519PrivateKey(seed: seed)
        }
    }

    /// Makes the key of a 32-byte seed; the caller's copy stays the caller's to wipe.
    package convenience init(seed: RawSpan) throws(CryptographyError) {
        guard seed.byteCount == Self.seedByteCount else {
            throw CryptographyError(
                .invalidKey,
                "A seed has \(Self.seedByteCount) bytes, not \(seed.byteCount)."
            )
        }
        let key = unsafe seed.withUnsafeBytes { seed in
            unsafe EVP_PKEY_new_raw_private_key_ex(
                nil,
                "ED25519",
                nil,
                seed.assumingMemoryBound(to: UInt8.self).baseAddress,
                seed.count
            )
        }
        guard let key = unsafe key else {
            throw .draining(.libraryFailure, "The private key could not be made.")
        }
        try unsafe self.init(owning: key)
    }

    /// Makes the key of a 32-byte seed; the caller's copy stays the caller's to wipe.
    package convenience init(seed: [UInt8]) throws(CryptographyError) {
        try unsafe self.init(seed: seed.span.bytes)
    }

    /// The 64-byte signature over a message; the same each time (RFC 8032 §5.1.6).
    package func sign(_ message: RawSpan) throws(CryptographyError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Ed25519PublicKey.signatureByteCount)
        var byteCount = signature.count
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        let isSigned = unsafe message.withUnsafeBytes { message in
            unsafe EVP_DigestSignInit_ex(context, nil, nil, nil, nil, key, nil) == 1
                && EVP_DigestSign(
                    context,
                    &signature,
                    &byteCount,
                    message.assumingMemoryBound(to: UInt8.self).baseAddress,
                    message.count
                ) == 1
        }
        guard isSigned, byteCount == signature.count else {
            throw .draining(.libraryFailure, "The message could not be signed.")
        }
        return signature
    }

    /// The 64-byte signature over a message; the same each time (RFC 8032 §5.1.6).
    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try unsafe sign(message.span.bytes)
    }

    private static func publicKey(
        of key: OpaquePointer
    ) throws(CryptographyError) -> Ed25519PublicKey {
        var rawBytes = [UInt8](repeating: 0, count: Ed25519PublicKey.byteCount)
        var byteCount = rawBytes.count
        guard
            unsafe EVP_PKEY_is_a(key, "ED25519") == 1,
            unsafe EVP_PKEY_get_raw_public_key(key, &rawBytes, &byteCount) == 1,
            byteCount == rawBytes.count
        else {
            throw .draining(.unsupportedKey, "This is not an Ed25519 key.")
        }
        return try Ed25519PublicKey(rawBytes: rawBytes)
    }
}

extension Ed25519PrivateKey: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Names the public key alone.
    package var description: String { "Ed25519PrivateKey(redacted, public key \(publicKey))" }

    /// Names the public key alone.
    package var debugDescription: String { description }

    /// Shows `dump` and debuggers the public key alone.
    package var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}
