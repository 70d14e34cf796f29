import COpenSSL

/// The certificates somebody decided to trust, and the check that a chain leads to one of them.
///
/// The check is the same on every machine and on every day: it is made for a given time, knows no
/// system store, opens no connection and asks for no revocation (neither CRL nor OCSP). Who must
/// know of revocations keeps the issuer's word beside the signature.
public struct TrustedRoots: Sendable, Hashable {
    /// How many certificates a file may have: twice what web browsers trust.
    public static let countLimit = 256

    /// How long a file may be; what is longer is not looked at.
    public static let byteCountLimit = 1 << 20

    /// The certificates, in their order.
    ///
    /// A chain ends at a self-signed one of them; others help to get there, like those that a
    /// signature brings.
    public let certificates: [Certificate]

    /// Reads a text of one or more certificates in PEM.
    public init(pem: [UInt8]) throws(CryptographyError) {
        let certificates = try Certificate.all(pem: pem, byteCountLimit: Self.byteCountLimit)
        guard !certificates.isEmpty else {
            throw CryptographyError(.malformedCertificate, "The text holds no certificate.")
        }
        try self.init(certificates)
    }

    /// Trusts these certificates.
    public init(_ certificates: [Certificate]) throws(CryptographyError) {
        guard certificates.count <= Self.countLimit else {
            throw CryptographyError(
                .messageTooLong,
                "At most \(Self.countLimit) certificates can be trusted at once."
            )
        }
        self.certificates = certificates
    }

    /// Throws unless documents can be signed with the certificate, and a chain leads from it to a
    /// root, every link valid at the time (in seconds since 1970).
    ///
    /// The rest of a signature's check, where `verifyWithoutChain` was the first; and what can be
    /// asked of a certificate before it signed anything.
    public func verify(
        _ signer: Certificate,
        among others: [Certificate] = [],
        at unixSeconds: Int64
    ) throws(CryptographyError) {
        defer { ERR_clear_error() }
        let x509 = try unsafe signer.x509()
        defer { unsafe X509_free(x509) }
        try unsafe SigningKey.check(X509_get0_pubkey(x509))
        try SignaturePurpose.document.check(signer: signer)
        try check(signer, among: others, at: unixSeconds, for: .document)
    }
}

extension TrustedRoots {
    // RSA of 2048 bits, SHA-256 and their like (OpenSSL's security level 2), whatever the level
    // that the machine's openssl.cnf sets.
    private static let securityLevel: Int32 = 2

    // Signer, root, and more authorities between them than anyone has.
    private static let depthLimit: Int32 = 8

    /// Throws unless a chain leads from the signer to a root, every link valid at the time.
    func check(
        _ signer: Certificate,
        among others: [Certificate],
        at unixSeconds: Int64,
        for purpose: SignaturePurpose
    ) throws(CryptographyError) {
        let leaf = try unsafe signer.x509()
        defer { unsafe X509_free(leaf) }
        let untrusted = try unsafe Certificate.stack(of: others)
        defer { unsafe Certificate.free(untrusted) }
        guard let store = unsafe X509_STORE_new(), let context = unsafe X509_STORE_CTX_new() else {
            throw .draining(.libraryFailure, "The chain could not be checked.")
        }
        defer {
            unsafe X509_STORE_CTX_free(context)
            unsafe X509_STORE_free(store)
        }
        for root in certificates {
            let x509 = try unsafe root.x509()
            // The store counts its own reference.
            defer { unsafe X509_free(x509) }
            guard unsafe X509_STORE_add_cert(store, x509) == 1 else {
                throw .draining(.libraryFailure, "A root could not be added.")
            }
        }
        guard unsafe X509_STORE_CTX_init(context, store, leaf, untrusted) == 1 else {
            throw .draining(.libraryFailure, "The chain could not be checked.")
        }
        let settings = unsafe X509_STORE_CTX_get0_param(context)
        unsafe X509_VERIFY_PARAM_set_time(settings, Int(unixSeconds))
        unsafe X509_VERIFY_PARAM_set_auth_level(settings, Self.securityLevel)
        unsafe X509_VERIFY_PARAM_set_depth(settings, Self.depthLimit)
        guard
            unsafe X509_VERIFY_PARAM_set_purpose(settings, purpose.x509Purpose) == 1,
            unsafe X509_verify_cert(context) == 1
        else {
            throw unsafe Self.refusal(X509_STORE_CTX_get_error(context))
        }
        let chain = try unsafe Certificate.all(in: X509_STORE_CTX_get0_chain(context))
        for link in chain.dropFirst().dropLast() {
            try purpose.check(intermediate: link)
        }
    }

    private static func refusal(_ code: Int32) -> CryptographyError {
        let said = unsafe X509_verify_cert_error_string(Int(code))
        let sentence = unsafe said.map { text in unsafe String(cString: text) } ?? "error \(code)"
        let reason: CryptographyError.Code =
            switch code {
            case X509_V_ERR_CERT_HAS_EXPIRED: .certificateExpired
            case X509_V_ERR_CERT_NOT_YET_VALID: .certificateNotYetValid
            case X509_V_ERR_INVALID_PURPOSE, X509_V_ERR_INVALID_CA,
                X509_V_ERR_KEYUSAGE_NO_CERTSIGN, X509_V_ERR_PATH_LENGTH_EXCEEDED:
                .certificateUsage
            case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL,
                X509_V_ERR_CA_MD_TOO_WEAK:
                .weakAlgorithm
            default: .untrustedCertificate
            }
        return .draining(reason, "The signer's certificate is not to be trusted: \(sentence).")
    }
}
