import COpenSSL

extension SigningIdentity {
    /// Makes a fresh P-256 key with a certificate that it signs itself.
    ///
    /// It proves that what it signed was not altered since, and says nothing about who signed: for
    /// sealing a container that nobody signs. The key goes with the last reference to it. Times are
    /// seconds since 1970. Stock OpenSSL accepts such a signature with the certificate itself as
    /// `-CAfile`: its default purpose (S/MIME) asks for a key usage that allows signing and for no
    /// other extended usage.
    public static func ephemeral(
        commonName: String,
        validFrom: Int64,
        validTo: Int64
    ) throws(CryptographyError) -> SigningIdentity {
        defer { ERR_clear_error() }
        // The upper bound of RFC 5280 (ub-common-name).
        guard (1...64).contains(commonName.unicodeScalars.count) else {
            throw Certificate.malformed("has a common name of 1 to 64 characters")
        }
        guard validFrom <= validTo else {
            throw Certificate.malformed("ends after it begins")
        }
        let key = try unsafe generateKey()
        do throws(CryptographyError) {
            let certificate = try unsafe selfSigned(
                key,
                commonName: commonName,
                validity: (validFrom, validTo)
            )
            // The identity owns a reference of its own.
            unsafe EVP_PKEY_up_ref(key)
            defer { unsafe EVP_PKEY_free(key) }
            return try unsafe SigningIdentity(owning: key, certificates: [certificate])
        } catch {
            unsafe EVP_PKEY_free(key)
            throw error
        }
    }

    private static func generateKey() throws(CryptographyError) -> OpaquePointer {
        let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard
            unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            unsafe EVP_PKEY_generate(context, &key) == 1,
            let key = unsafe key
        else {
            throw .draining(.libraryFailure, "No key could be made.")
        }
        return unsafe key
    }

    private static func selfSigned(
        _ key: OpaquePointer,
        commonName: String,
        validity: (first: Int64, last: Int64)
    ) throws(CryptographyError) -> Certificate {
        guard let x509 = unsafe X509_new() else {
            throw .draining(.libraryFailure, "No certificate could be made.")
        }
        defer { unsafe X509_free(x509) }
        // RFC 5280 §4.1.2.2: positive and unique. 127 random bits, the highest of them set.
        var serial = try SecureRandom.bytes(count: 16)
        serial[0] = serial[0] & 0x7F | 0x40
        let notBefore = try unsafe ASN1.time(unixSeconds: validity.first)
        defer { unsafe ASN1_TIME_free(notBefore) }
        let notAfter = try unsafe ASN1.time(unixSeconds: validity.last)
        defer { unsafe ASN1_TIME_free(notAfter) }
        let name = Array(commonName.utf8)
        let subject = unsafe X509_get_subject_name(x509)
        let isFilled =
            unsafe X509_set_version(x509, Int(X509_VERSION_3)) == 1
            && ASN1_STRING_set(X509_get_serialNumber(x509), serial, Int32(serial.count)) == 1
            && X509_set1_notBefore(x509, notBefore) == 1
            && X509_set1_notAfter(x509, notAfter) == 1
            && X509_NAME_add_entry_by_NID(
                subject,
                NID_commonName,
                MBSTRING_UTF8,
                name,
                Int32(name.count),
                -1,
                0
            ) == 1
            && X509_set_issuer_name(x509, subject) == 1
            && X509_set_pubkey(x509, key) == 1
        guard isFilled else {
            throw .draining(.libraryFailure, "The certificate could not be filled in.")
        }
        for (kind, value) in [
            (NID_basic_constraints, "critical,CA:FALSE"),
            (NID_key_usage, "critical,digitalSignature"),
            (NID_subject_key_identifier, "hash"),
        ] {
            try unsafe add(kind, value, to: x509)
        }
        guard unsafe X509_sign(x509, key, EVP_sha256()) > 0 else {
            throw .draining(.libraryFailure, "The certificate could not be signed.")
        }
        return try unsafe Certificate(copying: x509)
    }

    private static func add(
        _ kind: Int32,
        _ value: String,
        to x509: OpaquePointer
    ) throws(CryptographyError) {
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, x509, x509, nil, nil, 0)
        let made = unsafe X509V3_EXT_conf_nid(nil, &context, kind, value)
        defer { unsafe X509_EXTENSION_free(made) }
        guard unsafe made != nil, unsafe X509_add_ext(x509, made, -1) == 1 else {
            throw .draining(.libraryFailure, "The certificate could not be filled in.")
        }
    }
}
