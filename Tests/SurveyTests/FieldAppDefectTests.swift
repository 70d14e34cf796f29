import Survey
import Testing

/// What the field app did to records (domain.md 6), and this ledger does not.
///
/// How it judged the indicators 7, 14, 20, 23 and 31 is in `QuestionnaireDerivationTests`; that what
/// was acknowledged is on disk, in `LedgerWriterTests`.
@Suite struct FieldAppDefectTests {
    @Test func `Saving a household again overwrites nothing, and a correction says what was`()
        throws
    {
        var fixture = try Fixture.targeted()
        let first = Answers.sample(household: ["q30": .yesNo(false)])
        try fixture.run(.recordHousehold(.answered("h-1", first)))
        #expect(throws: Rejection(.householdAlreadyRecorded, "h-1")) {
            try fixture.run(.recordHousehold(.answered("h-1")))
        }
        #expect(fixture.household("h-1").counts.failing(30) == 1)
        let event = try fixture.run(.correctHousehold(.answered("h-1", .sample())))
        let correction = event.householdCorrected
        let change = try #require(correction.changes.first)
        #expect([change.field, change.old, change.new] == ["indicator.30", "1/1", "1/0"])
        #expect(!correction.reason.isEmpty)
        #expect(fixture.household("h-1").version == 2)
    }

    @Test func `The same answers give the same record on whatever day they are recorded`() throws {
        // Six years old some days after the reference date, when exercise would be asked for.
        let birth = Answer.day(Household.day("2012-01-10"))
        let answers = Answers.sample(child: ["birthDate": birth])
        var digits: Set<[String]> = []
        for day in ["2018-01-20", "2018-03-01"] {
            var fixture = try Fixture.targeted()
            let record = try fixture.run(.recordHousehold(.answered("h-1", answers)), on: day)
                .householdRecorded
            #expect(record.ages == [37, 5])
            digits.insert([record.inScope, record.failing])
            // Opened again and saved as it was: nothing that is open changes.
            let correction = CorrectHousehold.answered("h-1", answers)
            let event = try fixture.run(.correctHousehold(correction), on: "2018-03-02")
            #expect(event.householdCorrected.changes.map(\.field) == ["personal"])
        }
        #expect(digits.count == 1)
    }
}
