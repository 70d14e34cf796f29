import Survey

/// What was recorded wrongly, of the kinds that make room for something else.
extension RandomCommands {
    mutating func withdrawal(_ known: Known) -> PaperWithdrawal {
        var withdrawal = PaperWithdrawal()
        withdrawal.reason = Self.reason
        let kinds: [PaperWithdrawal.Kind] = [
            .training, .cooperationAnswer, .planStep, .awardDecision, .nomination,
            .budgetSpending, .budgetSpending, .budgetAllocation, .questionnaireIssue,
        ]
        withdrawal.kind = dice.pick(kinds) ?? .training
        let programme = known.state.programme
        switch withdrawal.kind {
        case .cooperationAnswer:
            withdrawal.paper = existing(programme.cooperation) { !$0.answeredBy.isEmpty }
            let answered = programme.cooperation[withdrawal.paper]?.answeredBy ?? []
            withdrawal.area = dice.pick(answered.sorted()) ?? "9981"
        case .planStep:
            withdrawal.paper = existing(programme.plans) { !$0.doneSteps.isEmpty }
            let done = programme.plans[withdrawal.paper]?.doneSteps ?? []
            withdrawal.part = dice.pick(done.sorted()) ?? "collect"
        case .awardDecision, .nomination: nameAward(in: &withdrawal, programme)
        case .budgetSpending:
            withdrawal.paper = existing(programme.budgets) { !$0.isWithdrawn }
            let place = programme.budgets[withdrawal.paper]?.place
            let spent = place.flatMap { programme.vouchers[$0] } ?? [:]
            let own = spent.filter { $0.value == withdrawal.paper }.map(\.key.number)
            withdrawal.part = dice.pick(own.sorted()) ?? "ฎ 1/2561"
        case .budgetAllocation:
            withdrawal.paper = existing(programme.budgets) { !$0.isWithdrawn }
        case .questionnaireIssue:
            (withdrawal.paper, withdrawal.cycle) = ("collector-1", Self.mainCycle)
            let prefix = dice.chance(50) ? "A-" : "B-"
            withdrawal.part = "\(prefix)\(dice.number(1...80) as Int)"
        default: withdrawal.paper = dice.pick(known.state.trainings.sorted()) ?? "unknown"
        }
        return withdrawal
    }

    private mutating func nameAward(
        in withdrawal: inout PaperWithdrawal,
        _ programme: ProgrammeState
    ) {
        let districts = programme.awards.keys.sorted { ($0.cycle, $0.area) < ($1.cycle, $1.area) }
        guard let district = dice.pick(districts), let awards = programme.awards[district] else {
            (withdrawal.cycle, withdrawal.area) = (Self.mainCycle, "9901")
            withdrawal.paper = "collector"
            return
        }
        (withdrawal.cycle, withdrawal.area) = (district.cycle, district.area)
        let kinds: [Nominee.Kind] = [.collector, .recorder, .laoAward]
        let isDecision = withdrawal.kind == .awardDecision
        let open = kinds.filter { kind in
            isDecision ? awards.decidedOn[kind] != nil : awards.nominatedOn[kind] != nil
        }
        let kind = dice.pick(open) ?? .collector
        withdrawal.paper = kind.name
        guard !isDecision else { return }
        withdrawal.part = dice.pick(awards.nominatedOn[kind]?.keys.sorted() ?? []) ?? "nobody"
    }
}
