import COpenSSL

/// A CAdES-B signature (ETSI EN 319 122-1) beside the bytes that it signs, as CMS in DER.
///
/// `openssl cms -verify -cades -binary -inform DER -content FILE -in SIGNATURE` accepts the same
/// ones, and `openssl cms -sign -cades -binary -md sha256` makes them. There is one signer, whose
/// certificate is named in the signed attributes by SHA-256 or better.
public struct DetachedSignature: Sendable, Hashable {
    /// How long a signature may be; what is longer is not looked at.
    public static let byteCountLimit = SignedMessage.byteCountLimit

    /// What a signature that holds says.
    public struct Verified: Sendable, Hashable {
        /// The certificate of the key that signed.
        public let signer: Certificate

        /// What else the signature carries, to lead from the signer to a root.
        public let otherCertificates: [Certificate]

        /// When the signer says to have signed, in seconds since 1970; nobody vouches for it.
        public let signingTime: Int64?

        /// The digest that the signature rests on.
        public let digestAlgorithm: DigestAlgorithm
    }

    /// The signature's bytes: SignedData without content (RFC 5652 §5), in DER.
    public let der: [UInt8]

    /// Takes a signature's bytes, and throws `malformedSignature` where they cannot be one.
    public init(der: [UInt8]) throws(CryptographyError) {
        defer { ERR_clear_error() }
        _ = try SignedMessage(der: der, purpose: .document)
        self.der = der
    }

    /// Signs the content; the time is the signer's own word, in seconds since 1970.
    public static func sign(
        _ content: [UInt8],
        identity: SigningIdentity,
        signingTime: Int64
    ) throws(CryptographyError) -> DetachedSignature {
        defer { ERR_clear_error() }
        let der = try unsafe withReader(content) { (reader) throws(CryptographyError) in
            try unsafe sign(reader, identity, signingTime)
        }
        let signature = try DetachedSignature(der: der)
        // A key whose two halves do not match, or a fault while signing, ends here: a wrong
        // signature can give away the key.
        _ = try signature.verifyWithoutChain(content)
        return signature
    }

    /// Throws unless one signer, whom a chain of certificates valid at the time (in seconds since
    /// 1970) leads from to a root, signed exactly this content.
    public func verify(
        _ content: [UInt8],
        roots: TrustedRoots,
        at unixSeconds: Int64
    ) throws(CryptographyError) -> Verified {
        defer { ERR_clear_error() }
        let facts = try SignedMessage(der: der, purpose: .document)
            .check(content: content, knowing: roots.certificates)
        try SignaturePurpose.document.check(signer: facts.signer)
        try roots.check(
            facts.signer,
            among: facts.otherCertificates,
            at: unixSeconds,
            for: .document
        )
        return Verified(facts)
    }

    /// Throws unless the holder of the certificate that it returns signed exactly this content.
    ///
    /// This is the mathematics alone: not whether anyone trusts the certificate, nor whether it was
    /// valid or meant for signing. For an auditor without roots, who can compare its fingerprint.
    /// Where the signer named authorities that the signature does not carry, they must be known.
    public func verifyWithoutChain(
        _ content: [UInt8],
        knowing known: [Certificate] = []
    ) throws(CryptographyError) -> Verified {
        defer { ERR_clear_error() }
        let facts = try SignedMessage(der: der, purpose: .document)
            .check(content: content, knowing: known)
        return Verified(facts)
    }

    /// The certificate that the signature says it is by, nothing of it checked; nil where that is
    /// not in the signature.
    public func claimedSigner() throws(CryptographyError) -> Certificate? {
        defer { ERR_clear_error() }
        return try SignedMessage(der: der, purpose: .document).signer()
    }
}

extension DetachedSignature.Verified {
    fileprivate init(_ facts: SignedMessage.Facts) {
        self.init(
            signer: facts.signer,
            otherCertificates: facts.otherCertificates,
            signingTime: facts.signingTime,
            digestAlgorithm: facts.digestAlgorithm
        )
    }
}

extension DetachedSignature {
    private static func sign(
        _ content: OpaquePointer?,
        _ identity: SigningIdentity,
        _ signingTime: Int64
    ) throws(CryptographyError) -> [UInt8] {
        let flags = UInt32(CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES | CMS_PARTIAL)
        let failure = "The content could not be signed."
        guard let message = unsafe CMS_sign(nil, nil, nil, nil, flags) else {
            throw .draining(.libraryFailure, failure)
        }
        defer { unsafe CMS_ContentInfo_free(message) }
        let certificate = try unsafe identity.certificate.x509()
        defer { unsafe X509_free(certificate) }
        let signer = unsafe CMS_add1_signer(message, certificate, identity.key, EVP_sha256(), flags)
        let time = try unsafe ASN1.time(unixSeconds: signingTime)
        defer { unsafe ASN1_TIME_free(time) }
        let isTimed =
            unsafe signer != nil
            && CMS_signed_add1_attr_by_NID(
                signer,
                NID_pkcs9_signingTime,
                ASN1_STRING_type(time),
                time,
                -1
            ) == 1
        guard isTimed else {
            throw .draining(.libraryFailure, failure)
        }
        for link in identity.chain {
            let x509 = try unsafe link.x509()
            defer { unsafe X509_free(x509) }
            guard unsafe CMS_add1_cert(message, x509) == 1 else {
                throw .draining(.libraryFailure, failure)
            }
        }
        guard unsafe CMS_final(message, content, nil, flags) == 1 else {
            throw .draining(.libraryFailure, failure)
        }
        return unsafe DER.encode { output in unsafe i2d_CMS_ContentInfo(message, output) }
    }
}
