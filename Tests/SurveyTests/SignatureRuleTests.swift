import Cryptography
import Survey
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct SignatureRuleTests {
    @Test func `A signature over other bytes is refused`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        let good = try fixture.signature(id, "chair-1")
        let key = try Fixture.key(of: "chair-1")
        let statement = try fixture.certification(id).prepared.statement
        var forged: [Data] = [
            Data(), good.signature.dropLast(), good.signature + [0],
            Data(try key.sign(Array((statement + "\n").utf8))),
            Data(try key.sign(Array(statement.dropLast().utf8))),
        ]
        for bit in [0, 255, 256, 511] {
            var flipped = good.signature
            flipped[bit / 8] ^= 1 << (bit % 8)
            forged.append(flipped)
        }
        for signature in forged {
            var event = good
            event.signature = signature
            #expect(throws: Rejection(.signatureInvalid, "chair-1")) {
                try fixture.run(.signCertification(event))
            }
        }
        try fixture.run(.signCertification(good))
    }

    @Test func `Nobody signs twice`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        try fixture.sign(id, "chair-1")
        #expect(throws: Rejection(.alreadySigned, "chair-1")) { try fixture.sign(id, "chair-1") }
    }

    @Test func `Only the committee of exactly that area signs, each in the appointed role`() throws
    {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        // chair-2 chairs the district's committee, not this one.
        #expect(throws: Rejection(.signerNotOnCommittee, "chair-2")) {
            try fixture.sign(id, "chair-2")
        }
        var signature = try fixture.signature(id, "member-1")
        signature.role = "chair"
        #expect(throws: Rejection(.signerNotOnCommittee, "member-1")) {
            try fixture.run(.signCertification(signature))
        }
        let others: [(day: String, isMember: Bool)] = [
            ("2017-11-30", false), ("2018-04-01", false), ("2018-03-31", true),
        ]
        for (day, isMember) in others {
            let event = Event(.certificationSigned(try fixture.signature(id, "chair-1")))
            let expected = isMember ? nil : Rejection(.signerNotOnCommittee, "chair-1")
            #expect(rejection(fixture.state, event, Fixture.act(on: day)) == expected)
        }
    }

    @Test func `A revoked key, somebody else's key and an unknown key do not sign`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        let own = try fixture.signature(id, "chair-1")
        var foreign = try fixture.signature(id, "member-1")
        foreign.person = "chair-1"
        foreign.role = "chair"
        #expect(throws: Rejection(.keyUnknown, "chair-1")) {
            try fixture.run(.signCertification(foreign))
        }
        var revocation = MemberKeyRevocation()
        revocation.person = "chair-1"
        revocation.publicKey = own.publicKey
        revocation.reason = "the token was lost"
        try fixture.run(.revokeMemberKey(revocation))
        #expect(throws: Rejection(.keyUnknown, "chair-1")) {
            try fixture.run(.signCertification(own))
        }
    }

    @Test func `A signature made before its key was revoked still counts`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        for person in ["chair-1", "member-1", "secretary-1"] { try fixture.sign(id, person) }
        var revocation = MemberKeyRevocation()
        revocation.person = "chair-1"
        revocation.publicKey = try MemberKey.sample("chair-1").publicKey
        revocation.reason = "the token was lost"
        try fixture.run(.revokeMemberKey(revocation))
        try fixture.run(.issueCertification(.sample(id)))
    }

    @Test func `Required roles and the minimum number must both have signed`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981")
        let issue = Command.OneOf_Kind.issueCertification(.sample(id))
        #expect(throws: Rejection(.signaturesMissing, "chair, secretary")) {
            try fixture.run(issue)
        }
        try fixture.sign(id, "chair-1")
        try fixture.sign(id, "member-1")
        #expect(throws: Rejection(.signaturesMissing, "secretary")) { try fixture.run(issue) }
        try fixture.run(.withdrawCertification(.sample(id)))
        let second = try fixture.prepare("9981")
        try fixture.sign(second, "chair-1")
        try fixture.sign(second, "secretary-1")
        #expect(throws: Rejection(.signaturesMissing, "2/3")) {
            try fixture.run(.issueCertification(.sample(second)))
        }
        try fixture.sign(second, "member-1")
        try fixture.run(.issueCertification(.sample(second)))
    }

    @Test func `An issued certification takes no more signatures and is not issued again`() throws {
        var fixture = try Fixture.collected()
        var amendment = OrderAmendment.sample("committee-9981", on: "2018-01-05")
        amendment.added = [.sample("outsider", "member", "")]
        try fixture.run(.amendOrder(amendment))
        try fixture.run(.registerMemberKey(.sample("outsider")))
        let id = try fixture.issue("9981")
        var signature = try fixture.signature(id, "outsider")
        signature.role = "member"
        #expect(throws: Rejection(.alreadyIssued, id)) {
            try fixture.run(.signCertification(signature))
        }
        #expect(throws: Rejection(.alreadyIssued, id)) {
            try fixture.run(.issueCertification(.sample(id)))
        }
    }
}
