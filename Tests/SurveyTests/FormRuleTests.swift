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
}
