import AwardsProjection
import CalendarProjection
import HouseholdsProjection
import PlansProjection
import ProjectionRuntime
import Survey
import Testing

/// Co-operation, plans, typed progress and awards.
struct ProgrammeReadModelTests {
    private static func plan(_ id: String, _ area: String, _ text: String = "go") -> ActionPlan {
        var plan = ActionPlan()
        (plan.plan, plan.cycle, plan.area) = (id, World.cycle, area)
        plan.steps = [PlanStep.Kind.other, .collecting].enumerated().map { offset, kind in
            var step = PlanStep()
            (step.step, step.kind, step.text) = ("step-\(offset)", kind, text)
            (step.startsOn, step.due, step.office) = ("2017-12-01", "2018-01-31", "the office")
            return step
        }
        return plan
    }

    private static func submission(_ id: String, _ area: String, _ day: String) -> PlanSubmission {
        var submission = PlanSubmission()
        (submission.plan, submission.toArea, submission.submittedOn) = (id, area, day)
        return submission
    }

    @Test
    func `Co-operation shows who was asked, what is cited, and who answered what`() throws {
        var world = try World.defined()
        var request = CooperationRequest()
        (request.request, request.cycle, request.fromArea) = ("ask-1", World.cycle, "9901")
        (request.toAreas, request.date) = (["9981", "990151"], "2017-11-13")
        request.subject = "to collect together"
        var cited = Reading()
        (cited.asRead, cited.certainty) = ("มท ๐๔๐๔.๖/๑๗๓๗", .unknown)
        request.cites = [cited]
        try world.run(.requestCooperation(request), on: "2017-11-13")
        var answer = CooperationAnswer()
        (answer.request, answer.lao, answer.answer) = ("ask-1", "9981", .partly)
        (answer.answeredOn, answer.text) = ("2017-11-20", "two collectors")
        try world.run(.answerCooperation(answer), on: "2017-11-21")
        let database = try world.readModels([PlanReadModel()])
        try database.read { db in
            #expect(try PlanReadModel.cooperation("ask-1", db)?.date == "2017-11-13")
            let answers = try PlanReadModel.answers(to: "ask-1", db)
            #expect(answers.map(\.lao) == ["990151", "9981"])
            #expect(answers.map(\.answer) == [nil, "partly"])
            #expect(answers.map(\.answeredOn) == [nil, "2017-11-20"])
            let citations = try PlanReadModel.citations(of: "ask-1", db)
            #expect(citations.map(\.asUnderstood) == [nil])
            #expect(try PlanReadModel.cooperation("ask-2", db) == nil)
            #expect(try PlanReadModel.withdrawals(ofRequest: "ask-1", db) == [])
        }
        let withdrawal = ActReadModelTests.withdrawal(.cooperation, "ask-1")
        try world.run(.withdrawPaper(withdrawal), on: "2017-11-22")
        try world.readModels([PlanReadModel()]).read { db in
            let withdrawn = try PlanReadModel.withdrawals(ofRequest: "ask-1", db)
            #expect(withdrawn.map(\.withdrawnOn) == ["2017-11-22"])
        }
    }

    @Test
    func `A plan shows its last version, where each version went, and which steps are done`()
        throws
    {
        var world = try World.defined()
        try world.run(.draftActionPlan(Self.plan("p-1", "9901", "first")), on: "2017-11-20")
        try world.run(
            .submitActionPlan(Self.submission("p-1", "99", "2017-11-21")),
            on: "2017-11-22"
        )
        var planReturn = PlanReturn()
        (planReturn.plan, planReturn.byArea, planReturn.reason) = ("p-1", "99", "too short")
        planReturn.returnedOn = "2017-11-24"
        try world.run(.returnActionPlan(planReturn), on: "2017-11-24")
        var done = PlanStepDone()
        (done.plan, done.step, done.doneOn) = ("p-1", "step-1", "2018-02-02")
        try world.run(.finishPlanStep(done), on: "2018-02-03")
        try world.run(.draftActionPlan(Self.plan("p-1", "9901", "second")), on: "2018-02-03")
        let database = try world.readModels([PlanReadModel()])
        try database.read { db in
            let plan = try #require(try PlanReadModel.plan("p-1", db))
            #expect(plan.version == 2)
            #expect(plan.status == "drafted")
            let steps = try PlanReadModel.steps(of: plan, db)
            #expect(steps.map(\.text) == ["second", "second"])
            #expect(steps.map(\.kind) == ["other", "collecting"])
            #expect(steps.map(\.doneOn) == [nil, "2018-02-02"])
            let day = try #require(Day(iso: "2018-02-10"))
            // One is late still, the other was two days late when it was done.
            #expect(steps.map { $0.daysLate(on: day) } == [10, 2])
            let passages = try PlanReadModel.passages(of: "p-1", db)
            #expect(passages.map(\.version) == [1])
            #expect(passages.map(\.outcome) == ["returned"])
            #expect(passages.map(\.reason) == ["too short"])
        }
    }

