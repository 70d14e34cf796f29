import Cryptography
import Foundation

/// Percent-encoding of a value in a query.
enum QueryText {
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._~".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + Hex.encode([byte]).uppercased()
        }
        .joined()
    }
}

/// What `passkeys.js` sends.
enum PasskeyAnswers {
    /// Of an authenticator that was asked for a new passkey.
    struct Creation: Decodable {
        let challenge: String
        let clientDataJSON: String
        let attestationObject: String
        let label: String
    }

    /// Of one that was asked to use one.
    struct Use: Decodable {
        /// Missing where it is no challenge of ours but a statement's digest.
        let challenge: String?
        let id: String
        let clientDataJSON: String
        let authenticatorData: String
        let signature: String
        /// The person that the passkey was made for, in bytes; missing where it was named.
        let userHandle: String?
    }

    struct Person: Decodable {
        let person: String
    }
}

extension Call {
    /// The body as one of those; whatever else it says is not asked for.
    func json<Value: Decodable>(_ type: Value.Type) throws(Problem) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw Problem(.bodyMalformed)
        }
    }

    /// Bytes that came as base64url in a body.
    static func bytes(_ text: String) throws(Problem) -> [UInt8] {
        guard let bytes = Base64URL.decode(text) else { throw Problem(.bodyMalformed) }
        return bytes
    }
}
