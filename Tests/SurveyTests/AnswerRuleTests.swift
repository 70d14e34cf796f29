import Cryptography
import Survey
import SwiftProtobuf
import Testing

/// Households that are recorded and corrected by their answers to the questionnaire.
@Suite struct AnswerRuleTests {
    private func recorded(_ answers: Answers = .sample()) throws -> Fixture {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.answered("h-1", answers)))
        return fixture
    }

    private func expect(
        _ rejection: Rejection,
        _ record: RecordHousehold,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var fixture = try Fixture.targeted()
        #expect(throws: rejection, sourceLocation: sourceLocation) {
            try fixture.run(.recordHousehold(record))
        }
    }

    @Test func `A household is recorded by its answers, and ages and counts follow from them`()
        throws
    {
        var fixture = try Fixture.targeted()
        let answers = Answers.sample(head: ["q24": .yesNo(true)])
        let record = try fixture.run(.recordHousehold(.answered("h-1", answers))).householdRecorded
        #expect(record.ages == [37, 5])
        #expect(record.checkedAtEntry == ["citizenId", "agesAtReferenceDate", "answers"])
        #expect(record.warningCount == 0)
        let household = fixture.household("h-1")
        #expect(household.hasAnswers && household.keyID == record.sealed.keyID)
        let derivation = Questionnaire.bmn2560.derive(
            answers,
            referenceDate: Household.referenceDate
        )
        for result in derivation.results {
            #expect(household.counts.inScope(result.number) == result.inScopeCount)
            #expect(household.counts.failing(result.number) == result.failingCount)
        }
        #expect(household.counts.inScope(24) == 2 && household.counts.failing(24) == 1)
        let cell = fixture.cell("99010101", "9981")
        #expect(cell.collectedCount == 1 && cell.personCount == 2 && cell.failed[23] == 1)
    }

    @Test func `What answers say is said nowhere else`() throws {
        func refused(_ subject: String, _ change: (inout RecordHousehold) -> Void) throws {
            var record = RecordHousehold.answered("h-1")
            change(&record)
            try expect(Rejection(.answersElsewhere, subject), record)
        }
        try refused("indicators") { $0.indicators = [.one(8, 1, 0)] }
        try refused("members") { $0.personal.members = [Member()] }
        try refused("personal.answers") { $0.personal.answers = SealedAnswers() }
        try refused("houseNumber") { $0.personal.houseNumber = "1" }
        try refused("houseRegistrationCode") { $0.personal.houseRegistrationCode = "1" }
        try refused("latitude") { $0.personal.latitude = "18" }
        try refused("longitude") { $0.personal.longitude = "103" }
        var counts = RecordHousehold.sample("h-1")
        counts.personal.answers = SealedAnswers()
        try expect(Rejection(.answersElsewhere, "personal.answers"), counts)
        // What the form does not ask stays beside the answers.
        var record = RecordHousehold.answered("h-1")
        record.personal.address = "หมู่ 1"
        #expect(try opened(record).data.address == "หมู่ 1")
    }

    @Test(
        arguments: [
            (Answers.sample(household: ["q4.1": .number(1)]), .answerMalformed, "q4.1"),
            (Answers.sample(head: ["q22.1": .number(-1)]), .answerMalformed, "members[1] q22.1"),
            (Answers.sample(child: ["sex": .choice("x")]), .answerMalformed, "members[2] sex"),
            (
                Answers.sample(child: ["firstName": .text(" ")]), .answerMalformed,
                "members[2] firstName"
            ),
            (Answers.sample(child: ["1101700203450": .yesNo(true)]), .answerUnknown, "members[2]"),
            (Answers.sample(household: ["สมชาย": .yesNo(true)]), .answerUnknown, "household"),
            (Answers.sample(head: ["q4.1": .yesNo(true)]), .answerUnknown, "members[1] q4.1"),
            (Answers.sample(child: ["q24": .choice("no")]), .answerMalformed, "members[2] q24"),
            (Answers.sample(child: ["q7.1": .yesNo(true)]), .answerNotAsked, "members[2] q7.1"),
            (
                Answers.sample(head: ["citizenID": .text("1101700203451")]), .citizenIdInvalid,
                "members[1] citizenID"
            ),
            (Answers(household: Answers.sample().household), .membersMissing, "h-1"),
            (
                Answers(members: Array(repeating: [:], count: 62)), .membersTooMany, "h-1"
            ),
        ] as [(Answers, RejectionCode, String)]
    )
    func `An answer that does not fit the form is refused by its place, and not quoted`(
        answers: Answers,
        code: RejectionCode,
        subject: String
    ) throws {
        try expect(Rejection(code, subject), .answered("h-1", answers))
    }

    @Test func `A household with an answer missing is not recorded`() throws {
        var answers = Answers.sample()
        answers.members[0]["q7.1"] = nil
        try expect(Rejection(.answerMissing, "members[1] q7.1"), .answered("h-1", answers))
        answers = .sample()
        answers.household["q9"] = nil
        try expect(Rejection(.answerMissing, "q9"), .answered("h-1", answers))
        answers = .sample()
        answers.members[1]["birthDate"] = nil
        try expect(Rejection(.answerMissing, "members[2] birthDate"), .answered("h-1", answers))
    }

    @Test
    func `Answers that cannot all be true are refused, and those that hardly can are counted`()
        throws
    {
        let title = Answers.sample(head: ["title": .choice("mrs")])
        try expect(
            Rejection(.answersContradict, "members[1] titleAndSex"),
            .answered("h-1", title)
        )
        let headless = Answers.sample(head: ["relation": .choice("relative")])
        try expect(Rejection(.answersContradict, "noHead"), .answered("h-1", headless))
        // Whose occupation is studying is not studying, and has income from an occupation.
        let odd = Answers.sample(head: ["occupation": .choice("student")])
        var fixture = try recorded(odd)
        #expect(fixture.household("h-1").warningCount == 2)
        let event = try fixture.run(.correctHousehold(.answered("h-1", .sample())))
        #expect(event.householdCorrected.warningCount == 0)
        #expect(fixture.household("h-1").warningCount == 0)
        try fixture.run(.correctHousehold(.answered("h-1", odd)))
        #expect(fixture.household("h-1").warningCount == 2)
    }

    @Test func `What holds of every household holds of one that gave answers`() throws {
        var unborn = Answers.sample()
        unborn.members[1] = Household.member(
            0,
            relation: "child",
            [
                "birthDate": .day(Household.day("2018-01-02")), "q1": .number(3_000),
                "q2.1": .yesNo(true),
            ]
        )
        try expect(Rejection(.birthDateInvalid, "members[2]"), .answered("h-1", unborn))
        let id = Answer.text("1101700203450")
        let same = Answers.sample(head: ["citizenID": id], child: ["citizenID": id])
        try expect(Rejection(.citizenIdDuplicated, "members[2]"), .answered("h-1", same))
        let oldest = Household.answers([
            Household.member(
                131,
                relation: "head",
                ["birthDate": .day(Household.day("1886-06-01"))]
            )
        ])
        try expect(Rejection(.agesImplausible, "h-1"), .answered("h-1", oldest))
    }

    @Test func `Who gave answers is corrected by answers, and open fields by themselves`() throws {
        var fixture = try recorded()
        let expected = Rejection(.answersRequired, "h-1")
        var counts = CorrectHousehold.sample("h-1")
        counts.indicators = [.one(8, 1, 1)]
        #expect(throws: expected) { try fixture.run(.correctHousehold(counts)) }
        var personal = CorrectHousehold.sample("h-1")
        personal.personal = .sample(births: ["1980-05-05", "2012-06-06"])
        #expect(throws: expected) { try fixture.run(.correctHousehold(personal)) }
        var move = CorrectHousehold.sample("h-1")
        (move.village, move.lao) = ("99010102", "990151")
        let moved = try fixture.run(.correctHousehold(move)).householdCorrected
        #expect(!moved.hasSealed && fixture.household("h-1").hasAnswers)
        var both = CorrectHousehold.answered("h-1", .sample())
        both.indicators = [.one(8, 1, 1)]
        #expect(throws: Rejection(.answersElsewhere, "indicators")) {
            try fixture.run(.correctHousehold(both))
        }
        let answers = Answers.sample(household: ["q4.1": .yesNo(false)])
        let event = try fixture.run(.correctHousehold(.answered("h-1", answers)))
        let changes = event.householdCorrected.changes.map { "\($0.field) \($0.old) \($0.new)" }
        #expect(changes == ["indicator.4 1/0 1/1", "personal  "])
        #expect(event.householdCorrected.checkedAtEntry == PersonalCheck.withAnswers)
    }

    @Test func `Counts may give way to answers, and from there on answers it is`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.sample("h-1")))
        #expect(!fixture.household("h-1").hasAnswers)
        try fixture.run(.correctHousehold(.answered("h-1", .sample())))
        #expect(fixture.household("h-1").hasAnswers)
        var counts = CorrectHousehold.sample("h-1")
        counts.indicators = [.one(8, 1, 1)]
        #expect(throws: Rejection(.answersRequired, "h-1")) {
            try fixture.run(.correctHousehold(counts))
        }
        try fixture.run(.erasePersonalData(.sample(household: "h-1")))
        #expect(throws: Rejection(.personalDataErased, "h-1")) {
            try fixture.run(.correctHousehold(.answered("h-1", .sample())))
        }
        #expect(throws: Rejection(.answersRequired, "h-1")) {
            try fixture.run(.correctHousehold(counts))
        }
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        try fixture.run(.recordHousehold(.sample("h-1")))
        try fixture.run(.correctHousehold(counts))
        #expect(fixture.household("h-1").counts.failing(8) == 1)
    }

    @Test func `A forged record counts no warnings that its answers cannot give`() throws {
        var fixture = try recorded()
        let step = try #require(fixture.history.last)
        func problem(_ change: (inout HouseholdRecorded) -> Void) -> Rejection? {
            var forged = step.event.householdRecorded
            change(&forged)
            return rejection(step.before, Event(.householdRecorded(forged)), step.act)
        }
        let expected = Rejection(.warningCountMismatch, "h-1")
        #expect(problem { $0.warningCount = 1 } == nil)
        #expect(problem { $0.warningCount = 1_000 } == expected)
        #expect(
            problem { ($0.warningCount, $0.checkedAtEntry) = (1, PersonalCheck.all) } == expected
        )
        #expect(problem { $0.checkedAtEntry = ["answers"] }?.code == .referenceDateMismatch)
        try fixture.run(.correctHousehold(.answered("h-1", .sample(head: ["q24": .yesNo(true)]))))
        let corrected = try #require(fixture.history.last)
        var forged = corrected.event.householdCorrected
        forged.warningCount = 1_000
        let event = Event(.householdCorrected(forged))
        #expect(rejection(corrected.before, event, corrected.act, corrected.household) == expected)
        forged.warningCount = 0
        forged.checkedAtEntry = PersonalCheck.all
        let uncounted = Event(.householdCorrected(forged))
        #expect(
            rejection(corrected.before, uncounted, corrected.act, corrected.household)
                == Rejection(.answersRequired, "h-1")
        )
    }

    private func opened(
        _ record: RecordHousehold
    ) throws -> (data: PersonalData, answers: Answers?) {
        let fixture = try Fixture.targeted()
        var command = Command()
        command.kind = .recordHousehold(record)
        let draft = try fixture.state.draft(
            command,
            household: HouseholdState(),
            position: fixture.position,
            on: Fixture.act().day
        )
        let data = try PersonalData(serializedBytes: try #require(draft.personal))
        return (data, data.answers(to: .bmn2560))
    }

    @Test func `Answers are sealed, each once, and come back as they were`() throws {
        for answers in [
            Answers.sample(), .sample(head: ["citizenID": .text("1101700203450")]),
            .largest(name: "สมมุติ"),
        ] {
            let (data, back) = try opened(.answered("h-1", answers))
            #expect(back == answers)
            #expect(data.members.map(\.birthDate).allSatisfy { !$0.isEmpty })
            #expect(data.members[0].relation == "head" && data.houseNumber != "")
            let packed =
                data.answers.household.count
                + data.answers.members.reduce(0) { $0 + $1.answers.count }
            let inFields = answers.members.reduce(0) { sum, member in
                sum
                    + [
                        "title", "firstName", "lastName", "sex", "citizenID", "birthDate",
                        "relation", "religion",
                    ]
                    .count { member[$0] != nil }
            }
            let house = ["houseNumber", "houseCode"].count { answers.household[$0] != nil }
            let all = answers.household.count + answers.members.reduce(0) { $0 + $1.count }
            #expect(packed + inFields + house == all)
        }
        #expect(try opened(.sample("h-1")).answers == nil)
    }

    @Test func `The largest household that answered everything fits a record`() throws {
        var fixture = try Fixture.targeted()
        let name = String(repeating: "ก", count: 25)
        let record = RecordHousehold.answered("h-1", .largest(name: name))
        let event = try fixture.run(.recordHousehold(record))
        #expect(try event.jsonString().utf8.count < EventSizeTests.byteCountMaximum)
        let longer = Answers.largest(name: String(repeating: "ก", count: 100))
        #expect(throws: Rejection(.sealedMalformed, "h-2")) {
            try fixture.run(.recordHousehold(.answered("h-2", longer)))
        }
    }

    @Test func `The places of the built-in form's items never change`() {
        // Sealed answers name an item and a choice by its place.
        let lines = Questionnaire.bmn2560.items.map { item in
            guard case .choice(let choices) = item.kind else { return item.item }
            return "\(item.item) \(choices.map(\.code).joined(separator: ","))"
        }
        let digest = SHA256.hash(Array(lines.joined(separator: "\n").utf8)).hex
        #expect(digest == "e67e355d700bacba445823120a2cad1d54dd91194963d87ff66c12bc1d8fb87a")
    }
}
