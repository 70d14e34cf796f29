import Survey
import Testing

@Suite struct TargetRuleTests {
    @Test func `A target is set once and then revised with a reason`() throws {
        var fixture = try Fixture.targeted()
        #expect(throws: Rejection(.targetAlreadySet, "99010101")) {
            try fixture.run(.setTarget(.sample("99010101", "9981", 3)))
        }
        try fixture.run(.reviseTarget(.sample("99010101", "9981", 3)))
        let key = CellKey(cycle: "2561", village: "99010101", lao: "9981")
        #expect(fixture.state.targets[key]?.households == 3)
        #expect(fixture.state.targets[key]?.questionnaires == 4)
        var revision = TargetRevision.sample("99010101", "9981", 4)
        revision.reason = ""
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.reviseTarget(revision))
        }
    }

    @Test func `A target that was never set cannot be revised`() throws {
        var fixture = try Fixture.staffed()
        #expect(throws: Rejection(.targetNotSet, "99010101")) {
            try fixture.run(.reviseTarget(.sample("99010101", "9981", 3)))
        }
    }

    @Test func `A revision that changes nothing is refused`() throws {
        var fixture = try Fixture.targeted()
        #expect(throws: Rejection(.targetUnchanged, "99010101")) {
            try fixture.run(.reviseTarget(.sample("99010101", "9981", 2)))
        }
    }

    @Test func `A target beyond any village is refused`() throws {
        var fixture = try Fixture.staffed()
        let expected = Rejection(.targetTooLarge, "99010101")
        #expect(throws: expected) {
            try fixture.run(.setTarget(.sample("99010101", "9981", 100_000)))
        }
        try fixture.run(.setTarget(.sample("99010101", "9981", 99_999)))
        var revision = TargetRevision.sample("99010101", "9981", 1)
        revision.households = .max
        #expect(throws: expected) { try fixture.run(.reviseTarget(revision)) }
        revision.households = 1
        revision.questionnaires = 100_001
        #expect(throws: expected) { try fixture.run(.reviseTarget(revision)) }
    }
}
