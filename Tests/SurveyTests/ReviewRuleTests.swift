import Cryptography
import Survey
import Testing

/// Results that are shown to the people, and what these object to.
@Suite struct ReviewRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.collected() }

    private func problem(_ kind: Event.OneOf_Kind, on day: String = Fixture.workday) -> Rejection? {
        rejection(fixture.state, Event(kind), Fixture.act(on: day), treeSize: fixture.treeSize)
    }

    @Test mutating func `Results are presented with the figures of the moment, once`() throws {
        let size = fixture.treeSize
        let figures = fixture.state.figures(area: "9981", level: .lao, cycle: "2561")
        let event = try fixture.run(.presentResults(.sample())).resultsPresented
        #expect(event.treeSize == size)
        #expect(event.rootHash == Fixture.position(size).rootHash().hex)
        #expect(event.figuresDigest == figures.digest(cycle: "2561", area: "9981").hex)
        #expect(throws: Rejection(.presentationAlreadyRecorded, "pr-1")) {
            try fixture.run(.presentResults(.sample()))
        }
        // Any level: the district presents as well.
        let again = try fixture.run(.presentResults(.sample("pr-2", "9901"))).resultsPresented
        var forged = again
        forged.presentation = "pr-3"
        #expect(problem(.resultsPresented(forged)) == Rejection(.treeHeadMismatch, "pr-3"))
        forged.treeSize = fixture.treeSize
        forged.rootHash = Fixture.position(fixture.treeSize).rootHash().hex
        #expect(problem(.resultsPresented(forged)) == nil)
        forged.figuresDigest = event.figuresDigest
        #expect(problem(.resultsPresented(forged)) == Rejection(.figuresMismatch, "pr-3"))
        var stranger = ResultsPresentation.sample("pr-3")
        stranger.presenter = "nobody"
        #expect(throws: Rejection(.personUnknown, "nobody")) {
            try fixture.run(.presentResults(stranger))
        }
    }

    @Test mutating func `A review follows its presentation, until it confirms`() throws {
        let unknown = Rejection(.presentationUnknown, "pr-1")
        #expect(throws: unknown) { try fixture.run(.holdPublicReview(.sample())) }
        try fixture.run(.presentResults(.sample()))
        #expect(throws: Rejection(.actBeforePrevious, "resultsPresented 2018-02-01")) {
            try fixture.run(.holdPublicReview(.sample()), on: "2018-01-31")
        }
        try fixture.run(.holdPublicReview(.sample("pr-1", .objected)))
        let held = Rejection(.reviewAlreadyHeld, "pr-1")
        #expect(throws: held) { try fixture.run(.holdPublicReview(.sample())) }
        #expect(fixture.state.presentations["pr-1"]?.isConfirmed == false)
        try fixture.run(.holdPublicReview(.sample()), on: "2018-02-02")
        #expect(fixture.state.presentations["pr-1"]?.isConfirmed == true)
        #expect(throws: held) {
            try fixture.run(.holdPublicReview(.sample()), on: "2018-02-03")
        }
        #expect(throws: Rejection(.presentationUnknown, "pr-1")) {
            var elsewhere = Objection.full
            elsewhere.area = "990151"
            try fixture.run(.raiseObjection(elsewhere))
        }
    }

    @Test mutating func `Those who attend a review are counted by class`() throws {
        try fixture.run(.presentResults(.sample()))
        func problem(_ change: (inout PublicReview) -> Void) -> Rejection? {
            var review = PublicReview.sample()
            change(&review)
            return self.problem(.publicReviewHeld(review))
        }
        #expect(problem { _ in } == nil)
        #expect(
            problem { $0.attendance += [.sample(.resident, 2)] }
                == Rejection(.attendanceNamedTwice, "resident")
        )
        #expect(problem { $0.attendance = [] } == Rejection(.commandIncomplete, "attendance"))
        #expect(
            problem { $0.attendance[0].count = 0 }
                == Rejection(.commandIncomplete, "attendance.count")
        )
        #expect(
            problem { $0.attendance[0].count = 10_001 }
                == Rejection(.listTooLong, "attendance.count")
        )
        #expect(
            problem { $0.attendance[0].kind = .UNRECOGNIZED(9) }
                == Rejection(.valueUnknown, "attendance.kind")
        )
        #expect(problem { $0.outcome = .unspecified } == Rejection(.commandIncomplete, "outcome"))
        // More persons than people.
        #expect(
            problem { $0.attendance = [.sample(.others, 1)] } == Rejection(.listTooLong, "persons")
        )
        #expect(problem { $0.persons += ["nobody"] } == Rejection(.personUnknown, "nobody"))
    }

    @Test mutating func `An objection is raised once and resolved once`() throws {
        let unknown = Rejection(.objectionUnknown, "ob-1")
        #expect(throws: unknown) { try fixture.run(.resolveObjection(.sample())) }
        try fixture.run(.presentResults(.sample()))
        #expect(throws: Rejection(.actBeforePrevious, "resultsPresented 2018-02-01")) {
            try fixture.run(.raiseObjection(.full), on: "2018-01-31")
        }
        try fixture.run(.raiseObjection(.full))
        #expect(throws: Rejection(.objectionAlreadyRaised, "ob-1")) {
            try fixture.run(.raiseObjection(.full))
        }
        #expect(throws: Rejection(.actBeforePrevious, "objectionRaised 2018-02-01")) {
            try fixture.run(.resolveObjection(.sample()), on: "2018-01-31")
        }
        #expect(throws: Rejection(.personNamedTwice, "h-1")) {
            try fixture.run(.resolveObjection(.sample(households: ["h-1", "h-1"])))
        }
        #expect(throws: Rejection(.identifierMalformed, "households")) {
            try fixture.run(.resolveObjection(.sample(households: ["h 1"])))
        }
        try fixture.run(.resolveObjection(.sample()))
        #expect(throws: Rejection(.objectionClosed, "ob-1")) {
            try fixture.run(.resolveObjection(.sample()))
        }
    }

    @Test mutating func `An objection speaks of what is in its area and its cycle`() throws {
        func problem(_ change: (inout Objection) -> Void) -> Rejection? {
            var objection = Objection.sample()
            change(&objection)
            return self.problem(.objectionRaised(objection))
        }
        #expect(problem { $0.village = "99010102" } == nil)
        #expect(
            problem { $0.village = "99010201" } == Rejection(.areaParentMismatch, "99010201")
        )
        #expect(
            problem { ($0.area, $0.village) = ("9902", "99010101") }
                == Rejection(.areaParentMismatch, "99010101")
        )
        #expect(problem { $0.village = "990101" } == Rejection(.areaLevelMismatch, "990101"))
        #expect(problem { $0.indicator = 32 } == Rejection(.indicatorUnknown, "32"))
        #expect(problem { $0.cycle = "2562" } == Rejection(.cycleUnknown, "2562"))
        #expect(problem { $0.text = " " } == Rejection(.commandIncomplete, "text"))
        #expect(problem { $0.household = "h 1" } == Rejection(.identifierMalformed, "household"))
    }

    @Test mutating func `Nobody is named in an objection, a finding or a defect`() throws {
        let text = "นาย ก (๑-๑๐๑๗-๐๐๒๐๓-๔๕-๐) ไม่ได้อยู่บ้านนี้"
        try fixture.run(.raiseObjection(.sample()))
        try fixture.run(.reportDefect(.sample()))
        var objection = Objection.sample("ob-2")
        objection.text = text
        #expect(problem(.objectionRaised(objection)) == Rejection(.textHoldsCitizenId, "text"))
        var defect = Defect.sample("de-2")
        defect.text = text
        #expect(problem(.defectFound(defect)) == Rejection(.textHoldsCitizenId, "text"))
        var check = QualityCheck.sample()
        check.findings = text
        #expect(problem(.qualityCheckDone(check)) == Rejection(.textHoldsCitizenId, "findings"))
        var resolution = ObjectionResolution.sample()
        resolution.reason = text
        #expect(
            problem(.objectionResolved(resolution)) == Rejection(.textHoldsCitizenId, "reason")
        )
        var mending = DefectResolution.sample()
        mending.reason = text
        #expect(problem(.defectResolved(mending)) == Rejection(.textHoldsCitizenId, "reason"))
    }

    @Test
    mutating func `A cycle may ask that the very figures were confirmed before anybody certifies`()
        throws
    {
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.requiresFullCoverage) = ("2562", false)
        cycle.requiresConfirmedPresentation = true
        try fixture.run(.defineCycle(cycle))
        var command = PrepareCertification.sample("9981")
        command.cycle = "2562"
        func prepare(on day: String = Fixture.workday) throws {
            var tried = self.fixture
            try tried.run(.prepareCertification(command), on: day)
        }
        let expected = Rejection(.presentationNotConfirmed, "9981")
        #expect(throws: expected) { try prepare() }
        // Neither another area's nor one that was not confirmed.
        try fixture.run(.presentResults(.sample("pr-1", "9901", cycle: "2562")))
        try fixture.run(.holdPublicReview(.sample("pr-1")))
        try fixture.run(.presentResults(.sample("pr-2", cycle: "2562")))
        try fixture.run(.holdPublicReview(.sample("pr-2", .objected)))
        #expect(throws: expected) { try prepare() }
        try fixture.run(.holdPublicReview(.sample("pr-2")), on: "2018-02-03")
        #expect(throws: Rejection(.actBeforePrevious, "publicReviewHeld 2018-02-03")) {
            try prepare(on: "2018-02-02")
        }
        try prepare(on: "2018-02-03")
        var target = Target.sample("99010101", "9981", 1)
        target.cycle = "2562"
        try fixture.run(.setTarget(target))
        #expect(throws: expected) { try prepare(on: "2018-02-03") }
        // What does not ask for it goes on without.
        try fixture.prepare("9981")
    }

    @Test mutating func `An open objection holds up its area and those above`() throws {
        // The village lies in the LAO with all that is counted there.
        try fixture.run(.raiseObjection(.sample("ob-1", "99010101")))
        #expect(throws: Rejection(.objectionOpen, "ob-1")) { try fixture.prepare("9981") }
        for lao in ["990151", "990152"] { try fixture.certify(lao) }
        try fixture.run(.resolveObjection(.sample("ob-1")))
        try fixture.certify("9981")
        try fixture.run(.raiseObjection(.sample("ob-2", "9901")))
        #expect(throws: Rejection(.objectionOpen, "ob-2")) { try fixture.prepare("9901") }
        try fixture.certify("990251")
        try fixture.certify("9902")
        try fixture.run(.resolveObjection(.sample("ob-2")))
        try fixture.certify("9901")
    }

    @Test mutating func `A cycle may certify over open objections and defects`() throws {
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.requiresFullCoverage) = ("2562", false)
        (cycle.openObjectionsBlock, cycle.openDefectsBlock) = (false, false)
        try fixture.run(.defineCycle(cycle))
        var (objection, defect) = (Objection.sample(), Defect.sample())
        (objection.cycle, defect.cycle) = ("2562", "2562")
        try fixture.run(.raiseObjection(objection))
        try fixture.run(.reportDefect(defect))
        var command = PrepareCertification.sample("9981")
        command.cycle = "2562"
        try fixture.run(.prepareCertification(command))
        // Another cycle's are none of this one's business.
        try fixture.prepare("9981")
    }
}
