package import WebAuthn

/// A member's passkey, as far as signatures by it are judged.
package struct PasskeyState: Sendable {
    package let publicKey: PasskeyPublicKey
    /// The id of the relying party that it was made for.
    package let relyingPartyID: String
    package let registeredOn: Day
    /// The counter in its last signature here; what it was used for elsewhere, no record tells.
    package internal(set) var signCount: UInt32 = 0
}

/// What the events of passkeys do to the state; one that cannot be read does nothing.
extension State {
    mutating func register(_ passkey: Passkey, on day: Day) {
        guard let publicKey = try? PasskeyPublicKey(coseKey: Array(passkey.publicKey)) else {
            return
        }
        let id = Array(passkey.credentialID)
        persons[passkey.person]?.passkeys[id] = PasskeyState(
            publicKey: publicKey,
            relyingPartyID: passkey.rpID,
            registeredOn: day
        )
        passkeyOwners[id] = passkey.person
        passkeyOwners[publicKey.coseKey] = passkey.person
    }

    mutating func revoke(_ revocation: PasskeyRevocation) {
        persons[revocation.person]?.passkeys[Array(revocation.credentialID)] = nil
    }

    /// Remembers the counter of a signature by passkey, which the next one has to exceed.
    mutating func count(_ signature: CertificationSignature) {
        guard signature.hasPasskey, let count = signature.assertion.signCount else { return }
        let id = Array(signature.passkey.credentialID)
        guard let passkey = persons[signature.person]?.passkeys[id] else { return }
        persons[signature.person]?.passkeys[id]?.signCount = max(passkey.signCount, count)
    }
}

extension CertificationSignature {
    /// What the passkey answered, nothing of it checked.
    package var assertion: PasskeyAssertion {
        PasskeyAssertion(
            credentialID: Array(passkey.credentialID),
            authenticatorData: Array(passkey.authenticatorData),
            clientDataJSON: Array(passkey.clientDataJson),
            signature: Array(passkey.signature)
        )
    }
}
