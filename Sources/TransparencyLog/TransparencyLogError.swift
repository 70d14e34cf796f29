/// Why bytes or text of the log are not what they should be; only the code takes part in equality.
public struct TransparencyLogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The stable name of a reason, for programs.
    public enum Code: String, Sendable {
        /// The proof does not show that the later tree begins with the earlier one.
        case invalidConsistencyProof
        /// The proof does not show that the entry is in the tree.
        case invalidInclusionProof
        /// The name of a key is empty or has a character that names may not have.
        case invalidKeyName
        /// A signature under the name and ID of a known key is not that key's.
        case invalidSignature
        /// The text is no checkpoint.
        case malformedCheckpoint
        /// The bytes are no compact range.
        case malformedCompactRange
        /// The bytes are no entry bundle of so many entries, or an entry does not fit into one.
        case malformedEntryBundle
        /// The bytes are no signed note, or no signature lines of one.
        case malformedNote
        /// The bytes are no trust policy; the reason names the line.
        case malformedPolicy
        /// The bytes are no proof file.
        case malformedProof
        /// The path names no tile, or the bytes are not that tile's.
        case malformedTile
        /// The text is no verifier key.
        case malformedVerifierKey
        /// The key ID in a verifier key is not that of its name and key.
        case mismatchedKeyID
        /// None of the signatures is by a known key.
        case noKnownSignature
        /// The tree has no such entry or no such beginning.
        case outsideTree
        /// Too few of the witnesses that a policy asks for cosigned the checkpoint.
        case quorumNotReached
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
