import Survey
import Testing

@Suite struct ErasureRuleTests {
    private func recorded() throws -> Fixture {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.sample("h-1")))
        return fixture
    }

    /// The whole personal data anew, and one answer with it.
    private static var personal: CorrectHousehold {
        var correction = CorrectHousehold.sample("h-1")
        correction.personal = .sample(births: ["1980-05-05", "2012-06-06"])
        return correction
    }

    @Test func `An erasure names the key of its subject, whatever the command says`() throws {
        var fixture = try recorded()
        let keyID = try #require(fixture.household("h-1").keyID)
        var command = Erasure.sample(household: "h-1")
        command.keyID = keyID + 1
        let event = try fixture.run(.erasePersonalData(command))
        #expect(event.personalDataErased.keyID == keyID)
        #expect(event.stream == "household/2561/h-1" && event.isOfHousehold)
        let person = try #require(fixture.state.persons["chair-1"]?.keyID)
        let other = try fixture.run(.erasePersonalData(.sample(person: "chair-1")))
        #expect(other.personalDataErased.keyID == person)
        #expect(other.stream == "person/chair-1" && !other.isOfHousehold)
    }

    @Test func `Erasing changes no figure, no answer and no certification`() throws {
        var fixture = try Fixture.collected()
        let id = try fixture.certify("9981")
        let before = (fixture.state.cells, fixture.household("h-1"))
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        let after = fixture.household("h-1")
        #expect(fixture.state.cells == before.0)
        #expect(after.ages == before.1.ages && after.counts == before.1.counts)
        #expect(after.status == .recorded && after.version == before.1.version + 1)
        #expect(after.keyID == nil && after.isErased)
        let certification = try fixture.certification(id)
        #expect(!fixture.state.isSuperseded(certification))
    }

    @Test func `A person erased keeps appointments and keys`() throws {
        var fixture = try Fixture.collected()
        let before = try #require(fixture.state.persons["chair-1"])
        try fixture.run(.erasePersonalData(.sample(person: "chair-1")))
        let after = try #require(fixture.state.persons["chair-1"])
        #expect(after.keyID == nil && after.isErased)
        #expect(!before.publicKeys.isEmpty && after.publicKeys == before.publicKeys)
        #expect(!before.appointments.isEmpty)
        #expect(after.appointments.count == before.appointments.count)
    }

    @Test func `After an erasure open fields are corrected and personal data is not`() throws {
        var fixture = try recorded()
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        #expect(throws: Rejection(.personalDataErased, "h-1")) {
            try fixture.run(.correctHousehold(Self.personal))
        }
        var correction = CorrectHousehold.sample("h-1")
        correction.indicators = [.one(8, 1, 1)]
        try fixture.run(.correctHousehold(correction))
        #expect(fixture.household("h-1").counts.failing(8) == 1)
        #expect(fixture.household("h-1").isErased)
    }

    @Test func `Recorded anew after a withdrawal, an erased household has a new key`() throws {
        var fixture = try recorded()
        let first = try #require(fixture.household("h-1").keyID)
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        try fixture.run(.recordHousehold(.sample("h-1")))
        let second = try #require(fixture.household("h-1").keyID)
        #expect(second != first && !fixture.household("h-1").isErased)
        try fixture.run(.correctHousehold(Self.personal))
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
    }

    @Test func `A withdrawn household can be erased, too`() throws {
        var fixture = try recorded()
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        #expect(fixture.household("h-1").status == .absent && fixture.household("h-1").isErased)
    }

    @Test func `What has no personal data, or none any more, is not erased`() throws {
        var fixture = try recorded()
        try fixture.run(.recordNotCollected(.sample("h-2")))
        func refusal(_ erasure: Erasure) -> Rejection? {
            var copy = fixture
            do throws(Rejection) {
                try copy.run(.erasePersonalData(erasure))
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(.sample(household: "h-2")) == Rejection(.personalDataMissing, "h-2"))
        #expect(refusal(.sample(household: "h-9")) == Rejection(.personalDataMissing, "h-9"))
        #expect(refusal(.sample(person: "nobody")) == Rejection(.personUnknown, "nobody"))
        var elsewhere = Erasure.sample(household: "h-1")
        elsewhere.cycle = "2562"
        #expect(refusal(elsewhere) == Rejection(.cycleUnknown, "2562"))
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        try fixture.run(.erasePersonalData(.sample(person: "chair-1")))
        #expect(refusal(.sample(household: "h-1")) == Rejection(.personalDataErased, "h-1"))
        #expect(refusal(.sample(person: "chair-1")) == Rejection(.personalDataErased, "chair-1"))
    }

    @Test func `An erasure has one subject, a ground and a reason`() throws {
        let fixture = try recorded()
        func refusal(_ change: (inout Erasure) -> Void) -> Rejection? {
            var erasure = Erasure.sample(household: "h-1")
            change(&erasure)
            var copy = fixture
            do throws(Rejection) {
                try copy.run(.erasePersonalData(erasure))
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0.ground = .unspecified } == Rejection(.commandIncomplete, "ground"))
        #expect(refusal { $0.ground = .UNRECOGNIZED(9) } == Rejection(.valueUnknown, "ground"))
        #expect(refusal { $0.reason = " " } == Rejection(.reasonMissing, "reason"))
        #expect(refusal { $0.person = "chair-1" } == Rejection(.valueUnknown, "person"))
        let nobody = refusal { ($0.cycle, $0.household) = ("", "") }
        #expect(nobody == Rejection(.commandIncomplete, "household"))
        let both = refusal { ($0.household, $0.person) = ("", "chair-1") }
        #expect(both == Rejection(.valueUnknown, "cycle"))
    }

    @Test func `An event that names another subject's key is refused`() throws {
        var fixture = try recorded()
        try fixture.run(.recordHousehold(.sample("h-2")))
        var erasure = Erasure.sample(household: "h-1")
        erasure.keyID = try #require(fixture.household("h-2").keyID)
        #expect(throws: Rejection(.valueUnknown, "keyId")) {
            try fixture.append(Event(.personalDataErased(erasure)))
        }
    }
}
