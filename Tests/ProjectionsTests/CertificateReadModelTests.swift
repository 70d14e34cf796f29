import AppointmentsProjection
import CertificationsProjection
import Cryptography
import Foundation
import ProjectionRuntime
import Survey
import Testing

/// Who signed with what, and whose certificates there are.
struct CertificateReadModelTests {
    @Test
    func `Signatures name the key or the certificate, and a person's certificates are listed`()
        throws
    {
        let identity = try SigningIdentity.ephemeral(
            commonName: "secretary",
            validFrom: 1_483_228_800,
            validTo: 1_546_214_400
        )
        let sha256 = identity.certificate.sha256.hex
        var world = try World.staffed()
        var roots = CertificateRoots()
        roots.certificates = [Data(identity.certificate.der)]
        roots.reason = "the province's authorities"
        try world.run(.defineCertificateRoots(roots), on: "2017-10-03")
        var registration = MemberCertificate()
        registration.person = "secretary-1"
        registration.certificate = roots.certificates[0]
        try world.run(.registerMemberCertificate(registration), on: "2017-10-04")
        let registeredAtIndex = Int64(world.treeSize) - 1
        try world.record("h", 0)
        let id = try world.prepare("9981", on: "2018-03-01")
        try world.sign(id, "chair-1", on: "2018-03-02")
        let statement = try #require(world.state.certifications[id]).prepared.statement
        var signature = CertificationSignature()
        (signature.certification, signature.person) = (id, "secretary-1")
        signature.role = "secretary"
        // 2018-03-02T05:00:00Z
        signature.cms = Data(
            try DetachedSignature.sign(
                Array(statement.utf8),
                identity: identity,
                signingTime: 1_519_966_800
            ).der
        )
        try world.run(.signCertification(signature), on: "2018-03-02")
        var revocation = MemberCertificateRevocation()
        (revocation.person, revocation.sha256) = ("secretary-1", sha256)
        revocation.reason = "the card was lost"
        try world.run(.revokeMemberCertificate(revocation), on: "2018-03-05")
        let database = try world.readModels([CertificationReadModel(), AppointmentReadModel()])
        let (detail, certificates, none) = try database.read { db in
            (
                try CertificationReadModel.certification(id, db),
                try AppointmentReadModel.certificates(person: "secretary-1", db),
                try AppointmentReadModel.certificates(person: "chair-1", db)
            )
        }
        let key = Hex.encode(try World.key(of: "chair-1").publicKey.rawBytes)
        #expect(detail?.signatures.map(\.publicKey) == [key, nil])
        #expect(detail?.signatures.map(\.certificate) == [nil, sha256])
        #expect(detail?.missingRoles == [])
        let row = try #require(certificates.first)
        #expect(certificates.count == 1)
        #expect(row.certificate == sha256)
        #expect(row.registeredOn == "2017-10-04")
        #expect(row.registeredAtIndex == registeredAtIndex)
        #expect(row.revokedOn == "2018-03-05")
        #expect(row.revocationReason == "the card was lost")
        #expect(none.isEmpty)
    }
}