    private static func entries(
        _ deadline: String,
        _ day: String,
        _ world: World
    ) throws -> [String] {
        let database = try world.readModels([CalendarReadModel()])
        return try database.read { db in
            try CalendarReadModel.entries(cycle: World.cycle, on: #require(Day(iso: day)), db)
                .filter { $0.deadline.deadline == deadline }
                .map { "\($0.area) \($0.status) \($0.doneOn ?? "-")" }
        }
    }

    @Test
    func `Plans are submitted when the district's and each of its tambons' went to the province`()
        throws
    {
        var world = try World.defined()
        for (id, area) in [("d", "9901"), ("t-1", "990101"), ("t-2", "990102"), ("o", "9902")] {
            try world.run(.draftActionPlan(Self.plan(id, area)), on: "2017-11-20")
        }
        for (id, day) in [("d", "2017-11-21"), ("t-1", "2017-12-02"), ("o", "2017-11-22")] {
            try world.run(.submitActionPlan(Self.submission(id, "99", day)), on: "2017-12-05")
        }
        // To the district only: the province has not seen it.
        try world.run(
            .submitActionPlan(Self.submission("t-2", "9901", "2017-11-22")),
            on: "2017-12-05"
        )
        #expect(
            try Self.entries("action-plans", "2017-12-05", world) == [
                "9901 missed -", "9902 missed -",
            ]
        )
        try world.run(
            .submitActionPlan(Self.submission("t-2", "99", "2017-11-30")),
            on: "2017-12-05"
        )
        #expect(
            try Self.entries("action-plans", "2017-12-05", world) == [
                "9901 late 2017-12-02", "9902 missed -",
            ]
        )
        // What was withdrawn was not submitted; the plan in its place is.
        let withdrawal = ActReadModelTests.withdrawal(.plan, "t-2")
        try world.run(.withdrawPaper(withdrawal), on: "2017-12-05")
        #expect(
            try Self.entries("action-plans", "2017-12-05", world) == [
                "9901 missed -", "9902 missed -",
            ]
        )
        try world.run(.draftActionPlan(Self.plan("t-3", "990102")), on: "2017-12-05")
        try world.run(
            .submitActionPlan(Self.submission("t-3", "99", "2017-12-05")),
            on: "2017-12-05"
        )
        #expect(
            try Self.entries("action-plans", "2017-12-05", world) == [
                "9901 late 2017-12-05", "9902 missed -",
            ]
        )
        try world.readModels([PlanReadModel()]).read { db in
            let plan = try #require(try PlanReadModel.plan("t-2", db))
            #expect(plan.status == "withdrawn")
            #expect(try PlanReadModel.withdrawals(of: plan, db).map(\.kind) == ["plan"])
        }
    }

    private static func nominee(_ name: String, _ kind: Nominee.Kind) -> Nominee {
        var nominee = Nominee()
        (nominee.cycle, nominee.area, nominee.kind) = (World.cycle, "9901", kind)
        if kind == .laoAward { nominee.lao = name } else { nominee.person = name }
        nominee.grounds = "every household in time"
        return nominee
    }

    @Test
    func `Awards show nominees with the size of their evidence, the choice, and the reports`()
        throws
    {
        var world = try World.staffed()
        try world.run(.enterNominee(Self.nominee("collector-1", .collector)), on: "2018-03-01")
        try world.run(.enterNominee(Self.nominee("9981", .laoAward)), on: "2018-03-02")
        let size = Int64(world.treeSize)
        var decision = AwardDecision()
        (decision.cycle, decision.area, decision.kind) = (World.cycle, "9901", .laoAward)
        (decision.lao, decision.deciders) = ("9981", ["member-1", "chair-1"])
        (decision.decidedOn, decision.reason) = ("2018-03-10", "nobody refused")
        try world.run(.decideAward(decision), on: "2018-03-11")
        var report = AwardReport()
        (report.cycle, report.area, report.toArea) = (World.cycle, "9901", "99")
        report.reportedOn = "2018-03-19"
        try world.run(.reportAwards(report), on: "2018-03-21")
        let database = try world.readModels([AwardReadModel()])
        try database.read { db in
            let nominees = try AwardReadModel.nominees(of: "9901", cycle: World.cycle, db)
            #expect(nominees.map(\.nominee) == ["collector-1", "9981"])
            #expect(nominees.map(\.treeSize) == [size - 2, size - 1])
            let decisions = try AwardReadModel.decisions(of: "9901", cycle: World.cycle, db)
            #expect(decisions.map(\.winner) == ["9981"])
            let deciders = try AwardReadModel.deciders(of: "9901", cycle: World.cycle, db)
            #expect(deciders.map(\.person) == ["chair-1", "member-1"])
            let reports = try AwardReadModel.reports(of: "9901", cycle: World.cycle, db)
            #expect(reports.map(\.decidedCount) == [1])
            #expect(try AwardReadModel.nominees(of: "9902", cycle: World.cycle, db) == [])
        }
        #expect(
            try Self.entries("awards", "2018-04-01", world) == ["9901 missed -", "9902 missed -"]
        )
    }

    @Test func `The awards' deadline is met by a report of all three`() throws {
        var world = try World.staffed()
        let awards: [(String, Nominee.Kind)] = [
            ("collector-1", .collector), ("recorder-1", .recorder), ("9981", .laoAward),
        ]
        for (offset, (name, kind)) in awards.enumerated() {
            try world.run(.enterNominee(Self.nominee(name, kind)), on: "2018-03-01")
            var decision = AwardDecision()
            (decision.cycle, decision.area, decision.kind) = (World.cycle, "9901", kind)
            if kind == .laoAward { decision.lao = name } else { decision.person = name }
            (decision.deciders, decision.decidedOn) = (["chair-1"], "2018-03-10")
            decision.reason = "nobody refused"
            try world.run(.decideAward(decision), on: "2018-03-10", by: "chair-1")
            var report = AwardReport()
            (report.cycle, report.area, report.toArea) = (World.cycle, "9901", "99")
            report.reportedOn = "2018-03-1\(offset + 1)"
            try world.run(.reportAwards(report), on: "2018-03-20")
            #expect(
                try Self.entries("awards", "2018-04-01", world).first
                    == (offset < 2 ? "9901 missed -" : "9901 met 2018-03-13")
            )
        }
    }

    @Test func `A plan that came back counts again once it is sent again`() throws {
        var world = try World.staffed()
        for (plan, area) in [("d", "9902"), ("t", "990201")] {
            try world.run(.draftActionPlan(Self.plan(plan, area)), on: "2017-11-20")
            try world.run(
                .submitActionPlan(Self.submission(plan, "99", "2017-11-29")),
                on: "2017-11-29"
            )
        }
        func entry() throws -> String? {
            try Self.entries("action-plans", "2018-01-01", world).last
        }
        #expect(try entry() == "9902 met 2017-11-29")
        var planReturn = PlanReturn()
        (planReturn.plan, planReturn.byArea, planReturn.returnedOn) = ("t", "99", "2017-12-04")
        planReturn.reason = "no day for the public review"
        try world.run(.returnActionPlan(planReturn), on: "2017-12-04")
        #expect(try entry() == "9902 missed -")
        try world.run(.draftActionPlan(Self.plan("t", "990201")), on: "2017-12-05")
        #expect(try entry() == "9902 missed -")
        try world.run(
            .submitActionPlan(Self.submission("t", "99", "2017-12-06")),
            on: "2017-12-06"
        )
        #expect(try entry() == "9902 met 2017-11-29")
    }

    @Test
    func `The evidence of a person counts the households that have a record in the district`()
        throws
    {
        var world = try World.staffed()
        try world.record("h-1", 0)
        try world.record("h-2", 0)
        try world.record("h-3", 4)
        try world.notCollected("h-4", 0)
        try world.correct("h-1") { $0.interviewedOn = "2018-01-20" }
        let database = try world.readModels([HouseholdReadModel()])
        let district = AreaScope(code: "9901", level: .district)
        for kind in [HouseholdReadModel.Work.collector, .recorder] {
            let row = try database.read { db in
                try HouseholdReadModel.work(
                    kind,
                    of: "\(kind)-1",
                    cycle: World.cycle,
                    in: district,
                    db
                )
            }
            #expect(row?.householdCount == 2)
            #expect(row?.correctedCount == 1)
        }
    }

    @Test func `A household is the work of whoever made it last, in its place`() throws {
        var world = try World.staffed()
        try world.record("h-1", 0)
        try world.record("h-2", 4)
        let database = try world.readModels([HouseholdReadModel()])
        func isWork(
            _ work: HouseholdReadModel.Work,
            _ person: String,
            _ id: String
        ) throws -> Bool {
            try database.read { db in
                try HouseholdReadModel.isWork(
                    work,
                    of: person,
                    household: id,
                    cycle: World.cycle,
                    in: AreaScope(code: "9901", level: .district),
                    db
                )
            }
        }
        #expect(try isWork(.collector, "collector-1", "h-1"))
        #expect(try isWork(.recorder, "recorder-1", "h-1"))
        #expect(try !isWork(.collector, "recorder-1", "h-1"))
        // In another district, and nowhere.
        #expect(try !isWork(.recorder, "recorder-1", "h-2"))
        #expect(try !isWork(.recorder, "recorder-1", "h-9"))
        let scope = AreaScope(code: "9981", level: .lao)
        for (id, isThere) in [("h-1", true), ("h-2", false)] {
            let lies = try database.read { db in
                try HouseholdReadModel.lies(id, cycle: World.cycle, in: scope, db)
            }
            #expect(lies == isThere)
        }
    }

    @Test func `Collecting starts with the plan of the area, or of one that holds it`() throws {
        var world = try World.staffed()
        try world.run(.draftActionPlan(Self.plan("t", "990201")), on: "2017-11-20")
        let database = try world.readModels([PlanReadModel()])
        let days = try database.read { db in
            try ["990201", "99020101", "9902", "990101"].map {
                try PlanReadModel.collectingStart(of: $0, cycle: World.cycle, db)
            }
        }
        #expect(days == ["2017-12-01", "2017-12-01", nil, nil])
    }
}
