import COpenSSL

// Private keys in files: PKCS#8 (RFC 5208, RFC 8410 §7) in PEM, plain or under a passphrase by
// PBES2 (RFC 8018 §6.2) with scrypt (RFC 7914) and AES-256-CBC. `openssl pkey` reads and writes
// the same files. Nothing here ever asks for a passphrase at the terminal.

extension Ed25519PrivateKey {
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
        try unsafe self.init(owning: PKCS8.key(label: label, der: der, passphrase: passphrase))
    }

    /// The key as an unencrypted file: who reads the bytes can sign, so write it with mode 0600.
    package func pem() throws(CryptographyError) -> [UInt8] {
        let info = try unsafe privateKeyInfo()
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
        var der = unsafe DER.encode { output in unsafe i2d_PKCS8_PRIV_KEY_INFO(info, output) }
        defer { wipe(&der) }
        return try Self.armour(label: PKCS8.plainLabel, der)
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
        let der = unsafe DER.encode { output in unsafe i2d_X509_SIG(encrypted, output) }
        return try Self.armour(label: PKCS8.encryptedLabel, der)
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

    private static func armour(
        label: String,
        _ der: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        guard !der.isEmpty else {
            throw .draining(.libraryFailure, "The private key could not be encoded.")
        }
        return PEM.encode(label: label, der: der)
    }
}
