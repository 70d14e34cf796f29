import Cryptography
import Survey
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Statements signed with a certificate: CAdES-B in place of a key's signature.
@Suite struct CertificateSignatureTests {
    private var fixture: Fixture
    private let id: String

    init() throws {
        fixture = try Fixture.collected()
        try fixture.registerCertificates(of: "chair-1", "member-1")
        id = try fixture.prepare("9981")
    }

    private func refusal(
        _ signature: CertificationSignature,
        on day: String = Fixture.workday
    ) -> Rejection? {
        rejection(fixture.state, Event(.certificationSigned(signature)), Fixture.act(on: day))
    }

    @Test mutating func `Keys and certificates sign side by side`() throws {
        try fixture.run(.signCertification(fixture.certificateSignature(id, "chair-1")))
        try fixture.run(.signCertification(fixture.certificateSignature(id, "member-1")))
        try fixture.sign(id, "secretary-1")
        #expect(throws: Rejection(.alreadySigned, "chair-1")) { try fixture.sign(id, "chair-1") }
        try fixture.run(.issueCertification(.sample(id)))
    }

    @Test func `A signature is of one form, never of both or none`() throws {
        let invalid = Rejection(.signatureFormInvalid, "chair-1")
        let byKey = try fixture.signature(id, "chair-1")
        let byCertificate = try fixture.certificateSignature(id, "chair-1")
        var both = byKey
        both.cms = byCertificate.cms
        #expect(refusal(both) == invalid)
        both.signature = Data()
        #expect(refusal(both) == invalid)
        var none = byKey
        none.signature = Data()
        none.publicKey = Data()
        #expect(refusal(none) == invalid)
        #expect(refusal(byKey) == nil)
        #expect(refusal(byCertificate) == nil)
    }

    @Test func `CMS over other bytes is refused`() throws {
        let invalid = Rejection(.signatureInvalid, "chair-1")
        let longer = try fixture.certificateSignature(id, "chair-1", appending: "\n")
        #expect(refusal(longer) == invalid)
        var flipped = try fixture.certificateSignature(id, "chair-1")
        flipped.cms[flipped.cms.endIndex - 1] ^= 1
        #expect(refusal(flipped) == invalid)
    }

    @Test func `CMS of another form, or over its length, is refused`() throws {
        let good = try fixture.certificateSignature(id, "chair-1")
        let der = good.cms
        let identity = try Fixture.identity(of: "chair-1")
        for bytes in [
            der.dropLast(), der + [0], Data([0x30, 0]), Data(identity.certificate.der),
            Data(count: 40_001),
        ] {
            var signature = good
            signature.cms = bytes
            #expect(refusal(signature) == Rejection(.cmsMalformed, "chair-1"))
        }
    }

    @Test mutating func `A revoked certificate, somebody else's and an unknown one do not sign`()
        throws
    {
        let own = try fixture.certificateSignature(id, "chair-1")
        let foreign = try fixture.certificateSignature(
            id,
            "chair-1",
            by: Fixture.identity(of: "member-1")
        )
        #expect(refusal(foreign) == Rejection(.certificateUnknown, "chair-1"))
        let unknown = try fixture.certificateSignature(
            id,
            "chair-1",
            by: Fixture.newIdentity("chair-1")
        )
        #expect(refusal(unknown) == Rejection(.certificateUnknown, "chair-1"))
        let identity = try Fixture.identity(of: "chair-1")
        try fixture.run(.revokeMemberCertificate(.sample("chair-1", identity)))
        #expect(refusal(own) == Rejection(.certificateUnknown, "chair-1"))
    }

    @Test mutating func `A certificate signs under the roots in force at that record`() throws {
        let signature = try fixture.certificateSignature(id, "chair-1")
        let roots = fixture.state.certificateRoots
        try fixture.run(.defineCertificateRoots(.sample([])))
        #expect(refusal(signature) == Rejection(.certificateUntrusted, "chair-1"))
        let other = try Fixture.identity(of: "member-1")
        try fixture.run(.defineCertificateRoots(.sample([other])))
        #expect(refusal(signature) == Rejection(.certificateUntrusted, "chair-1"))
        var again = CertificateRoots.sample([])
        again.certificates = roots.map { Data($0.der) }
        try fixture.run(.defineCertificateRoots(again))
        try fixture.run(.signCertification(signature))
        try fixture.run(.signCertification(fixture.certificateSignature(id, "member-1")))
        try fixture.sign(id, "secretary-1")
        // What was signed stays signed, whoever is trusted afterwards.
        try fixture.run(.defineCertificateRoots(.sample([])))
        try fixture.run(.issueCertification(.sample(id)))
    }

    @Test mutating func `An expired certificate signs neither by its time nor by the act's day`()
        throws
    {
        let short = try Fixture.newIdentity("short", from: "2018-01-01", to: "2018-02-03")
        try fixture.run(.defineCertificateRoots(.sample([short])))
        try fixture.run(.registerMemberCertificate(.sample("secretary-1", short)))
        func signature(_ day: String) throws -> CertificationSignature {
            try fixture.certificateSignature(
                id,
                "secretary-1",
                by: short,
                at: Fixture.midnight(day)
            )
        }
        let invalid = Rejection(.certificateNotValid, "secretary-1")
        #expect(try refusal(signature("2018-02-02"), on: "2018-02-03") == nil)
        #expect(try refusal(signature("2018-02-02"), on: "2018-02-04") == invalid)
        #expect(try refusal(signature("2018-02-03"), on: "2018-02-03") == invalid)
        #expect(try refusal(signature("2018-02-04"), on: "2018-02-04") == invalid)
    }

    @Test func `CMS that was signed before the statement or after the act is refused`() throws {
        // In Thailand 1 February ends at 17:00 in UTC.
        let midnight = Fixture.midnight("2018-02-01")
        let (first, last) = (midnight - 7 * 3_600, midnight + 17 * 3_600 - 1)
        let times: [(Int64, String?)] = [
            (first - 1, "2018-01-31"), (first, nil), (last, nil), (last + 1, "2018-02-02"),
        ]
        for (time, refusedDay) in times {
            let signature = try fixture.certificateSignature(id, "chair-1", at: time)
            #expect(refusal(signature) == refusedDay.map { Rejection(.signingTimeInvalid, $0) })
        }
        // Handed in later.
        let signature = try fixture.certificateSignature(id, "chair-1", at: last + 1)
        #expect(refusal(signature, on: "2018-02-02") == nil)
        #expect(refusal(signature, on: "2018-02-20") == nil)
    }

    @Test mutating func `No act is dated before the registration of the certificate`() throws {
        let identity = try Fixture.newIdentity("late")
        let roots = try [identity, Fixture.identity(of: "chair-1")]
        try fixture.run(.defineCertificateRoots(.sample(roots)))
        try fixture.run(
            .registerMemberCertificate(.sample("secretary-1", identity)),
            on: "2018-02-06"
        )
        let signature = try fixture.certificateSignature(id, "secretary-1", by: identity)
        let early = Rejection(.actBeforePrevious, "memberCertificateRegistered 2018-02-06")
        #expect(refusal(signature, on: "2018-02-05") == early)
        // The certificate was the member's before the ledger knew.
        #expect(refusal(signature, on: "2018-02-06") == nil)
    }
}
