import Survey

/// Co-operation, plans, typed progress and awards.
extension RandomCommands {
    mutating func makeProgramme(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        let programme = known.state.programme
        switch kind {
        case .cooperationRequested:
            var request = CooperationRequest()
            (request.request, request.cycle) = (fresh("ask"), cycle(known))
            request.fromArea = area(known, .district)
            request.toAreas = dice.some(known.codes(.lao), 1...3)
            (request.date, request.subject) = (pastDay(known), "ขอความร่วมมือ")
            request.cites = [reading("มท ๐๔๐๔.๖/๑๗๓๗", "", .unknown)]
            request.documents = documents()
            return .requestCooperation(request)
        case .cooperationAnswered:
            var answer = CooperationAnswer()
            answer.request = existing(programme.cooperation) { $0.answeredBy.count < $0.laos.count }
            let laos = programme.cooperation[answer.request]?.laos ?? []
            answer.lao = dice.pick(laos.sorted()) ?? "9981"
            answer.answer = dice.chance(70) ? .agreed : .partly
            answer.answeredOn = known.today.iso
            return .answerCooperation(answer)
        case .dailyProgressReported:
            var progress = DailyProgress()
            (progress.cycle, progress.area) = (cycle(known), area(known, .district, .lao))
            progress.day = pastDay(known)
            (progress.collectedCount, progress.recordedCount) = (
                dice.number(0...20), dice.number(0...20)
            )
            return .reportDailyProgress(progress)
        case .dailyProgressRevised:
            guard let stream = dice.key(of: programme.progress),
                let reported = programme.progress[stream]
            else { return nil }
            var revision = DailyProgressRevision()
            (revision.cycle, revision.area) = (reported.cycle, reported.area)
            (revision.day, revision.reason) = (reported.day, Self.reason)
            (revision.collectedCount, revision.recordedCount) = (
                reported.collectedCount, dice.number(0...20)
            )
            return .reviseDailyProgress(revision)
        case .nomineeEntered, .awardDecided, .awardsReported: return makeAward(kind, known)
        default: return makePlan(kind, known)
        }
    }

    private mutating func makePlan(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        let plans = known.state.programme.plans
        switch kind {
        case .actionPlanDrafted: return .draftActionPlan(plan(known))
        case .actionPlanSubmitted:
            var submission = PlanSubmission()
            submission.plan = existing(plans) { !$0.isReturned && $0.submittedOn.isEmpty }
            let area = plans[submission.plan]?.place.area ?? "9901"
            submission.toArea = dice.chance(60) ? "99" : known.parent(of: area)
            submission.submittedOn = known.today.iso
            return .submitActionPlan(submission)
        case .actionPlanAccepted:
            var acceptance = PlanAcceptance()
            acceptance.plan = existing(plans) { !$0.isReturned && !$0.submittedOn.isEmpty }
            acceptance.byArea = addressee(plans[acceptance.plan])
            acceptance.acceptedOn = known.today.iso
            return .acceptActionPlan(acceptance)
        case .actionPlanReturned:
            var planReturn = PlanReturn()
            planReturn.plan = existing(plans) { !$0.isReturned && !$0.submittedOn.isEmpty }
            planReturn.byArea = addressee(plans[planReturn.plan])
            (planReturn.returnedOn, planReturn.reason) = (known.today.iso, "no day for a review")
            return .returnActionPlan(planReturn)
        case .planStepDone:
            var done = PlanStepDone()
            done.plan = existing(plans)
            let steps = plans[done.plan]?.steps ?? []
            done.step = dice.pick(steps.sorted()) ?? "collect"
            done.doneOn = pastDay(known)
            return .finishPlanStep(done)
        default: return nil
        }
    }

    private mutating func addressee(_ plan: PlanState?) -> String {
        dice.pick(plan?.submittedOn.keys.sorted() ?? []) ?? "99"
    }

    private mutating func plan(_ known: Known) -> ActionPlan {
        var plan = ActionPlan()
        let returned = known.state.programme.plans.filter { $0.value.isReturned }
        if let again = dice.key(of: returned), dice.chance(60), let state = returned[again] {
            (plan.plan, plan.cycle, plan.area) = (again, state.place.cycle, state.place.area)
        } else {
            (plan.plan, plan.cycle) = (fresh("plan"), cycle(known))
            plan.area = area(known, .district, .tambon)
        }
        for (name, kind) in [("collect", PlanStep.Kind.collecting), ("certify", .certifying)] {
            var step = PlanStep()
            (step.step, step.kind, step.text) = (name, kind, "จัดเก็บข้อมูลทุกครัวเรือน")
            step.startsOn = known.today.iso
            step.due = (known.today + dice.number(0...60)).iso
            step.office = "พัฒนากรตำบล"
            plan.steps.append(step)
        }
        plan.documents = documents()
        return plan
    }

    private mutating func makeAward(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        let districts = known.codes(.district)
        let awards = known.state.programme.awards
        let kinds: [Nominee.Kind] = [.collector, .recorder, .laoAward]
        let district = dice.pick(districts) ?? "9901"
        let cycle = cycle(known)
        let state = awards[CycleArea(cycle: cycle, area: district)]
        switch kind {
        case .nomineeEntered:
            var nominee = Nominee()
            (nominee.cycle, nominee.area) = (cycle, district)
            nominee.kind = dice.pick(kinds) ?? .collector
            switch nominee.kind {
            case .laoAward: nominee.lao = area(known, .lao)
            case .recorder: nominee.person = dice.chance(80) ? "recorder-1" : person(known)
            default: nominee.person = dice.chance(80) ? "collector-1" : person(known)
            }
            nominee.grounds = "ครบทุกครัวเรือนก่อนกำหนด"
            return .enterNominee(nominee)
        case .awardDecided:
            var decision = AwardDecision()
            (decision.cycle, decision.area) = (cycle, district)
            let open = kinds.filter {
                state?.nominatedOn[$0] != nil && state?.decidedOn[$0] == nil
            }
            decision.kind = dice.pick(open) ?? .collector
            let nominees = state?.nominatedOn[decision.kind]?.keys.sorted() ?? []
            let winner = dice.pick(nominees) ?? "nobody"
            if decision.kind == .laoAward {
                decision.lao = winner
            } else {
                decision.person = winner
            }
            decision.deciders = dice.some(known.people, 1...3)
            (decision.decidedOn, decision.reason) = (known.today.iso, "the fewest corrections")
            return .decideAward(decision)
        default:
            var report = AwardReport()
            (report.cycle, report.area, report.toArea) = (cycle, district, "99")
            report.reportedOn = known.today.iso
            return .reportAwards(report)
        }
    }
}
