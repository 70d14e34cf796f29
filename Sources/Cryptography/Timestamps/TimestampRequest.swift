import COpenSSL

/// A request to a time-stamping authority (RFC 3161 §2.4.1) to confirm when a digest existed.
///
/// It asks for the authority's certificate inside the answer, for without that nobody could check
/// the timestamp later. Sent as `application/timestamp-query`; the digest alone leaves the house.
public struct TimestampRequest: Sendable, Hashable {
    /// How long a nonce may be; 8 bytes are usual.
    public static let nonceByteCountLimit = 32

    /// The SHA-256 digest to be timestamped.
    public let imprint: Digest

    /// The number that the answer must repeat, big-endian: it ties the answer to this question.
    public let nonce: [UInt8]?

    /// The request's bytes, in DER.
    public let der: [UInt8]

    /// Asks about a SHA-256 digest.
    public init(imprint: Digest, nonce: [UInt8]? = nil) throws(CryptographyError) {
        defer { ERR_clear_error() }
        guard (1...Self.nonceByteCountLimit).contains(nonce?.count ?? 1) else {
            throw CryptographyError(
                .malformedTimestamp,
                "A nonce has 1 to \(Self.nonceByteCountLimit) bytes."
            )
        }
        guard let request = unsafe TS_REQ_new() else {
            throw Self.failure
        }
        defer { unsafe TS_REQ_free(request) }
        try unsafe Self.setImprint(imprint, of: request)
        if let nonce {
            try unsafe Self.setNonce(nonce, of: request)
        }
        guard
            unsafe TS_REQ_set_version(request, 1) == 1,
            unsafe TS_REQ_set_cert_req(request, 1) == 1,
            case let der = unsafe DER.encode(by: { output in unsafe i2d_TS_REQ(request, output) }),
            !der.isEmpty
        else {
            throw Self.failure
        }
        self.imprint = imprint
        self.nonce = nonce
        self.der = der
    }

    private static func setImprint(
        _ imprint: Digest,
        of request: OpaquePointer
    ) throws(CryptographyError) {
        let algorithm = unsafe X509_ALGOR_new()
        defer { unsafe X509_ALGOR_free(algorithm) }
        let message = unsafe TS_MSG_IMPRINT_new()
        defer { unsafe TS_MSG_IMPRINT_free(message) }
        var digest = imprint.bytes
        // Both setters copy what they are given.
        guard
            unsafe X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil) == 1,
            unsafe TS_MSG_IMPRINT_set_algo(message, algorithm) == 1,
            unsafe TS_MSG_IMPRINT_set_msg(message, &digest, Int32(digest.count)) == 1,
            unsafe TS_REQ_set_msg_imprint(request, message) == 1
        else {
            throw failure
        }
    }

    private static func setNonce(
        _ nonce: [UInt8],
        of request: OpaquePointer
    ) throws(CryptographyError) {
        let number = unsafe BN_bin2bn(nonce, Int32(nonce.count), nil)
        defer { unsafe BN_free(number) }
        let integer = unsafe BN_to_ASN1_INTEGER(number, nil)
        defer { unsafe ASN1_INTEGER_free(integer) }
        guard unsafe integer != nil, unsafe TS_REQ_set_nonce(request, integer) == 1 else {
            throw failure
        }
    }

    private static var failure: CryptographyError {
        .draining(.libraryFailure, "The timestamp request could not be made.")
    }
}
