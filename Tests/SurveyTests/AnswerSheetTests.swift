import SwiftProtobuf
import TestSupport
import Testing

@testable import Survey

/// Answers by the places of their items, and the bytes that are written out of them.
@Suite struct AnswerSheetTests {
    private let form = Questionnaire.bmn2560

    /// Answers of the right kinds, each item answered or not; empty and long texts, numbers of all sizes.
    private func answers(_ random: inout SeededGenerator) -> Answers {
        func answer(_ item: Questionnaire.Item) -> Answer? {
            guard Int.random(in: 0...3, using: &random) > 0 else { return nil }
            return switch item.kind {
            case .yesNo: .yesNo(.random(using: &random))
            case .choice(let choices):
                choices.randomElement(using: &random).map { .choice($0.code) }
            case .number(let bounds, _):
                .number(
                    [0, bounds.lowerBound, bounds.upperBound, .random(in: bounds, using: &random)]
                        .randomElement(using: &random) ?? 0
                )
            case .day: .day(Day(daysSinceEpoch: .random(in: -30_000...30_000, using: &random)))
            case .text, .citizenID:
                .text(String(repeating: "ก", count: .random(in: 1...60, using: &random)))
            }
        }
        func all(_ unit: Questionnaire.Unit) -> [String: Answer] {
            var all: [String: Answer] = [:]
            for item in form.items where item.unit == unit { all[item.item] = answer(item) }
            return all
        }
        let memberCount = Int.random(in: 0...7, using: &random)
        return Answers(
            household: all(.household),
            members: (0..<memberCount).map { _ in all(.member) }
        )
    }

    @Test(arguments: 0..<100)
    func `a sheet holds the answers that it was made of`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let answers = answers(&random)
        #expect(AnswerSheet(answers, form).answers == answers)
        let other = self.answers(&random)
        var joined = AnswerSheet(answers, form)
        joined.append(membersOf: AnswerSheet(other, form))
        #expect(joined.answers.members == answers.members + other.members)
        #expect(joined.answers.household == answers.household)
    }

    @Test(arguments: 0..<100)
    func `its bytes are those of protobuf's document with sorted maps`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let answers = answers(&random)
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        let expected: [UInt8] = try AnswersDocument(answers).serializedBytes(options: options)
        #expect(AnswerSheet(answers, form).documentBytes == expected)
    }

    @Test func `what is sealed is protobuf's encoding of the same`() throws {
        for answers in [
            Answers.sample(), .sample(household: ["q22.5": .number(0), "happiness": .number(10)]),
            .sample(head: ["citizenID": .text("1101700203450")]), .largest(name: "สมมุติ"),
        ] {
            let fixture = try Fixture.targeted()
            var command = Command()
            command.recordHousehold = .answered("h-1", answers)
            let draft = try fixture.state.draft(
                command,
                household: HouseholdState(),
                position: fixture.position,
                on: Fixture.act().day
            )
            let sealed = try #require(draft.personal)
            let again: [UInt8] = try PersonalData(serializedBytes: sealed).serializedBytes()
            #expect(sealed == again)
            // The same answers beside their command come to the same event.
            command.recordHousehold.clearAnswers()
            let given = GivenCommand(command, answers: AnswerSheet(answers, .bmn2560))
            let beside = try fixture.state.draft(
                given,
                household: HouseholdState(),
                position: fixture.position,
                on: Fixture.act().day
            )
            #expect(beside.personal == sealed && beside.event == draft.event)
        }
    }

    @Test func `answers beside a command are judged like those in it`() throws {
        let fixture = try Fixture.targeted()
        var twice = Command()
        twice.recordHousehold = .answered("h-1", .sample())
        twice.recordHousehold.clearAnswers()
        let lacking = Answers.sample(head: ["q24": .choice("yes")])
        #expect(throws: Rejection(.answerMalformed, "members[1] q24")) {
            try fixture.state.draft(
                GivenCommand(twice, answers: AnswerSheet(lacking, .bmn2560)),
                household: HouseholdState(),
                position: fixture.position,
                on: Fixture.act().day
            )
        }
        twice.recordHousehold.indicators = [IndicatorCount()]
        #expect(throws: Rejection(.answersElsewhere, "indicators")) {
            try fixture.state.draft(
                GivenCommand(twice, answers: AnswerSheet(.sample(), .bmn2560)),
                household: HouseholdState(),
                position: fixture.position,
                on: Fixture.act().day
            )
        }
    }

    /// A cycle's form may be read anew between the reading of a file and the writer's turn.
    @Test func `answers to another copy of the form are read again by their names`() throws {
        let fixture = try Fixture.targeted()
        var command = Command()
        command.recordHousehold = .answered("h-1", .sample())
        let expected = try fixture.state.draft(
            command,
            household: HouseholdState(),
            position: fixture.position,
            on: Fixture.act().day
        )
        command.recordHousehold.clearAnswers()
        let copy = Questionnaire(
            edition: form.edition,
            years: form.years,
            title: form.title,
            categories: form.categories,
            items: form.items,
            indicators: form.indicators,
            contradictions: form.contradictions
        )
        let given = GivenCommand(command, answers: AnswerSheet(.sample(), copy))
        let draft = try fixture.state.draft(
            given,
            household: HouseholdState(),
            position: fixture.position,
            on: Fixture.act().day
        )
        #expect(draft.event == expected.event && draft.personal == expected.personal)
    }
}
