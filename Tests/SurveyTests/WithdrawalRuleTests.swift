import Survey
import Testing

/// Papers that were recorded wrongly.
@Suite struct WithdrawalRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func refusal(
        _ kind: PaperWithdrawal.Kind,
        _ paper: String,
        _ area: String = ""
    ) -> Rejection? {
        rejection(fixture.state, Event(.paperWithdrawn(.sample(kind, paper, area))))
    }

    private mutating func withdraw(
        _ kind: PaperWithdrawal.Kind,
        _ paper: String,
        _ area: String = ""
    ) throws(Rejection) {
        try fixture.run(.withdrawPaper(.sample(kind, paper, area)), on: "2018-02-06")
    }

    @Test mutating func `What was never recorded cannot be withdrawn`() throws {
        #expect(refusal(.minutes, "m-1") == Rejection(.meetingUnknown, "m-1"))
        #expect(refusal(.training, "t-1") == Rejection(.trainingUnknown, "t-1"))
        #expect(refusal(.orderCirculation, "o-1", "99") == Rejection(.orderUnknown, "o-1"))
        #expect(refusal(.orderSubmission, "o-1", "99") == Rejection(.orderUnknown, "o-1"))
        #expect(refusal(.directiveReceipt, "l-1", "99") == Rejection(.directiveUnknown, "l-1"))
        #expect(refusal(.cooperation, "ask-1") == Rejection(.cooperationUnknown, "ask-1"))
        #expect(refusal(.plan, "plan-1") == Rejection(.planUnknown, "plan-1"))
        try fixture.run(.callMeeting(.sample()))
        #expect(refusal(.minutes, "m-1") == Rejection(.paperNotRecorded, "m-1"))
        try fixture.run(.cancelMeeting(.sample()))
        #expect(refusal(.minutes, "m-1") == Rejection(.paperNotRecorded, "m-1"))
        try fixture.run(.circulateOrder(.sample(["9981"])))
        try fixture.run(.issueDirective(.sample))
        for (kind, paper) in [
            (PaperWithdrawal.Kind.orderCirculation, "collectors-1"),
            (.orderSubmission, "collectors-1"), (.directiveReceipt, "letter-1"),
        ] {
            #expect(
                refusal(kind, paper, "9901") == Rejection(.paperNotRecorded, "\(paper) 9901")
            )
            #expect(refusal(kind, paper) == Rejection(.commandIncomplete, "area"))
        }
    }

    @Test mutating func `A withdrawal says of what kind it is, of which area and why`() throws {
        try fixture.run(.recordTraining(.sample()))
        #expect(refusal(.unspecified, "t-1") == Rejection(.commandIncomplete, "kind"))
        #expect(refusal(.UNRECOGNIZED(99), "t-1") == Rejection(.valueUnknown, "kind"))
        #expect(refusal(.training, "t-1", "9901") == Rejection(.valueUnknown, "area"))
        var withdrawal = PaperWithdrawal.sample(.training, "t-1")
        withdrawal.reason = " "
        #expect(
            rejection(fixture.state, Event(.paperWithdrawn(withdrawal)))
                == Rejection(.reasonMissing, "reason")
        )
        withdrawal.reason = "of 1-1017-00203-45-0"
        #expect(
            rejection(fixture.state, Event(.paperWithdrawn(withdrawal)))
                == Rejection(.textHoldsCitizenId, "reason")
        )
        #expect(Event(.paperWithdrawn(withdrawal)).stream == "training/t-1")
    }

    @Test mutating func `Nothing more happens to a paper that was withdrawn`() throws {
        try fixture.run(.recordTraining(.sample()))
        try fixture.run(.requestCooperation(.sample()))
        try fixture.run(.draftActionPlan(.sample()), on: "2017-11-20")
        for (kind, paper) in [
            (PaperWithdrawal.Kind.training, "t-1"), (.cooperation, "ask-1"), (.plan, "plan-1"),
        ] {
            try withdraw(kind, paper)
            #expect(refusal(kind, paper) == Rejection(.paperWithdrawn, paper))
        }
        #expect(throws: Rejection(.trainingAlreadyHeld, "t-1")) {
            try fixture.run(.recordTraining(.sample()))
        }
        #expect(throws: Rejection(.paperWithdrawn, "ask-1")) {
            try fixture.run(.answerCooperation(.sample("9981")))
        }
        for command in [
            Command.OneOf_Kind.draftActionPlan(.sample()), .submitActionPlan(.sample()),
            .acceptActionPlan(.sample()), .returnActionPlan(.sample()),
            .finishPlanStep(.sample("collect")),
        ] {
            #expect(throws: Rejection(.paperWithdrawn, "plan-1")) { try fixture.run(command) }
        }
        // The area has no plan now.
        try fixture.run(.draftActionPlan(.sample("plan-2")))
    }

    @Test mutating func `Wrong minutes make room for the right ones, or for a cancellation`() throws
    {
        try fixture.run(.callMeeting(.sample()))
        try fixture.run(.holdMeeting(.sample()), on: "2018-02-06")
        #expect(throws: Rejection(.meetingClosed, "m-1")) {
            try fixture.run(.cancelMeeting(.sample()))
        }
        try withdraw(.minutes, "m-1")
        var minutes = MeetingMinutes.sample()
        minutes.attendees = ["chair-1"]
        minutes.resolutions = []
        let held = try fixture.run(.holdMeeting(minutes), on: "2018-02-06").meetingHeld
        #expect(held.presentCount == 1)
        try withdraw(.minutes, "m-1")
        try fixture.run(.cancelMeeting(.sample()), on: "2018-02-06")
        #expect(refusal(.minutes, "m-1") == Rejection(.paperNotRecorded, "m-1"))
    }

    @Test mutating func `A paper that went astray is sent and received anew`() throws {
        try fixture.run(.issueDirective(.sample))
        try fixture.run(.receiveDirective(.sample("9901")))
        try fixture.run(.circulateOrder(.sample(["9981"])))
        try fixture.run(.submitOrder(.sample()))
        try withdraw(.directiveReceipt, "letter-1", "9901")
        try withdraw(.orderCirculation, "collectors-1", "9981")
        try withdraw(.orderSubmission, "collectors-1", "99")
        try fixture.run(.receiveDirective(.sample("9901", on: "2017-10-25")))
        try fixture.run(.circulateOrder(.sample(["9981"], on: "2017-11-04")))
        try fixture.run(.submitOrder(.sample(on: "2017-11-10")))
    }

    @Test mutating func `A plan is not withdrawn before what was done to it last`() throws {
        try fixture.run(.draftActionPlan(.sample()), on: "2018-02-01")
        #expect(throws: Rejection(.actBeforePrevious, "2018-02-01")) {
            try fixture.run(.withdrawPaper(.sample(.plan, "plan-1")), on: "2018-01-31")
        }
        try fixture.run(.callMeeting(.sample()), on: "2018-02-01")
        try fixture.run(.holdMeeting(.sample()), on: "2018-02-06")
        #expect(throws: Rejection(.actBeforePrevious, "meetingCalled 2018-02-01")) {
            try fixture.run(.withdrawPaper(.sample(.minutes, "m-1")), on: "2018-01-31")
        }
    }
}
