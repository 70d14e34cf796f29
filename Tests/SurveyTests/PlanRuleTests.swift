import Survey
import Testing

/// Co-operation asked of LAOs, and the plans for the collection (1.5).
@Suite struct PlanRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func refusal(_ change: (inout ActionPlan) -> Void) -> Rejection? {
        var plan = ActionPlan.sample()
        change(&plan)
        return rejection(fixture.state, Event(.actionPlanDrafted(plan)))
    }

    @Test
    mutating func `LAOs are asked for co-operation once by a request, and each answers it once`()
        throws
    {
        #expect(throws: Rejection(.cooperationUnknown, "ask-1")) {
            try fixture.run(.answerCooperation(.sample("9981")))
        }
        #expect(throws: Rejection(.areaLevelMismatch, "990101")) {
            try fixture.run(.requestCooperation(.sample("ask-1", ["9981", "990101"])))
        }
        #expect(throws: Rejection(.areaNamedTwice, "9981")) {
            try fixture.run(.requestCooperation(.sample("ask-1", ["9981", "9981"])))
        }
        try fixture.run(.requestCooperation(.sample()))
        #expect(throws: Rejection(.cooperationAlreadyRequested, "ask-1")) {
            try fixture.run(.requestCooperation(.sample()))
        }
        #expect(throws: Rejection(.laoNotAsked, "990152")) {
            try fixture.run(.answerCooperation(.sample("990152")))
        }
        for answer in [CooperationAnswer.Answer.unspecified, .UNRECOGNIZED(7)] {
            let code: RejectionCode =
                answer == .unspecified ? .commandIncomplete : .valueUnknown
            #expect(throws: Rejection(code, "answer")) {
                try fixture.run(.answerCooperation(.sample("9981", answer)))
            }
        }
        var early = CooperationAnswer.sample("9981")
        early.answeredOn = "2017-11-12"
        #expect(throws: Rejection(.dayTooEarly, "answeredOn")) {
            try fixture.run(.answerCooperation(early))
        }
        for lao in ["9981", "990151"] {
            try fixture.run(.answerCooperation(.sample(lao, .declined)))
            #expect(throws: Rejection(.cooperationAlreadyAnswered, lao)) {
                try fixture.run(.answerCooperation(.sample(lao, .agreed)))
            }
        }
        try fixture.run(.requestCooperation(.sample("ask-2")))
    }

    @Test func `A plan has steps, each with its days and somebody responsible`() {
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0.area = "99" } == Rejection(.areaLevelMismatch, "99"))
        #expect(refusal { $0.area = "9981" } == Rejection(.areaLevelMismatch, "9981"))
        #expect(refusal { $0.steps = [] } == Rejection(.commandIncomplete, "steps"))
        #expect(
            refusal { $0.steps += [.sample("collect")] }
                == Rejection(.planStepDuplicate, "collect")
        )
        #expect(
            refusal { $0.steps[0].kind = .unspecified } == Rejection(.commandIncomplete, "kind")
        )
        #expect(
            refusal { $0.steps[0].kind = .UNRECOGNIZED(9) } == Rejection(.valueUnknown, "kind")
        )
        #expect(
            refusal { $0.steps[0].due = "2017-11-30" } == Rejection(.periodReversed, "collect")
        )
        #expect(
            refusal { $0.steps[0].responsible = "nobody" } == Rejection(.personUnknown, "nobody")
        )
        #expect(
            refusal { ($0.steps[0].responsible, $0.steps[0].office) = ("", "") }
                == Rejection(.commandIncomplete, "responsible")
        )
        #expect(refusal { $0.steps[0].responsible = "" } == nil)
        #expect(refusal { $0.steps[0].office = "" } == nil)
    }

    @Test
    mutating func `An area has one plan in a cycle, drafted anew only after it was returned`()
        throws
    {
        try fixture.run(.draftActionPlan(.sample()), on: "2017-11-20")
        #expect(refusal { _ in } == Rejection(.planAlreadyDrafted, "plan-1"))
        #expect(refusal { $0.plan = "plan-2" } == Rejection(.planAlreadyDrafted, "plan-1"))
        try fixture.run(.submitActionPlan(.sample()))
        try fixture.run(.returnActionPlan(.sample()))
        // The plan of one area does not become another's.
        #expect(refusal { $0.area = "9902" } == Rejection(.planAlreadyDrafted, "plan-1"))
        #expect(throws: Rejection(.actBeforePrevious, "2017-12-04")) {
            try fixture.run(.draftActionPlan(.sample()), on: "2017-12-03")
        }
        try fixture.run(.draftActionPlan(.sample()), on: "2017-12-06")
        try fixture.run(.submitActionPlan(.sample(on: "2017-12-07")))
        try fixture.run(.acceptActionPlan(.sample(on: "2017-12-08")))
        #expect(refusal { _ in } == Rejection(.planAlreadyDrafted, "plan-1"))
    }

    @Test
    mutating func `A plan is submitted to areas above, each of which accepts or returns it once`()
        throws
    {
        #expect(throws: Rejection(.planUnknown, "plan-1")) {
            try fixture.run(.submitActionPlan(.sample()))
        }
        try fixture.run(.draftActionPlan(.sample("plan-1", "990101")), on: "2017-11-20")
        for area in ["990101", "9902", "990102"] {
            #expect(throws: Rejection(.paperRecipientMismatch, area)) {
                try fixture.run(.submitActionPlan(.sample(to: area)))
            }
        }
        #expect(throws: Rejection(.dayTooEarly, "submittedOn")) {
            try fixture.run(.submitActionPlan(.sample(on: "2017-11-19")))
        }
        #expect(throws: Rejection(.planNotSubmitted, "99")) {
            try fixture.run(.acceptActionPlan(.sample()))
        }
        for area in ["9901", "99"] {
            try fixture.run(.submitActionPlan(.sample(to: area)))
            #expect(throws: Rejection(.planAlreadySubmitted, area)) {
                try fixture.run(.submitActionPlan(.sample(to: area)))
            }
        }
        #expect(throws: Rejection(.dayTooEarly, "acceptedOn")) {
            try fixture.run(.acceptActionPlan(.sample(by: "9901", on: "2017-11-28")))
        }
        try fixture.run(.acceptActionPlan(.sample(by: "9901")))
        #expect(throws: Rejection(.planNotSubmitted, "9901")) {
            try fixture.run(.returnActionPlan(.sample(by: "9901")))
        }
        try fixture.run(.returnActionPlan(.sample(by: "99")))
        for command in [
            Command.OneOf_Kind.submitActionPlan(.sample()), .acceptActionPlan(.sample()),
            .returnActionPlan(.sample()),
        ] {
            #expect(throws: Rejection(.planReturned, "plan-1")) { try fixture.run(command) }
        }
    }

    @Test mutating func `A step of the plan is done once, whatever became of the plan`() throws {
        try fixture.run(.draftActionPlan(.sample()), on: "2017-11-20")
        #expect(throws: Rejection(.planStepUnknown, "review")) {
            try fixture.run(.finishPlanStep(.sample("review")))
        }
        #expect(throws: Rejection(.dayAfterAct, "doneOn")) {
            try fixture.run(.finishPlanStep(.sample("collect")), on: "2018-01-30")
        }
        try fixture.run(.finishPlanStep(.sample("collect")))
        try fixture.run(.submitActionPlan(.sample()))
        try fixture.run(.returnActionPlan(.sample()))
        try fixture.run(.draftActionPlan(.sample()), on: "2017-12-06")
        #expect(throws: Rejection(.planStepAlreadyDone, "collect")) {
            try fixture.run(.finishPlanStep(.sample("collect")))
        }
        try fixture.run(.finishPlanStep(.sample("certify")))
    }
}
