import Survey
import SwiftProtobuf
import Testing

@Suite struct EditionRuleTests {
    /// The ledger of `Fixture.staffed` with the sample's edition and a cycle that asks it.
    private static func asking(_ document: QuestionnaireDocument = .sample()) throws -> Fixture {
        var fixture = try Fixture.staffed()
        try fixture.run(
            .defineEdition(
                .with {
                    $0.document = document
                    $0.reason = "a new form"
                }
            )
        )
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.edition) = ("2567", "2566")
        cycle.referenceDate = "2024-01-01"
        try fixture.run(.defineCycle(cycle))
        for (kind, person) in [
            (Order.Kind.collector, "collector-1"), (.recorder, "recorder-1"),
        ] {
            var order = Order.sample("\(person)-2567", kind, "99", person)
            (order.cycle, order.validFrom, order.validTo) = ("2567", "2018-01-01", "")
            try fixture.run(.issueOrder(order))
        }
        return fixture
    }

    /// A household of two, aged 37 and 6 on 2024-01-01.
    private static func record(_ counts: [IndicatorCount]) -> RecordHousehold {
        var record = RecordHousehold.sample("h-1", births: ["1986-05-05", "2018-01-01"])
        (record.cycle, record.interviewedOn) = ("2567", "2018-01-15")
        record.indicators = counts
        return record
    }

    private static let answers: [IndicatorCount] = [.one(1, 1, 0), .one(3, 2, 1), .one(5, 1, 1)]

    @Test func `A cycle asks the edition that the ledger defined`() throws {
        var fixture = try Self.asking()
        let cycle = try #require(fixture.state.cycles["2567"])
        #expect(cycle.questionnaire.edition == "2566")
        #expect(cycle.questionnaire.years.contains(2570))
        let event = try fixture.run(.recordHousehold(Self.record(Self.answers))).householdRecorded
        #expect(event.inScope == "10201")
        #expect(event.failing == "00101")
        let key = CellKey(cycle: "2567", village: "99010101", lao: "9981")
        let cell = try #require(fixture.state.cells[key])
        #expect(cell.surveyed == [1, 0, 2, 0, 1])
        #expect(cell.failed == [0, 0, 1, 0, 1])
    }

    @Test func `A household answers the form that its cycle asks`() throws {
        var fixture = try Self.asking()
        let answers = Answers(
            household: ["clean": .yesNo(true), "income": .number(1), "note": .text("ดี")],
            members: [
                ["birthDate": .day(Household.day("1986-05-05")), "work": .choice("farmer")],
                ["birthDate": .day(Household.day("2018-01-01"))],
            ]
        )
        var record = RecordHousehold.answered("h-1", answers)
        record.cycle = "2567"
        // This form does not ask for it.
        record.personal.houseNumber = "1/1"
        let event = try fixture.run(.recordHousehold(record)).householdRecorded
        #expect(event.ages == [37, 6])
        #expect(event.inScope == "10201" && event.failing == "00101")
        #expect(event.warningCount == 1)
        record.answers = AnswersDocument(.sample())
        record.household = "h-2"
        #expect(throws: Rejection(.answerUnknown, "household")) {
            try fixture.run(.recordHousehold(record))
        }
    }

    @Test func `Its figures and statement go by number, and say nothing of one left out`() throws {
        var fixture = try Self.asking()
        try fixture.run(.recordHousehold(Self.record(Self.answers)))
        let figures = fixture.state.figures(area: "9981", level: .lao, cycle: "2567")
        #expect(figures.surveyed == [1, 0, 2, 0, 1])
        var prepared = CertificationPrepared()
        (prepared.cycle, prepared.area, prepared.figures) = ("2567", "9981", figures)
        let lines = fixture.state.statement(of: prepared).split(separator: "\n")
        #expect(lines.contains("3. ตัวชี้วัด 3 / Indicator 3"))
        #expect(lines.contains("   2, 1, 1 (50.00 / 50.00)"))
        #expect(lines.contains("4. ตัวชี้วัด 4 / Indicator 4"))
        #expect(!lines.contains { $0.hasPrefix("2. ") })
    }

    @Test(
        arguments: [
            (.one(2, 1, 0), .indicatorScopeMismatch, "2"),
            (.one(6, 1, 0), .indicatorUnknown, "6"),
            (.one(31, 1, 0), .indicatorUnknown, "31"),
            (.one(4, 2, 0), .indicatorScopeMismatch, "4"),
        ] as [(IndicatorCount, RejectionCode, String)]
    )
    func `Answers are judged by the numbers and scopes of the edition`(
        more: IndicatorCount,
        code: RejectionCode,
        subject: String
    ) throws {
        var fixture = try Self.asking()
        #expect(throws: Rejection(code, subject)) {
            try fixture.run(.recordHousehold(Self.record(Self.answers + [more])))
        }
        let somebodyIsOld = Self.answers + [IndicatorCount.one(4, 1, 1)]
        try fixture.run(.recordHousehold(Self.record(somebodyIsOld)))
    }

    @Test func `Answers of another number of digits than the edition has are refused`() throws {
        var fixture = try Self.asking()
        let event = try fixture.run(.recordHousehold(Self.record(Self.answers))).householdRecorded
        let step = try #require(fixture.history.last)
        for digits in ["1020", "102010", "1020100000000000000000000000000"] {
            var forged = event
            forged.inScope = digits
            forged.failing = String(repeating: "0", count: digits.count)
            #expect(
                rejection(step.before, Event(.householdRecorded(forged)), step.act)
                    == Rejection(.indicatorDigitsMalformed, "h-1")
            )
        }
    }

    @Test func `A correction names the numbers of the edition`() throws {
        var fixture = try Self.asking()
        try fixture.run(.recordHousehold(Self.record(Self.answers)))
        let stream = Event.stream("2567", "h-1")
        let household = try #require(fixture.households[stream])
        var correction = Event.correction("h-1", [("indicator.3", "2/1", "2/0")])
        correction.cycle = "2567"
        func refusal() -> Rejection? {
            let event = Event(.householdCorrected(correction))
            return rejection(fixture.state, event, Fixture.act(), household)
        }
        #expect(refusal() == nil)
        for field in ["indicator.6", "indicator.40", "indicator.41", "indicator.0"] {
            correction.changes[0].field = field
            correction.changes[0].old = "0/0"
            #expect(refusal() == Rejection(.correctionFieldUnknown, field))
        }
    }

    @Test func `An edition is defined once, and a built-in one never again`() throws {
        var fixture = try Self.asking()
        for edition in ["2566", "2560-2564"] {
            #expect(throws: Rejection(.editionAlreadyDefined, edition)) {
                try fixture.run(.defineEdition(.sample(edition)))
            }
        }
        try fixture.run(.defineEdition(.sample("2570-2574")))
        #expect(
            fixture.state.editions.keys.sorted() == ["2560-2564", "2566", "2570-2574"]
        )
        // What a forged record brings under a name that is taken changes nothing.
        var forged = EditionDefinition.sample()
        forged.document.indicators.removeLast()
        fixture.apply(Event(.editionDefined(forged)))
        #expect(fixture.state.editions["2566"]?.indicators.count == 4)
    }

    @Test func `A document that is no questionnaire is refused with its reason`() throws {
        var fixture = try Fixture.created()
        var definition = EditionDefinition.sample()
        definition.document.indicators[0].pass = "clear"
        let error = #expect(throws: Rejection.self) {
            try fixture.run(.defineEdition(definition))
        }
        #expect(error?.code == .editionMalformed)
        #expect(error?.subject == "the pass rule of indicator 1: there is no item clear")
        definition = .sample()
        definition.document.indicators.append(
            QuestionnaireDocument.indicator(41, .household, "", "clean")
        )
        #expect(throws: Rejection.self) { try fixture.run(.defineEdition(definition)) }
        fixture.apply(Event(.editionDefined(definition)))
        #expect(fixture.state.editions["2566"] == nil)
        definition = .sample()
        definition.reason = ""
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.defineEdition(definition))
        }
    }

    @Test func `A questionnaire too large for a record is refused with its size`() throws {
        var fixture = try Fixture.created()
        var definition = EditionDefinition.sample()
        let text = String(repeating: "ก", count: 600)
        for number in 0..<40 {
            var item = definition.document.items[4]
            (item.item, item.th) = ("more\(number)", text)
            definition.document.items.append(item)
        }
        let byteCount = try definition.document.jsonString().utf8.count
        #expect(byteCount > 55_000)
        #expect(throws: Rejection(.editionTooLarge, "\(byteCount)")) {
            try fixture.run(.defineEdition(definition))
        }
    }

    @Test func `Scopes by age hold, fail or stay open as the condition says`() throws {
        let scopes = [
            ("", 1...1), ("age = 10", 1...1), ("age != 10", 0...0), ("ageMonths >= 120", 1...1),
            ("ageMonths >= 126", 0...1), ("ageMonths < 120", 0...0),
            ("ageMonths >= 126 or ageMonths < 126", 1...1), ("age in (9, 10)", 1...1),
            ("age in (8, 9)", 0...0), ("not age > 10", 1...1), ("age * 2 - 20 = 0", 1...1),
            ("clean", 0...1), ("clean or age = 10", 1...1), ("clean and age = 11", 0...0),
            ("memberCount > 1", 0...1), ("some(age > 60)", 0...1),
            ("answered(work)", 0...1), ("age = 10 and age < income", 0...1),
            ("work in (\"none\")", 0...1), ("age in (10, income)", 1...1),
        ]
        for (scope, bounds) in scopes {
            var document = QuestionnaireDocument.sample()
            document.indicators = [
                QuestionnaireDocument.indicator(7, .member, scope, "clean")
            ]
            let form = try Questionnaire(document)
            #expect(form.inScope(7, ages: [10]) == bounds, "\(scope)")
            #expect(form.inScope(1, ages: [10]) == 0...0)
        }
    }
}
