/// Why bytes or text of the log are not what they should be; only the code takes part in equality.
public struct TransparencyLogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable name of a reason, for programs.
    public enum Code: String, Sendable {
        /// The name of a key is empty or has a character that names may not have.
        case invalidKeyName
        /// The bytes are no compact range.
        case malformedCompactRange
        /// The text is no verifier key.
        case malformedVerifierKey
        /// The key ID in a verifier key is not that of its name and key.
        case mismatchedKeyID
        /// The verifier key is for a kind of signature that is not in use here.
        case unsupportedKeyType
    }

    /// The stable reason.
    public let code: Code

    /// One sentence for people.
    public let reason: String

    /// Names a reason.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The code and the sentence.
    public var description: String { "\(code.rawValue): \(reason)" }

    /// Whether both have the same code.
    public static func == (left: TransparencyLogError, right: TransparencyLogError) -> Bool {
        left.code == right.code
    }

    /// Feeds the code alone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }
}
