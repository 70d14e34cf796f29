package import Cryptography

/// A token as it is shown once: `bmn_<id>_<secret>`, 12 and 64 hex digits.
package struct TokenText: Sendable {
    /// Names the token in lists and logs; it opens nothing.
    package let id: String
    let secret: [UInt8]

    private static let idByteCount = 6
    private static let secretByteCount = 32

    /// A new one, from the system's generator.
    package static func make() throws(CryptographyError) -> TokenText {
        TokenText(
            id: Hex.encode(try SecureRandom.bytes(count: idByteCount)),
            secret: try SecureRandom.bytes(count: secretByteCount)
        )
    }

    private init(id: String, secret: [UInt8]) {
        self.id = id
        self.secret = secret
    }

    package init?(_ text: String) {
        guard text.utf8.count < 128 else { return nil }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "bmn",
            Hex.decode(parts[1])?.count == Self.idByteCount,
            let secret = Hex.decode(parts[2]), secret.count == Self.secretByteCount
        else { return nil }
        self.init(id: String(parts[1]), secret: secret)
    }

    package var text: String { "bmn_\(id)_\(Hex.encode(secret))" }

    /// What is stored: a plain hash, since nobody guesses 256 random bits, however fast it is.
    var digest: [UInt8] { SHA256.hash(secret).bytes }
}

/// What is known of a token; not the secret.
package struct Token: Sendable, Hashable {
    package let id: String
    package let person: String
    package let scopes: Set<Scope>
    /// Times are microseconds since 1970.
    package let createdAt: Int64
    package let expiresAt: Int64
    package let revokedAt: Int64?
    package let lastUsedAt: Int64?

    package func isValid(at now: Int64) -> Bool { revokedAt == nil && now < expiresAt }
}

/// Compares without telling by its time where the difference is.
func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for offset in left.indices { difference |= left[offset] ^ right[offset] }
    return difference == 0
}
