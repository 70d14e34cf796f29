/// Rules of the plans for the collection. Late is shown and never refused.
extension State {
    func admitPlan(_ plan: ActionPlan, _ act: Act) throws(Rejection) {
        try Validation.identifier(plan.plan, "plan")
        let cycle = try requireCycle(plan.cycle)
        let level = try requireArea(plan.area).area.level
        guard level == .district || level == .tambon else {
            throw Rejection(.areaLevelMismatch, plan.area)
        }
        try requireInside(cycle, plan.area)
        let place = CycleArea(cycle: plan.cycle, area: plan.area)
        if let known = programme.plans[plan.plan] {
            guard !known.isWithdrawn else { throw Rejection(.paperWithdrawn, plan.plan) }
            guard known.isReturned, known.place == place else {
                throw Rejection(.planAlreadyDrafted, plan.plan)
            }
            guard act.day >= known.lastActOn else {
                throw Rejection(.actBeforePrevious, known.lastActOn.iso)
            }
        } else if let other = programme.planOfArea[place] {
            throw Rejection(.planAlreadyDrafted, other)
        }
        try admitSteps(of: plan)
        try Validation.documents(plan.documents)
    }

    private func admitSteps(of plan: ActionPlan) throws(Rejection) {
        guard !plan.steps.isEmpty else { throw Rejection(.commandIncomplete, "steps") }
        try Validation.list(plan.steps.count, atMost: Limit.planSteps, "steps")
        var named: Set<String> = []
        for step in plan.steps {
            try Validation.identifier(step.step, "step")
            guard named.insert(step.step).inserted else {
                throw Rejection(.planStepDuplicate, step.step)
            }
            switch step.kind {
            case .collecting, .certifying, .other: break
            case .unspecified: throw Rejection(.commandIncomplete, "kind")
            case .UNRECOGNIZED: throw Rejection(.valueUnknown, "kind")
            }
            try Validation.paperText(step.text, "text")
            let from = try Validation.day(step.startsOn, "startsOn")
            try Validation.period(from, try Validation.day(step.due, "due"), step.step)
            if !step.responsible.isEmpty { try requirePerson(step.responsible) }
            try Validation.optionalPaperText(step.office, "office")
            guard !step.responsible.isEmpty || !step.office.isEmpty else {
                throw Rejection(.commandIncomplete, "responsible")
            }
        }
        try Validation.together(plan.steps.flatMap { [$0.text, $0.office] }, "steps")
    }

    func admitPlanSubmission(_ submission: PlanSubmission, _ act: Act) throws(Rejection) {
        let plan = try requirePlan(submission.plan)
        guard !plan.isReturned else { throw Rejection(.planReturned, submission.plan) }
        try requireArea(submission.toArea)
        guard isAbove(submission.toArea, plan.place.area) else {
            throw Rejection(.paperRecipientMismatch, submission.toArea)
        }
        guard plan.submittedOn[submission.toArea] == nil else {
            throw Rejection(.planAlreadySubmitted, submission.toArea)
        }
        let day = try Validation.pastDay(submission.submittedOn, "submittedOn", act)
        guard day >= plan.lastActOn else { throw Rejection(.dayTooEarly, "submittedOn") }
        try Validation.optionalPaperText(submission.documentNumber, "documentNumber")
    }

    func admitAcceptance(_ acceptance: PlanAcceptance, _ act: Act) throws(Rejection) {
        try requirePlan(
            acceptance.plan,
            before: acceptance.byArea,
            on: acceptance.acceptedOn,
            "acceptedOn",
            act
        )
        try Validation.optionalPaperText(acceptance.documentNumber, "documentNumber")
    }

    func admitReturn(_ planReturn: PlanReturn, _ act: Act) throws(Rejection) {
        try requirePlan(
            planReturn.plan,
            before: planReturn.byArea,
            on: planReturn.returnedOn,
            "returnedOn",
            act
        )
        try Validation.reason(planReturn.reason)
        try Validation.optionalPaperText(planReturn.documentNumber, "documentNumber")
    }

    func admitStepDone(_ done: PlanStepDone, _ act: Act) throws(Rejection) {
        let plan = try requirePlan(done.plan)
        guard plan.steps.contains(done.step) else {
            throw Rejection(.planStepUnknown, done.step)
        }
        guard !plan.doneSteps.contains(done.step) else {
            throw Rejection(.planStepAlreadyDone, done.step)
        }
        try Validation.pastDay(done.doneOn, "doneOn", act)
        try Validation.optionalPaperText(done.note, "note")
    }

    func requirePlan(_ name: String) throws(Rejection) -> PlanState {
        guard let plan = programme.plans[name] else { throw Rejection(.planUnknown, name) }
        guard !plan.isWithdrawn else { throw Rejection(.paperWithdrawn, name) }
        return plan
    }

    /// A plan that lies with that area, since a day that is no later.
    private func requirePlan(
        _ name: String,
        before area: String,
        on text: String,
        _ field: String,
        _ act: Act
    ) throws(Rejection) {
        let plan = try requirePlan(name)
        guard !plan.isReturned else { throw Rejection(.planReturned, name) }
        guard let submittedOn = plan.submittedOn[area], !plan.acceptedBy.contains(area) else {
            throw Rejection(.planNotSubmitted, area)
        }
        guard try Validation.pastDay(text, field, act) >= submittedOn else {
            throw Rejection(.dayTooEarly, field)
        }
    }
}
