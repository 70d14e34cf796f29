import COpenSSL

/// A CMS SignedData (RFC 5652) by one signer, as signatures and timestamps both are.
///
/// What is checked here is the same for both: one signer, whose certificate lies in the message; a
/// digest and a key that prove something; signed attributes with the content's type and digest, and
/// the signer's certificate by its hash (CAdES-B, RFC 5035 and RFC 5816), without which one
/// certificate could be put in another's place; and the signature over them.
@safe
struct SignedMessage: ~Copyable {
    /// What a message that holds says; whether its signer is to be trusted is another question.
    struct Facts {
        let signer: Certificate
        let otherCertificates: [Certificate]
        let signingTime: Int64?
        let digestAlgorithm: DigestAlgorithm
    }

    /// In base64 it fits a record; real ones have 2 to 10 KiB.
    static let byteCountLimit = 49_152

    let purpose: SignaturePurpose

    private let message: OpaquePointer

    /// Reads the bytes of one message, nothing before or after it.
    init(der: [UInt8], purpose: SignaturePurpose) throws(CryptographyError) {
        self.purpose = purpose
        guard !der.isEmpty, der.count <= Self.byteCountLimit else {
            throw purpose.malformed("has 1 to \(Self.byteCountLimit) bytes, not \(der.count)")
        }
        let message = unsafe DER.decode(der) { input, byteCount in
            unsafe d2i_CMS_ContentInfo(nil, input, byteCount)
        } free: { message in
            unsafe CMS_ContentInfo_free(message)
        }
        guard let message = unsafe message else {
            throw .draining(purpose.malformedCode, "The bytes are no CMS message.")
        }
        do throws(CryptographyError) {
            try unsafe Self.check(message, purpose, der)
        } catch {
            unsafe CMS_ContentInfo_free(message)
            throw error
        }
        unsafe self.message = message
    }

    deinit {
        unsafe CMS_ContentInfo_free(message)
    }

    /// The content that lies in the message itself.
    var embeddedContent: [UInt8] {
        guard
            let place = unsafe CMS_get0_content(message),
            let content = unsafe place.pointee
        else {
            return []
        }
        return unsafe ASN1.bytes(content)
    }

    /// The certificates in the message, the signer's wherever it happens to stand.
    func certificates() throws(CryptographyError) -> [Certificate] {
        let stack = unsafe CMS_get1_certs(message)
        defer { unsafe Certificate.free(stack) }
        return try unsafe Certificate.all(in: stack)
    }

    /// The certificate of the sole signer; nil where it is not in the message.
    func signer() throws(CryptographyError) -> Certificate? {
        let signer = try unsafe soleSigner()
        var x509: OpaquePointer?
        unsafe CMS_SignerInfo_get0_algs(signer, nil, &x509, nil, nil)
        guard let x509 = unsafe x509 else {
            return nil
        }
        return try unsafe Certificate(copying: x509)
    }

    /// Checks all but the chain: throws unless the sole signer signed exactly this content.
    func check(
        content: [UInt8],
        knowing known: [Certificate] = []
    ) throws(CryptographyError) -> Facts {
        let signer = try unsafe soleSigner()
        var key: OpaquePointer?
        var x509: OpaquePointer?
        var algorithm: UnsafeMutablePointer<X509_ALGOR>?
        var signatureAlgorithm: UnsafeMutablePointer<X509_ALGOR>?
        unsafe CMS_SignerInfo_get0_algs(signer, &key, &x509, &algorithm, &signatureAlgorithm)
        guard
            let x509 = unsafe x509,
            let algorithm = unsafe algorithm,
            let signatureAlgorithm = unsafe signatureAlgorithm
        else {
            throw .draining(
                purpose.malformedCode,
                "The signer's certificate is not in the message."
            )
        }
        guard let digestAlgorithm = unsafe DigestAlgorithm(algorithm) else {
            throw CryptographyError(.weakAlgorithm, "A signature rests on SHA-256 or better here.")
        }
        try unsafe SigningKey.check(key)
        if purpose == .document {
            // Stock tools hash with what this list names, and know no signer whose digest is not
            // in it.
            guard try digestAlgorithmNumbers() == [digestAlgorithm.number] else {
                throw purpose.malformed("lists the digest of its signer and no other")
            }
            guard unsafe SigningKey.signs(key, as: signatureAlgorithm, digestAlgorithm) else {
                throw purpose.malformed("names a signature algorithm of its key and digest")
            }
        }
        let certificate = try unsafe Certificate(copying: x509)
        let others = try certificates().filter { other in other != certificate }
        let attributes = unsafe SignedAttributes(signer: signer, purpose: purpose)
        let signingTime = try attributes.signingTime()
        try attributes.checkContentType()
        try attributes.checkSignerName(certificate, among: others + known)
        // What CMS_verify does as well, but that hashes the content once for each digest that the
        // message lists, and a timestamp's list may be as long as a forger likes.
        guard
            try attributes.messageDigest() == digestAlgorithm.hash(content),
            unsafe CMS_SignerInfo_verify(signer) == 1
        else {
            throw .draining(
                .signatureMismatch,
                "The signature is not over these bytes, or it was altered."
            )
        }
        return Facts(
            signer: certificate,
            otherCertificates: others,
            signingTime: signingTime,
            digestAlgorithm: digestAlgorithm
        )
    }
}

