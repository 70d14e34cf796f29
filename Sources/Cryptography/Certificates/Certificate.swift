import COpenSSL

/// An X.509 certificate (RFC 5280), read once: what it says, not whether anyone should believe it.
///
/// `TrustedRoots` tells that, as part of a signature's or a timestamp's check. Two certificates are
/// equal when their bytes are.
public struct Certificate: Sendable {
    /// More than any certificate in use has; what is longer is not looked at.
    public static let byteCountLimit = 16_384

    /// The certificate's bytes, in DER.
    public let der: [UInt8]

    /// Whose key it certifies: the name as RFC 2253 spells it, in UTF-8, every script readable.
    public let subject: String

    /// Who says so, spelled in the same way.
    public let issuer: String

    /// The serial number in lower-case hexadecimal, whole bytes.
    public let serialHex: String

    /// The first second of its validity, counted from 1970 in UTC.
    public let notBefore: Int64

    /// The last second of its validity, counted from 1970 in UTC.
    public let notAfter: Int64

    /// Whether its key usage, where it states one, has digitalSignature or nonRepudiation.
    public let allowsSigning: Bool

    /// The extended key usages as dotted object identifiers; nil where it does not restrict them.
    public let extendedKeyUsages: [String]?

    /// The public key with its kind (SubjectPublicKeyInfo), in DER: what a renewed certificate of the
    /// same key has in common with the one before it.
    public let subjectPublicKeyInfo: [UInt8]

    /// Every text in the subject and in the subject's alternative names, in their order.
    ///
    /// For whoever must know whether a certificate carries personal data: a citizen's number may
    /// stand in serialNumber, in the common name or in an alternative name of any kind.
    public let subjectTexts: [String]

    /// Reads a certificate in DER, nothing before or after it.
    public init(der: [UInt8]) throws(CryptographyError) {
        defer { ERR_clear_error() }
        let x509 = try unsafe Self.x509(der)
        defer { unsafe X509_free(x509) }
        self.der = der
        subject = try unsafe Self.text(of: X509_get_subject_name(x509))
        issuer = try unsafe Self.text(of: X509_get_issuer_name(x509))
        guard
            let serial = unsafe X509_get0_serialNumber(x509),
            let notBefore = unsafe X509_get0_notBefore(x509).flatMap(ASN1.unixSeconds),
            let notAfter = unsafe X509_get0_notAfter(x509).flatMap(ASN1.unixSeconds)
        else {
            throw Self.malformed("states no period of validity")
        }
        unsafe serialHex = ASN1.hex(serial)
        self.notBefore = notBefore
        self.notAfter = notAfter
        // All ones where there is no such extension, no bit where the extensions contradict
        // each other.
        let usage = unsafe X509_get_key_usage(x509)
        allowsSigning = usage & UInt32(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION) != 0
        extendedKeyUsages = try unsafe Self.extendedKeyUsages(of: x509)
        subjectPublicKeyInfo = unsafe DER.encode { output in
            unsafe i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), output)
        }
        subjectTexts = try unsafe Self.subjectTexts(of: x509)
    }

    /// Reads a text that holds exactly one certificate in PEM.
    public init(pem: [UInt8]) throws(CryptographyError) {
        let all = try Self.all(pem: pem, byteCountLimit: PEM.byteCountLimit)
        guard let certificate = all.first, all.count == 1 else {
            throw Self.malformed("was wanted, and the text holds \(all.count)")
        }
        self = certificate
    }

    /// The certificate in PEM, as stock tools take it.
    public var pem: String {
        String(decoding: PEM.encode(label: Self.label, der: der), as: UTF8.self)
    }

    /// The fingerprint by which people and files name the certificate.
    public var sha256: Digest { SHA256.hash(der) }
}

extension Certificate: Hashable {
    /// Whether both have the same bytes.
    public static func == (left: Certificate, right: Certificate) -> Bool { left.der == right.der }

