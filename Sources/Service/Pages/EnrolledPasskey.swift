import Access
import Cryptography
import Ledger
import LedgerReader
import Survey
import WebAuthn

/// A passkey that the ledger has and that was not revoked.
struct EnrolledPasskey: Sendable {
    let person: String
    let credentialID: [UInt8]
    let publicKey: PasskeyPublicKey
    /// What its person calls it; "" where he did not say.
    let label: String
    let registeredAt: RecordTime
}

extension ServiceCore {
    /// The passkeys of a person, as the ledger has them now: the one place where they are looked up.
    ///
    /// Not from the read models, which follow moments later: whoever has just enrolled signs in at
    /// once, and a passkey that was revoked opens nothing from then on.
    @available(*, noasync)
    func passkeys(of person: String) throws -> [EnrolledPasskey] {
        var found: [EnrolledPasskey] = []
        for record in try records(of: person) {
            switch record.event.kind {
            case .passkeyRegistered(let passkey):
                found.append(
                    EnrolledPasskey(
                        person: person,
                        credentialID: Array(passkey.credentialID),
                        publicKey: try PasskeyPublicKey(coseKey: Array(passkey.publicKey)),
                        label: passkey.label,
                        registeredAt: record.envelope.recordedAt
                    )
                )
            case .passkeyRevoked(let revocation):
                found.removeAll { $0.credentialID == Array(revocation.credentialID) }
            default: break
            }
        }
        return found
    }

    @available(*, noasync)
    func isPerson(_ person: String) throws -> Bool { try !records(of: person).isEmpty }

    @available(*, noasync)
    private func records(of person: String) throws -> [RecordedEvent] {
        // Whatever a browser says becomes the key of a look-up.
        guard (1...64).contains(person.utf8.count),
            person.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C })
        else { return [] }
        return try reader.snapshot().records(ofStream: "person/\(person)")
    }

    /// Whose passkey this is, if it answered; its use is counted.
    ///
    /// Without a person it is whoever the passkey says, which then has to be true.
    func verify(
        _ answer: PasskeyAnswers.Use,
        challenge: [UInt8],
        of person: String? = nil
    ) async throws -> (passkey: EnrolledPasskey, assertion: PasskeyAssertion) {
        let assertion = PasskeyAssertion(
            credentialID: try Call.bytes(answer.id),
            authenticatorData: try Call.bytes(answer.authenticatorData),
            clientDataJSON: try Call.bytes(answer.clientDataJSON),
            signature: try Call.bytes(answer.signature)
        )
        let handle = try answer.userHandle.map { try Call.bytes($0) }
        let named = person ?? handle.flatMap { String(validating: $0, as: UTF8.self) } ?? ""
        let (access, party, now) = (parts.access, web.party, parts.clock())
        let passkey = try await threads.run { [self] in
            let known = try passkeys(of: named)
            guard let passkey = known.first(where: { $0.credentialID == assertion.credentialID })
            else { throw Problem(.passkeyUnknown) }
            let use = try access.countUse(of: passkey.credentialID, now: now) {
                (last: UInt32) throws(WebAuthnError) -> UInt32 in
                try WebAuthn.verify(
                    assertion,
                    challenge: challenge,
                    by: passkey.publicKey,
                    for: party,
                    lastSignCount: last
                )
            }
            switch use {
            case .success: return passkey
            case .failure(let error): throw Problem(.passkeyRefused, error.code.rawValue)
            }
        }
        return (passkey, assertion)
    }
}
