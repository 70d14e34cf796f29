import AwardsProjection
import BudgetProjection
import CalendarProjection
import PlansProjection
import ProjectionRuntime
import QuestionnairesProjection
import Survey
import Testing

/// What read models say of parts that were withdrawn: they count no more, and are shown with the reason.
struct PartWithdrawalReadModelTests {
    private static func withdrawal(
        _ kind: PaperWithdrawal.Kind,
        _ paper: String,
        area: String = "",
        part: String = "",
        cycle: String = ""
    ) -> PaperWithdrawal {
        var withdrawal = ActReadModelTests.withdrawal(kind, paper, area)
        (withdrawal.part, withdrawal.cycle) = (part, cycle)
        return withdrawal
    }

    private static let awards: [(String, Nominee.Kind)] = [
        ("collector-1", .collector), ("recorder-1", .recorder), ("9981", .laoAward),
    ]

    private static func decide(_ name: String, _ kind: Nominee.Kind, _ world: inout World) throws {
        var decision = AwardDecision()
        (decision.cycle, decision.area, decision.kind) = (World.cycle, "9901", kind)
        if kind == .laoAward { decision.lao = name } else { decision.person = name }
        (decision.deciders, decision.decidedOn) = (["chair-1"], "2018-03-10")
        decision.reason = "nobody refused"
        try world.run(.decideAward(decision), on: "2018-03-10", by: "chair-1")
    }

    private static func report(_ day: String, _ world: inout World) throws {
        var report = AwardReport()
        (report.cycle, report.area, report.toArea) = (World.cycle, "9901", "99")
        report.reportedOn = day
        try world.run(.reportAwards(report), on: day)
    }

    @Test
    func `A decision that is withdrawn undoes the report of it, and leaves the nominees`() throws {
        var world = try World.staffed()
        for (name, kind) in Self.awards {
            var nominee = Nominee()
            (nominee.cycle, nominee.area, nominee.kind) = (World.cycle, "9901", kind)
            if kind == .laoAward { nominee.lao = name } else { nominee.person = name }
            nominee.grounds = "every household in time"
            try world.run(.enterNominee(nominee), on: "2018-03-01")
            try Self.decide(name, kind, &world)
        }
        func entry() throws -> String? {
            try world.readModels([CalendarReadModel()]).read { db in
                try CalendarReadModel.entries(
                    cycle: World.cycle,
                    on: #require(Day(iso: "2018-04-01")),
                    db
                ).first { $0.deadline.deadline == "awards" && $0.area == "9901" }
                    .map { "\($0.status) \($0.doneOn ?? "-")" }
            }
        }
        try Self.report("2018-03-11", &world)
        #expect(try entry() == "met 2018-03-11")
        let withdrawn = Self.withdrawal(
            .awardDecision,
            "collector",
            area: "9901",
            cycle: World.cycle
        )
        try world.run(.withdrawPaper(withdrawn), on: "2018-03-12")
        #expect(try entry() == "missed -")
        // What the others' report tells now is no report of all three.
        try Self.report("2018-03-12", &world)
        #expect(try entry() == "missed -")
        func rows() throws -> (nominees: Int, decided: [String], deciders: Int, parts: [String?]) {
            try world.readModels([AwardReadModel()]).read { db in
                (
                    try AwardReadModel.nominees(of: "9901", cycle: World.cycle, db).count,
                    try AwardReadModel.decisions(of: "9901", cycle: World.cycle, db).map(\.kind),
                    try AwardReadModel.deciders(of: "9901", cycle: World.cycle, db).count,
                    try AwardReadModel.withdrawals(of: "9901", cycle: World.cycle, db).map(\.part)
                )
            }
        }
        var now = try rows()
        #expect(now.nominees == 3 && now.deciders == 2)
        #expect(now.decided == ["lao_award", "recorder"])
        #expect(now.parts == ["collector"])
        try Self.decide("collector-1", .collector, &world)
        try Self.report("2018-03-13", &world)
        #expect(try entry() == "met 2018-03-13")
        try world.run(.withdrawPaper(withdrawn), on: "2018-03-14")
        let nomination = Self.withdrawal(
            .nomination,
            "collector",
            area: "9901",
            part: "collector-1",
            cycle: World.cycle
        )
        try world.run(.withdrawPaper(nomination), on: "2018-03-14")
        now = try rows()
        #expect(now.nominees == 2)
        #expect(now.parts == ["collector", "collector", "collector collector-1"])
    }

