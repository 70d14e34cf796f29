import COpenSSL

/// Why a cryptographic operation failed; only the code takes part in equality.
public struct CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable name of a reason, for programs.
    public enum Code: String, Sendable {
        /// The sealed bytes, their key, nonce or associated data are not those of the sealing.
        case authenticationFailed
        /// A certificate had expired at the time that counts.
        case certificateExpired
        /// A certificate was not valid yet at the time that counts.
        case certificateNotYetValid
        /// A certificate is not for what it was used for.
        case certificateUsage
        /// A passphrase to write a key with has no characters.
        case emptyPassphrase
        /// A timestamp is over another digest.
        case imprintMismatch
        /// Key bytes of the wrong length, or a public key that proves nothing.
        case invalidKey
        /// A private key and a certificate do not belong together.
        case keyMismatch
        /// libcrypto refused; the reason says what it said.
        case libraryFailure
        /// The bytes are no certificate, or the text holds none.
        case malformedCertificate
        /// The text or its DER content is not a key file.
        case malformedKeyFile
        /// The bytes are no detached CMS signature as it is in use here.
        case malformedSignature
        /// The bytes are no RFC 3161 request, response or token as it is in use here.
        case malformedTimestamp
        /// More bytes than one call can take.
        case messageTooLong
        /// A timestamp answers another request.
        case nonceMismatch
        /// The key file is encrypted and no passphrase was given.
        case passphraseRequired
        /// The system could not supply random bytes.
        case randomnessUnavailable
        /// The signature is not over this content, or one of them was altered.
        case signatureMismatch
        /// The signature does not name the certificate that it is checked with.
        case signerMismatch
        /// The time-stamping authority gave no timestamp.
        case timestampRefused
        /// A timestamp is older than what it is over.
        case timestampTooEarly
        /// A key file of a kind or an encryption that is not in use here.
        case unsupportedKey
        /// No chain leads from the certificate to a trusted root.
        case untrustedCertificate
        /// A digest or a key that is too weak to prove anything.
        case weakAlgorithm
        /// The passphrase does not open the key file.
        case wrongPassphrase
    }

    /// The stable reason.
    public let code: Code

    /// One sentence for people; never contains key material.
    public let reason: String

    /// Names a reason.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The code and the sentence.
    public var description: String { "\(code.rawValue): \(reason)" }

    /// Whether both have the same code.
    public static func == (left: CryptographyError, right: CryptographyError) -> Bool {
        left.code == right.code
    }

    /// Feeds the code alone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }
}

extension CryptographyError {
    /// Names a reason and appends what libcrypto queued about it, emptying the queue.
    ///
    /// The queue belongs to the thread: what is left in it would be blamed on the next failure.
    static func draining(_ code: Code, _ sentence: String) -> CryptographyError {
        let reasons = drainReasons()
        let detail = reasons.isEmpty ? "" : " (libcrypto: \(reasons.joined(separator: "; ")))"
        return CryptographyError(code, sentence + detail)
    }

    /// What libcrypto queued, emptying the queue.
    static func drainReasons() -> [String] {
        var reasons: [String] = []
        while case let packed = ERR_get_error(), packed != 0 {
            if let text = unsafe ERR_reason_error_string(packed) {
                unsafe reasons.append(String(cString: text))
            } else {
                reasons.append("error \(packed)")
            }
        }
        return reasons
    }
}
