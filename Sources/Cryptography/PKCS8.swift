import COpenSSL

/// Private keys as files hold them: PKCS#8 (RFC 5208), plain or under PBES2 (RFC 8018 §6.2).
enum PKCS8 {
    static let plainLabel = "PRIVATE KEY"

    static let encryptedLabel = "ENCRYPTED PRIVATE KEY"

    /// The key in one PEM block, the caller's to free; a plain one needs no passphrase.
    static func key(
        label: String,
        der: [UInt8],
        passphrase: [UInt8]?
    ) throws(CryptographyError) -> OpaquePointer {
        let info: OpaquePointer
        switch (label, passphrase) {
        case (plainLabel, _):
            unsafe info = try decodePlain(der)
        case (encryptedLabel, let passphrase?):
            unsafe info = try decrypt(der, passphrase: passphrase)
        case (encryptedLabel, nil):
            throw CryptographyError(.passphraseRequired, "The key file needs its passphrase.")
        default:
            throw CryptographyError(.unsupportedKey, "A private key was wanted, not a \(label).")
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        guard let key = unsafe EVP_PKCS82PKEY(info) else {
            throw .draining(.unsupportedKey, "The private key is of an unknown kind.")
        }
        return unsafe key
    }

    private static func decodePlain(_ der: [UInt8]) throws(CryptographyError) -> OpaquePointer {
        let info = unsafe DER.decode(der) { input, byteCount in
            unsafe d2i_PKCS8_PRIV_KEY_INFO(nil, input, byteCount)
        } free: { info in
            unsafe PKCS8_PRIV_KEY_INFO_free(info)
        }
        guard let info = unsafe info else {
            throw .draining(.malformedKeyFile, "The key file holds no PKCS#8 private key.")
        }
        return unsafe info
    }

    private static func decrypt(
        _ der: [UInt8],
        passphrase: [UInt8]
    ) throws(CryptographyError) -> OpaquePointer {
        let encrypted = unsafe DER.decode(der) { input, byteCount in
            unsafe d2i_X509_SIG(nil, input, byteCount)
        } free: { encrypted in
            unsafe X509_SIG_free(encrypted)
        }
        guard let encrypted = unsafe encrypted else {
            throw .draining(.malformedKeyFile, "The key file holds no encrypted PKCS#8 key.")
        }
        defer { unsafe X509_SIG_free(encrypted) }
        var scheme: UnsafePointer<X509_ALGOR>?
        unsafe X509_SIG_get0(encrypted, &scheme, nil)
        guard let scheme = unsafe scheme, unsafe OBJ_obj2nid(scheme.pointee.algorithm) == NID_pbes2
        else {
            throw CryptographyError(.unsupportedKey, "The key file's encryption is not PBES2.")
        }
        let info = unsafe passphrase.withUnsafeBytes { passphrase in
            // A length of -1 would mean a C string; this is bytes and their count, also when none.
            unsafe PKCS8_decrypt(
                encrypted,
                passphrase.assumingMemoryBound(to: CChar.self).baseAddress,
                Int32(clamping: passphrase.count)
            )
        }
        guard let info = unsafe info else {
            throw .draining(
                .wrongPassphrase,
                "The passphrase does not open the key file, or the file is damaged."
            )
        }
        return unsafe info
    }
}
