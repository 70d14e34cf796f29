import COpenSSL

/// Why a cryptographic operation failed; only the code takes part in equality.
public struct CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable name of a reason, for programs.
    public enum Code: String, Sendable {
        /// The sealed bytes, their key, nonce or associated data are not those of the sealing.
        case authenticationFailed
        /// A passphrase to write a key with has no characters.
        case emptyPassphrase
        /// Key bytes of the wrong length, or a public key that proves nothing.
        case invalidKey
        /// The text or its DER content is not a key file.
        case malformedKeyFile
        /// libcrypto refused; the reason says what it said.
        case libraryFailure
        /// More bytes than one call can take.
        case messageTooLong
        /// The key file is encrypted and no passphrase was given.
        case passphraseRequired
        /// The system could not supply random bytes.
        case randomnessUnavailable
        /// A key file of a kind or an encryption that is not in use here.
        case unsupportedKey
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
        var reasons: [String] = []
        while case let packed = ERR_get_error(), packed != 0 {
            if let text = unsafe ERR_reason_error_string(packed) {
                unsafe reasons.append(String(cString: text))
            } else {
                reasons.append("error \(packed)")
            }
        }
        let detail = reasons.isEmpty ? "" : " (libcrypto: \(reasons.joined(separator: "; ")))"
        return CryptographyError(code, sentence + detail)
    }
}
