import COpenSSL

/// A time-stamping authority's answer (RFC 3161 §2.4.2): a token, or why there is none.
public struct TimestampResponse: Sendable, Hashable {
    /// More than a token of the greatest length with its status can have.
    public static let byteCountLimit = SignedMessage.byteCountLimit + 4_096

    /// The authority's decision, by the number that RFC 3161 gives it.
    public enum Status: Int64, Sendable {
        /// As asked.
        case granted = 0
        /// Not quite as asked; the token tells what.
        case grantedWithModifications = 1
        /// No.
        case rejection = 2
        /// Not yet.
        case waiting = 3
        /// No: the authority's certificate is about to be revoked.
        case revocationWarning = 4
        /// No: the authority's certificate has been revoked.
        case revocationNotification = 5
    }

    /// What the authority found wrong, by the bit that RFC 3161 gives it.
    public enum Failure: Int32, Sendable, CaseIterable {
        /// A digest that it does not take.
        case badAlgorithm = 0
        /// A question that it does not answer.
        case badRequest = 2
        /// A question that it could not read.
        case badDataFormat = 5
        /// Its clock is not available.
        case timeNotAvailable = 14
        /// A policy that it does not follow.
        case unacceptedPolicy = 15
        /// An extension that it does not know.
        case unacceptedExtension = 16
        /// More that was asked for than it has.
        case additionalInformationNotAvailable = 17
        /// Something else.
        case systemFailure = 25
    }

    /// The decision.
    public let status: Status

    /// What the authority wrote for people, in its own words.
    public let statusTexts: [String]

    /// What it found wrong.
    public let failures: [Failure]

    /// The token's bytes as the authority sent them; nil where it refused.
    public let tokenDER: [UInt8]?

    /// Reads an answer, nothing before or after it.
    public init(der: [UInt8]) throws(CryptographyError) {
        defer { ERR_clear_error() }
        guard !der.isEmpty, der.count <= Self.byteCountLimit else {
            throw Self.malformed("has 1 to \(Self.byteCountLimit) bytes, not \(der.count)")
        }
        let response = unsafe DER.decode(der) { input, byteCount in
            unsafe d2i_TS_RESP(nil, input, byteCount)
        } free: { response in
            unsafe TS_RESP_free(response)
        }
        guard let response = unsafe response else {
            throw .draining(.malformedTimestamp, "The bytes are no answer of an authority.")
        }
        defer { unsafe TS_RESP_free(response) }
        let info = unsafe TS_RESP_get_status_info(response)
        var number: Int64 = -1
        guard
            unsafe ASN1_INTEGER_get_int64(&number, TS_STATUS_INFO_get0_status(info)) == 1,
            let status = Status(rawValue: number)
        else {
            throw Self.malformed("has a status from 0 to 5")
        }
        self.status = status
        unsafe statusTexts = elements(of: TS_STATUS_INFO_get0_text(info)).map { text in
            unsafe ASN1.text(UnsafePointer<ASN1_STRING>(text))
        }
        let bits = unsafe TS_STATUS_INFO_get0_failure_info(info)
        failures = Failure.allCases.filter { failure in
            unsafe ASN1_BIT_STRING_get_bit(bits, failure.rawValue) == 1
        }
        let isGranted = status == .granted || status == .grantedWithModifications
        guard unsafe isGranted == (TS_RESP_get_token(response) != nil) else {
            throw Self.malformed(isGranted ? "brings the token it grants" : "brings no token")
        }
        tokenDER = isGranted ? try Self.token(in: der) : nil
    }

    /// The token, or `timestampRefused` with the decision.
    public func token() throws(CryptographyError) -> TimestampToken {
        guard let tokenDER else {
            let details = failures.map { failure in "\(failure)" }.joined(separator: ", ")
            throw CryptographyError(
                .timestampRefused,
                "The time-stamping authority gave no timestamp: \(status)"
                    + (details.isEmpty ? "." : " (\(details)).")
            )
        }
        return try TimestampToken(der: tokenDER)
    }
}

extension TimestampResponse {
    /// The bytes after the status: writing the parsed token anew could change how it is spelled.
    private static func token(in der: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let outer = try header(der[...])
        let status = try header(outer)
        return Array(outer[status.endIndex...])
    }

    /// The content of the first value in the bytes, which has a length of its own.
    private static func header(
        _ der: ArraySlice<UInt8>
    ) throws(CryptographyError) -> ArraySlice<UInt8> {
        let content: ArraySlice<UInt8>? = unsafe der.withUnsafeBufferPointer { bytes in
            var cursor = bytes.baseAddress
            var count = 0
            var tag: Int32 = 0
            var kind: Int32 = 0
            // 0x80: unreadable; 0x01: of indefinite length (X.690 §8.1.3.6).
            let answer = unsafe ASN1_get_object(&cursor, &count, &tag, &kind, bytes.count)
            guard
                answer & 0x81 == 0,
                let start = bytes.baseAddress,
                let cursor = unsafe cursor
            else {
                return nil
            }
            let first = unsafe der.startIndex + start.distance(to: cursor)
            return der[first..<first + count]
        }
        guard let content else {
            throw malformed("has its lengths in DER")
        }
        return content
    }

    private static func malformed(_ complaint: String) -> CryptographyError {
        CryptographyError(.malformedTimestamp, "An authority's answer \(complaint).")
    }
}
