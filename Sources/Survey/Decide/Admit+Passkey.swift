import Cryptography
import WebAuthn

/// Rules of passkeys: whose they are, and what they sign.
extension State {
    func admitPasskey(_ passkey: Passkey) throws(Rejection) {
        let person = passkey.person
        try requirePerson(person)
        let id = Array(passkey.credentialID)
        guard PasskeyAssertion.credentialIDByteCounts.contains(id.count),
            (try? PasskeyPublicKey(coseKey: Array(passkey.publicKey))) != nil
        else { throw Rejection(.passkeyMalformed, person) }
        // An authenticator takes random bytes; a forger may take what he likes.
        try requireNoCitizenID(in: id, "credentialId")
        guard RelyingParty.isID(passkey.rpID) else {
            throw Rejection(.relyingPartyInvalid, "rpId")
        }
        try Validation.paperText(passkey.rpID, "rpId")
        try Validation.optionalPaperText(passkey.label, "label")
        if let owner = passkeyOwners[id] ?? passkeyOwners[Array(passkey.publicKey)] {
            throw Rejection(.passkeyAlreadyRegistered, owner)
        }
    }

    func admitPasskeyRevocation(_ revocation: PasskeyRevocation) throws(Rejection) {
        let person = try requirePerson(revocation.person)
        guard person.passkeys[Array(revocation.credentialID)] != nil else {
            throw Rejection(.passkeyUnknown, revocation.person)
        }
        try Validation.reason(revocation.reason)
    }

    func admitAssertion(
        _ signature: CertificationSignature,
        _ certification: CertificationState,
        _ act: Act
    ) throws(Rejection) {
        let person = signature.person
        let id = Array(signature.passkey.credentialID)
        guard let passkey = persons[person]?.passkeys[id] else {
            throw Rejection(.passkeyUnknown, person)
        }
        try require(act, notBefore: passkey.registeredOn, of: .passkeyRegistered)
        try signature.verifyAssertion(over: certification.prepared.statement, by: passkey)
        // Whatever browser and authenticator wrote beside what is checked is stored as well.
        let assertion = signature.assertion
        try requireNoCitizenID(in: assertion.authenticatorData, "passkey.authenticatorData")
        for text in assertion.clientDataTexts where CitizenID.isFound(in: text) {
            throw Rejection(.textHoldsCitizenId, "passkey.clientDataJson")
        }
    }

    private func requireNoCitizenID(in bytes: [UInt8], _ field: String) throws(Rejection) {
        guard !CitizenID.isFound(inDER: bytes) else {
            throw Rejection(.textHoldsCitizenId, field)
        }
    }
}

extension CertificationSignature {
    /// What a passkey is asked for a statement: to answer SHA-256 of its exact bytes.
    package static func passkeyChallenge(of statement: String) -> [UInt8] {
        SHA256.hash(Array(statement.utf8)).bytes
    }

    /// Throws unless this passkey answered the statement's challenge, on a page of its relying
    /// party's, touched by somebody whom it verified, and with a counter that grew.
    package func verifyAssertion(
        over statement: String,
        by passkey: PasskeyState
    ) throws(Rejection) {
        let assertion = assertion
        guard assertion.authenticatorData.count <= Limit.authenticatorDataByteCount,
            assertion.signature.count <= Limit.passkeySignatureByteCount
        else { throw Rejection(.assertionMalformed, person) }
        do throws(WebAuthnError) {
            _ = try WebAuthn.verify(
                assertion,
                challenge: Self.passkeyChallenge(of: statement),
                by: passkey.publicKey,
                relyingPartyID: passkey.relyingPartyID,
                lastSignCount: passkey.signCount
            )
        } catch {
            throw Rejection(RejectionCode(error.code), person)
        }
    }
}

extension RejectionCode {
    /// How the ledger's rules call what WebAuthn refuses.
    init(_ code: WebAuthnError.Code) {
        self =
            switch code {
            case .attestationMalformed, .authenticatorDataMalformed, .clientDataMalformed,
                .clientDataTypeMismatch, .keyMalformed:
                .assertionMalformed
            case .challengeMismatch, .signatureInvalid: .signatureInvalid
            case .originMismatch, .crossOrigin, .relyingPartyMismatch: .assertionElsewhere
            case .userNotPresent, .userNotVerified: .assertionUnverified
            case .signCountNotIncreased: .assertionRepeated
            }
    }
}
