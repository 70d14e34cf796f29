import Survey
import Testing

/// Quality checks, households that are asked again, and defects.
@Suite struct CheckRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.collected() }

    private func problem(
        _ kind: Event.OneOf_Kind,
        _ household: HouseholdState = HouseholdState()
    ) -> Rejection? {
        rejection(
            fixture.state,
            Event(kind),
            Fixture.act(),
            household,
            treeSize: fixture.treeSize
        )
    }

    @Test mutating func `A check names who checked what, and a sample only of its own area`() throws
    {
        let unknown = Rejection(.sampleUnknown, "2561-9901-1")
        #expect(throws: unknown) {
            try fixture.run(.recordQualityCheck(.sample(sample: "2561-9901-1")))
        }
        try fixture.run(.announceSample(.sample(size: 1)))
        try fixture.run(.drawSample(.named("2561-9901-1")))
        #expect(throws: Rejection(.actBeforePrevious, "sampleDrawn 2018-02-01")) {
            try fixture.run(
                .recordQualityCheck(.sample(sample: "2561-9901-1")),
                on: "2018-01-31"
            )
        }
        func problem(_ change: (inout QualityCheck) -> Void) -> Rejection? {
            var check = QualityCheck.sample(sample: "2561-9901-1")
            change(&check)
            return self.problem(.qualityCheckDone(check))
        }
        #expect(problem { _ in } == nil)
        #expect(problem { $0.area = "9902" } == unknown)
        #expect(problem { $0.checkers = [] } == Rejection(.commandIncomplete, "checkers"))
        #expect(problem { $0.checkers = ["nobody"] } == Rejection(.personUnknown, "nobody"))
        #expect(problem { $0.findings = "" } == Rejection(.commandIncomplete, "findings"))
        #expect(problem { ($0.outcome, $0.findings) = (.sound, "") } == nil)
        #expect(problem { $0.outcome = .unspecified } == Rejection(.commandIncomplete, "outcome"))
        #expect(problem { $0.stage = .unspecified } == Rejection(.commandIncomplete, "stage"))
        try fixture.run(.recordQualityCheck(.sample()))
        #expect(throws: Rejection(.checkAlreadyDone, "ch-1")) {
            try fixture.run(.recordQualityCheck(.sample()))
        }
    }

    @Test
    mutating func `The ledger states in which indicators a household answers otherwise`() throws {
        try fixture.run(.recordQualityCheck(.sample()))
        let recorded = fixture.household("h-1").counts
        var command = Reinterview.sample()
        command.indicators = [12, 9, 8].map { number in
            .one(number, UInt32(recorded.inScope(Int(number))), 0)
        }
        // One of the household failed 8; with 12 it says something else than it did.
        command.indicators[0].inScope += 1
        let event = try fixture.run(.reinterviewHousehold(command))
        let interview = event.householdReinterviewed
        #expect(interview.differing == [8, 12])
        #expect(event.stream == "household/2561/h-1" && event.isOfHousehold)
        #expect(fixture.household("h-1").counts == recorded)
        for differing in [[], [8], [12, 8], [8, 9, 12]] as [[UInt32]] {
            var forged = interview
            (forged.household, forged.differing) = ("h-1", differing)
            var before = HouseholdState()
            let record = try #require(fixture.history.first { $0.event.stream == event.stream })
            before.evolve(record.event, on: record.act.day, by: "recorder-1")
            #expect(
                problem(.householdReinterviewed(forged), before)
                    == Rejection(.reinterviewMismatch, "h-1")
            )
        }
    }

    @Test mutating func `A household is asked again once in one check`() throws {
        try fixture.run(.recordQualityCheck(.sample()))
        try fixture.run(.recordQualityCheck(.sample("ch-2")))
        let changed = fixture.cell("99010101", "9981")
        try fixture.run(.reinterviewHousehold(.sample()))
        #expect(throws: Rejection(.reinterviewAlreadyRecorded, "h-1")) {
            try fixture.run(.reinterviewHousehold(.sample()))
        }
        try fixture.run(.reinterviewHousehold(.sample(check: "ch-2")))
        // It compares and changes nothing: what was certified stands.
        #expect(fixture.cell("99010101", "9981") == changed)
    }

    @Test mutating func `A household is asked again in twenty checks at most`() throws {
        for number in 1...21 {
            try fixture.run(.recordQualityCheck(.sample("ch-\(number)")))
        }
        for number in 1...20 {
            try fixture.run(.reinterviewHousehold(.sample(check: "ch-\(number)")))
        }
        #expect(throws: Rejection(.reinterviewsTooMany, "h-1")) {
            try fixture.run(.reinterviewHousehold(.sample(check: "ch-21")))
        }
        try fixture.run(.reinterviewHousehold(.sample("h-3", check: "ch-21")))
    }

    @Test
    mutating func `A household is asked again by a checker who had no part in it`() throws {
        func problem(_ household: String, _ checker: String, check: String = "ch-1") -> Rejection? {
            var fixture = self.fixture
            do throws(Rejection) {
                try fixture.run(.reinterviewHousehold(.sample(household, checker, check: check)))
                return nil
            } catch {
                return error
            }
        }
        #expect(problem("h-1", "chair-2") == Rejection(.checkUnknown, "ch-1"))
        try fixture.run(.recordQualityCheck(.sample()))
        #expect(problem("h-1", "chair-2") == nil)
        #expect(problem("h-1", "chair-1") == Rejection(.checkerUnknown, "chair-1"))
        #expect(problem("h-1", "collector-1") == Rejection(.checkerNotIndependent, "collector-1"))
        #expect(problem("h-1", "recorder-1") == Rejection(.checkerNotIndependent, "recorder-1"))
        #expect(problem("h-5", "chair-2") == Rejection(.householdOutsideCheck, "h-5"))
        #expect(problem("h-2", "chair-2") == Rejection(.householdNotRecorded, "h-2"))
        #expect(problem("h-9", "chair-2") == Rejection(.householdNotRecorded, "h-9"))
        // Whoever recorded it anew is its recorder from then on.
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        try fixture.run(.issueOrder(.sample("recorders-3", .recorder, "9901", "recorder-2")))
        try fixture.run(.recordHousehold(.sample("h-1", failing: [8: 1])), by: "recorder-2")
        #expect(problem("h-1", "recorder-1") == nil)
    }

    @Test mutating func `An interview names indicators of the cycle, each once and possible`()
        throws
    {
        try fixture.run(.recordQualityCheck(.sample()))
        func problem(_ indicators: [IndicatorCount]) -> Rejection? {
            var interview = Reinterview.sample()
            interview.indicators = indicators
            return self.problem(.householdReinterviewed(interview), fixture.household("h-1"))
        }
        #expect(problem([]) == Rejection(.commandIncomplete, "indicators"))
        #expect(problem([.one(32, 1, 0)]) == Rejection(.indicatorUnknown, "32"))
        #expect(problem([.one(0, 1, 0)]) == Rejection(.indicatorUnknown, "0"))
        #expect(
            problem([.one(8, 1, 0), .one(8, 1, 0)]) == Rejection(.indicatorDuplicate, "8")
        )
        #expect(problem([.one(8, 62, 0)]) == Rejection(.indicatorScopeMismatch, "8"))
        #expect(problem([.one(8, 1, 2)]) == Rejection(.indicatorFailingExceeds, "8"))
    }

    @Test mutating func `A defect is found once and resolved once`() throws {
        #expect(throws: Rejection(.defectUnknown, "de-1")) {
            try fixture.run(.resolveDefect(.sample()))
        }
        #expect(throws: Rejection(.checkUnknown, "ch-1")) {
            try fixture.run(.reportDefect(.full))
        }
        try fixture.run(.recordQualityCheck(.sample()))
        try fixture.run(.reportDefect(.full))
        #expect(throws: Rejection(.defectAlreadyFound, "de-1")) {
            try fixture.run(.reportDefect(.full))
        }
        #expect(throws: Rejection(.actBeforePrevious, "defectFound 2018-02-01")) {
            try fixture.run(.resolveDefect(.sample()), on: "2018-01-31")
        }
        try fixture.run(.resolveDefect(.sample()))
        #expect(throws: Rejection(.defectClosed, "de-1")) {
            try fixture.run(.resolveDefect(.sample()))
        }
    }

    @Test mutating func `An open defect holds up its area and those above`() throws {
        try fixture.run(.reportDefect(.sample("de-1", "99010201")))
        #expect(throws: Rejection(.defectOpen, "de-1")) { try fixture.prepare("990152") }
        for lao in ["9981", "990151"] { try fixture.certify(lao) }
        try fixture.run(.resolveDefect(.sample()))
        try fixture.certify("990152")
        try fixture.run(.reportDefect(.sample("de-2", "990152")))
        #expect(throws: Rejection(.defectOpen, "de-2")) { try fixture.prepare("9901") }
        try fixture.run(.resolveDefect(.sample("de-2")))
        try fixture.certify("9901")
    }

    @Test mutating func `A defect of a check lies where the check looked, and not before it`()
        throws
    {
        try fixture.run(.recordQualityCheck(.sample()))
        var defect = Defect.full
        defect.area = "9902"
        #expect(throws: Rejection(.defectOutsideCheck, "9902")) {
            try fixture.run(.reportDefect(defect))
        }
        // A district's check holds no defect of the province, nor of an LAO of the other one.
        for area in ["99", "990251"] {
            defect.area = area
            #expect(throws: Rejection(.defectOutsideCheck, area)) {
                try fixture.run(.reportDefect(defect))
            }
        }
        defect.area = "990101"
        #expect(throws: Rejection(.actBeforePrevious, "qualityCheckDone 2018-02-01")) {
            try fixture.run(.reportDefect(defect), on: "2018-01-31")
        }
        try fixture.run(.reportDefect(defect))
        defect.defect = "de-2"
        defect.area = "9981"
        try fixture.run(.reportDefect(defect))
    }

    @Test mutating func `A household is asked again by a check on its day at the earliest`() throws
    {
        try fixture.run(.recordQualityCheck(.sample()), on: "2018-02-03")
        #expect(throws: Rejection(.actBeforePrevious, "qualityCheckDone 2018-02-03")) {
            try fixture.run(.reinterviewHousehold(.sample()), on: "2018-02-02")
        }
        try fixture.run(.reinterviewHousehold(.sample()), on: "2018-02-03")
    }
}
