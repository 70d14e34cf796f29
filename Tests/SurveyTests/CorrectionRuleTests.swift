import Survey
import Testing

@Suite struct CorrectionRuleTests {
    private func recorded() throws -> Fixture {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.sample("h-1")))
        return fixture
    }

    @Test func `A correction names every changed field from its old to its new value`() throws {
        var fixture = try recorded()
        var correction = CorrectHousehold.sample("h-1")
        correction.village = "99010102"
        correction.lao = "990151"
        correction.interviewedOn = "2018-01-20"
        correction.collector = "collector-1"
        correction.indicators = [.one(3, 1, 1), .one(8, 1, 0), .one(30, 1, 1)]
        let event = try fixture.run(.correctHousehold(correction)).householdCorrected
        let changes = event.changes.map { "\($0.field): \($0.old) → \($0.new)" }
        #expect(
            changes == [
                "village: 99010101 → 99010102", "lao: 9981 → 990151",
                "interviewedOn: 2018-01-15 → 2018-01-20", "indicator.3: 1/0 → 1/1",
                "indicator.30: 1/0 → 1/1",
            ]
        )
        #expect(event.checkedAtEntry.isEmpty)
        #expect(!event.hasSealed)
        let household = fixture.household("h-1")
        #expect(household.village == "99010102")
        #expect(household.lao == "990151")
        #expect(household.interviewedOn == "2018-01-20")
        #expect(household.counts.failing(3) == 1)
        #expect(household.counts.failing(8) == 0)
        #expect(household.version == 2)
    }

    @Test func `A household that moves leaves one cell and enters the other`() throws {
        var fixture = try recorded()
        var correction = CorrectHousehold.sample("h-1")
        correction.lao = "990151"
        try fixture.run(.correctHousehold(correction))
        let index = fixture.treeSize - 1
        let (old, new) = (fixture.cell("99010101", "9981"), fixture.cell("99010101", "990151"))
        #expect(old.collectedCount == 0)
        #expect(old.personCount == 0)
        #expect(new.collectedCount == 1)
        #expect(new.personCount == 2)
        #expect(old.changedAtIndex == index)
        #expect(new.changedAtIndex == index)
        correction.clearLao()
        correction.village = "99010201"
        #expect(throws: Rejection(.laoDoesNotCover, "990151")) {
            try fixture.run(.correctHousehold(correction))
        }
    }

    @Test func `Ages change with the personal data alone, sealed anew`() throws {
        var fixture = try recorded()
        var correction = CorrectHousehold.sample("h-1")
        correction.personal = .sample(births: ["1950-05-05", "2012-06-06"])
        #expect(throws: Rejection(.indicatorScopeMismatch, "19")) {
            try fixture.run(.correctHousehold(correction))
        }
        correction.indicators = IndicatorCount.fitting(births: ["1950-05-05", "2012-06-06"])
        let event = try fixture.run(.correctHousehold(correction)).householdCorrected
        #expect(event.changes.first?.field == "ages")
        #expect(event.changes.first?.old == "37,5")
        #expect(event.changes.first?.new == "67,5")
        #expect(event.changes.last?.field == "personal")
        #expect(event.changes.last?.old == "")
        #expect(event.checkedAtEntry == PersonalCheck.all)
        #expect(fixture.household("h-1").ages == [67, 5])
        #expect(fixture.household("h-1").keyID == event.sealed.keyID)
    }

    @Test func `A correction that changes nothing is refused`() throws {
        var fixture = try recorded()
        var correction = CorrectHousehold.sample("h-1")
        correction.village = "99010101"
        correction.indicators = [.one(8, 1, 0)]
        #expect(throws: Rejection(.correctionEmpty, "h-1")) {
            try fixture.run(.correctHousehold(correction))
        }
        correction.village = "99010102"
        correction.reason = " "
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.correctHousehold(correction))
        }
    }

    @Test func `A correction that starts from another value is refused`() throws {
        let fixture = try recorded()
        for (field, old, new) in [
            ("village", "99010102", "99010101"), ("indicator.8", "1/1", "1/0"),
            ("indicator.8", "01/0", "1/1"),
        ] {
            let event = Event(.householdCorrected(Event.correction("h-1", [(field, old, new)])))
            #expect(
                rejection(fixture.state, event, Fixture.act(), fixture.household("h-1"))
                    == Rejection(.correctionStale, field)
            )
        }
    }

    @Test(arguments: [
        ("", "", "x"), ("Village", "99010101", "99010102"), ("indicator.0", "0/0", "1/0"),
        ("indicator.32", "0/0", "1/0"), ("indicator.08", "1/0", "1/1"),
        ("indicator.8", "1/0", "1/0"), ("indicator.8", "1/0", "+1/1"),
        ("indicator.8", "1/0", "1/01"), ("indicator.8", "1/0", "1/2"),
        ("indicator.8", "1/0", "62/0"), ("indicator.8", "1/0", ""), ("ages", "37,5", "37,05"),
        ("ages", "37,5", "37,+5"), ("ages", "37,5", "37,5,"), ("ages", "37,5", ""),
        ("personal", "x", ""), ("personal", "", "x"), ("village", "99010101", "99010101"),
    ])
    func `A field that is unknown or not in its one form is refused`(
        field: String,
        old: String,
        new: String
    ) throws {
        let fixture = try recorded()
        let event = Event(.householdCorrected(Event.correction("h-1", [(field, old, new)])))
        #expect(
            rejection(fixture.state, event, Fixture.act(), fixture.household("h-1"))
                == Rejection(.correctionFieldUnknown, field)
        )
    }

    @Test func `A field that a correction names twice is refused`() throws {
        let fixture = try recorded()
        let change = ("village", "99010101", "99010102")
        let event = Event(.householdCorrected(Event.correction("h-1", [change, change])))
        #expect(
            rejection(fixture.state, event, Fixture.act(), fixture.household("h-1"))
                == Rejection(.correctionFieldUnknown, "village")
        )
    }

    @Test func `A forged correction cannot smuggle ages, seals or checks past the rules`() throws {
        var fixture = try recorded()
        var correction = CorrectHousehold.sample("h-1")
        correction.personal = .sample(births: ["1981-05-05", "2012-06-06"])
        let event = try fixture.run(.correctHousehold(correction)).householdCorrected
        let step = try #require(fixture.history.last)
        func problem(_ change: (inout HouseholdCorrected) -> Void) -> RejectionCode? {
            var forged = event
            change(&forged)
            let event = Event(.householdCorrected(forged))
            return rejection(step.before, event, step.act, step.household)?.code
        }
        #expect(problem { _ in } == nil)
        #expect(problem { $0.clearSealed() } == .personalDataMissing)
        #expect(problem { $0.changes.removeLast() } == .personalDataMissing)
        #expect(problem { $0.checkedAtEntry = [] } == .referenceDateMismatch)
        #expect(
            problem {
                $0.changes.removeLast()
                $0.clearSealed()
            } == .referenceDateMismatch
        )
        #expect(
            problem {
                $0.changes = Event.correction("h-1", [("indicator.8", "1/0", "1/1")]).changes
                $0.clearSealed()
            } == .referenceDateMismatch
        )
        #expect(problem { $0.sealed.nonce.removeLast() } == .sealedMalformed)
        #expect(problem { $0.changes[0].new = "999,5" } == .agesImplausible)
    }

    @Test func `A move needs a recorder for both places`() throws {
        var fixture = try recorded()
        var correction = CorrectHousehold.sample("h-1")
        correction.village = "99020101"
        correction.lao = "990251"
        correction.collector = "collector-2"
        for recorder in ["recorder-1", "recorder-2"] {
            #expect(throws: Rejection(.recorderNotAppointed, recorder)) {
                try fixture.run(.correctHousehold(correction), by: recorder)
            }
        }
        try fixture.run(.issueOrder(.sample("both", .recorder, "99", "recorder-1")))
        try fixture.run(.correctHousehold(correction))
        #expect(fixture.cell("99020101", "990251").collectedCount == 1)
    }
}
