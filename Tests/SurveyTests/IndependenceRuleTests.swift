import Cryptography
import Survey
import Testing

/// Whose word counts: of checkers, of members who were dismissed, and of a day before the tree head.
@Suite struct IndependenceRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.collected() }

    @Test
    func `A check has a checker who is not appointed to the work that is checked`() throws {
        func problem(_ area: String, _ checkers: String...) -> Rejection? {
            var check = QualityCheck.sample()
            (check.area, check.checkers) = (area, checkers)
            return rejection(fixture.state, Event(.qualityCheckDone(check)))
        }
        let refused = Rejection(.checkersNotIndependent, "ch-1")
        #expect(problem("9901", "collector-1", "recorder-1") == refused)
        #expect(problem("9901", "collector-1", "recorder-1", "chair-2") == nil)
        // In any part of the area, or in one that holds it.
        for area in ["99", "990101", "9981", "99010101"] {
            #expect(problem(area, "recorder-1") == refused, "\(area)")
        }
        // In another district.
        #expect(problem("9901", "recorder-2") == nil)
        #expect(problem("990251", "recorder-1") == nil)
    }

    @Test mutating func `Whoever corrected a household does not ask it again`() throws {
        try fixture.run(.issueOrder(.sample("recorders-3", .recorder, "9901", "recorder-2")))
        var check = QualityCheck.sample()
        check.checkers = ["chair-2", "recorder-2"]
        try fixture.run(.recordQualityCheck(check))
        func problem(_ checker: String, _ fixture: Fixture) -> Rejection? {
            var tried = fixture
            do throws(Rejection) {
                try tried.run(.reinterviewHousehold(.sample("h-1", checker)))
                return nil
            } catch {
                return error
            }
        }
        #expect(problem("recorder-2", fixture) == nil)
        var correction = CorrectHousehold.sample("h-1")
        correction.indicators = [.one(8, 1, 0)]
        // Sealed data alone is as much.
        var personal = CorrectHousehold.sample("h-1")
        personal.personal = .sample(births: ["1980-05-05", "2012-06-06"])
        for correction in [correction, personal] {
            var corrected = fixture
            try corrected.run(.correctHousehold(correction), by: "recorder-2")
            let refused = Rejection(.checkerNotIndependent, "recorder-2")
            #expect(problem("recorder-2", corrected) == refused)
            #expect(problem("chair-2", corrected) == nil)
        }
    }

    @Test
    mutating func `Whoever was dismissed below the tree size does not sign above it`()
        throws
    {
        var dismissal = OrderAmendment.sample("committee-9981", on: "2018-02-10")
        dismissal.removedPersons = ["chair-1"]
        func sign(_ fixture: inout Fixture, _ id: String) throws {
            try fixture.sign(id, "chair-1", on: "2018-02-05")
        }
        var dismissed = fixture
        try dismissed.run(.amendOrder(dismissal), on: "2018-02-10")
        let after = try dismissed.prepare("9981", on: "2018-02-05")
        #expect(throws: Rejection(.signerNotOnCommittee, "chair-1")) {
            try sign(&dismissed, after)
        }
        // A removal that is recorded later does not undo what was signed on a day in office …
        var later = fixture
        let before = try later.prepare("9981", on: "2018-02-05")
        try later.run(.amendOrder(dismissal), on: "2018-02-10")
        try sign(&later, before)
        // … and one that is ordered ahead leaves the days until then.
        try fixture.run(.amendOrder(dismissal), on: "2018-02-03")
        let ahead = try fixture.prepare("9981", on: "2018-02-05")
        try sign(&fixture, ahead)
        // Revoking the whole order is the same.
        var revoked = try Fixture.collected()
        let revocation = OrderRevocation.sample("committee-9981", on: "2018-02-10")
        try revoked.run(.revokeOrder(revocation), on: "2018-02-10")
        let last = try revoked.prepare("9981", on: "2018-02-05")
        #expect(throws: Rejection(.signerNotOnCommittee, "chair-1")) { try sign(&revoked, last) }
    }

    @Test
    mutating func `Nobody acts on a tree head before it exists, except in a synthetic cycle`()
        throws
    {
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.requiresFullCoverage) = ("2562", false)
        try fixture.run(.defineCycle(cycle))
        func acts(_ cycle: String) -> [Event.OneOf_Kind] {
            var prepared = CertificationPrepared()
            (prepared.certification, prepared.cycle, prepared.area) = ("c-1", cycle, "9981")
            var draw = SampleDraw.named("\(cycle)-9901-1")
            draw.cycle = cycle
            var announcement = SampleAnnouncement.sample(size: 1)
            announcement.cycle = cycle
            var nominee = Nominee()
            (nominee.cycle, nominee.area) = (cycle, "9901")
            return [
                .certificationPrepared(prepared), .sampleAnnounced(announcement),
                .sampleDrawn(draw), .nomineeEntered(nominee),
                .resultsPresented(.sample(cycle: cycle)),
            ]
        }
        func code(_ kind: Event.OneOf_Kind, recordedOn day: String) -> Rejection? {
            let position = LogPosition(treeSize: 9, lastRecordedOn: Day(iso: day)) { .zero }
            do throws(Rejection) {
                try fixture.state.admit(Event(kind), act: Fixture.act(), position: position)
                return nil
            } catch {
                return error
            }
        }
        let refused = Rejection(.actBeforeTreeHead, "2018-02-02")
        for act in acts("2562") {
            #expect(code(act, recordedOn: "2018-02-02") == refused)
            #expect(code(act, recordedOn: Fixture.workday)?.code != .actBeforeTreeHead)
        }
        for act in acts("2561") {
            #expect(code(act, recordedOn: "2018-02-02")?.code != .actBeforeTreeHead)
        }
    }
}
