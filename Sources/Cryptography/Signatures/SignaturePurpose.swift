import COpenSSL

/// What something was signed for, and what the signer's certificate must be for then.
///
/// A statement's signer needs digitalSignature or nonRepudiation where the certificate states a key
/// usage, and where it states extended key usages, one that has to do with signing documents:
/// emailProtection (S/MIME, the default purpose of `openssl cms -verify`), documentSigning
/// (RFC 9336), the document signing usages of Microsoft and Adobe, or any usage. A certificate for
/// web servers or clients alone proves who is at the other end of a line, not what a person meant
/// to sign. A time-stamping authority needs exactly timeStamping, critical (RFC 3161 §2.3).
enum SignaturePurpose {
    case document
    case timestamp

    private static let anyUsage = "2.5.29.37.0"

    private static let timestampUsage = "1.3.6.1.5.5.7.3.8"

    private static let documentUsages: Set<String> = [
        "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12",
        "1.2.840.113583.1.1.5",
    ]

    /// libcrypto's number of the content's type: id-data, or id-ct-TSTInfo (RFC 3161 §2.4.2).
    var contentType: Int32 {
        switch self {
        case .document: NID_pkcs7_data
        case .timestamp: NID_id_smime_ct_TSTInfo
        }
    }

    /// libcrypto's name for what the chain is checked for.
    var x509Purpose: Int32 {
        switch self {
        case .document: X509_PURPOSE_ANY
        case .timestamp: X509_PURPOSE_TIMESTAMP_SIGN
        }
    }

    /// Throws unless the signer's certificate is for this purpose.
    func check(signer: Certificate) throws(CryptographyError) {
        guard signer.allowsSigning, allows(signer.extendedKeyUsages) else {
            throw Self.refusal
        }
        guard self == .timestamp else {
            return
        }
        // libcrypto also looks at whether the usage is critical, but takes no account of usages
        // that it does not know.
        let x509 = try unsafe signer.x509()
        defer { unsafe X509_free(x509) }
        guard
            signer.extendedKeyUsages == [Self.timestampUsage],
            unsafe X509_check_purpose(x509, x509Purpose, 0) == 1
        else {
            throw Self.refusal
        }
    }

    /// Throws where an authority between signer and root is restricted to other purposes.
    func check(intermediate: Certificate) throws(CryptographyError) {
        guard allows(intermediate.extendedKeyUsages) else {
            throw Self.refusal
        }
    }

    func malformed(_ complaint: String) -> CryptographyError {
        let name = self == .document ? "A signature" : "A timestamp"
        return CryptographyError(malformedCode, "\(name) \(complaint).")
    }

    var malformedCode: CryptographyError.Code {
        switch self {
        case .document: .malformedSignature
        case .timestamp: .malformedTimestamp
        }
    }

    private func allows(_ usages: [String]?) -> Bool {
        guard let usages else {
            return true
        }
        let wanted = self == .document ? Self.documentUsages : [Self.timestampUsage]
        return usages.contains { usage in usage == Self.anyUsage || wanted.contains(usage) }
    }

    private static let refusal = CryptographyError(
        .certificateUsage,
        "A certificate in the chain is not for what it was used for."
    )
}
