import Survey
import Testing

/// Days are what actors say they were; these rules keep them in the order of cause and effect.
@Suite struct ActOrderTests {
    private func before(_ earlier: String) -> Rejection { Rejection(.actBeforePrevious, earlier) }

    @Test func `No act of a certification is dated before the one it follows`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981", on: "2018-02-05")
        #expect(throws: before("certificationPrepared 2018-02-05")) {
            try fixture.sign(id, "chair-1", on: "2018-02-04")
        }
        try fixture.sign(id, "chair-1", on: "2018-02-05")
        // Members may sign in another order than their signatures are recorded in.
        try fixture.sign(id, "member-1", on: "2018-02-07")
        try fixture.sign(id, "secretary-1", on: "2018-02-06")
        let issue = Command.OneOf_Kind.issueCertification(.sample(id))
        #expect(throws: before("certificationSigned 2018-02-07")) {
            try fixture.run(issue, on: "2018-02-06")
        }
        try fixture.run(issue, on: "2018-02-08")
        let submission = Command.OneOf_Kind.submitCertification(.sample(id, to: "9901"))
        #expect(throws: before("certificationIssued 2018-02-08")) {
            try fixture.run(submission, on: "2018-02-07")
        }
        try fixture.run(submission, on: "2018-02-09")
        let withdrawal = Command.OneOf_Kind.withdrawCertification(.sample(id))
        #expect(throws: before("certificationSubmitted 2018-02-09")) {
            try fixture.run(withdrawal, on: "2018-02-08")
        }
        try fixture.run(withdrawal, on: "2018-02-09")
    }

    @Test func `What was only prepared is not withdrawn before that`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.prepare("9981", on: "2018-02-05")
        let withdrawal = Command.OneOf_Kind.withdrawCertification(.sample(id))
        #expect(throws: before("certificationPrepared 2018-02-05")) {
            try fixture.run(withdrawal, on: "2018-02-04")
        }
        try fixture.run(withdrawal, on: "2018-02-05")
    }

    @Test func `Somebody removed from the committee does not sign by naming an earlier day`() throws
    {
        var fixture = try Fixture.collected()
        var amendment = OrderAmendment.sample("committee-9981", on: "2018-02-10")
        amendment.removedPersons = ["chair-1"]
        try fixture.run(.amendOrder(amendment), on: "2018-02-10")
        let id = try fixture.prepare("9981", on: "2018-02-12")
        for day in ["2018-02-09", "2018-02-12"] {
            #expect(throws: Rejection(.signerNotOnCommittee, "chair-1")) {
                try fixture.sign(id, "chair-1", on: day)
            }
        }
    }

    @Test func `A key signs from the day it was registered`() throws {
        var fixture = try Fixture.collected()
        var amendment = OrderAmendment.sample("committee-9981", on: "2018-02-01")
        amendment.added = [.sample("outsider", "member", "")]
        try fixture.run(.amendOrder(amendment))
        try fixture.run(.registerMemberKey(.sample("outsider")), on: "2018-02-06")
        let id = try fixture.prepare("9981", on: "2018-02-05")
        var signature = try fixture.signature(id, "outsider")
        signature.role = "member"
        #expect(throws: before("memberKeyRegistered 2018-02-06")) {
            try fixture.run(.signCertification(signature), on: "2018-02-05")
        }
        try fixture.run(.signCertification(signature), on: "2018-02-06")
    }

    @Test func `A district is prepared no earlier than its LAOs submitted`() throws {
        var fixture = try Fixture.collected()
        for lao in ["9981", "990151"] { try fixture.certify(lao) }
        let last = try fixture.issue("990152")
        try fixture.run(
            .submitCertification(.sample(last, to: "9901")),
            on: "2018-02-03"
        )
        #expect(throws: before("certificationSubmitted 2018-02-03")) {
            try fixture.prepare("9901", on: "2018-02-02")
        }
        try fixture.prepare("9901", on: "2018-02-03")
    }

    @Test func `The acts of a household come in the order of their days`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordNotCollected(.sample("h-1")), on: "2018-02-03")
        let record = Command.OneOf_Kind.recordHousehold(.sample("h-1"))
        #expect(throws: before("h-1 2018-02-03")) { try fixture.run(record, on: "2018-02-02") }
        try fixture.run(record, on: "2018-02-05")
        var correction = CorrectHousehold.sample("h-1")
        correction.indicators = [.one(8, 1, 1)]
        let withdrawal = Command.OneOf_Kind.withdrawHousehold(.sample("h-1"))
        for early in [.correctHousehold(correction), withdrawal] {
            // After the interview and before the recording.
            #expect(throws: before("h-1 2018-02-05")) { try fixture.run(early, on: "2018-02-04") }
        }
        try fixture.run(.correctHousehold(correction), on: "2018-02-05")
        try fixture.run(withdrawal, on: "2018-02-07")
        for early in [record, .recordNotCollected(.sample("h-1"))] {
            #expect(throws: before("h-1 2018-02-07")) { try fixture.run(early, on: "2018-02-06") }
        }
        try fixture.run(record, on: "2018-02-07")
        #expect(fixture.household("h-1").lastActOn == Day(iso: "2018-02-07"))
    }
}
