import COpenSSL

/// The attributes that a signer signed beside the content's digest (RFC 5652 §11, RFC 5035).
@safe
struct SignedAttributes: ~Copyable {
    private let signer: OpaquePointer

    private let purpose: SignaturePurpose

    /// Borrows a signer from its message.
    init(signer: OpaquePointer, purpose: SignaturePurpose) {
        unsafe self.signer = signer
        self.purpose = purpose
    }

    /// When the signer says to have signed, in seconds since 1970; nobody vouches for it.
    func signingTime() throws(CryptographyError) -> Int64? {
        guard let value = try unsafe value(NID_pkcs9_signingTime) else {
            return nil
        }
        let type = unsafe value.pointee.type
        guard
            type == V_ASN1_UTCTIME || type == V_ASN1_GENERALIZEDTIME,
            let string = unsafe value.pointee.value.asn1_string,
            let time = unsafe ASN1.unixSeconds(string)
        else {
            throw purpose.malformed("states its signing time as a time")
        }
        return time
    }

    /// Throws unless the signed type is the one that the message claims.
    func checkContentType() throws(CryptographyError) {
        guard
            let value = try unsafe value(NID_pkcs9_contentType),
            unsafe value.pointee.type == V_ASN1_OBJECT,
            unsafe OBJ_obj2nid(value.pointee.value.object) == purpose.contentType
        else {
            throw purpose.malformed("names the type of its content among the signed attributes")
        }
    }

    /// The digest of the content.
    func messageDigest() throws(CryptographyError) -> [UInt8] {
        guard
            let value = try unsafe value(NID_pkcs9_messageDigest),
            unsafe value.pointee.type == V_ASN1_OCTET_STRING,
            let digest = unsafe value.pointee.value.octet_string
        else {
            throw purpose.malformed("has its content's digest among the signed attributes")
        }
        return unsafe ASN1.bytes(digest)
    }

    /// Throws `signerMismatch` unless the attributes name this certificate as the signer's, and
    /// every other one they name is known.
    func checkSignerName(
        _ certificate: Certificate,
        among others: [Certificate]
    ) throws(CryptographyError) {
        let first = try signingCertificate(NID_id_smime_aa_signingCertificate)
        let second = try signingCertificate(NID_id_smime_aa_signingCertificateV2)
        // What is not there is not decoded either: libcrypto would complain, and the complaint would
        // turn up in what is said of the next failure.
        let firstForm = unsafe first.flatMap { attribute in
            unsafe DER.decode(attribute) { input, byteCount in
                unsafe d2i_ESS_SIGNING_CERT(nil, input, byteCount)
            } free: { value in
                unsafe ESS_SIGNING_CERT_free(value)
            }
        }
        defer { unsafe ESS_SIGNING_CERT_free(firstForm) }
        let secondForm = unsafe second.flatMap { attribute in
            unsafe DER.decode(attribute) { input, byteCount in
                unsafe d2i_ESS_SIGNING_CERT_V2(nil, input, byteCount)
            } free: { value in
                unsafe ESS_SIGNING_CERT_V2_free(value)
            }
        }
        defer { unsafe ESS_SIGNING_CERT_V2_free(secondForm) }
        guard
            unsafe (first == nil) == (firstForm == nil),
            unsafe (second == nil) == (secondForm == nil)
        else {
            throw .draining(purpose.malformedCode, "The signing-certificate attribute is damaged.")
        }
        let known = try unsafe Certificate.stack(of: [certificate] + others)
        defer { unsafe Certificate.free(known) }
        guard
            unsafe OSSL_ESS_check_signing_certs(firstForm, secondForm, known, 1) == 1,
            try Self.isNamedWell(certificate, in: second ?? []) || purpose == .timestamp
        else {
            throw .draining(
                .signerMismatch,
                "The signed attributes do not name the signer's certificate (CAdES-B)."
            )
        }
    }
}

extension SignedAttributes {
    /// Whether a digest worth the name is in the attribute: libcrypto is content with SHA-1, by
    /// which authorities' timestamps may still name their certificates, but no person's signature.
    private static func isNamedWell(
        _ certificate: Certificate,
        in attribute: [UInt8]
    ) throws(CryptographyError) -> Bool {
        for algorithm in [DigestAlgorithm.sha256, .sha384, .sha512] {
            let digest = try algorithm.hash(certificate.der)
            if attribute.contains(digest) {
                return true
            }
        }
        return false
    }

    /// The encoded value of a signing-certificate attribute.
    private func signingCertificate(_ number: Int32) throws(CryptographyError) -> [UInt8]? {
        guard let value = try unsafe value(number) else {
            return nil
        }
        guard
            unsafe value.pointee.type == V_ASN1_SEQUENCE,
            let sequence = unsafe value.pointee.value.sequence
        else {
            throw purpose.malformed("has an intact signing-certificate attribute")
        }
        return unsafe ASN1.bytes(sequence)
    }

    /// The sole value of an attribute; nil where there is none, and refused where there are more,
    /// as each reader would take another.
    private func value(
        _ number: Int32
    ) throws(CryptographyError) -> UnsafeMutablePointer<ASN1_TYPE>? {
        let place = unsafe CMS_signed_get_attr_by_NID(signer, number, -1)
        guard place >= 0 else {
            return nil
        }
        let attribute = unsafe CMS_signed_get_attr(signer, place)
        guard
            unsafe CMS_signed_get_attr_by_NID(signer, number, place) < 0,
            unsafe X509_ATTRIBUTE_count(attribute) == 1,
            let value = unsafe X509_ATTRIBUTE_get0_type(attribute, 0)
        else {
            throw purpose.malformed("has each signed attribute once")
        }
        return unsafe value
    }
}
