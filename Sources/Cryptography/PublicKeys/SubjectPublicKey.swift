import COpenSSL

/// A public key as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): what libcrypto makes of one.
enum SubjectPublicKey {
    /// Throws `invalidKey` unless libcrypto finds that the key is a point of its curve.
    ///
    /// Not for RSA: there it looks for the factors of a modulus, which takes as long as whoever
    /// made it likes.
    static func checkPoint(spkiDER: [UInt8]) throws(CryptographyError) {
        let failure = "These bytes are no point of the curve."
        guard let key = unsafe read(spkiDER) else {
            throw .draining(.invalidKey, failure)
        }
        defer { unsafe EVP_PKEY_free(key) }
        let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key, nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe context != nil, unsafe EVP_PKEY_public_check(context) == 1 else {
            throw .draining(.invalidKey, failure)
        }
    }

    /// Whether the signature is the key's over SHA-256 of exactly this message: ECDSA (in DER), or
    /// RSA with PKCS#1 v1.5 (RFC 8017 §8.2).
    static func isValidSHA256Signature(
        _ signature: [UInt8],
        for message: [UInt8],
        spkiDER: [UInt8]
    ) -> Bool {
        let key = unsafe read(spkiDER)
        defer { unsafe EVP_PKEY_free(key) }
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        // PKCS#1 v1.5 is what libcrypto takes for an RSA key unless told otherwise.
        let isValid =
            unsafe key != nil
            && EVP_DigestVerifyInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !isValid {
            ERR_clear_error()
        }
        return isValid
    }

    private static func read(_ spkiDER: [UInt8]) -> OpaquePointer? {
        unsafe DER.decode(spkiDER) { input, byteCount in
            unsafe d2i_PUBKEY(nil, input, byteCount)
        } free: { key in
            unsafe EVP_PKEY_free(key)
        }
    }
}
