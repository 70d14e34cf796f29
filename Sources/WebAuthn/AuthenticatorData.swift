import Cryptography

/// What an authenticator says of itself and of what it did (WebAuthn §6.1), as it signed it.
struct AuthenticatorData: Sendable, Hashable {
    /// A new key, with what the authenticator finds it by (§6.5.1).
    struct Credential: Sendable, Hashable {
        let id: [UInt8]
        let coseKey: [UInt8]
    }

    /// SHA-256 of the relying party's id.
    let relyingPartyHash: Digest

    let flags: Flags
    let signCount: UInt32

    /// There in a registration.
    let credential: Credential?

    init(bytes: [UInt8]) throws(WebAuthnError) {
        guard bytes.count <= Self.byteCountLimit, bytes.count >= Self.fixedByteCount,
            let hash = Digest(bytes: Array(bytes[..<Digest.byteCount]))
        else { throw Self.malformed("has 37 to \(Self.byteCountLimit) bytes") }
        relyingPartyHash = hash
        flags = Flags(rawValue: bytes[Digest.byteCount])
        signCount = Self.signCount(in: bytes)
        var rest = bytes[Self.fixedByteCount...]
        if flags.contains(.credential) {
            credential = try Self.credential(&rest)
        } else {
            credential = nil
        }
        if flags.contains(.extensions) {
            guard case .map? = try? CBOR.decodeFirst(of: &rest) else {
                throw Self.malformed("holds the extensions that its flags tell of")
            }
        }
        guard rest.isEmpty else { throw Self.malformed("ends where its flags say") }
        // Level 3 §6.1: what cannot be backed up is not backed up.
        guard flags.contains(.backupEligible) || !flags.contains(.backedUp) else {
            throw Self.malformed("is backed up only where it can be")
        }
    }

    /// Throws unless it is for this relying party, of somebody who was there and was verified.
    func check(relyingPartyID: String) throws(WebAuthnError) {
        guard relyingPartyHash == SHA256.hash(Array(relyingPartyID.utf8)) else {
            throw WebAuthnError(.relyingPartyMismatch, "The passkey answered another site's id.")
        }
        guard flags.contains(.userPresent) else {
            throw WebAuthnError(.userNotPresent, "Nobody touched the authenticator.")
        }
        guard flags.contains(.userVerified) else {
            throw WebAuthnError(
                .userNotVerified,
                "The authenticator did not verify its user: set a PIN, a fingerprint or a face."
            )
        }
    }
}

extension AuthenticatorData {
    /// UP, UV, BE, BS, AT, ED; the other two bits mean nothing yet.
    struct Flags: OptionSet, Sendable, Hashable {
        let rawValue: UInt8

        static let userPresent = Flags(rawValue: 1 << 0)
        static let userVerified = Flags(rawValue: 1 << 2)
        static let backupEligible = Flags(rawValue: 1 << 3)
        static let backedUp = Flags(rawValue: 1 << 4)
        static let credential = Flags(rawValue: 1 << 6)
        static let extensions = Flags(rawValue: 1 << 7)
    }

    /// Hash, flags and counter.
    static let fixedByteCount = 37

    /// Real ones have 37 to some 400 bytes.
    static let byteCountLimit = 8192

    private static let aaguidByteCount = 16

    /// Of bytes that are as many as the fixed ones at least.
    static func signCount(in bytes: [UInt8]) -> UInt32 {
        bytes[(Digest.byteCount + 1)..<fixedByteCount].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func credential(
        _ rest: inout ArraySlice<UInt8>
    ) throws(WebAuthnError) -> Credential {
        guard rest.count >= aaguidByteCount + 2 else {
            throw malformed("holds the new key that its flags tell of")
        }
        rest = rest.dropFirst(aaguidByteCount)
        let count = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(2)
        guard PasskeyAssertion.credentialIDByteCounts.contains(count), count <= rest.count else {
            throw malformed("names the new key by 16 to 1023 bytes")
        }
        let id = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        let key = rest
        guard case .map? = try? CBOR.decodeFirst(of: &rest) else {
            throw malformed("holds the new key that its flags tell of")
        }
        return Credential(id: id, coseKey: Array(key[..<rest.startIndex]))
    }

    private static func malformed(_ rule: String) -> WebAuthnError {
        WebAuthnError(.authenticatorDataMalformed, "Authenticator data \(rule).")
    }
}
