package import Survey

/// Co-operation, plans, typed progress and awards.
extension Script {
    /// One event at least of every kind.
    mutating func addProgramme() {
        add(.requestCooperation(Sample.cooperation))
        add(.answerCooperation(Sample.cooperationAnswer))
        for (plan, area) in [("plan-1", "9901"), ("plan-2", "990101")] {
            add(.draftActionPlan(Sample.plan(plan, area)))
            add(.submitActionPlan(Sample.planSubmission(plan)))
        }
        add(.acceptActionPlan(Sample.planAcceptance))
        add(.returnActionPlan(Sample.planReturn))
        add(.finishPlanStep(Sample.planStepDone))
        add(.reportDailyProgress(Sample.progress))
        add(.reviseDailyProgress(Sample.progressRevision))
        add(.enterNominee(Sample.nominee))
        add(.decideAward(Sample.awardDecision))
        add(.reportAwards(Sample.awardReport))
        addPapers()
    }
}

extension Sample {
    package static var cooperation: CooperationRequest {
        var request = CooperationRequest()
        (request.request, request.cycle, request.fromArea) = ("ask-1", "2561", "9901")
        (request.toAreas, request.date) = (["9981", "990151"], "2017-11-13")
        request.subject = "to collect together"
        return request
    }

    package static var cooperationAnswer: CooperationAnswer {
        var answer = CooperationAnswer()
        (answer.request, answer.lao, answer.answer) = ("ask-1", "9981", .agreed)
        answer.answeredOn = "2017-11-20"
        return answer
    }

    package static func plan(_ plan: String, _ area: String) -> ActionPlan {
        var sample = ActionPlan()
        (sample.plan, sample.cycle, sample.area) = (plan, "2561", area)
        var step = PlanStep()
        (step.step, step.kind, step.text) = ("collect", .collecting, "every household")
        (step.startsOn, step.due) = ("2017-12-01", "2018-02-28")
        step.office = "the tambon's worker"
        sample.steps = [step]
        return sample
    }

    package static func planSubmission(_ plan: String) -> PlanSubmission {
        var submission = PlanSubmission()
        (submission.plan, submission.toArea, submission.submittedOn) = (plan, "99", workday)
        return submission
    }

    package static var planAcceptance: PlanAcceptance {
        var acceptance = PlanAcceptance()
        (acceptance.plan, acceptance.byArea, acceptance.acceptedOn) = ("plan-1", "99", workday)
        return acceptance
    }

    package static var planReturn: PlanReturn {
        var planReturn = PlanReturn()
        (planReturn.plan, planReturn.byArea, planReturn.returnedOn) = ("plan-2", "99", workday)
        planReturn.reason = "no day for the public review"
        return planReturn
    }

    package static var planStepDone: PlanStepDone {
        var done = PlanStepDone()
        (done.plan, done.step, done.doneOn) = ("plan-1", "collect", workday)
        return done
    }

    package static var progress: DailyProgress {
        var progress = DailyProgress()
        (progress.cycle, progress.area, progress.day) = ("2561", "9901", "2018-01-31")
        (progress.collectedCount, progress.recordedCount) = (3, 2)
        return progress
    }

    package static var progressRevision: DailyProgressRevision {
        var revision = DailyProgressRevision()
        (revision.cycle, revision.area, revision.day) = ("2561", "9901", "2018-01-31")
        (revision.collectedCount, revision.recordedCount) = (3, 3)
        revision.reason = "one was forgotten"
        return revision
    }

    package static var nominee: Nominee {
        var nominee = Nominee()
        (nominee.cycle, nominee.area, nominee.kind) = ("2561", "9901", .collector)
        (nominee.person, nominee.grounds) = ("collector-1", "every household in time")
        return nominee
    }

    package static var awardDecision: AwardDecision {
        var decision = AwardDecision()
        (decision.cycle, decision.area, decision.kind) = ("2561", "9901", .collector)
        (decision.person, decision.deciders) = ("collector-1", ["chair-2"])
        (decision.decidedOn, decision.reason) = (workday, "the fewest corrections")
        return decision
    }

    package static var awardReport: AwardReport {
        var report = AwardReport()
        (report.cycle, report.area, report.toArea) = ("2561", "9901", "99")
        report.reportedOn = workday
        return report
    }
}
