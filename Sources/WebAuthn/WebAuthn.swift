import Cryptography

// Passkeys (W3C Web Authentication, levels 2 and 3), as far as the one who relies on them has to
// check them. Pure: no input or output, no clock, no randomness.
//
//     authenticator data  SHA-256(rp id) | flags | counter | [credential id, COSE key] | [extensions]
//     client data         {"type":"webauthn.get","challenge":"…","origin":"https://…", …}
//     what is signed      authenticator data | SHA-256(client data)
//
// A registration gives a public key, for which no statement of a manufacturer is asked: whether it is
// the right person's, whoever enrols it has to know. An assertion shows that the holder of that
// key was asked by a page of the relying party's with this very challenge, was there, and was
// verified by the authenticator (fingerprint, face or PIN).
//
//     WebAuthn.register   §7.1, the steps of an attestation that is not looked at
//     WebAuthn.verify     §7.2
//     AuthenticatorData   §6.1
//     ClientData          §5.8.1
//     CBOR, JSONValue     as much of both as those need, bounded

/// The two checks of a relying party.
package enum WebAuthn {
    /// Takes what an authenticator made for this challenge; throws unless all of it holds.
    ///
    /// A statement about the authenticator, where it makes one, is not judged.
    package static func register(
        clientDataJSON: [UInt8],
        attestationObject: [UInt8],
        challenge: [UInt8],
        for party: RelyingParty
    ) throws(WebAuthnError) -> PasskeyRegistration {
        let clientData = try ClientData(json: clientDataJSON)
        try clientData.check(.create, challenge: challenge)
        try clientData.checkOrigin(of: party)
        let bytes = try Attestation.authenticatorData(in: attestationObject)
        let data = try AuthenticatorData(bytes: bytes)
        try data.check(relyingPartyID: party.id)
        guard let credential = data.credential else {
            throw WebAuthnError(
                .authenticatorDataMalformed,
                "The authenticator data of a registration holds the new key."
            )
        }
        return PasskeyRegistration(
            credentialID: credential.id,
            publicKey: try PasskeyPublicKey(coseKey: credential.coseKey),
            signCount: data.signCount
        )
    }

    /// Throws unless the key's holder answered this challenge on a page of the relying party's.
    ///
    /// Whether the key is that of `assertion.credentialID` is for the caller, who looked it up.
    ///
    /// - Returns: The authenticator's counter, to be compared with next time.
    package static func verify(
        _ assertion: PasskeyAssertion,
        challenge: [UInt8],
        by publicKey: PasskeyPublicKey,
        for party: RelyingParty,
        lastSignCount: UInt32
    ) throws(WebAuthnError) -> UInt32 {
        let clientData = try ClientData(json: assertion.clientDataJSON)
        try clientData.checkOrigin(of: party)
        return try verify(
            assertion,
            clientData,
            challenge: challenge,
            by: publicKey,
            relyingPartyID: party.id,
            lastSignCount: lastSignCount
        )
    }

    /// The same, on any page where a browser lets passkeys of this id be used: for those who check
    /// later, and do not know which pages a service had at the time.
    package static func verify(
        _ assertion: PasskeyAssertion,
        challenge: [UInt8],
        by publicKey: PasskeyPublicKey,
        relyingPartyID: String,
        lastSignCount: UInt32
    ) throws(WebAuthnError) -> UInt32 {
        let clientData = try ClientData(json: assertion.clientDataJSON)
        try clientData.checkOrigin(ofRelyingPartyID: relyingPartyID)
        return try verify(
            assertion,
            clientData,
            challenge: challenge,
            by: publicKey,
            relyingPartyID: relyingPartyID,
            lastSignCount: lastSignCount
        )
    }

    /// What an assertion's signature is over; `openssl dgst -verify` takes the same bytes.
    package static func signedBytes(of assertion: PasskeyAssertion) -> [UInt8] {
        assertion.authenticatorData + SHA256.hash(assertion.clientDataJSON).bytes
    }

    private static func verify(
        _ assertion: PasskeyAssertion,
        _ clientData: ClientData,
        challenge: [UInt8],
        by publicKey: PasskeyPublicKey,
        relyingPartyID: String,
        lastSignCount: UInt32
    ) throws(WebAuthnError) -> UInt32 {
        try clientData.check(.get, challenge: challenge)
        let data = try AuthenticatorData(bytes: assertion.authenticatorData)
        try data.check(relyingPartyID: relyingPartyID)
        guard publicKey.isValidSignature(assertion.signature, for: signedBytes(of: assertion))
        else {
            throw WebAuthnError(
                .signatureInvalid,
                "The signature is not this passkey's over these bytes."
            )
        }
        // §6.1.1: authenticators without a counter say 0 for ever.
        let isFresh = data.signCount > lastSignCount || data.signCount == 0 && lastSignCount == 0
        guard isFresh else {
            throw WebAuthnError(
                .signCountNotIncreased,
                "The passkey's counter did not grow since its last use: there may be a copy of it."
            )
        }
        return data.signCount
    }
}
