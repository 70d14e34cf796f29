import Survey
import Testing

@Suite struct TrainingRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func refusal(_ change: (inout Training) -> Void) -> Rejection? {
        var training = Training.sample()
        change(&training)
        return rejection(fixture.state, Event(.trainingHeld(training)))
    }

    @Test mutating func `A training is recorded once and is of one kind`() throws {
        #expect(refusal { $0.kind = .unspecified } == Rejection(.commandIncomplete, "kind"))
        #expect(refusal { $0.kind = .UNRECOGNIZED(7) } == Rejection(.valueUnknown, "kind"))
        try fixture.run(.recordTraining(.sample()))
        #expect(throws: Rejection(.trainingAlreadyHeld, "t-1")) {
            try fixture.run(.recordTraining(.sample("t-1", .recorder)))
        }
        try fixture.run(.recordTraining(.sample("t-2", .recorder)))
    }

    @Test func `A training is of registered persons, each named once`() {
        #expect(
            refusal { $0.participants = [] } == Rejection(.commandIncomplete, "participants")
        )
        #expect(refusal { $0.participants = ["nobody"] } == Rejection(.personUnknown, "nobody"))
        #expect(
            refusal { $0.participants += ["collector-1"] }
                == Rejection(.personNamedTwice, "collector-1")
        )
        #expect(
            refusal { $0.trainers += ["chair-2"] } == Rejection(.personNamedTwice, "chair-2")
        )
        #expect(refusal { $0.trainers = [] } == nil)
        // Nobody trains himself.
        #expect(
            refusal { $0.trainers = ["collector-1"] }
                == Rejection(.personNamedTwice, "collector-1")
        )
    }

    @Test mutating func `Nobody is refused for work without a training`() throws {
        #expect(fixture.state.trainings.isEmpty)
        try fixture.run(.setTarget(.sample("99010101", "9981", 1)))
        try fixture.run(.recordHousehold(.sample("h-1")))
        #expect(fixture.household("h-1").status == .recorded)
    }
}
