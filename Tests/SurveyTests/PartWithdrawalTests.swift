import Survey
import Testing

/// What is withdrawn out of papers that stay: answers, steps, awards, money and forms.
@Suite struct PartWithdrawalTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private static func withdrawal(
        _ kind: PaperWithdrawal.Kind,
        _ paper: String,
        area: String = "",
        part: String = "",
        cycle: String = ""
    ) -> PaperWithdrawal {
        var withdrawal = PaperWithdrawal.sample(kind, paper, area)
        (withdrawal.part, withdrawal.cycle) = (part, cycle)
        return withdrawal
    }

    private func refusal(_ withdrawal: PaperWithdrawal, on day: String? = nil) -> Rejection? {
        let event = Event(.paperWithdrawn(withdrawal))
        guard let day else { return rejection(fixture.state, event) }
        return rejection(fixture.state, event, Fixture.act(on: day))
    }

    private mutating func withdraw(_ withdrawal: PaperWithdrawal) throws(Rejection) {
        try fixture.run(.withdrawPaper(withdrawal), on: "2018-02-06")
    }

    private static let decision = withdrawal(
        .awardDecision,
        "collector",
        area: "9901",
        cycle: "2561"
    )
    private static let nomination = withdrawal(
        .nomination,
        "collector",
        area: "9901",
        part: "collector-1",
        cycle: "2561"
    )
    private static let voucher = withdrawal(.budgetSpending, "b-1", part: "ฎ 1/2561")
    private static let allocation = withdrawal(.budgetAllocation, "b-1")
    private static let forms = withdrawal(
        .questionnaireIssue,
        "collector-1",
        part: "A-1",
        cycle: "2561"
    )

    @Test func `A part that was never recorded cannot be withdrawn`() {
        #expect(refusal(Self.decision) == Rejection(.paperNotRecorded, "collector 9901"))
        #expect(refusal(Self.nomination) == Rejection(.paperNotRecorded, "collector collector-1"))
        #expect(refusal(Self.voucher) == Rejection(.budgetUnknown, "b-1"))
        #expect(refusal(Self.allocation) == Rejection(.budgetUnknown, "b-1"))
        #expect(refusal(Self.forms) == Rejection(.questionnaireNotIssued, "A-1"))
        #expect(
            refusal(Self.withdrawal(.cooperationAnswer, "ask-1", area: "9981"))
                == Rejection(.cooperationUnknown, "ask-1")
        )
        #expect(
            refusal(Self.withdrawal(.planStep, "plan-1", part: "collect"))
                == Rejection(.planUnknown, "plan-1")
        )
    }

    @Test mutating func `A withdrawal names its part, cycle and area, and no others`() throws {
        try fixture.run(.allocateBudget(.sample()))
        try fixture.run(.spendBudget(.sample()))
        func refusal(
            _ withdrawal: PaperWithdrawal,
            _ change: (inout PaperWithdrawal) -> Void
        ) -> Rejection? {
            var changed = withdrawal
            change(&changed)
            return self.refusal(changed)
        }
        #expect(refusal(Self.decision) { $0.area = "" } == Rejection(.commandIncomplete, "area"))
        #expect(refusal(Self.decision) { $0.cycle = "2562" } == Rejection(.cycleUnknown, "2562"))
        let award = refusal(Self.decision) { $0.paper = "village" }
        #expect(award == Rejection(.valueUnknown, "paper"))
        #expect(refusal(Self.nomination) { $0.part = "" } == Rejection(.commandIncomplete, "part"))
        #expect(refusal(Self.voucher) { $0.part = "" } == Rejection(.commandIncomplete, "part"))
        #expect(refusal(Self.voucher) { $0.area = "9901" } == Rejection(.valueUnknown, "area"))
        #expect(refusal(Self.voucher) { $0.cycle = "2561" } == Rejection(.valueUnknown, "cycle"))
        let broken = refusal(Self.voucher) { $0.part = "ฎ\n1/2561" }
        #expect(broken == Rejection(.textMalformed, "part"))
        #expect(refusal(Self.voucher) { $0.reason = "-" } == Rejection(.reasonMissing, "reason"))
        var training = PaperWithdrawal.sample(.training, "t-1")
        try fixture.run(.recordTraining(.sample()))
        training.part = "x"
        #expect(self.refusal(training) == Rejection(.valueUnknown, "part"))
        #expect(Event(.paperWithdrawn(Self.voucher)).stream == "budget/b-1")
        #expect(Event(.paperWithdrawn(Self.decision)).stream == "awards/2561/9901")
        #expect(Event(.paperWithdrawn(Self.forms)).stream == "questionnaires/2561/collector-1")
    }

    @Test mutating func `An award that is withdrawn leaves its nominations, and is news`() throws {
        try fixture.run(.enterNominee(.sample("collector-1")))
        #expect(
            refusal(Self.nomination, on: "2018-01-31")
                == Rejection(.actBeforePrevious, Fixture.workday)
        )
        try fixture.run(.decideAward(.sample("collector-1")))
        try fixture.run(.reportAwards(.sample()))
        #expect(refusal(Self.nomination) == Rejection(.awardAlreadyDecided, "collector"))
        #expect(
            refusal(Self.decision, on: "2018-01-31")
                == Rejection(.actBeforePrevious, Fixture.workday)
        )
        try withdraw(Self.decision)
        #expect(refusal(Self.decision) == Rejection(.paperNotRecorded, "collector 9901"))
        // There is nothing to report until something is decided.
        #expect(throws: Rejection(.awardsUndecided, "9901")) {
            try fixture.run(.reportAwards(.sample()))
        }
        #expect(throws: Rejection(.nomineeAlreadyEntered, "collector-1")) {
            try fixture.run(.enterNominee(.sample("collector-1")))
        }
        try withdraw(Self.nomination)
        #expect(throws: Rejection(.winnerNotNominated, "collector-1")) {
            try fixture.run(.decideAward(.sample("collector-1")))
        }
        try fixture.run(.enterNominee(.sample("collector-1")), on: "2018-02-06")
        let again = AwardDecision.sample("collector-1", on: "2018-02-06")
        try fixture.run(.decideAward(again), on: "2018-02-06")
        try fixture.run(.reportAwards(.sample(on: "2018-02-06")), on: "2018-02-06")
    }

    @Test mutating func `A withdrawn decision is reported again with those that stay`() throws {
        for (name, kind) in [("collector-1", Nominee.Kind.collector), ("9981", .laoAward)] {
            try fixture.run(.enterNominee(.sample(name, kind)))
            try fixture.run(.decideAward(.sample(name, kind)))
        }
        try fixture.run(.reportAwards(.sample()))
        try withdraw(Self.decision)
        try fixture.run(.reportAwards(.sample(on: "2018-02-06")), on: "2018-02-06")
        #expect(throws: Rejection(.awardsAlreadyReported, "9901")) {
            try fixture.run(.reportAwards(.sample(on: "2018-02-06")), on: "2018-02-06")
        }
    }

    @Test mutating func `An allocation is withdrawn once its vouchers are, which are free then`()
        throws
    {
        try fixture.run(.allocateBudget(.sample()))
        try fixture.run(.allocateBudget(.sample("b-2")))
        try fixture.run(.spendBudget(.sample()))
        #expect(refusal(Self.allocation) == Rejection(.allocationSpent, "b-1"))
        var other = Self.voucher
        other.paper = "b-2"
        #expect(refusal(other) == Rejection(.paperNotRecorded, "b-2 ฎ 1/2561"))
        // Spaces in a number say nothing.
        var spaced = Self.voucher
        spaced.part = " ฎ  1/2561"
        try withdraw(spaced)
        #expect(refusal(Self.voucher) == Rejection(.paperNotRecorded, "b-1 ฎ 1/2561"))
        var moved = BudgetSpending.sample()
        moved.allocation = "b-2"
        try fixture.run(.spendBudget(moved))
        try withdraw(Self.allocation)
        #expect(refusal(Self.allocation) == Rejection(.paperWithdrawn, "b-1"))
        #expect(refusal(Self.voucher) == Rejection(.paperWithdrawn, "b-1"))
        #expect(throws: Rejection(.paperWithdrawn, "b-1")) {
            try fixture.run(.spendBudget(.sample("ฎ 2/2561")))
        }
        #expect(throws: Rejection(.budgetAlreadyAllocated, "b-1")) {
            try fixture.run(.allocateBudget(.sample()))
        }
    }

    @Test mutating func `An answer and the end of a step are recorded anew`() throws {
        try fixture.run(.requestCooperation(.sample()))
        try fixture.run(.answerCooperation(.sample("9981")))
        let answer = Self.withdrawal(.cooperationAnswer, "ask-1", area: "9981")
        try withdraw(answer)
        #expect(refusal(answer) == Rejection(.paperNotRecorded, "ask-1 9981"))
        try fixture.run(.answerCooperation(.sample("9981", .agreed)))
        try withdraw(.sample(.cooperation, "ask-1"))
        #expect(refusal(answer) == Rejection(.paperWithdrawn, "ask-1"))
        try fixture.run(.draftActionPlan(.sample()), on: "2017-11-20")
        try fixture.run(.finishPlanStep(.sample("collect")))
        let step = Self.withdrawal(.planStep, "plan-1", part: "collect")
        #expect(
            refusal(Self.withdrawal(.planStep, "plan-1", part: "certify"))
                == Rejection(.paperNotRecorded, "plan-1 certify")
        )
        try withdraw(step)
        #expect(refusal(step) == Rejection(.paperNotRecorded, "plan-1 collect"))
        try fixture.run(.finishPlanStep(.sample("collect")))
    }

    @Test mutating func `Forms are withdrawn while nobody used, gave back or spoiled one`() throws {
        try fixture.run(.issueQuestionnaires(.sample([.sample(1, 20), .sample(21, 30)])))
        var wrong = Self.forms
        wrong.paper = "collector-2"
        #expect(refusal(wrong) == Rejection(.questionnaireOfOther, "A-1"))
        (wrong.paper, wrong.part) = ("collector-1", "A-2")
        #expect(refusal(wrong) == Rejection(.questionnaireNotIssued, "A-2"))
        try fixture.run(.spoilQuestionnaires(.sample(25)))
        wrong.part = "A-21"
        #expect(refusal(wrong) == Rejection(.questionnaireClosed, "A-25"))
        try withdraw(Self.forms)
        #expect(refusal(Self.forms) == Rejection(.questionnaireNotIssued, "A-1"))
        // The other range stands; these forms are another's now.
        try fixture.run(.issueQuestionnaires(.sample([.sample(11, 20)], to: "collector-2")))
        #expect(throws: Rejection(.questionnaireAlreadyIssued, "A-20-22")) {
            try fixture.run(.issueQuestionnaires(.sample([.sample(20, 22)])))
        }
    }

    @Test func `Forms that a household names are not withdrawn`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.issueQuestionnaires(.sample()))
        try fixture.run(.recordHousehold(.sample("h-1", form: "A-7")))
        let event = Event(.paperWithdrawn(Self.forms))
        #expect(rejection(fixture.state, event) == Rejection(.questionnaireUsed, "A-7"))
        try fixture.run(.withdrawHousehold(.sample("h-1")))
        #expect(rejection(fixture.state, event) == nil)
    }
}
