package import Cryptography

/// The public key of a passkey: ES256, EdDSA over Ed25519 or RS256 (RFC 9053, RFC 8812), as COSE.
package struct PasskeyPublicKey: Sendable, Hashable {
    private enum Key: Sendable, Hashable {
        case es256(P256PublicKey)
        case edDSA(Ed25519PublicKey)
        case rs256(RSAPublicKey)
    }

    /// The key as the authenticator spelled it, which is the one spelling it has.
    package let coseKey: [UInt8]

    private let key: Key

    /// Reads a key, and refuses with `keyMalformed` any other algorithm, member or spelling.
    ///
    /// WebAuthn asks for the canonical CBOR of CTAP2 with the algorithm and no optional member
    /// (§6.5.1), so one key has one spelling, and whoever finds it again finds it by its bytes.
    package init(coseKey: [UInt8]) throws(WebAuthnError) {
        guard coseKey.count <= Self.byteCountLimit,
            case .map(let members)? = try? CBOR.decode(coseKey)
        else { throw Self.malformed }
        var values: [Int64: CBOR] = [:]
        for member in members {
            guard case .integer(let label) = member.key else { throw Self.malformed }
            values[label] = member.value
        }
        key = try Self.key(values)
        guard Self.encoded(key) == coseKey else { throw Self.malformed }
        self.coseKey = coseKey
    }

    /// The number that COSE has for its algorithm: -7 (ES256), -8 (EdDSA) or -257 (RS256).
    package var algorithm: Int {
        switch key {
        case .es256: -7
        case .edDSA: -8
        case .rs256: -257
        }
    }

    /// The key as SubjectPublicKeyInfo in DER, as stock tools take it.
    package func subjectPublicKeyInfo() -> [UInt8] {
        switch key {
        case .es256(let key): key.spkiDER
        case .edDSA(let key): key.spkiDER
        case .rs256(let key): key.spkiDER
        }
    }

    /// The key as SubjectPublicKeyInfo in PEM, as stock tools take it.
    package var pem: String {
        let pem = PEM.encode(label: "PUBLIC KEY", der: subjectPublicKeyInfo())
        return String(decoding: pem, as: UTF8.self)
    }

    /// Whether the signature is this key's over exactly this message (§6.5.5).
    package func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        switch key {
        case .es256(let key): key.isValidSignature(signature, for: message)
        case .edDSA(let key): key.isValidSignature(signature, for: message)
        case .rs256(let key): key.isValidSignature(signature, for: message)
        }
    }

    /// Whether both are spelled alike, which is when they are alike.
    package static func == (left: PasskeyPublicKey, right: PasskeyPublicKey) -> Bool {
        left.coseKey == right.coseKey
    }

    /// Feeds the spelling.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(coseKey)
    }
}

extension PasskeyPublicKey {
    /// The key of an elliptic curve, as an authenticator would spell it.
    package init(_ key: P256PublicKey) {
        self.init(.es256(key))
    }

    /// The key of Ed25519, as an authenticator would spell it.
    package init(_ key: Ed25519PublicKey) {
        self.init(.edDSA(key))
    }

    private init(_ key: Key) {
        self.key = key
        coseKey = Self.encoded(key)
    }

    /// An RSA key of 8,192 bits with what is around it.
    package static let byteCountLimit = 1100

    private static var malformed: WebAuthnError {
        WebAuthnError(
            .keyMalformed,
            "The public key is not one of ES256, EdDSA or RS256 in canonical COSE."
        )
    }

    // RFC 9052 §7: 1 is the key type, 3 the algorithm; what is below 0 is the key type's own.
    private static func key(_ values: [Int64: CBOR]) throws(WebAuthnError) -> Key {
        do {
            switch (values[1], values[3]) {
            case (.integer(2), .integer(-7)):
                guard case .bytes(let x) = values[-2], case .bytes(let y) = values[-3],
                    x.count == 32, y.count == 32
                else { throw malformed }
                return .es256(try P256PublicKey(rawBytes: x + y))
            case (.integer(1), .integer(-8)):
                guard case .bytes(let x) = values[-2] else { throw malformed }
                return .edDSA(try Ed25519PublicKey(rawBytes: x))
            case (.integer(3), .integer(-257)):
                guard case .bytes(let modulus) = values[-1], case .bytes(let exponent) = values[-2]
                else { throw malformed }
                return .rs256(try RSAPublicKey(modulus: modulus, exponent: exponent))
            default: throw malformed
            }
        } catch {
            // The bytes of a key tell nobody anything, whichever check it was.
            throw malformed
        }
    }

    /// The one spelling; also says which members there are, and which curve.
    private static func encoded(_ key: Key) -> [UInt8] {
        var cose: [UInt8]
        switch key {
        case .es256(let key):
            cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]
            cose += key.rawBytes.prefix(32)
            cose += [0x22, 0x58, 0x20]
            cose += key.rawBytes.suffix(32)
        case .edDSA(let key):
            cose = [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]
            cose += key.rawBytes
        case .rs256(let key):
            cose = [0xA4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20]
            cose += CBOR.head(major: 2, UInt64(key.modulus.count))
            cose += key.modulus
            cose.append(0x21)
            cose += CBOR.head(major: 2, UInt64(key.exponent.count))
            cose += key.exponent
        }
        return cose
    }
}
