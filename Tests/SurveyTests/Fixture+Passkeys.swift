import Cryptography
import PasskeyTestSupport
import Survey
import WebAuthn

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Fixture {
    static let site = "bmn.example.th"

    /// Of everybody who has a key; they count nothing.
    private static let authenticators = Result {
        try people.prefix(5).reduce(into: [:]) { authenticators, person in
            authenticators[person] = try newAuthenticator()
        }
    }

    static func newAuthenticator() throws -> VirtualAuthenticator {
        try VirtualAuthenticator(relyingPartyID: site, origin: "https://\(site)")
    }

    static func authenticator(of person: String) throws -> VirtualAuthenticator {
        guard let authenticator = try authenticators.get()[person] else {
            throw Rejection(.passkeyUnknown, person)
        }
        return authenticator
    }

    /// A signature by the person's passkey, or by another one.
    func passkeySignature(
        _ id: String,
        _ person: String,
        by other: VirtualAuthenticator? = nil,
        appending suffix: String = ""
    ) throws -> CertificationSignature {
        let statement = try certification(id).prepared.statement + suffix
        var authenticator = try other ?? Fixture.authenticator(of: person)
        let answer = try authenticator.answer(
            CertificationSignature.passkeyChallenge(of: statement)
        )
        return .sample(id, person, answer)
    }
}

extension CertificationSignature {
    static func sample(
        _ id: String,
        _ person: String,
        _ answer: PasskeyAssertion
    ) -> CertificationSignature {
        var signature = CertificationSignature()
        signature.certification = id
        signature.person = person
        signature.role = String(person.prefix { $0 != "-" })
        signature.passkey.credentialID = Data(answer.credentialID)
        signature.passkey.authenticatorData = Data(answer.authenticatorData)
        signature.passkey.clientDataJson = Data(answer.clientDataJSON)
        signature.passkey.signature = Data(answer.signature)
        return signature
    }
}

extension Passkey {
    static func sample(_ person: String, _ authenticator: VirtualAuthenticator) -> Passkey {
        var passkey = Passkey()
        passkey.person = person
        passkey.credentialID = Data(authenticator.credentialID)
        passkey.publicKey = Data(authenticator.publicKey.coseKey)
        passkey.rpID = authenticator.relyingPartyID
        passkey.label = "โทรศัพท์"
        return passkey
    }
}

extension PasskeyRevocation {
    static func sample(
        _ person: String,
        _ authenticator: VirtualAuthenticator
    ) -> PasskeyRevocation {
        var revocation = PasskeyRevocation()
        revocation.person = person
        revocation.credentialID = Data(authenticator.credentialID)
        revocation.reason = "the telephone was lost"
        return revocation
    }
}
