import COpenSSL

// Keys and certificates as authorities and stock tools hand them out. Nothing here ever asks for a
// passphrase at the terminal.

extension SigningIdentity {
    /// Reads a key file and a text with its certificate, in any order among those that lead to the
    /// root; the passphrase of a plain key file is not looked at.
    public convenience init(
        certificatePEM: [UInt8],
        keyPEM: [UInt8],
        passphrase: [UInt8]? = nil
    ) throws(CryptographyError) {
        defer { ERR_clear_error() }
        let certificates = try Certificate.all(
            pem: certificatePEM,
            byteCountLimit: PEM.byteCountLimit
        )
        guard !certificates.isEmpty else {
            throw CryptographyError(.malformedCertificate, "The text holds no certificate.")
        }
        let key = try unsafe Self.key(pem: keyPEM, passphrase: passphrase)
        try unsafe self.init(owning: key, certificates: certificates)
    }

    /// Reads a PKCS#12 file (RFC 7292): key, certificate and chain under one passphrase.
    ///
    /// Files that Windows or OpenSSL 1 wrote are often encrypted with 40-bit RC2; they are refused
    /// with `unsupportedKey`, for renewal with `openssl pkcs12 -legacy`.
    public convenience init(
        pkcs12: [UInt8],
        passphrase: [UInt8]
    ) throws(CryptographyError) {
        defer { ERR_clear_error() }
        guard pkcs12.count <= PEM.byteCountLimit else {
            throw Self.malformed("is longer than \(PEM.byteCountLimit) bytes")
        }
        let file = unsafe DER.decode(pkcs12) { input, byteCount in
            unsafe d2i_PKCS12(nil, input, byteCount)
        } free: { file in
            unsafe PKCS12_free(file)
        }
        guard let file = unsafe file else {
            throw .draining(.malformedKeyFile, "The bytes are no PKCS#12 file.")
        }
        defer { unsafe PKCS12_free(file) }
        let (key, certificates) = try unsafe Self.open(file, passphrase: passphrase)
        try unsafe self.init(owning: key, certificates: certificates)
    }
}

extension SigningIdentity {
    private static func key(
        pem: [UInt8],
        passphrase: [UInt8]?
    ) throws(CryptographyError) -> OpaquePointer {
        // `openssl ecparam -genkey` writes the curve in a block of its own before the key.
        var blocks = try PEM.blocks(pem, otherwise: .malformedKeyFile)
            .filter { block in block.label.hasSuffix("PRIVATE KEY") }
        // Where they lie: a variable of its own would be a copy as soon as it is written to.
        defer { for index in blocks.indices { wipe(&blocks[index].der) } }
        guard blocks.count == 1 else {
            throw malformed("holds \(blocks.count) private keys, not one")
        }
        let label = blocks[0].label
        let kind: Int32
        switch label {
        case "EC PRIVATE KEY": kind = EVP_PKEY_EC
        case "RSA PRIVATE KEY": kind = EVP_PKEY_RSA
        default:
            return try unsafe PKCS8.key(
                label: label,
                der: blocks[0].der,
                passphrase: passphrase
            )
        }
        let key = unsafe DER.decode(blocks[0].der) { input, byteCount in
            unsafe d2i_PrivateKey(kind, nil, input, byteCount)
        } free: { key in
            unsafe EVP_PKEY_free(key)
        }
        guard let key = unsafe key else {
            throw .draining(.malformedKeyFile, "The key file holds no \(label).")
        }
        return unsafe key
    }

    private static func open(
        _ file: OpaquePointer,
        passphrase: [UInt8]
    ) throws(CryptographyError) -> (OpaquePointer, [Certificate]) {
        var macIterations: UnsafePointer<ASN1_INTEGER>?
        unsafe PKCS12_get0_mac(nil, nil, nil, &macIterations, file)
        guard unsafe PKCS12_mac_present(file) == 1 else {
            throw malformed("has no passphrase to check its integrity with")
        }
        // Once that check holds, the rest is the passphrase owner's own doing.
        if let macIterations = unsafe macIterations,
            unsafe ASN1_INTEGER_get(macIterations) > macIterationLimit
        {
            throw malformed("would take longer to open than a forger should make us work")
        }
        // libcrypto takes a C string, and tells no passphrase at all from an empty one by itself.
        var text = passphrase.map(CChar.init(bitPattern:)) + [0]
        defer { unsafe OPENSSL_cleanse(&text, text.count) }
        guard !passphrase.contains(0) else {
            throw wrongPassphrase
        }
        var key: OpaquePointer?
        var own: OpaquePointer?
        var others: OpaquePointer?
        let isOpen = unsafe PKCS12_parse(file, text, &key, &own, &others) == 1
        defer {
            unsafe X509_free(own)
            unsafe Certificate.free(others)
        }
        guard isOpen else {
            throw refusal(CryptographyError.drainReasons())
        }
        guard let key = unsafe key else {
            throw malformed("holds no private key")
        }
        do throws(CryptographyError) {
            var certificates = try unsafe Certificate.all(in: others)
            if let own = unsafe own {
                certificates.insert(try unsafe Certificate(copying: own), at: 0)
            }
            return unsafe (key, certificates)
        } catch {
            unsafe EVP_PKEY_free(key)
            throw error
        }
    }

    private static func refusal(_ reasons: [String]) -> CryptographyError {
        if reasons.contains("mac verify failure") {
            return wrongPassphrase
        }
        if reasons.contains("unsupported") {
            return CryptographyError(
                .unsupportedKey,
                "The PKCS#12 file is encrypted in an old, weak way: renew it with "
                    + "`openssl pkcs12 -legacy -in OLD -nodes | openssl pkcs12 -export -out NEW`."
            )
        }
        return malformed("cannot be read (libcrypto: \(reasons.joined(separator: "; ")))")
    }

    // Seconds of work; stock tools write 2,048, careful ones some hundred thousand.
    private static let macIterationLimit = 5_000_000

    private static let wrongPassphrase = CryptographyError(
        .wrongPassphrase,
        "The passphrase does not open the key file, or the file is damaged."
    )

    private static func malformed(_ complaint: String) -> CryptographyError {
        CryptographyError(.malformedKeyFile, "The key file \(complaint).")
    }
}
