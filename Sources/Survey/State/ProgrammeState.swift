/// What the letter asks for beside the survey itself: co-operation, plans, typed progress, awards.
///
/// Bounded by areas, days and steps of plans, never by households.
package struct ProgrammeState: Sendable {
    package internal(set) var cooperation: [String: CooperationState] = [:]
    package internal(set) var plans: [String: PlanState] = [:]
    /// The one plan that an area has in a cycle.
    package internal(set) var planOfArea: [CycleArea: String] = [:]
    /// By their streams.
    package internal(set) var progress: [String: DailyProgress] = [:]
    package internal(set) var awards: [CycleArea: AwardsState] = [:]
    /// By cycle.
    package internal(set) var questionnaires: [String: SerialRegister] = [:]
    package internal(set) var budgets: [String: BudgetState] = [:]
    /// What was spent by, from all allocations of an area in a cycle, each with its allocation: every
    /// office numbers its own.
    package internal(set) var vouchers: [CycleArea: [Voucher: String]] = [:]
}

/// A request for co-operation, and who has answered it.
package struct CooperationState: Sendable {
    package let laos: Set<String>
    /// The day that the request bears.
    package let date: Day?
    package internal(set) var answeredBy: Set<String> = []
    package internal(set) var isWithdrawn = false
}

/// A plan as it was drafted last.
package struct PlanState: Sendable {
    package let place: CycleArea
    package internal(set) var steps: Set<String>
    /// The day of the act that drafted it, or that returned it.
    package internal(set) var lastActOn: Day
    /// Where this version went, and on which day.
    package internal(set) var submittedOn: [String: Day] = [:]
    package internal(set) var acceptedBy: Set<String> = []
    package internal(set) var isReturned = false
    /// Over all versions.
    package internal(set) var doneSteps: Set<String> = []
    package internal(set) var isWithdrawn = false
}

/// Money that was given to an area.
package struct BudgetState: Sendable {
    package let place: CycleArea
    package let allocatedOn: Day?
    package internal(set) var isWithdrawn = false
}

