import Cryptography
import PasskeyTestSupport
import WebAuthn

extension FuzzTarget {
    /// An attestation object for client data that stays as it is.
    static let registration = FuzzTarget(
        "passkey-registration",
        seeds: [PasskeySamples.attestationObject],
        judge: { bytes in
            let registration = try WebAuthn.register(
                clientDataJSON: PasskeySamples.creation,
                attestationObject: bytes,
                challenge: PasskeySamples.challenge,
                for: PasskeySamples.party
            )
            let key = registration.publicKey
            let again = try? PasskeyPublicKey(coseKey: key.coseKey)
            return again == key ? nil : "the key is read again as another one"
        }
    )

    /// Authenticator data, signed anew as it is, so that the signature keeps nothing away.
    static let assertion = FuzzTarget(
        "passkey-assertion",
        seeds: [
            PasskeySamples.answer.authenticatorData, PasskeySamples.withExtensions,
        ],
        judge: { bytes in
            let answer = try PasskeySamples.authenticator.signed(
                authenticatorData: bytes,
                clientDataJSON: PasskeySamples.answer.clientDataJSON
            )
            let count = try PasskeySamples.verify(answer)
            return count == answer.signCount ? nil : "another counter than the bytes say"
        }
    )

    /// Client data, signed anew as it is.
    static let clientData = FuzzTarget(
        "client-data",
        seeds: [PasskeySamples.answer.clientDataJSON],
        judge: { bytes in
            let answer = try PasskeySamples.authenticator.signed(
                authenticatorData: PasskeySamples.answer.authenticatorData,
                clientDataJSON: bytes
            )
            _ = try PasskeySamples.verify(answer)
            // Whatever is added to it, what was checked is in it as browsers write it.
            let texts = answer.clientDataTexts
            let due = [
                "webauthn.get", PasskeySamples.party.origins[0],
                Base64URL.encode(PasskeySamples.challenge),
            ]
            return due.allSatisfy(texts.contains) ? nil : "it holds without what is asked for"
        }
    )

    static let coseKey = FuzzTarget(
        "cose-key",
        seeds: [PasskeySamples.authenticator.publicKey.coseKey, PasskeySamples.edDSA],
        read: { try PasskeyPublicKey(coseKey: $0) },
        write: { $0.coseKey }
    )
}

private enum PasskeySamples {
    static let party = RelyingParty(id: "example.th", origins: ["https://bmn.example.th"])
    static let challenge = [UInt8](repeating: 3, count: 32)

    static let authenticator: VirtualAuthenticator = Samples.made {
        try VirtualAuthenticator(relyingPartyID: party.id, origin: party.origins[0])
    }

    static let creation = authenticator.clientData(type: "webauthn.create", challenge)

    static let attestationObject: [UInt8] = {
        var own = authenticator
        return own.register(challenge: challenge).attestationObject
    }()

    static let answer: PasskeyAssertion = Samples.made {
        var own = authenticator
        return try own.answer(challenge)
    }

    static let withExtensions: [UInt8] = {
        let flags: [UInt8] = [0x85]
        let data = answer.authenticatorData
        return Array(data.prefix(32)) + flags + data.dropFirst(33)
            + [0xA1, 0x61, 0x61, 0x82, 0x20, 0xF5]
    }()

    static let edDSA: [UInt8] = Samples.made {
        let key = try Ed25519PrivateKey(seed: [UInt8](repeating: 5, count: 32))
        return PasskeyPublicKey(key.publicKey).coseKey
    }

    static func verify(_ answer: PasskeyAssertion) throws -> UInt32 {
        try WebAuthn.verify(
            answer,
            challenge: challenge,
            by: authenticator.publicKey,
            for: party,
            lastSignCount: 0
        )
    }
}
