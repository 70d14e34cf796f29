import AppointmentsProjection
import CertificationsProjection
import Cryptography
import Foundation
import PasskeyTestSupport
import ProjectionRuntime
import Survey
import Testing
import WebAuthn

/// Who signed with which passkey, and whose passkeys there are.
struct PasskeyReadModelTests {
    @Test func `Signatures name the passkey, and a person's passkeys are listed`() throws {
        var authenticator = try VirtualAuthenticator(
            relyingPartyID: "bmn.example.th",
            origin: "https://bmn.example.th"
        )
        let id = Base64URL.encode(authenticator.credentialID)
        var world = try World.staffed()
        var passkey = Passkey()
        passkey.person = "secretary-1"
        passkey.credentialID = Data(authenticator.credentialID)
        passkey.publicKey = Data(authenticator.publicKey.coseKey)
        passkey.rpID = "bmn.example.th"
        passkey.label = "โทรศัพท์"
        try world.run(.registerPasskey(passkey), on: "2017-10-04")
        let registeredAtIndex = Int64(world.treeSize) - 1
        try world.record("h", 0)
        let certification = try world.prepare("9981", on: "2018-03-01")
        try world.sign(certification, "chair-1", on: "2018-03-02")
        let prepared = try #require(world.state.certifications[certification]).prepared
        let answer = try authenticator.answer(
            CertificationSignature.passkeyChallenge(of: prepared.statement)
        )
        var signature = CertificationSignature()
        (signature.certification, signature.person) = (certification, "secretary-1")
        signature.role = "secretary"
        signature.passkey.credentialID = passkey.credentialID
        signature.passkey.authenticatorData = Data(answer.authenticatorData)
        signature.passkey.clientDataJson = Data(answer.clientDataJSON)
        signature.passkey.signature = Data(answer.signature)
        try world.run(.signCertification(signature), on: "2018-03-02")
        var revocation = PasskeyRevocation()
        (revocation.person, revocation.credentialID) = ("secretary-1", passkey.credentialID)
        revocation.reason = "the telephone was lost"
        try world.run(.revokePasskey(revocation), on: "2018-03-05")
        let database = try world.readModels([CertificationReadModel(), AppointmentReadModel()])
        let (detail, passkeys, none) = try database.read { db in
            (
                try CertificationReadModel.certification(certification, db),
                try AppointmentReadModel.passkeys(person: "secretary-1", db),
                try AppointmentReadModel.passkeys(person: "chair-1", db)
            )
        }
        #expect(detail?.signatures.map(\.passkey) == [nil, id])
        #expect(detail?.signatures.map(\.certificate) == [nil, nil])
        #expect(detail?.signatures.last?.publicKey == nil)
        #expect(detail?.missingRoles == [])
        let row = try #require(passkeys.first)
        #expect(passkeys.count == 1)
        #expect(row.credentialId == id)
        #expect(row.rpId == "bmn.example.th")
        #expect(row.label == "โทรศัพท์")
        #expect(row.registeredOn == "2017-10-04")
        #expect(row.registeredAtIndex == registeredAtIndex)
        #expect(row.revokedOn == "2018-03-05")
        #expect(row.revocationReason == "the telephone was lost")
        #expect(none.isEmpty)
    }
}
