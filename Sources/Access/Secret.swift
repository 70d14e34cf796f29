package import Cryptography

/// What opens an enrolment link or a session: 256 random bits, as 64 hex digits.
package struct Secret: Sendable {
    private let bytes: [UInt8]

    private static let byteCount = 32

    /// A new one, from the system's generator.
    package static func make() throws(CryptographyError) -> Secret {
        Secret(bytes: try SecureRandom.bytes(count: byteCount))
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Nil for anything but the one spelling.
    package init?(_ text: String) {
        guard text.utf8.count == 2 * Self.byteCount, let bytes = Hex.decode(text),
            Hex.encode(bytes) == text
        else { return nil }
        self.init(bytes: bytes)
    }

    package var text: String { Hex.encode(bytes) }

    /// What is stored, and looked up: of a hash that nobody can choose, the time of a look-up tells
    /// nothing that helps to find the secret.
    package var digest: String { SHA256.hash(bytes).hex }

    /// Another secret that follows from this one, and from which this one does not follow.
    func derived(for purpose: String) -> String { SHA256.hash(Array(purpose.utf8) + bytes).hex }
}
