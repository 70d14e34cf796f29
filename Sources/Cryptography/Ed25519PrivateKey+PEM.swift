import COpenSSL

// Private keys in files: PKCS#8 (RFC 5208, RFC 8410 §7) in PEM, plain or under a passphrase by
// PBES2 (RFC 8018 §6.2) with scrypt (RFC 7914) and AES-256-CBC. `openssl pkey` reads and writes
// the same files. Nothing here ever asks for a passphrase at the terminal.

extension Ed25519PrivateKey {
    private static let plainLabel = "PRIVATE KEY"

    private static let encryptedLabel = "ENCRYPTED PRIVATE KEY"

    // OWASP's scrypt setting for 16 MiB: five times over, some 0.2 s for a guess. More memory would
    // be better still, but stock OpenSSL refuses to *read* files that need more than 32 MiB.
    private enum Scrypt {
        static let cost: UInt64 = 1 << 14
        static let blockSize: UInt64 = 8
        static let parallelization: UInt64 = 5
        static let saltByteCount = 16
    }

    /// Reads a key file, plain or encrypted; the passphrase of a plain one is not looked at.
    package convenience init(
        pem: [UInt8],
        passphrase: [UInt8]? = nil
    ) throws(CryptographyError) {
        var (label, der) = try PEM.decode(pem)
        defer { wipe(&der) }
        let info: OpaquePointer
        switch (label, passphrase) {
        case (Self.plainLabel, _):
            unsafe info = try Self.decodePlain(der)
        case (Self.encryptedLabel, let passphrase?):
            unsafe info = try Self.decrypt(der, passphrase: passphrase)
        case (Self.encryptedLabel, nil):
            throw CryptographyError(.passphraseRequired, "The key file needs its passphrase.")
        default:
            throw CryptographyError(.unsupportedKey, "A private key was wanted, not a \(label).")
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        guard let key = unsafe EVP_PKCS82PKEY(info) else {
            throw .draining(.unsupportedKey, "The private key is of an unknown kind.")
        }
        try unsafe self.init(owning: key)
    }

    /// The key as an unencrypted file: who reads the bytes can sign, so write it with mode 0600.
    package func pem() throws(CryptographyError) -> [UInt8] {
        let info = try unsafe privateKeyInfo()
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        var der = unsafe Self.encode { output in unsafe i2d_PKCS8_PRIV_KEY_INFO(info, output) }
        defer { wipe(&der) }
        return try Self.armour(label: Self.plainLabel, der)
    }

    /// The key as a file that only the passphrase opens; slow on purpose.
    package func pem(passphrase: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard !passphrase.isEmpty else {
            throw CryptographyError(.emptyPassphrase, "An empty passphrase protects nothing.")
        }
        let info = try unsafe privateKeyInfo()
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        let scheme = try unsafe Self.encryptionScheme()
        let encrypted = unsafe passphrase.withUnsafeBytes { passphrase in
            unsafe PKCS8_set0_pbe(
                passphrase.assumingMemoryBound(to: CChar.self).baseAddress,
                Int32(clamping: passphrase.count),
                info,
                scheme
            )
        }
        guard let encrypted = unsafe encrypted else {
            unsafe X509_ALGOR_free(scheme)
            throw .draining(.libraryFailure, "The private key could not be encrypted.")
        }
        // From here on `encrypted` owns the scheme.
        defer { unsafe X509_SIG_free(encrypted) }
        let der = unsafe Self.encode { output in unsafe i2d_X509_SIG(encrypted, output) }
        return try Self.armour(label: Self.encryptedLabel, der)
    }
}

extension Ed25519PrivateKey {
    private func privateKeyInfo() throws(CryptographyError) -> OpaquePointer {
        guard let info = unsafe EVP_PKEY2PKCS8(key) else {
            throw .draining(.libraryFailure, "The private key could not be encoded.")
        }
        return unsafe info
    }

    private static func encryptionScheme() throws(CryptographyError)
        -> UnsafeMutablePointer<X509_ALGOR>
    {
        let cipher = unsafe EVP_CIPHER_fetch(nil, "AES-256-CBC", nil)
        defer { unsafe EVP_CIPHER_free(cipher) }
        var salt = try SecureRandom.bytes(count: Scrypt.saltByteCount)
        let scheme = unsafe PKCS5_pbe2_set_scrypt(
            cipher,
            &salt,
            Int32(salt.count),
            nil,
            Scrypt.cost,
            Scrypt.blockSize,
            Scrypt.parallelization
        )
        guard let scheme = unsafe scheme else {
            throw .draining(.libraryFailure, "The encryption of key files is not available.")
        }
        return unsafe scheme
    }

    private static func decodePlain(_ der: [UInt8]) throws(CryptographyError) -> OpaquePointer {
        let info = unsafe decode(der) { input, byteCount in
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
        let encrypted = unsafe decode(der) { input, byteCount in
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

    private static func armour(
        label: String,
        _ der: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        guard !der.isEmpty else {
            throw .draining(.libraryFailure, "The private key could not be encoded.")
        }
        return PEM.encode(label: label, der: der)
    }

    /// Decodes one DER value that must fill all the bytes.
    private static func decode(
        _ der: [UInt8],
        by read: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
        free: (OpaquePointer) -> Void
    ) -> OpaquePointer? {
        unsafe der.withUnsafeBufferPointer { der in
            var cursor = der.baseAddress
            guard let value = unsafe read(&cursor, der.count) else {
                return nil
            }
            guard unsafe cursor == der.baseAddress.map({ start in unsafe start + der.count }) else {
                unsafe free(value)
                return nil
            }
            return unsafe value
        }
    }

    /// The DER bytes that a libcrypto encoder writes; none where it failed.
    private static func encode(
        by write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8] {
        let byteCount = write(nil)
        guard byteCount > 0 else {
            return []
        }
        var der = [UInt8](repeating: 0, count: Int(byteCount))
        let writtenCount = unsafe der.withUnsafeMutableBufferPointer { der in
            var cursor = der.baseAddress
            return unsafe write(&cursor)
        }
        return writtenCount == byteCount ? der : []
    }
}
