import Foundation
import PasskeyTestSupport
import Survey
import WebAuthn

/// Passkeys, and signatures by them.
extension RandomCommands {
    /// Of somebody's telephone, which counts nothing, or of a security key.
    mutating func newPasskey(of person: String) throws -> Passkey {
        var authenticator = try VirtualAuthenticator(
            relyingPartyID: "bmn.example.th",
            origin: "https://bmn.example.th"
        )
        authenticator.isCounting = dice.chance(50)
        authenticators[authenticator.credentialID] = authenticator
        var passkey = Passkey()
        passkey.person = person
        passkey.credentialID = Data(authenticator.credentialID)
        passkey.publicKey = Data(authenticator.publicKey.coseKey)
        passkey.rpID = dice.chance(90) ? authenticator.relyingPartyID : "BMN"
        if dice.chance(50) { passkey.label = fresh("passkey") }
        return passkey
    }

    mutating func passkeyRevocation(_ known: Known) -> PasskeyRevocation {
        var revocation = PasskeyRevocation()
        revocation.person = existing(known.state.persons) { !$0.passkeys.isEmpty }
        // Ids are random: which one it is must not hang on their order.
        let passkeys = known.state.persons[revocation.person]?.passkeys ?? [:]
        revocation.credentialID = Data(passkeys.count == 1 ? passkeys.keys.first ?? [] : [])
        revocation.reason = Self.reason
        return revocation
    }

    /// Nil where the person has no passkey, or several.
    mutating func passkeySignature(
        over statement: String,
        _ person: PersonState?
    ) throws -> PasskeySignature? {
        guard let person, person.passkeys.count == 1, let (id, known) = person.passkeys.first,
            var authenticator = authenticators[id]
        else { return nil }
        // What was refused was counted by the authenticator all the same.
        authenticator.signCount = max(authenticator.signCount, known.signCount)
        let answer = try authenticator.answer(
            CertificationSignature.passkeyChallenge(of: statement)
        )
        authenticators[id] = authenticator
        var signature = PasskeySignature()
        signature.credentialID = Data(id)
        signature.authenticatorData = Data(answer.authenticatorData)
        signature.clientDataJson = Data(answer.clientDataJSON)
        signature.signature = Data(answer.signature)
        return signature
    }
}
