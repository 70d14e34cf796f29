import Survey
import Testing

/// When the data below a certification has moved on.
@Suite struct SupersedingTests {
    private func correction(_ household: String) -> Command.OneOf_Kind {
        var correction = CorrectHousehold.sample(household)
        correction.indicators = [.one(8, 1, household == "h-1" ? 0 : 1)]
        return .correctHousehold(correction)
    }

    @Test func `A superseded certification is neither signed, issued nor submitted`() throws {
        var fixture = try Fixture.collected()
        let prepared = try fixture.prepare("9981")
        let issued = try fixture.issue("990151")
        try fixture.run(correction("h-1"))
        try fixture.run(correction("h-3"))
        #expect(throws: Rejection(.certificationSuperseded, prepared)) {
            try fixture.sign(prepared, "chair-1")
        }
        #expect(throws: Rejection(.certificationSuperseded, prepared)) {
            try fixture.run(.issueCertification(.sample(prepared)))
        }
        #expect(throws: Rejection(.certificationSuperseded, issued)) {
            try fixture.run(.submitCertification(.sample(issued, to: "9901")))
        }
        // It can be withdrawn, and it does not stand in the way of the next one.
        #expect(try fixture.prepare("9981") == "2561-9981-2")
        try fixture.run(.withdrawCertification(.sample(prepared)))
    }

    @Test func `Every change of the area's data supersedes and no other does`() throws {
        let changes: [(Command.OneOf_Kind, by: String, Bool)] = [
            (correction("h-1"), "recorder-1", true),
            (.withdrawHousehold(.sample("h-2")), "recorder-1", true),
            (.recordHousehold(.sample("h-9")), "recorder-1", true),
            (.recordNotCollected(.sample("h-9")), "recorder-1", true),
            (.setTarget(.sample("99010102", "9981", 0)), "recorder-1", true),
            (.reviseTarget(.sample("99010101", "9981", 1)), "recorder-1", true),
            (correction("h-3"), "recorder-1", false),
            (.withdrawHousehold(.sample("h-5")), "recorder-2", false),
            (.reviseTarget(.sample("99010102", "990151", 2)), "recorder-1", false),
            (.registerPerson(.sample("new")), "recorder-1", false),
        ]
        for (change, recorder, isSuperseding) in changes {
            var fixture = try Fixture.collected()
            let id = try fixture.certify("9981")
            try fixture.run(change, by: recorder)
            #expect(try fixture.state.isSuperseded(fixture.certification(id)) == isSuperseding)
        }
    }

    @Test func `A correction of personal data alone leaves certifications standing`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.certify("9981")
        let cell = fixture.cell("99010101", "9981")
        var correction = CorrectHousehold.sample("h-1")
        correction.personal = .sample(births: ["1980-05-05", "2012-06-06"])
        correction.personal.members[0].firstName = "สมหมาย"
        let event = try fixture.run(.correctHousehold(correction)).householdCorrected
        #expect(event.changes.map(\.field) == ["personal"])
        #expect(fixture.cell("99010101", "9981") == cell)
        #expect(try !fixture.state.isSuperseded(fixture.certification(id)))
        // A day later in the same month, and nobody's age is another: an open field all the same.
        correction.interviewedOn = "2018-01-16"
        try fixture.run(.correctHousehold(correction))
        #expect(try fixture.state.isSuperseded(fixture.certification(id)))
    }

    @Test func `A move into the LAO supersedes it and the one that was left`() throws {
        var fixture = try Fixture.collected()
        let left = try fixture.certify("9981")
        let entered = try fixture.certify("990151")
        let other = try fixture.certify("990152")
        var move = CorrectHousehold.sample("h-1")
        move.lao = "990151"
        try fixture.run(.correctHousehold(move))
        #expect(try fixture.state.isSuperseded(fixture.certification(left)))
        #expect(try fixture.state.isSuperseded(fixture.certification(entered)))
        #expect(try !fixture.state.isSuperseded(fixture.certification(other)))
    }

    @Test func `The record just below the tree size does not supersede, the next one does`() throws
    {
        var fixture = try Fixture.collected()
        try fixture.run(correction("h-1"))
        let lastChange = fixture.treeSize - 1
        let id = try fixture.prepare("9981")
        let certification = try fixture.certification(id)
        #expect(certification.prepared.treeSize == lastChange + 1)
        #expect(fixture.cell("99010101", "9981").changedAtIndex == lastChange)
        #expect(!fixture.state.isSuperseded(certification))
        // The preparation itself has the index that equals its tree size.
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        #expect(
            fixture.cell("99010101", "9981").changedAtIndex == certification.prepared.treeSize + 1
        )
        #expect(fixture.state.isSuperseded(certification))
    }

    @Test func `A district falls with a change or a withdrawal in one of its LAOs`() throws {
        var certified = try Fixture.collected()
        for lao in ["9981", "990151", "990152", "990251"] { try certified.certify(lao) }
        let first = try certified.certify("9901")
        let second = try certified.certify("9902")
        var changed = certified
        try changed.run(correction("h-4"))
        #expect(try changed.state.isSuperseded(changed.certification(first)))
        #expect(try !changed.state.isSuperseded(changed.certification(second)))
        var withdrawn = certified
        try withdrawn.run(.withdrawCertification(.sample("2561-990152-1")))
        #expect(try withdrawn.state.isSuperseded(withdrawn.certification(first)))
        #expect(try !withdrawn.state.isSuperseded(withdrawn.certification(second)))
        // Certified again below, the district still has to look at it again itself.
        try withdrawn.certify("990152")
        #expect(try withdrawn.state.isSuperseded(withdrawn.certification(first)))
        #expect(try withdrawn.prepare("9901") == "2561-9901-2")
    }

    @Test func `A district does not build on a certification that the data has left behind`() throws
    {
        var fixture = try Fixture.collected()
        for lao in ["9981", "990151", "990152"] { try fixture.certify(lao) }
        try fixture.run(correction("h-1"))
        #expect(throws: Rejection(.lowerCertificationMissing, "9981")) {
            try fixture.prepare("9901")
        }
        try fixture.certify("9981")
        try fixture.certify("9901")
    }

    @Test func `Withdrawing an outdated certification leaves the district standing`() throws {
        var fixture = try Fixture.collected()
        let outdated = try fixture.certify("9981")
        try fixture.run(correction("h-1"))
        for lao in ["9981", "990151", "990152"] { try fixture.certify(lao) }
        let district = try fixture.certify("9901")
        try fixture.run(.withdrawCertification(.sample(outdated)))
        #expect(try !fixture.state.isSuperseded(fixture.certification(district)))
    }

    @Test func `A municipality that reaches into a second district counts in both`() throws {
        var fixture = try Fixture.collected()
        try fixture.run(
            .defineArea(.sample("9983", .lao, "9901", covering: ["990101", "990201"]))
        )
        try fixture.run(
            .issueOrder(.committee("9983", ["chair-1", "member-1", "secretary-1"]))
        )
        try fixture.run(.setTarget(.sample("99020101", "9983", 0)))
        #expect(fixture.state.laosAtWork(district: "9902", cycle: "2561") == ["990251", "9983"])
        #expect(!fixture.state.laosAtWork(district: "9901", cycle: "2561").contains("9983"))
        try fixture.certify("990251")
        let lower = try fixture.certify("9983")
        let district = try fixture.certify("9902")
        // A change in the other district overtakes the municipality, and so what stands on it.
        var changed = fixture
        try changed.run(.recordHousehold(.sample("h-6", "99010101", "9983")))
        #expect(try changed.state.isSuperseded(changed.certification(lower)))
        #expect(try changed.state.isSuperseded(changed.certification(district)))
        // Of LAOs that have nothing in this district it does not fall.
        var elsewhere = fixture
        try elsewhere.run(correction("h-1"))
        #expect(try !elsewhere.state.isSuperseded(elsewhere.certification(district)))
        try fixture.run(.withdrawCertification(.sample(lower)))
        #expect(try fixture.state.isSuperseded(fixture.certification(district)))
    }

    @Test func `Where LAOs do not certify, a district answers for its own cells alone`() throws {
        var fixture = try Fixture.staffed()
        try fixture.run(
            .defineArea(.sample("9983", .lao, "9901", covering: ["990101", "990201"]))
        )
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        cycle.certificationRules.removeFirst()
        try fixture.run(.defineCycle(cycle))
        for village in ["99010101", "99020101"] {
            var target = Target.sample(village, "9983", 0)
            target.cycle = "2562"
            try fixture.run(.setTarget(target))
        }
        var command = PrepareCertification.sample("9902")
        command.cycle = "2562"
        let event = try fixture.run(.prepareCertification(command))
        let id = event.certificationPrepared.certification
        var revision = TargetRevision.sample("99010101", "9983", 5)
        revision.cycle = "2562"
        try fixture.run(.reviseTarget(revision))
        #expect(try !fixture.state.isSuperseded(fixture.certification(id)))
        revision.village = "99020101"
        try fixture.run(.reviseTarget(revision))
        #expect(try fixture.state.isSuperseded(fixture.certification(id)))
    }
}
