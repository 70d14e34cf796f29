import Survey

// Co-operation, plans, typed progress and awards, as they are accepted in `Fixture.staffed`.

extension CooperationRequest {
    static func sample(
        _ request: String = "ask-1",
        _ laos: [String] = ["9981", "990151"]
    ) -> CooperationRequest {
        var sample = CooperationRequest()
        sample.request = request
        sample.cycle = "2561"
        sample.fromArea = "9901"
        sample.toAreas = laos
        sample.date = "2017-11-13"
        sample.documentNumber = "ตย 20/2560"
        sample.subject = "ขอความร่วมมือจัดเก็บข้อมูล จปฐ."
        sample.cites = [.sample("มท ๐๔๐๔.๖/๑๗๓๗", "", .unknown)]
        sample.documents = [.sample()]
        return sample
    }
}

extension CooperationAnswer {
    static func sample(_ lao: String, _ answer: Answer = .partly) -> CooperationAnswer {
        var sample = CooperationAnswer()
        sample.request = "ask-1"
        sample.lao = lao
        sample.answer = answer
        sample.text = "ให้ผู้จัดเก็บสองคน"
        sample.answeredOn = "2017-11-20"
        sample.documentNumber = "ตย 5/2560"
        return sample
    }
}

extension PlanStep {
    static func sample(_ step: String, _ kind: Kind = .collecting) -> PlanStep {
        var sample = PlanStep()
        sample.step = step
        sample.kind = kind
        sample.text = "จัดเก็บข้อมูลทุกครัวเรือน"
        sample.startsOn = "2017-12-01"
        sample.due = "2018-02-28"
        sample.responsible = "collector-1"
        sample.office = "พัฒนากรตำบล"
        return sample
    }
}

extension ActionPlan {
    static func sample(_ plan: String = "plan-1", _ area: String = "9901") -> ActionPlan {
        var sample = ActionPlan()
        sample.plan = plan
        sample.cycle = "2561"
        sample.area = area
        sample.steps = [.sample("collect"), .sample("certify", .certifying)]
        sample.documents = [.sample()]
        return sample
    }
}

extension PlanSubmission {
    static func sample(
        _ plan: String = "plan-1",
        to area: String = "99",
        on day: String = "2017-11-29"
    ) -> PlanSubmission {
        var sample = PlanSubmission()
        sample.plan = plan
        sample.toArea = area
        sample.documentNumber = "ตย 21/2560"
        sample.submittedOn = day
        return sample
    }
}

extension PlanAcceptance {
    static func sample(
        _ plan: String = "plan-1",
        by area: String = "99",
        on day: String = "2017-12-04"
    ) -> PlanAcceptance {
        var sample = PlanAcceptance()
        sample.plan = plan
        sample.byArea = area
        sample.acceptedOn = day
        sample.documentNumber = "ตย 90/2560"
        return sample
    }
}

extension PlanReturn {
    static func sample(
        _ plan: String = "plan-1",
        by area: String = "99",
        on day: String = "2017-12-04"
    ) -> PlanReturn {
        var sample = PlanReturn()
        sample.plan = plan
        sample.byArea = area
        sample.returnedOn = day
        sample.reason = "no day for the public review"
        sample.documentNumber = "ตย 91/2560"
        return sample
    }
}

extension PlanStepDone {
    static func sample(_ step: String, _ plan: String = "plan-1") -> PlanStepDone {
        var sample = PlanStepDone()
        sample.plan = plan
        sample.step = step
        sample.doneOn = "2018-01-31"
        sample.note = "all villages"
        return sample
    }
}

extension DailyProgress {
    static func sample(_ area: String = "9901", on day: String = "2018-01-31") -> DailyProgress {
        var sample = DailyProgress()
        sample.cycle = "2561"
        sample.area = area
        sample.day = day
        sample.collectedCount = 12
        sample.recordedCount = 8
        sample.documentNumber = "แบบรายงานออนไลน์"
        return sample
    }
}

extension DailyProgressRevision {
    static func sample(_ area: String = "9901", recorded: UInt32 = 9) -> DailyProgressRevision {
        var sample = DailyProgressRevision()
        sample.cycle = "2561"
        sample.area = area
        sample.day = "2018-01-31"
        sample.collectedCount = 12
        sample.recordedCount = recorded
        sample.reason = "one form was counted twice"
        return sample
    }
}

extension Nominee {
    /// A person, or an LAO where the kind is the LAOs'.
    static func sample(_ name: String, _ kind: Kind = .collector) -> Nominee {
        var sample = Nominee()
        sample.cycle = "2561"
        sample.area = "9901"
        sample.kind = kind
        if kind == .laoAward { sample.lao = name } else { sample.person = name }
        sample.grounds = "ครบทุกครัวเรือนก่อนกำหนด"
        return sample
    }
}

extension AwardDecision {
    static func sample(
        _ winner: String,
        _ kind: Nominee.Kind = .collector,
        on day: String = Fixture.workday
    ) -> AwardDecision {
        var sample = AwardDecision()
        sample.cycle = "2561"
        sample.area = "9901"
        sample.kind = kind
        if kind == .laoAward { sample.lao = winner } else { sample.person = winner }
        sample.deciders = ["chair-2", "secretary-2"]
        sample.decidedOn = day
        sample.reason = "the fewest corrections"
        return sample
    }
}

extension AwardReport {
    static func sample(to area: String = "99", on day: String = Fixture.workday) -> AwardReport {
        var sample = AwardReport()
        sample.cycle = "2561"
        sample.area = "9901"
        sample.toArea = area
        sample.documentNumber = "ตย 30/2561"
        sample.reportedOn = day
        return sample
    }
}

extension Fixture {
    /// One event at least of every kind that the programme has beside the survey.
    mutating func runProgramme() throws(Rejection) {
        try run(.requestCooperation(.sample()))
        try run(.answerCooperation(.sample("9981")))
        for (plan, area) in [("plan-1", "9901"), ("plan-2", "990101")] {
            try run(.draftActionPlan(.sample(plan, area)), on: "2017-11-20")
            try run(.submitActionPlan(.sample(plan)))
        }
        try run(.acceptActionPlan(.sample("plan-1")))
        try run(.returnActionPlan(.sample("plan-2")))
        try run(.finishPlanStep(.sample("collect")))
        try run(.reportDailyProgress(.sample()))
        try run(.reviseDailyProgress(.sample()))
        try run(.enterNominee(.sample("collector-1")))
        try run(.enterNominee(.sample("9981", .laoAward)))
        try run(.decideAward(.sample("collector-1")))
        try run(.decideAward(.sample("9981", .laoAward)))
        try run(.reportAwards(.sample()))
        try runPapers()
    }
}