/// The number of a voucher; spaces around it, and how many there are within it, say nothing.
package struct Voucher: Sendable, Hashable {
    package let number: String

    package init(_ text: String) {
        number = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// The three awards of a district.
package struct AwardsState: Sendable {
    /// The day on which each was nominated.
    package internal(set) var nominatedOn: [Nominee.Kind: [String: Day]] = [:]
    package internal(set) var decidedOn: [Nominee.Kind: Day] = [:]
    /// Something was decided, or a decision withdrawn, that no report tells of.
    package internal(set) var hasUnreported = false
}

extension ProgrammeState {
    mutating func evolve(_ event: Event, on day: Day) {
        switch event.kind {
        case .cooperationRequested(let request):
            cooperation[request.request] = CooperationState(
                laos: Set(request.toAreas),
                date: Day(iso: request.date)
            )
        case .cooperationAnswered(let answer):
            cooperation[answer.request]?.answeredBy.insert(answer.lao)
        case .actionPlanDrafted(let plan): draft(plan, on: day)
        case .actionPlanSubmitted(let submission):
            plans[submission.plan]?.submittedOn[submission.toArea] =
                Day(iso: submission.submittedOn) ?? day
        case .actionPlanAccepted(let acceptance):
            plans[acceptance.plan]?.acceptedBy.insert(acceptance.byArea)
        case .actionPlanReturned(let planReturn):
            plans[planReturn.plan]?.isReturned = true
            plans[planReturn.plan]?.lastActOn = Day(iso: planReturn.returnedOn) ?? day
        case .planStepDone(let done): plans[done.plan]?.doneSteps.insert(done.step)
        case .dailyProgressReported(let reported): progress[reported.stream] = reported
        case .dailyProgressRevised(let revision):
            let reported = revision.reported
            progress[reported.stream] = reported
        default: evolveAwards(event, on: day)
        }
    }

    /// The area can have another plan then.
    mutating func withdrawPlan(_ name: String) {
        guard let plan = plans[name] else { return }
        plans[name]?.isWithdrawn = true
        if planOfArea[plan.place] == name { planOfArea[plan.place] = nil }
    }

    /// What stands on it was withdrawn before; of a forged withdrawal the rest stays as it is.
    mutating func withdrawPart(_ withdrawal: PaperWithdrawal) {
        let (paper, part) = (withdrawal.paper, withdrawal.part)
        let place = CycleArea(cycle: withdrawal.cycle, area: withdrawal.area)
        switch withdrawal.kind {
        case .cooperationAnswer: cooperation[paper]?.answeredBy.remove(withdrawal.area)
        case .planStep: plans[paper]?.doneSteps.remove(part)
        case .awardDecision:
            guard let kind = Nominee.Kind(name: paper) else { return }
            awards[place]?.decidedOn[kind] = nil
            awards[place]?.hasUnreported = true
        case .nomination:
            guard let kind = Nominee.Kind(name: paper) else { return }
            awards[place]?.nominatedOn[kind]?[part] = nil
        case .budgetAllocation: budgets[paper]?.isWithdrawn = true
        case .budgetSpending:
            guard let place = budgets[paper]?.place else { return }
            vouchers[place]?[Voucher(part)] = nil
        case .questionnaireIssue:
            guard let serial = Serial(part) else { return }
            questionnaires[withdrawal.cycle]?.withdrawRange(beginningAt: serial)
        default: break
        }
    }

    private mutating func draft(_ plan: ActionPlan, on day: Day) {
        let place = CycleArea(cycle: plan.cycle, area: plan.area)
        let before = plans[plan.plan]
        plans[plan.plan] = PlanState(
            place: before?.place ?? place,
            steps: Set(plan.steps.map(\.step)),
            lastActOn: day,
            doneSteps: before?.doneSteps ?? []
        )
        planOfArea[before?.place ?? place] = plan.plan
    }

    private mutating func evolveAwards(_ event: Event, on day: Day) {
        switch event.kind {
        case .nomineeEntered(let nominee):
            var state = awards[nominee.place] ?? AwardsState()
            state.nominatedOn[nominee.kind, default: [:]][nominee.name] = day
            awards[nominee.place] = state
        case .awardDecided(let decision):
            var state = awards[decision.place] ?? AwardsState()
            state.decidedOn[decision.kind] = Day(iso: decision.decidedOn) ?? day
            state.hasUnreported = true
            awards[decision.place] = state
        case .awardsReported(let report): awards[report.place]?.hasUnreported = false
        default: evolvePapers(event, on: day)
        }
    }

    private mutating func evolvePapers(_ event: Event, on day: Day) {
        switch event.kind {
        case .questionnairesIssued(let issue):
            let issuedOn = Day(iso: issue.issuedOn) ?? day
            for range in issue.ranges {
                questionnaires[issue.cycle, default: SerialRegister()]
                    .issue(range, to: issue.collector, on: issuedOn)
            }
        case .questionnairesReturned(let returned):
            for range in returned.ranges { questionnaires[returned.cycle]?.close(range) }
        case .questionnairesSpoiled(let spoiling):
            for range in spoiling.ranges { questionnaires[spoiling.cycle]?.close(range) }
        case .budgetAllocated(let allocation):
            budgets[allocation.allocation] = BudgetState(
                place: CycleArea(cycle: allocation.cycle, area: allocation.area),
                allocatedOn: Day(iso: allocation.allocatedOn)
            )
        case .budgetSpent(let spending):
            guard let place = budgets[spending.allocation]?.place else { return }
            vouchers[place, default: [:]][Voucher(spending.documentNumber)] = spending.allocation
        default: break
        }
    }
}

extension DailyProgress {
    /// The stream, which is also the identity: an area and a day of a cycle.
    var stream: String { "progress/\(cycle)/\(area)/\(day)" }

    /// The same for people.
    var subject: String { "\(area) \(day)" }
}

extension DailyProgressRevision {
    /// What is reported with this revision.
    var reported: DailyProgress {
        var progress = DailyProgress()
        progress.cycle = cycle
        progress.area = area
        progress.day = day
        progress.collectedCount = collectedCount
        progress.recordedCount = recordedCount
        return progress
    }
}

extension Nominee {
    var place: CycleArea { CycleArea(cycle: cycle, area: area) }

    /// The person or the LAO.
    package var name: String { person.isEmpty ? lao : person }
}

extension AwardDecision {
    var place: CycleArea { CycleArea(cycle: cycle, area: area) }

    package var winner: String { person.isEmpty ? lao : person }
}

extension AwardReport {
    var place: CycleArea { CycleArea(cycle: cycle, area: area) }
}

extension Nominee.Kind {
    /// The kind's one name, as in the schema.
    package var name: String {
        switch self {
        case .collector: "collector"
        case .recorder: "recorder"
        case .laoAward: "lao_award"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
