import Survey
import Testing

/// What is open holds up whoever would certify over it: at every step, and wherever it lies.
@Suite struct OpenMatterRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.collected() }

    private func refusal(of area: String) -> Rejection? {
        var fixture = self.fixture
        do {
            try fixture.prepare(area)
            return nil
        } catch {
            return error as? Rejection
        }
    }

    @Test mutating func `What is found between preparing and submitting holds up each step`() throws
    {
        let id = try fixture.prepare("9981")
        try fixture.run(.reportDefect(.sample()))
        #expect(throws: Rejection(.defectOpen, "de-1")) { try fixture.sign(id, "chair-1") }
        try fixture.run(.resolveDefect(.sample()))
        for person in ["chair-1", "member-1", "secretary-1"] { try fixture.sign(id, person) }
        try fixture.run(.raiseObjection(.sample()))
        #expect(throws: Rejection(.objectionOpen, "ob-1")) {
            try fixture.run(.issueCertification(.sample(id)))
        }
        try fixture.run(.resolveObjection(.sample()))
        try fixture.run(.issueCertification(.sample(id)))
        try fixture.run(.reportDefect(.sample("de-2", "99010101")))
        #expect(throws: Rejection(.defectOpen, "de-2")) {
            try fixture.run(.submitCertification(.sample(id, to: "9901")))
        }
        try fixture.run(.resolveDefect(.sample("de-2")))
        try fixture.run(.submitCertification(.sample(id, to: "9901")))
    }

    @Test
    mutating func `What is open in a village or district holds up each LAO with a part of it`()
        throws
    {
        try fixture.run(.recordHousehold(.sample("h-6", "99010101", "990151")))
        try fixture.run(.setTarget(.sample("99010101", "990151", 1)))
        try fixture.run(.raiseObjection(.sample("ob-1", "99010101")))
        let village = Rejection(.objectionOpen, "ob-1")
        #expect(refusal(of: "9981") == village)
        #expect(refusal(of: "990151") == village)
        #expect(refusal(of: "990152") == nil)
        try fixture.run(.resolveObjection(.sample("ob-1")))
        for area in ["9901", "99"] {
            var held = fixture
            try held.run(.reportDefect(.sample("de-1", area)))
            for lao in ["9981", "990151", "990152"] {
                #expect(throws: Rejection(.defectOpen, "de-1")) { try held.prepare(lao) }
            }
        }
        // An LAO's part of a village is nobody else's.
        var objection = Objection.sample("ob-2", "9981")
        objection.village = "99010101"
        try fixture.run(.raiseObjection(objection))
        #expect(refusal(of: "9981") == Rejection(.objectionOpen, "ob-2"))
        #expect(refusal(of: "990151") == nil)
    }

    @Test mutating func `What is open about a household holds up the LAO that it lies in`() throws {
        var objection = Objection.sample("ob-1", "9901")
        objection.household = "h-3"
        // Whatever the command claims, the ledger states the place.
        (objection.householdVillage, objection.householdLao) = ("99010101", "9981")
        var forged = try fixture.run(.raiseObjection(objection)).objectionRaised
        #expect([forged.householdVillage, forged.householdLao] == ["99010102", "990151"])
        #expect(refusal(of: "990151") == Rejection(.objectionOpen, "ob-1"))
        #expect(refusal(of: "9981") == nil)
        let household = fixture.household("h-3")
        func problem(_ kind: Event.OneOf_Kind, _ known: HouseholdState) -> Rejection? {
            rejection(fixture.state, Event(kind), Fixture.act(), known)
        }
        forged.objection = "ob-2"
        #expect(problem(.objectionRaised(forged), household) == nil)
        forged.householdLao = "9981"
        let mismatch = Rejection(.householdPlaceMismatch, "h-3")
        #expect(problem(.objectionRaised(forged), household) == mismatch)
        var defect = Defect.sample("de-1", "9901")
        (defect.household, defect.householdVillage) = ("h-3", "99010101")
        #expect(problem(.defectFound(defect), household) == mismatch)
        // One that nobody recorded has no place, so it may be anywhere in the area.
        var unknown = Objection.sample("ob-3", "9901")
        unknown.household = "h-9"
        let placeless = try fixture.run(.raiseObjection(unknown)).objectionRaised
        #expect(placeless.householdLao.isEmpty)
        #expect(refusal(of: "9981") == Rejection(.objectionOpen, "ob-3"))
    }

    @Test
    mutating func `A cycle may ask that a district checked all its tambons before it certifies`()
        throws
    {
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.requiresFullCoverage) = ("2562", false)
        cycle.requiresDistrictChecks = true
        cycle.certificationRules.removeAll { $0.level == .lao }
        try fixture.run(.defineCycle(cycle))
        var target = Target.sample("99010101", "9981", 1)
        target.cycle = "2562"
        try fixture.run(.setTarget(target))
        func prepare(on day: String = Fixture.workday) throws {
            var command = PrepareCertification.sample("9901")
            command.cycle = "2562"
            var tried = self.fixture
            try tried.run(.prepareCertification(command), on: day)
        }
        func check(
            _ area: String,
            _ stage: QualityCheck.Stage,
            cycle: String = "2562"
        ) -> QualityCheck {
            var check = QualityCheck.sample("\(area)-\(stage.name)-\(cycle)")
            (check.area, check.stage, check.cycle) = (area, stage, cycle)
            return check
        }
        #expect(throws: Rejection(.districtCheckMissing, "990101")) { try prepare() }
        // Neither another stage's nor another cycle's.
        try fixture.run(.recordQualityCheck(check("990101", .recording)))
        try fixture.run(.recordQualityCheck(check("990101", .certifying, cycle: "2561")))
        #expect(throws: Rejection(.districtCheckMissing, "990101")) { try prepare() }
        try fixture.run(.recordQualityCheck(check("990101", .certifying)))
        #expect(throws: Rejection(.districtCheckMissing, "9901")) { try prepare() }
        try fixture.run(.recordQualityCheck(check("9901", .certifying)))
        #expect(throws: Rejection(.actBeforePrevious, "qualityCheckDone 2018-02-01")) {
            try prepare(on: "2018-01-31")
        }
        try prepare()
    }
}
