import Survey
import Testing

@Suite struct HouseholdRuleTests {
    @Test func `A household is recorded with ages at the reference date and packed answers`() throws
    {
        var fixture = try Fixture.targeted()
        let event = try fixture.run(.recordHousehold(.sample("h-1", failing: [3: 1, 8: 1])))
        let record = event.householdRecorded
        #expect(record.ages == [37, 5])
        #expect(record.inScope == "0011111111111110221101122102211")
        #expect(record.failing == "0010000100000000000000000000000")
        #expect(record.checkedAtEntry == ["citizenId", "agesAtReferenceDate"])
        #expect(fixture.household("h-1").keyID == record.sealed.keyID)
        let cell = fixture.cell("99010101", "9981")
        #expect(cell.collectedCount == 1)
        #expect(cell.personCount == 2)
        #expect(cell.surveyed[2] == 1)
        #expect(cell.failed[2] == 1)
    }

    @Test func `A household that has a live record is not recorded again`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.sample("h-1")))
        #expect(throws: Rejection(.householdAlreadyRecorded, "h-1")) {
            try fixture.run(.recordHousehold(.sample("h-1")))
        }
        #expect(throws: Rejection(.householdAlreadyRecorded, "h-1")) {
            try fixture.run(.recordNotCollected(.sample("h-1")))
        }
    }

    @Test func `A household that was missed is recorded later, also elsewhere`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordNotCollected(.sample("h-1")))
        #expect(fixture.cell("99010101", "9981").notCollectedCount == 1)
        #expect(throws: Rejection(.householdAlreadyRecorded, "h-1")) {
            try fixture.run(.recordNotCollected(.sample("h-1")))
        }
        try fixture.run(.recordHousehold(.sample("h-1", "99010102", "990151")))
        #expect(fixture.cell("99010101", "9981").notCollectedCount == 0)
        #expect(fixture.cell("99010102", "990151").collectedCount == 1)
    }

    @Test func `A withdrawn household leaves the sums and can be recorded anew`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.sample("h-1", failing: [8: 1])))
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        let cell = fixture.cell("99010101", "9981")
        #expect(cell.collectedCount == 0)
        #expect(cell.personCount == 0)
        #expect((cell.surveyed + cell.failed).allSatisfy { $0 == 0 })
        try fixture.run(.recordHousehold(.sample("h-1", births: ["1950-01-01"])))
        #expect(fixture.household("h-1").ages == [68])
        #expect(fixture.household("h-1").version == 3)
    }

    @Test func `What is not recorded can be neither corrected nor withdrawn`() throws {
        var fixture = try Fixture.targeted()
        let expected = Rejection(.householdNotRecorded, "h-1")
        var correction = CorrectHousehold.sample("h-1")
        correction.collector = "collector-2"
        #expect(throws: expected) { try fixture.run(.correctHousehold(correction)) }
        #expect(throws: expected) { try fixture.run(.withdrawHousehold(.sample("h-1"))) }
        try fixture.run(.recordNotCollected(.sample("h-1")))
        #expect(throws: expected) { try fixture.run(.correctHousehold(correction)) }
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        #expect(throws: expected) { try fixture.run(.withdrawHousehold(.sample("h-1"))) }
    }

    @Test func `Only an appointed collector's interview is recorded`() throws {
        var fixture = try Fixture.targeted()
        for collector in ["collector-2", "outsider", "nobody", ""] {
            #expect(throws: Rejection(.collectorNotAppointed, collector)) {
                try fixture.run(.recordHousehold(.sample("h-1", collector: collector)))
            }
        }
    }

    @Test func `Only an appointed recorder records, corrects and withdraws`() throws {
        var fixture = try Fixture.targeted()
        let expected = Rejection(.recorderNotAppointed, "recorder-2")
        #expect(throws: expected) {
            try fixture.run(.recordHousehold(.sample("h-1")), by: "recorder-2")
        }
        try fixture.run(.recordHousehold(.sample("h-1")))
        var correction = CorrectHousehold.sample("h-1")
        correction.indicators = [.one(8, 1, 1)]
        #expect(throws: expected) {
            try fixture.run(.correctHousehold(correction), by: "recorder-2")
        }
        #expect(throws: expected) {
            try fixture.run(.withdrawHousehold(.sample("h-1")), by: "recorder-2")
        }
    }

    @Test func `An interview after the day of its recording is refused`() throws {
        var fixture = try Fixture.targeted()
        #expect(throws: Rejection(.interviewAfterRecording, "h-1")) {
            try fixture.run(.recordHousehold(.sample("h-1")), on: "2018-01-14")
        }
        try fixture.run(.recordHousehold(.sample("h-1")), on: "2018-01-15")
    }

    @Test func `A place is judged by the day of the visit, not of its recording`() throws {
        var fixture = try Fixture.targeted()
        var revision = AreaRevision()
        revision.code = "9981"
        revision.reason = "merged into another"
        revision.validTo = "2018-01-15"
        try fixture.run(.reviseArea(revision))
        try fixture.run(.recordHousehold(.sample("h-1")), on: "2018-03-01")
        #expect(throws: Rejection(.areaNotValid, "9981")) {
            try fixture.run(.recordNotCollected(.sample("h-2")), on: "2018-03-01")
        }
    }

    @Test func `A household has one to 61 members`() throws {
        var fixture = try Fixture.targeted()
        #expect(throws: Rejection(.membersMissing, "h-1")) {
            try fixture.run(.recordHousehold(.sample("h-1", births: [])))
        }
        let births = Array(repeating: "1980-01-01", count: 61)
        #expect(throws: Rejection(.membersTooMany, "h-1")) {
            try fixture.run(.recordHousehold(.sample("h-1", births: births + births)))
        }
        try fixture.run(.recordHousehold(.sample("h-1", births: births)))
        #expect(fixture.cell("99010101", "9981").surveyed[6] == 61)
        #expect(fixture.cell("99010101", "9981").personCount == 61)
    }

    @Test func `An age over 130 years is refused`() throws {
        var fixture = try Fixture.targeted()
        #expect(throws: Rejection(.agesImplausible, "h-1")) {
            try fixture.run(.recordHousehold(.sample("h-1", births: ["1886-12-31"])))
        }
        try fixture.run(.recordHousehold(.sample("h-1", births: ["1887-01-02"])))
    }

    @Test func `A birth date must be a day and not lie after the reference date`() throws {
        var fixture = try Fixture.targeted()
        for birth in ["", "1980-02-30", "2018-01-02"] {
            #expect(throws: Rejection(.birthDateInvalid, "members[2]")) {
                try fixture.run(
                    .recordHousehold(.sample("h-1", births: ["1980-01-01", birth]))
                )
            }
        }
        #expect(throws: Rejection(.dateLooksBuddhist, "members[1]")) {
            try fixture.run(.recordHousehold(.sample("h-1", births: ["2523-01-01"])))
        }
    }

    @Test func `A citizen id comes once in a household and need not be known`() throws {
        var fixture = try Fixture.targeted()
        var record = RecordHousehold.sample("h-1")
        record.personal.members[0].citizenID = "1101700203450"
        record.personal.members[1].citizenID = "1101700203450"
        #expect(throws: Rejection(.citizenIdDuplicated, "members[2]")) {
            try fixture.run(.recordHousehold(record))
        }
        record.personal.members[1].citizenID = "1101700203451"
        #expect(throws: Rejection(.citizenIdInvalid, "members[2]")) {
            try fixture.run(.recordHousehold(record))
        }
        record.personal.members[1].citizenID = ""
        try fixture.run(.recordHousehold(record))
    }

    @Test func `A household without personal data is refused`() throws {
        var fixture = try Fixture.targeted()
        var record = RecordHousehold.sample("h-1")
        record.clearPersonal()
        #expect(throws: Rejection(.personalDataMissing, "h-1")) {
            try fixture.run(.recordHousehold(record))
        }
    }

    @Test func `Ages that were not checked against birth dates are refused`() throws {
        var fixture = try Fixture.targeted()
        let event = try fixture.run(.recordHousehold(.sample("h-1"))).householdRecorded
        let step = try #require(fixture.history.last)
        for checks in [
            [], ["citizenId"], ["agesAtReferenceDate", "citizenId"], event.checkedAtEntry + ["x"],
        ] {
            var forged = event
            forged.checkedAtEntry = checks
            #expect(
                rejection(step.before, Event(.householdRecorded(forged)))
                    == Rejection(.referenceDateMismatch, "h-1")
            )
        }
    }

    @Test func `An indicator that the edition does not have is refused`() throws {
        var fixture = try Fixture.targeted()
        for number: UInt32 in [0, 32, .max] {
            var record = RecordHousehold.sample("h-1")
            record.indicators.append(.one(number, 1, 0))
            #expect(throws: Rejection(.indicatorUnknown, "\(number)")) {
                try fixture.run(.recordHousehold(record))
            }
        }
    }

    @Test func `An indicator that is answered twice is refused`() throws {
        var fixture = try Fixture.targeted()
        var record = RecordHousehold.sample("h-1")
        record.indicators.append(.one(8, 1, 0))
        #expect(throws: Rejection(.indicatorDuplicate, "8")) {
            try fixture.run(.recordHousehold(record))
        }
    }

    @Test func `A scope that the ages contradict is refused`() throws {
        var fixture = try Fixture.targeted()
        // Vaccination asks of everybody up to 12: one of these two. A household asks once.
        for (indicator, inScope) in [(3, 0), (3, 2), (8, 0), (8, 2), (1, 1), (3, 62)] {
            var record = RecordHousehold.sample("h-1")
            record.indicators[indicator - 1].inScope = UInt32(inScope)
            #expect(throws: Rejection(.indicatorScopeMismatch, "\(indicator)")) {
                try fixture.run(.recordHousehold(record))
            }
        }
    }

    @Test func `No more fail than are in scope`() throws {
        var fixture = try Fixture.targeted()
        var record = RecordHousehold.sample("h-1")
        record.indicators[2].failing = 2
        #expect(throws: Rejection(.indicatorFailingExceeds, "3")) {
            try fixture.run(.recordHousehold(record))
        }
    }

    @Test func `Answers that are no digits or not one for each indicator are refused`() throws {
        var fixture = try Fixture.targeted()
        let event = try fixture.run(.recordHousehold(.sample("h-1"))).householdRecorded
        let step = try #require(fixture.history.last)
        for digits in [
            "", event.inScope.dropLast() + "", event.inScope + "0", "-" + event.inScope.dropFirst(),
        ] {
            var forged = event
            forged.inScope = digits
            #expect(
                rejection(step.before, Event(.householdRecorded(forged)))
                    == Rejection(.indicatorDigitsMalformed, "h-1")
            )
        }
        var forged = event
        forged.failing = "1" + event.failing.dropFirst()
        #expect(
            rejection(step.before, Event(.householdRecorded(forged)))
                == Rejection(.indicatorFailingExceeds, "1")
        )
    }

    @Test func `A visit without a reason for not collecting is refused`() throws {
        var fixture = try Fixture.targeted()
        var visit = HouseholdNotCollected.sample("h-1")
        visit.reason = .unspecified
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.recordNotCollected(visit))
        }
    }
}