    /// Feeds the bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }
}

extension Certificate {
    private static let label = "CERTIFICATE"

    /// Every certificate in a text; blocks of other kinds are passed over.
    static func all(
        pem: [UInt8],
        byteCountLimit: Int
    ) throws(CryptographyError) -> [Certificate] {
        var all: [Certificate] = []
        let blocks = try PEM.blocks(
            pem,
            byteCountLimit: byteCountLimit,
            otherwise: .malformedCertificate
        )
        for block in blocks where block.label == label {
            all.append(try Certificate(der: block.der))
        }
        return all
    }

    /// Reads a certificate that libcrypto holds already; it stays the caller's.
    init(copying x509: OpaquePointer) throws(CryptographyError) {
        try unsafe self.init(der: DER.encode { output in unsafe i2d_X509(x509, output) })
    }

    /// Reads the certificates of a libcrypto stack; it stays the caller's.
    static func all(in stack: OpaquePointer?) throws(CryptographyError) -> [Certificate] {
        var all: [Certificate] = []
        let links = unsafe elements(of: stack)
        for index in unsafe links.indices {
            all.append(try unsafe Certificate(copying: links[index]))
        }
        return all
    }

    /// The certificates as a libcrypto stack, the caller's to free.
    static func stack(of certificates: [Certificate]) throws(CryptographyError) -> OpaquePointer {
        guard let stack = unsafe OPENSSL_sk_new_null() else {
            throw .draining(.libraryFailure, "There is no memory for certificates.")
        }
        do throws(CryptographyError) {
            for certificate in certificates {
                let x509 = try unsafe certificate.x509()
                guard unsafe OPENSSL_sk_push(stack, UnsafeRawPointer(x509)) > 0 else {
                    unsafe X509_free(x509)
                    throw .draining(.libraryFailure, "There is no memory for certificates.")
                }
            }
        } catch {
            unsafe free(stack)
            throw error
        }
        return unsafe stack
    }

    /// Frees a stack with its certificates.
    static func free(_ stack: OpaquePointer?) {
        unsafe OPENSSL_sk_pop_free(stack) { x509 in unsafe X509_free(OpaquePointer(x509)) }
    }

    /// libcrypto's form of the certificate, the caller's to free.
    func x509() throws(CryptographyError) -> OpaquePointer {
        try unsafe Self.x509(der)
    }

    /// Throws unless a time lies within the period of validity.
    func checkValidity(at unixSeconds: Int64) throws(CryptographyError) {
        guard notBefore <= unixSeconds else {
            throw CryptographyError(
                .certificateNotYetValid,
                "The signer's certificate was not valid yet at that time."
            )
        }
        // RFC 5280 would allow the last second as well; libcrypto, which checks chains, does not.
        guard unixSeconds < notAfter else {
            throw CryptographyError(
                .certificateExpired,
                "The signer's certificate had expired at that time."
            )
        }
    }

    private static func x509(_ der: [UInt8]) throws(CryptographyError) -> OpaquePointer {
        guard !der.isEmpty, der.count <= byteCountLimit else {
            throw malformed("has 1 to \(byteCountLimit) bytes, not \(der.count)")
        }
        let x509 = unsafe DER.decode(der) { input, byteCount in
            unsafe d2i_X509(nil, input, byteCount)
        } free: { x509 in
            unsafe X509_free(x509)
        }
        guard let x509 = unsafe x509 else {
            throw .draining(.malformedCertificate, "The bytes are no X.509 certificate.")
        }
        // Fingerprints are only good where one certificate has one spelling.
        guard unsafe DER.encode(by: { output in unsafe i2d_X509(x509, output) }) == der else {
            unsafe X509_free(x509)
            throw malformed("is in DER, and these bytes are not")
        }
        return unsafe x509
    }

    static func malformed(_ complaint: String) -> CryptographyError {
        CryptographyError(.malformedCertificate, "A certificate \(complaint).")
    }
}
