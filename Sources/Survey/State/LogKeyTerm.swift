import Cryptography

/// One key of the log, and from when on it signs the checkpoints.
package struct LogKeyTerm: Hashable, Sendable {
    /// The least tree size whose checkpoint it signs.
    package let fromTreeSize: UInt64
    package let vkey: String

    package init(fromTreeSize: UInt64, vkey: String) {
        self.fromTreeSize = fromTreeSize
        self.vkey = vkey
    }
}

extension State {
    /// The verifier key under which the checkpoint of a tree size must be signed; nil for a tree
    /// without records.
    package func logKey(treeSize: UInt64) -> String? {
        logKeys.last { $0.fromTreeSize <= treeSize }?.vkey
    }
}

extension LogKeyRotation {
    /// What the former key signs, so that those who know only it can follow to the new one.
    package static func endorsedText(origin: String, from former: String, to new: String) -> String
    {
        "bmn-ledger log key rotation v1\n\(origin)\n\(former)\n\(new)\n"
    }

    /// Whether the endorsement is the former key's.
    package func isEndorsed(by former: String, _ origin: String) -> Bool {
        let fields = former.split(separator: "+", maxSplits: 2)
        guard fields.count == 3, let bytes = Base64.decode(fields[2]),
            let key = try? Ed25519PublicKey(rawBytes: Array(bytes.dropFirst()))
        else { return false }
        let text = Self.endorsedText(origin: origin, from: former, to: logKey)
        return key.isValidSignature(Array(endorsement), for: Array(text.utf8))
    }
}