    @Test func `A voucher that is withdrawn was not spent, and an allocation not given`() throws {
        var world = try World.defined()
        for id in ["b-1", "b-2"] {
            var allocation = BudgetAllocation()
            (allocation.allocation, allocation.cycle, allocation.area) = (id, World.cycle, "9901")
            (allocation.activity, allocation.amountSatang) = ("a workshop", 10_000)
            (allocation.source, allocation.allocatedOn) = ("the department", "2017-11-01")
            try world.run(.allocateBudget(allocation))
        }
        for (allocation, voucher) in [("b-1", "v  1"), ("b-1", "v 2"), ("b-2", "v 3")] {
            var spending = BudgetSpending()
            (spending.allocation, spending.amountSatang) = (allocation, 3_000)
            (spending.spentOn, spending.text) = ("2018-01-15", "lunch")
            spending.documentNumber = voucher
            try world.run(.spendBudget(spending))
        }
        for (paper, part) in [("b-1", "v 1"), ("b-2", "v 3")] {
            try world.run(.withdrawPaper(Self.withdrawal(.budgetSpending, paper, part: part)))
        }
        try world.run(.withdrawPaper(Self.withdrawal(.budgetAllocation, "b-2")))
        try world.readModels([BudgetReadModel()]).read { db in
            let all = try BudgetReadModel.allocations(of: ["9901"], cycle: World.cycle, db)
            #expect(all.map { "\($0.allocation) \($0.spentSatang)" } == ["b-1 3000"])
            let spendings = try BudgetReadModel.spendings(of: ["9901"], cycle: World.cycle, db)
            #expect(spendings.map(\.documentNumber) == ["v 2"])
            #expect(spendings.map(\.area) == ["9901"])
            let withdrawn = try BudgetReadModel.withdrawals(of: ["9901"], cycle: World.cycle, db)
            #expect(withdrawn.map(\.part) == ["b-1 v 1", "b-2 v 3", "b-2"])
            #expect(try BudgetReadModel.withdrawals(of: ["9902"], cycle: World.cycle, db) == [])
        }
    }

    @Test func `An answer and a step that are withdrawn were neither given nor done`() throws {
        var world = try World.staffed()
        var request = CooperationRequest()
        (request.request, request.cycle, request.fromArea) = ("ask-1", World.cycle, "9901")
        (request.toAreas, request.date) = (["9981"], "2017-11-13")
        request.subject = "to collect together"
        try world.run(.requestCooperation(request), on: "2017-11-13")
        var answer = CooperationAnswer()
        (answer.request, answer.lao, answer.answer) = ("ask-1", "9981", .declined)
        (answer.answeredOn, answer.text) = ("2017-11-20", "no money")
        try world.run(.answerCooperation(answer), on: "2017-11-21")
        var step = PlanStep()
        (step.step, step.kind, step.text) = ("collect", .collecting, "every household")
        (step.startsOn, step.due, step.office) = ("2017-12-01", "2018-01-31", "the office")
        var plan = ActionPlan()
        (plan.plan, plan.cycle, plan.area, plan.steps) = ("p-1", World.cycle, "9901", [step])
        try world.run(.draftActionPlan(plan), on: "2017-11-20")
        var done = PlanStepDone()
        (done.plan, done.step, done.doneOn) = ("p-1", "collect", "2018-01-20")
        try world.run(.finishPlanStep(done), on: "2018-02-01")
        for withdrawal in [
            Self.withdrawal(.cooperationAnswer, "ask-1", area: "9981"),
            Self.withdrawal(.planStep, "p-1", part: "collect"),
        ] {
            try world.run(.withdrawPaper(withdrawal), on: "2018-02-02")
        }
        try world.readModels([PlanReadModel()]).read { db in
            let answers = try PlanReadModel.answers(to: "ask-1", db)
            #expect(answers.map(\.answer) == [nil] && answers.map(\.text) == [nil])
            #expect(
                try PlanReadModel.withdrawals(ofRequest: "ask-1", db).map(\.area) == ["9981"]
            )
            let row = try #require(try PlanReadModel.plan("p-1", db))
            #expect(row.status == "drafted")
            #expect(try PlanReadModel.steps(of: row, db).map(\.doneOn) == [nil])
            #expect(try PlanReadModel.withdrawals(of: row, db).map(\.part) == ["collect"])
        }
    }

    @Test func `Forms whose issue is withdrawn are nobody's until they are issued again`() throws {
        var world = try World.staffed()
        func issue(_ first: UInt32, _ last: UInt32) throws {
            var range = SerialRange()
            (range.prefix, range.first, range.last) = ("A-", first, last)
            var issue = QuestionnaireIssue()
            (issue.cycle, issue.area, issue.collector) = (World.cycle, "990101", "collector-1")
            (issue.ranges, issue.issuedOn) = ([range], "2017-12-01")
            try world.run(.issueQuestionnaires(issue))
        }
        try issue(1, 10)
        try issue(11, 20)
        let withdrawn = Self.withdrawal(
            .questionnaireIssue,
            "collector-1",
            part: "A-01",
            cycle: World.cycle
        )
        try world.run(.withdrawPaper(withdrawn))
        try issue(5, 9)
        try world.readModels([QuestionnaireReadModel()]).read { db in
            let areas = ["990101"]
            let ranges = try QuestionnaireReadModel.ranges(of: areas, cycle: World.cycle, db)
            #expect(ranges.map { [$0.firstNumber, $0.lastNumber] } == [[5, 9], [11, 20]])
            let rows = try QuestionnaireReadModel.withdrawals(of: areas, cycle: World.cycle, db)
            #expect(rows.map(\.part) == ["collector-1 A-1-10"])
            #expect(rows.map(\.reason) == ["of another one"])
        }
    }
}
