/// Rules of what the letter asks for beside the survey: which rule judges which event.
extension State {
    func admitProgramme(
        _ event: Event,
        _ act: Act,
        _ position: LogPosition
    ) throws(Rejection) {
        switch event.kind {
        case .cooperationRequested(let request): try admitCooperation(request, act)
        case .cooperationAnswered(let answer): try admitAnswer(answer, act)
        case .actionPlanDrafted(let plan): try admitPlan(plan, act)
        case .actionPlanSubmitted(let submission): try admitPlanSubmission(submission, act)
        case .actionPlanAccepted(let acceptance): try admitAcceptance(acceptance, act)
        case .actionPlanReturned(let planReturn): try admitReturn(planReturn, act)
        case .planStepDone(let done): try admitStepDone(done, act)
        case .dailyProgressReported(let progress): try admitProgress(progress, act)
        case .dailyProgressRevised(let revision): try admitProgressRevision(revision)
        case .nomineeEntered(let nominee): try admitNominee(nominee, position)
        case .awardDecided(let decision): try admitAwardDecision(decision, act)
        case .awardsReported(let report): try admitAwardReport(report, act)
        case .questionnairesIssued(let issue): try admitQuestionnaires(issue, act)
        case .questionnairesReturned(let returned): try admitReturned(returned, act)
        case .questionnairesSpoiled(let spoiling): try admitSpoiled(spoiling, act)
        case .budgetAllocated(let allocation): try admitAllocation(allocation, act)
        case .budgetSpent(let spending): try admitSpending(spending, act)
        default: throw Rejection(.kindUnknown)
        }
    }

    func programmeEvent(
        of command: Command,
        _ position: LogPosition
    ) throws(Rejection) -> Event.OneOf_Kind {
        switch command.kind {
        case .requestCooperation(let request): return .cooperationRequested(request)
        case .answerCooperation(let answer): return .cooperationAnswered(answer)
        case .draftActionPlan(let plan): return .actionPlanDrafted(plan)
        case .submitActionPlan(let submission): return .actionPlanSubmitted(submission)
        case .acceptActionPlan(let acceptance): return .actionPlanAccepted(acceptance)
        case .returnActionPlan(let planReturn): return .actionPlanReturned(planReturn)
        case .finishPlanStep(let done): return .planStepDone(done)
        case .reportDailyProgress(let progress): return .dailyProgressReported(progress)
        case .reviseDailyProgress(let revision): return .dailyProgressRevised(revision)
        case .enterNominee(var nominee):
            nominee.treeSize = position.treeSize
            return .nomineeEntered(nominee)
        case .decideAward(let decision): return .awardDecided(decision)
        case .reportAwards(let report): return .awardsReported(report)
        case .issueQuestionnaires(let issue): return .questionnairesIssued(issue)
        case .returnQuestionnaires(let returned): return .questionnairesReturned(returned)
        case .spoilQuestionnaires(let spoiling): return .questionnairesSpoiled(spoiling)
        case .allocateBudget(let allocation): return .budgetAllocated(allocation)
        case .spendBudget(let spending): return .budgetSpent(spending)
        default: throw Rejection(.kindUnknown)
        }
    }
}

/// Bounds of plans, progress, awards, questionnaires and budgets; see `Limit`.
extension Limit {
    static let planSteps = 50
    static let deciders = 50
    /// Households of a district; more is a slip of the keyboard.
    static let progressCount: UInt32 = 1_000_000
    static let serialRanges = 50
    /// Forms of one range.
    static let serials: UInt32 = 10_000
    /// Ten million baht.
    static let amountSatang: UInt64 = 1_000_000_000
}
