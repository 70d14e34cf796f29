import Foundation
package import PasskeyTestSupport
package import Survey
import WebAuthn

extension Sample {
    /// The passkey of who signs with one; the same for all logs of a run.
    package static func authenticator() throws -> VirtualAuthenticator {
        try knownAuthenticator.get()
    }

    private static let knownAuthenticator = Result {
        try VirtualAuthenticator(
            relyingPartyID: "bmn.example.th",
            origin: "https://bmn.example.th"
        )
    }

    package static func passkey(
        _ person: String,
        _ authenticator: VirtualAuthenticator
    ) -> Passkey {
        var passkey = Passkey()
        passkey.person = person
        passkey.credentialID = Data(authenticator.credentialID)
        passkey.publicKey = Data(authenticator.publicKey.coseKey)
        passkey.rpID = authenticator.relyingPartyID
        passkey.label = "telephone"
        return passkey
    }

    package static func passkeyRevocation(
        _ person: String,
        _ authenticator: VirtualAuthenticator
    ) -> PasskeyRevocation {
        var revocation = PasskeyRevocation()
        revocation.person = person
        revocation.credentialID = Data(authenticator.credentialID)
        revocation.reason = "lost"
        return revocation
    }

    package static func passkeySignature(
        _ id: String,
        _ person: String,
        by authenticator: VirtualAuthenticator,
        over statement: String
    ) throws -> CertificationSignature {
        var authenticator = authenticator
        let answer = try authenticator.answer(
            CertificationSignature.passkeyChallenge(of: statement)
        )
        var signature = CertificationSignature()
        (signature.certification, signature.person) = (id, person)
        signature.role = String(person.prefix { $0 != "-" })
        signature.passkey.credentialID = Data(answer.credentialID)
        signature.passkey.authenticatorData = Data(answer.authenticatorData)
        signature.passkey.clientDataJson = Data(answer.clientDataJSON)
        signature.passkey.signature = Data(answer.signature)
        return signature
    }
}
