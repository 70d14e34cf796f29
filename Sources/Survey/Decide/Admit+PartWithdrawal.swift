/// Rules of what is withdrawn out of a paper that stays: an answer, a step, an award, money, forms.
///
/// What stands on it is withdrawn first, so that nothing stands on what is gone.
extension State {
    func admitWithdrawal(
        ofPart withdrawal: PaperWithdrawal,
        _ act: Act
    ) throws(Rejection) {
        switch withdrawal.kind {
        case .cooperationAnswer: try admitWithdrawal(ofAnswer: withdrawal)
        case .planStep: try admitWithdrawal(ofStep: withdrawal)
        case .awardDecision: try admitWithdrawal(ofDecision: withdrawal, act)
        case .nomination: try admitWithdrawal(ofNomination: withdrawal, act)
        case .budgetAllocation: try admitWithdrawal(ofAllocation: withdrawal)
        case .budgetSpending: try admitWithdrawal(ofVoucher: withdrawal)
        case .questionnaireIssue: try admitWithdrawal(ofForms: withdrawal)
        default: throw Rejection(.valueUnknown, "kind")
        }
    }

    private func admitWithdrawal(ofAnswer withdrawal: PaperWithdrawal) throws(Rejection) {
        let paper = withdrawal.paper
        guard let request = programme.cooperation[paper] else {
            throw Rejection(.cooperationUnknown, paper)
        }
        guard !request.isWithdrawn else { throw Rejection(.paperWithdrawn, paper) }
        try requireSent(request.answeredBy, withdrawal)
    }

    private func admitWithdrawal(ofStep withdrawal: PaperWithdrawal) throws(Rejection) {
        let plan = try requirePlan(withdrawal.paper)
        let step = try requirePart(withdrawal)
        guard plan.doneSteps.contains(step) else { throw notRecorded(withdrawal, step) }
    }

    private func admitWithdrawal(
        ofDecision withdrawal: PaperWithdrawal,
        _ act: Act
    ) throws(Rejection) {
        let (kind, awards) = try requireAwards(withdrawal)
        guard let decidedOn = awards.decidedOn[kind] else {
            throw notRecorded(withdrawal, withdrawal.area)
        }
        guard act.day >= decidedOn else {
            throw Rejection(.actBeforePrevious, decidedOn.iso)
        }
    }

    /// While nothing is decided: a decision was made among all who were nominated.
    private func admitWithdrawal(
        ofNomination withdrawal: PaperWithdrawal,
        _ act: Act
    ) throws(Rejection) {
        let (kind, awards) = try requireAwards(withdrawal)
        let nominee = try requirePart(withdrawal)
        guard let nominatedOn = awards.nominatedOn[kind]?[nominee] else {
            throw notRecorded(withdrawal, nominee)
        }
        guard awards.decidedOn[kind] == nil else {
            throw Rejection(.awardAlreadyDecided, kind.name)
        }
        guard act.day >= nominatedOn else {
            throw Rejection(.actBeforePrevious, nominatedOn.iso)
        }
    }

    private func requireAwards(
        _ withdrawal: PaperWithdrawal
    ) throws(Rejection) -> (Nominee.Kind, AwardsState) {
        try requireCycle(withdrawal.cycle)
        guard !withdrawal.area.isEmpty else { throw Rejection(.commandIncomplete, "area") }
        guard let kind = Nominee.Kind(name: withdrawal.paper) else {
            throw Rejection(.valueUnknown, "paper")
        }
        let place = CycleArea(cycle: withdrawal.cycle, area: withdrawal.area)
        return (kind, programme.awards[place] ?? AwardsState())
    }

    private func admitWithdrawal(ofAllocation withdrawal: PaperWithdrawal) throws(Rejection) {
        let budget = try requireBudget(withdrawal.paper)
        let vouchers = programme.vouchers[budget.place] ?? [:]
        guard !vouchers.values.contains(withdrawal.paper) else {
            throw Rejection(.allocationSpent, withdrawal.paper)
        }
    }

    private func admitWithdrawal(ofVoucher withdrawal: PaperWithdrawal) throws(Rejection) {
        let budget = try requireBudget(withdrawal.paper)
        let number = try requirePart(withdrawal)
        try Validation.paperText(number, "part")
        guard programme.vouchers[budget.place]?[Voucher(number)] == withdrawal.paper else {
            throw notRecorded(withdrawal, number)
        }
    }

    func requireBudget(_ name: String) throws(Rejection) -> BudgetState {
        guard let budget = programme.budgets[name] else { throw Rejection(.budgetUnknown, name) }
        guard !budget.isWithdrawn else { throw Rejection(.paperWithdrawn, name) }
        return budget
    }

    private func admitWithdrawal(ofForms withdrawal: PaperWithdrawal) throws(Rejection) {
        try requireCycle(withdrawal.cycle)
        let text = try requirePart(withdrawal)
        try Validation.identifier(text, "part")
        let register = programme.questionnaires[withdrawal.cycle] ?? SerialRegister()
        guard let serial = Serial(text), let range = register.range(beginningAt: serial) else {
            throw Rejection(.questionnaireNotIssued, text)
        }
        guard range.collector == withdrawal.paper else {
            throw Rejection(.questionnaireOfOther, serial.text)
        }
        if let closed = range.firstClosed { throw Rejection(.questionnaireClosed, closed.text) }
        if let used = range.firstUsed { throw Rejection(.questionnaireUsed, used.text) }
    }

    private func requirePart(_ withdrawal: PaperWithdrawal) throws(Rejection) -> String {
        guard !withdrawal.part.isEmpty else { throw Rejection(.commandIncomplete, "part") }
        return withdrawal.part
    }

    private func notRecorded(_ withdrawal: PaperWithdrawal, _ part: String) -> Rejection {
        Rejection(.paperNotRecorded, "\(withdrawal.paper) \(part)")
    }
}

extension Nominee.Kind {
    /// Of its name in the schema.
    package init?(name: String) {
        let kinds: [Nominee.Kind] = [.collector, .recorder, .laoAward]
        guard let kind = kinds.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}
