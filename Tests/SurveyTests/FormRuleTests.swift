import Survey
import Testing

/// Printed forms with serials (1.1).
@Suite struct FormRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.targeted() }

    private func refusal(_ ranges: [SerialRange]) -> Rejection? {
        rejection(fixture.state, Event(.questionnairesIssued(.sample(ranges))))
    }

    @Test mutating func `Forms are issued in ranges that run upwards, each form once`() throws {
        #expect(refusal([]) == Rejection(.commandIncomplete, "ranges"))
        for range in [
            SerialRange.sample(2, 1), .sample(1, 10_001), .sample(0, .max),
            .sample(1, 2, prefix: "A1"),
        ] {
            #expect(
                refusal([range])
                    == Rejection(
                        .serialRangeInvalid,
                        "\(range.prefix)\(range.first)-\(range.last)"
                    )
            )
        }
        #expect(refusal([.sample(1, 5), .sample(5, 9)]) == Rejection(.serialRangeInvalid, "A-5-9"))
        #expect(
            refusal([.sample(1, 5, prefix: "A 1")]) == Rejection(.identifierMalformed, "ranges[1]")
        )
        #expect(refusal([.sample(1, 10_000), .sample(1, 1, prefix: "")]) == nil)
        try fixture.run(.issueQuestionnaires(.sample()))
        for range in [SerialRange.sample(1, 20), .sample(20, 30), .sample(5, 6)] {
            #expect(
                refusal([range])
                    == Rejection(
                        .questionnaireAlreadyIssued,
                        "A-\(range.first)-\(range.last)"
                    )
            )
        }
        #expect(refusal([.sample(21, 30), .sample(1, 20, prefix: "B-")]) == nil)
        #expect(throws: Rejection(.personUnknown, "nobody")) {
            try fixture.run(.issueQuestionnaires(.sample([.sample(40, 41)], to: "nobody")))
        }
    }

    @Test mutating func `A household names a form that its collector has`() throws {
        #expect(throws: Rejection(.questionnaireNotIssued, "A-7")) {
            try fixture.run(.recordHousehold(.sample("h-1", form: "A-7")))
        }
        try fixture.run(.issueQuestionnaires(.sample()))
        try fixture.run(
            .issueQuestionnaires(.sample([.sample(21, 30)], to: "collector-2"))
        )
        #expect(throws: Rejection(.questionnaireNotIssued, "A-31")) {
            try fixture.run(.recordHousehold(.sample("h-1", form: "A-31")))
        }
        #expect(throws: Rejection(.questionnaireNotIssued, "form")) {
            try fixture.run(.recordHousehold(.sample("h-1", form: "form")))
        }
        #expect(throws: Rejection(.questionnaireOfOther, "A-21")) {
            try fixture.run(.recordHousehold(.sample("h-1", form: "A-21")))
        }
        // Zeros before the number say nothing.
        try fixture.run(.recordHousehold(.sample("h-1", form: "A-007")))
        #expect(fixture.household("h-1").questionnaire == "A-007")
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        try fixture.run(.recordHousehold(.sample("h-1")))
        #expect(fixture.household("h-1").questionnaire == "")
    }

    @Test mutating func `Forms are returned or spoiled once, by the collector who has them`() throws
    {
        #expect(throws: Rejection(.questionnaireNotIssued, "A-19")) {
            try fixture.run(.returnQuestionnaires(.sample()))
        }
        try fixture.run(.issueQuestionnaires(.sample()))
        #expect(throws: Rejection(.questionnaireOfOther, "A-19")) {
            try fixture.run(.returnQuestionnaires(.sample(by: "collector-2")))
        }
        #expect(throws: Rejection(.dayTooEarly, "returnedOn")) {
            try fixture.run(.returnQuestionnaires(.sample(on: "2017-11-30")))
        }
        try fixture.run(.returnQuestionnaires(.sample()))
        try fixture.run(.spoilQuestionnaires(.sample(18)))
        for number in [UInt32(18), 19] {
            #expect(throws: Rejection(.questionnaireClosed, "A-\(number)")) {
                try fixture.run(.spoilQuestionnaires(.sample(number)))
            }
            #expect(throws: Rejection(.questionnaireClosed, "A-\(number)")) {
                try fixture.run(.recordHousehold(.sample("h-2", form: "A-\(number)")))
            }
        }
    }

    @Test
    mutating func `A form serves one household, until that is withdrawn or names another`() throws {
        try fixture.run(.issueQuestionnaires(.sample()))
        try fixture.run(.recordHousehold(.sample("h-1", form: "A-007")))
        #expect(throws: Rejection(.questionnaireUsed, "A-7")) {
            try fixture.run(.recordHousehold(.sample("h-2", form: "A-7")))
        }
        try fixture.run(.recordHousehold(.sample("h-2", form: "A-8")))
        func correction(_ household: String, _ form: String) -> Command.OneOf_Kind {
            var correction = CorrectHousehold.sample(household)
            correction.questionnaire = form
            return .correctHousehold(correction)
        }
        #expect(throws: Rejection(.questionnaireUsed, "A-7")) {
            try fixture.run(correction("h-2", "A-7"))
        }
        #expect(throws: Rejection(.questionnaireNotIssued, "A-21")) {
            try fixture.run(correction("h-2", "A-21"))
        }
        #expect(throws: Rejection(.identifierMalformed, "questionnaire")) {
            try fixture.run(correction("h-2", "A 9"))
        }
        // Another spelling is the same form; another form frees the first one.
        try fixture.run(correction("h-1", "A-7"))
        let event = try fixture.run(correction("h-1", "A-9")).householdCorrected
        #expect(event.changes.map(\.field) == ["questionnaire"])
        #expect(event.changes.map { [$0.old, $0.new] } == [["A-7", "A-9"]])
        #expect(fixture.household("h-1").questionnaire == "A-9")
        try fixture.run(correction("h-2", "A-7"))
        #expect(throws: Rejection(.questionnaireUsed, "A-9")) {
            try fixture.run(.recordHousehold(.sample("h-3", form: "A-9")))
        }
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        try fixture.run(.recordHousehold(.sample("h-3", form: "A-9")))
        // None is named, and the form is free.
        try fixture.run(correction("h-3", ""))
        try fixture.run(.recordHousehold(.sample("h-4", form: "A-9")))
        let used = fixture.state.usedForms
        #expect(used == [FormRange(cycle: "2561", prefix: "A-", first: 1): Self.bits(7, 9)])
    }

    /// Of the forms 1 to 20.
    private static func bits(_ numbers: UInt64...) -> [UInt8] {
        let word = numbers.reduce(0) { $0 | UInt64(1) << ($1 - 1) }
        return (0..<8).reversed().map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
    }

    @Test mutating func `Which forms are used can be kept apart from the households`() throws {
        try fixture.run(.issueQuestionnaires(.sample()))
        let range = FormRange(cycle: "2561", prefix: "A-", first: 1)
        var state = fixture.state
        #expect(state.usedForms == [:])
        #expect(state.formRange(of: "A-020", cycle: "2561") == range)
        #expect(state.formRange(of: "A-21", cycle: "2561") == nil)
        let other = FormRange(cycle: "2561", prefix: "A-", first: 2)
        let areTaken = [
            state.setUsedForms(Self.bits(3), of: range),
            state.setUsedForms(Self.bits(3), of: other), state.setUsedForms([0], of: range),
        ]
        #expect(areTaken == [true, false, false])
        #expect(state.usedForms(of: range) == Self.bits(3))
        var command = Command()
        command.kind = .recordHousehold(.sample("h-1", form: "A-3"))
        #expect(throws: Rejection(.questionnaireUsed, "A-3")) {
            try state.decide(
                command,
                act: Fixture.act(),
                household: HouseholdState(),
                position: fixture.position
            )
        }
    }

    @Test func `A serial is a prefix and a number of at most ten digits`() {
        #expect(Serial("A-007")?.text == "A-7")
        #expect(Serial("0042")?.text == "42")
        #expect(Serial("A-4294967295")?.number == .max)
        for text in ["", "A-", "A-4294967296", "A-00000000001", "๑๒"] {
            #expect(Serial(text) == nil, "\(text)")
        }
    }

    @Test func `A range that nobody may issue leaves the register as it was`() {
        var forged = fixture
        forged.apply(Event(.questionnairesIssued(.sample([.sample(0, .max)]))))
        forged.apply(Event(.questionnairesReturned(.sample([.sample(0, .max)]))))
        #expect(rejection(forged.state, Event(.questionnairesIssued(.sample()))) == nil)
    }

    @Test mutating func `A household is not interviewed on a form that was issued later`() throws {
        var issue = QuestionnaireIssue.sample()
        issue.issuedOn = "2018-01-20"
        try fixture.run(.issueQuestionnaires(issue))
        var record = RecordHousehold.sample("h-1", form: "A-7")
        record.interviewedOn = "2018-01-19"
        #expect(throws: Rejection(.dayTooEarly, "interviewedOn")) {
            try fixture.run(.recordHousehold(record))
        }
        record.interviewedOn = "2018-01-20"
        try fixture.run(.recordHousehold(record))
    }
}
