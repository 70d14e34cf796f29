import Survey
import Testing

/// The progress that is typed in every day (4.1), and the outstanding ones of a district (4.2).
@Suite struct AwardRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func refusal(
        _ name: String,
        _ kind: Nominee.Kind = .collector,
        _ change: (inout Nominee) -> Void = { _ in }
    ) -> Rejection? {
        var nominee = Nominee.sample(name, kind)
        nominee.treeSize = fixture.treeSize
        change(&nominee)
        return rejection(
            fixture.state,
            Event(.nomineeEntered(nominee)),
            treeSize: fixture.treeSize
        )
    }

    @Test
    mutating func `Progress is typed in once for an area and day, and revised with a reason`()
        throws
    {
        #expect(throws: Rejection(.progressNotReported, "9901 2018-01-31")) {
            try fixture.run(.reviseDailyProgress(.sample()))
        }
        try fixture.run(.reportDailyProgress(.sample()))
        #expect(throws: Rejection(.progressAlreadyReported, "9901 2018-01-31")) {
            try fixture.run(.reportDailyProgress(.sample()))
        }
        #expect(throws: Rejection(.progressUnchanged, "9901 2018-01-31")) {
            try fixture.run(.reviseDailyProgress(.sample(recorded: 8)))
        }
        var silent = DailyProgressRevision.sample()
        silent.reason = " "
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(.reviseDailyProgress(silent))
        }
        try fixture.run(.reviseDailyProgress(.sample(recorded: 9)))
        try fixture.run(.reviseDailyProgress(.sample(recorded: 8)))
        try fixture.run(.reportDailyProgress(.sample(on: "2018-01-30")))
        try fixture.run(.reportDailyProgress(.sample("990101")))
    }

    @Test
    mutating func `Progress is of a district or below, of a day past, and of a plausible size`()
        throws
    {
        #expect(throws: Rejection(.areaLevelMismatch, "99")) {
            try fixture.run(.reportDailyProgress(.sample("99")))
        }
        #expect(throws: Rejection(.dayAfterAct, "day")) {
            try fixture.run(.reportDailyProgress(.sample(on: "2018-02-02")))
        }
        var large = DailyProgress.sample()
        large.recordedCount = 1_000_001
        #expect(throws: Rejection(.progressTooLarge, "9901 2018-01-31")) {
            try fixture.run(.reportDailyProgress(large))
        }
        try fixture.run(.reportDailyProgress(.sample()))
        #expect(throws: Rejection(.progressTooLarge, "9901 2018-01-31")) {
            try fixture.run(.reviseDailyProgress(.sample(recorded: .max)))
        }
    }

    @Test
    func `A nominee is somebody who was appointed to the work, or an LAO of the district`() {
        #expect(refusal("collector-1") == nil)
        #expect(refusal("recorder-1", .recorder) == nil)
        #expect(refusal("990151", .laoAward) == nil)
        #expect(
            refusal("recorder-1", .collector) == Rejection(.nomineeNotAppointed, "recorder-1")
        )
        // Of the other district.
        #expect(refusal("collector-2") == Rejection(.nomineeNotAppointed, "collector-2"))
        #expect(refusal("990251", .laoAward) == Rejection(.areaParentMismatch, "990251"))
        #expect(refusal("nobody") == Rejection(.personUnknown, "nobody"))
        #expect(
            refusal("collector-1") { $0.lao = "9981" }
                == Rejection(.nomineeKindMismatch, "collector")
        )
        #expect(
            refusal("9981", .laoAward) { ($0.person, $0.lao) = ("collector-1", "") }
                == Rejection(.nomineeKindMismatch, "lao_award")
        )
        #expect(refusal("collector-1", .unspecified) == Rejection(.commandIncomplete, "kind"))
        #expect(
            refusal("collector-1", .UNRECOGNIZED(9)) == Rejection(.valueUnknown, "kind")
        )
        #expect(
            refusal("collector-1") { $0.area = "990101" }
                == Rejection(.areaLevelMismatch, "990101")
        )
    }

    @Test mutating func `A nominee is entered once, with the tree size of that moment`() throws {
        let size = fixture.treeSize
        let entered = try fixture.run(.enterNominee(.sample("collector-1")))
        #expect(entered.nomineeEntered.treeSize == size)
        #expect(refusal("collector-1") == Rejection(.nomineeAlreadyEntered, "collector-1"))
        for other in [size, fixture.treeSize + 1] {
            #expect(
                refusal("recorder-1", .recorder) { $0.treeSize = other }
                    == Rejection(.treeHeadMismatch, "recorder-1")
            )
        }
    }

    @Test mutating func `An award goes to a nominee, once, and no nominee decides it`() throws {
        #expect(throws: Rejection(.winnerNotNominated, "collector-1")) {
            try fixture.run(.decideAward(.sample("collector-1")))
        }
        try fixture.run(.enterNominee(.sample("collector-1")))
        var decision = AwardDecision.sample("collector-1")
        decision.deciders = []
        #expect(throws: Rejection(.commandIncomplete, "deciders")) {
            try fixture.run(.decideAward(decision))
        }
        decision.deciders = ["chair-2", "collector-1"]
        #expect(throws: Rejection(.deciderIsNominee, "collector-1")) {
            try fixture.run(.decideAward(decision))
        }
        #expect(throws: Rejection(.dayTooEarly, "decidedOn")) {
            try fixture.run(.decideAward(.sample("collector-1", on: "2018-01-31")))
        }
        try fixture.run(.decideAward(.sample("collector-1")))
        #expect(throws: Rejection(.awardAlreadyDecided, "collector")) {
            try fixture.run(.decideAward(.sample("collector-1")))
        }
        #expect(refusal("collector-1") == Rejection(.awardAlreadyDecided, "collector"))
        // Another award is open still.
        try fixture.run(.enterNominee(.sample("recorder-1", .recorder)))
    }

    @Test mutating func `Awards are reported upwards, and again when another was decided`() throws {
        #expect(throws: Rejection(.awardsUndecided, "9901")) {
            try fixture.run(.reportAwards(.sample()))
        }
        try fixture.run(.enterNominee(.sample("collector-1")))
        #expect(throws: Rejection(.awardsUndecided, "9901")) {
            try fixture.run(.reportAwards(.sample()))
        }
        try fixture.run(.decideAward(.sample("collector-1")))
        for area in ["9901", "9902"] {
            #expect(throws: Rejection(.paperRecipientMismatch, area)) {
                try fixture.run(.reportAwards(.sample(to: area)))
            }
        }
        #expect(throws: Rejection(.dayTooEarly, "reportedOn")) {
            try fixture.run(.reportAwards(.sample(on: "2018-01-31")))
        }
        try fixture.run(.reportAwards(.sample()))
        #expect(throws: Rejection(.awardsAlreadyReported, "9901")) {
            try fixture.run(.reportAwards(.sample()))
        }
        try fixture.run(.enterNominee(.sample("9981", .laoAward)))
        try fixture.run(.decideAward(.sample("9981", .laoAward)))
        try fixture.run(.reportAwards(.sample()))
    }

    @Test mutating func `A nominee does not record the choice either`() throws {
        for person in ["collector-1", "recorder-1"] {
            let kind: Nominee.Kind = person == "recorder-1" ? .recorder : .collector
            try fixture.run(.enterNominee(.sample(person, kind)), by: "recorder-2")
            #expect(throws: Rejection(.deciderIsNominee, person)) {
                try fixture.run(.decideAward(.sample(person, kind)), by: person)
            }
        }
        // A nominee for another award may.
        try fixture.run(.decideAward(.sample("collector-1")), by: "recorder-1")
    }
}
