/// Rules of papers that were recorded wrongly: they stay in the log and count no more.
extension State {
    func admitWithdrawal(_ withdrawal: PaperWithdrawal, _ act: Act) throws(Rejection) {
        let paper = withdrawal.paper
        switch withdrawal.kind {
        case .minutes:
            guard let meeting = meetings[paper] else { throw Rejection(.meetingUnknown, paper) }
            guard meeting.isHeld else { throw Rejection(.paperNotRecorded, paper) }
            try require(act, notBefore: meeting.calledOn, of: .meetingCalled)
        case .training:
            guard trainings.contains(paper) else { throw Rejection(.trainingUnknown, paper) }
            guard !withdrawnTrainings.contains(paper) else {
                throw Rejection(.paperWithdrawn, paper)
            }
        case .orderCirculation:
            try requireSent(try requireOrder(paper).circulatedTo, withdrawal)
        case .orderSubmission:
            try requireSent(try requireOrder(paper).submittedTo, withdrawal)
        case .directiveReceipt:
            guard let directive = directives[paper] else {
                throw Rejection(.directiveUnknown, paper)
            }
            try requireSent(Set(directive.receivedOn.keys), withdrawal)
        case .cooperation:
            guard let request = programme.cooperation[paper] else {
                throw Rejection(.cooperationUnknown, paper)
            }
            guard !request.isWithdrawn else { throw Rejection(.paperWithdrawn, paper) }
        case .plan:
            let plan = try requirePlan(paper)
            guard act.day >= plan.lastActOn else {
                throw Rejection(.actBeforePrevious, plan.lastActOn.iso)
            }
        case .cooperationAnswer, .planStep, .awardDecision, .nomination, .budgetAllocation,
            .budgetSpending, .questionnaireIssue:
            try admitWithdrawal(ofPart: withdrawal, act)
        case .unspecified: throw Rejection(.commandIncomplete, "kind")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "kind")
        }
        let kind = withdrawal.kind
        guard kind.isOfArea || withdrawal.area.isEmpty else {
            throw Rejection(.valueUnknown, "area")
        }
        guard kind.isOfCycle || withdrawal.cycle.isEmpty else {
            throw Rejection(.valueUnknown, "cycle")
        }
        guard kind.hasParts || withdrawal.part.isEmpty else {
            throw Rejection(.valueUnknown, "part")
        }
        try Validation.reason(withdrawal.reason)
    }

    private func requireOrder(_ name: String) throws(Rejection) -> OrderState {
        guard let order = orders[name] else { throw Rejection(.orderUnknown, name) }
        return order
    }

    func requireSent(
        _ areas: Set<String>,
        _ withdrawal: PaperWithdrawal
    ) throws(Rejection) {
        guard !withdrawal.area.isEmpty else { throw Rejection(.commandIncomplete, "area") }
        guard areas.contains(withdrawal.area) else {
            throw Rejection(.paperNotRecorded, "\(withdrawal.paper) \(withdrawal.area)")
        }
    }
}

extension PaperWithdrawal.Kind {
    /// Whether each area has its own.
    fileprivate var isOfArea: Bool {
        switch self {
        case .orderCirculation, .orderSubmission, .directiveReceipt, .cooperationAnswer,
            .awardDecision, .nomination:
            true
        case .minutes, .training, .cooperation, .plan, .planStep, .budgetAllocation,
            .budgetSpending, .questionnaireIssue, .unspecified, .UNRECOGNIZED:
            false
        }
    }

    /// Whether the paper's name says nothing without its cycle.
    fileprivate var isOfCycle: Bool {
        [.awardDecision, .nomination, .questionnaireIssue].contains(self)
    }

    /// Whether it is one of several that the paper has.
    fileprivate var hasParts: Bool {
        [.planStep, .nomination, .budgetSpending, .questionnaireIssue].contains(self)
    }
}

extension PaperWithdrawal.Kind {
    /// The kind's one name, as in the schema.
    package var name: String {
        switch self {
        case .minutes: "minutes"
        case .training: "training"
        case .orderCirculation: "order_circulation"
        case .orderSubmission: "order_submission"
        case .directiveReceipt: "directive_receipt"
        case .cooperation: "cooperation"
        case .plan: "plan"
        case .cooperationAnswer: "cooperation_answer"
        case .planStep: "plan_step"
        case .awardDecision: "award_decision"
        case .nomination: "nomination"
        case .budgetAllocation: "budget_allocation"
        case .budgetSpending: "budget_spending"
        case .questionnaireIssue: "questionnaire_issue"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