extension SignedMessage {
    private func soleSigner() throws(CryptographyError) -> OpaquePointer {
        let signers = unsafe elements(of: CMS_get0_SignerInfos(message))
        guard let signer = unsafe signers.first, unsafe signers.count == 1 else {
            throw purpose.malformed("has exactly one signer")
        }
        // Finds the signer's certificate among those in the message.
        unsafe CMS_set1_signers_certs(message, nil, 0)
        return unsafe signer
    }

    private static func check(
        _ message: OpaquePointer,
        _ purpose: SignaturePurpose,
        _ der: [UInt8]
    ) throws(CryptographyError) {
        guard
            unsafe OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed,
            unsafe OBJ_obj2nid(CMS_get0_eContentType(message)) == purpose.contentType
        else {
            throw .draining(purpose.malformedCode, "The CMS message is of another type.")
        }
        let isDetached = unsafe CMS_is_detached(message) == 1
        guard isDetached == (purpose == .document) else {
            throw purpose.malformed(
                isDetached ? "holds its content" : "holds no content: sign with it detached"
            )
        }
        // RFC 5652 allows BER outside the signed attributes, and authorities make use of it. What
        // we take from members is DER, which every reader takes apart in the same way. It is not
        // the one spelling of a signature all the same: versions, parameters and other certificates
        // are signed by nobody.
        guard purpose == .document else {
            return
        }
        let spelling = unsafe DER.encode { output in unsafe i2d_CMS_ContentInfo(message, output) }
        guard spelling == der else {
            throw purpose.malformed(
                "is in DER: `openssl cms -cmsout -inform DER -outform DER` rewrites it"
            )
        }
    }
}

extension SignedMessage {
    /// libcrypto's numbers of the digests that the message lists (RFC 5652 §5.1,
    /// `digestAlgorithms`), which no function of it tells; DER alone.
    private func digestAlgorithmNumbers() throws(CryptographyError) -> [Int32] {
        let der = unsafe DER.encode { output in unsafe i2d_CMS_ContentInfo(message, output) }
        guard
            // ContentInfo: the type, [0] SignedData; SignedData: the version, the digests.
            let info = DER.values(in: der[...])?.first,
            let signedData = DER.values(in: info.content)?.last,
            let fields = DER.values(in: signedData.content)?.first,
            let digests = DER.values(in: fields.content)?.dropFirst().first,
            let algorithms = DER.values(in: digests.content)
        else {
            throw purpose.malformed("lists its digests")
        }
        return algorithms.map { algorithm in
            guard let name = DER.values(in: algorithm.content)?.first else { return NID_undef }
            let object = unsafe DER.decode(Array(name.encoded)) { input, byteCount in
                unsafe d2i_ASN1_OBJECT(nil, input, byteCount)
            } free: { object in
                unsafe ASN1_OBJECT_free(object)
            }
            defer { unsafe ASN1_OBJECT_free(object) }
            return unsafe OBJ_obj2nid(object)
        }
    }
}
