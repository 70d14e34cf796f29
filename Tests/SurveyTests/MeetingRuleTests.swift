import Survey
import Testing

/// Meetings of committees, their quorum and their resolutions.
@Suite struct MeetingRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    private func minutes(_ change: (inout MeetingMinutes) -> Void) -> Command.OneOf_Kind {
        var minutes = MeetingMinutes.sample()
        change(&minutes)
        return .holdMeeting(minutes)
    }

    @Test mutating func `A meeting is called once, then held or cancelled once`() throws {
        #expect(throws: Rejection(.meetingUnknown, "m-1")) {
            try fixture.run(.holdMeeting(.sample()), on: "2018-02-05")
        }
        #expect(throws: Rejection(.meetingUnknown, "m-1")) {
            try fixture.run(.cancelMeeting(.sample()))
        }
        for meeting in ["m-1", "m-2"] {
            try fixture.run(.callMeeting(.sample(meeting)))
            #expect(throws: Rejection(.meetingAlreadyCalled, meeting)) {
                try fixture.run(.callMeeting(.sample(meeting)))
            }
        }
        try fixture.run(.holdMeeting(.sample("m-1")), on: "2018-02-05")
        #expect(throws: Rejection(.actBeforePrevious, "2018-02-01")) {
            try fixture.run(.cancelMeeting(.sample("m-2")), on: "2018-01-31")
        }
        try fixture.run(.cancelMeeting(.sample("m-2")))
        for meeting in ["m-1", "m-2"] {
            #expect(throws: Rejection(.meetingClosed, meeting)) {
                try fixture.run(.holdMeeting(.sample(meeting)), on: "2018-02-05")
            }
            #expect(throws: Rejection(.meetingClosed, meeting)) {
                try fixture.run(.cancelMeeting(.sample(meeting)))
            }
        }
    }

    @Test mutating func `Nothing follows a paper or a call before its day`() throws {
        var meeting = Meeting.sample()
        meeting.scheduledOn = "2018-01-31"
        #expect(throws: Rejection(.dayTooEarly, "scheduledOn")) {
            try fixture.run(.callMeeting(meeting))
        }
        try fixture.run(.callMeeting(.sample()))
        #expect(throws: Rejection(.dayTooEarly, "heldOn")) {
            try fixture.run(minutes { $0.heldOn = "2018-01-31" }, on: "2018-02-05")
        }
        #expect(throws: Rejection(.dayTooEarly, "circulatedOn")) {
            try fixture.run(.circulateOrder(.sample(["9981"], on: "2017-10-31")))
        }
        #expect(throws: Rejection(.dayTooEarly, "submittedOn")) {
            try fixture.run(.submitOrder(.sample(on: "2017-10-31")))
        }
        // A meeting may be put off or brought forward.
        try fixture.run(minutes { $0.heldOn = "2018-02-01" }, on: "2018-02-05")
    }

    @Test mutating func `The quorum is counted from the committee of the day and refuses nothing`()
        throws
    {
        try fixture.run(.callMeeting(.sample()))
        var few = MeetingMinutes.sample()
        few.attendees = ["chair-1", "outsider"]
        few.resolutions = []
        let held = try fixture.run(.holdMeeting(few), on: "2018-02-05").meetingHeld
        #expect([held.memberCount, held.presentCount, held.quorumCount] == [3, 1, 2])
        try fixture.run(.callMeeting(.sample("m-2")))
        let draft = try fixture.run(.holdMeeting(.sample("m-2")), on: "2018-02-05").meetingHeld
        #expect([draft.memberCount, draft.presentCount, draft.quorumCount] == [3, 2, 2])
        try fixture.run(.callMeeting(.sample("m-3")))
        for change in [\MeetingMinutes.memberCount, \.presentCount, \.quorumCount] {
            var forged = draft
            forged.meeting = "m-3"
            forged[keyPath: change] += 1
            #expect(
                rejection(
                    fixture.state,
                    Event(.meetingHeld(forged)),
                    Fixture.act(on: "2018-02-05")
                ) == Rejection(.quorumMismatch, "m-3")
            )
        }
    }

    @Test mutating func `A committee that nobody appointed has no quorum`() throws {
        try fixture.run(.callMeeting(.sample("m-1", "990101")))
        let held = try fixture.run(minutes { $0.resolutions = [] }, on: "2018-02-05").meetingHeld
        #expect([held.memberCount, held.presentCount, held.quorumCount] == [0, 0, 1])
    }

    @Test(arguments: [(2, 3, 2), (1, 1, 3), (1, 2, 2), (51, 100, 2), (1, 100, 1)])
    func `A cycle sets its own quorum, rounded up`(
        numerator: UInt32,
        denominator: UInt32,
        quorum: UInt32
    ) throws {
        var fixture = try Fixture.created()
        for area in Fixture.areas { try fixture.run(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.meetingRule.quorumNumerator = numerator
        cycle.meetingRule.quorumDenominator = denominator
        try fixture.run(.defineCycle(cycle))
        let members = ["chair-1", "member-1", "secretary-1"]
        for person in members + ["outsider"] {
            try fixture.run(.registerPerson(.sample(person)))
        }
        try fixture.run(.issueOrder(.committee("9981", members)))
        try fixture.run(.callMeeting(.sample()))
        let held = try fixture.run(.holdMeeting(.sample()), on: "2018-02-05").meetingHeld
        #expect(held.quorumCount == quorum)
    }

    @Test(arguments: [(0, 2), (3, 2), (1, 0), (1, 101), (0, 0)])
    func `A quorum that is no share of a committee is refused`(
        numerator: UInt32,
        denominator: UInt32
    ) throws {
        let fixture = try Fixture.defined()
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        cycle.meetingRule.quorumNumerator = numerator
        cycle.meetingRule.quorumDenominator = denominator
        #expect(
            rejection(fixture.state, Event(.cycleDefined(cycle)))
                == Rejection(.meetingRuleInvalid, "\(numerator)/\(denominator)")
        )
    }

    @Test mutating func `Only those who attended vote and dissent`() throws {
        try fixture.run(.callMeeting(.sample()))
        #expect(throws: Rejection(.votesExceed, "1")) {
            try fixture.run(minutes { $0.resolutions[0].forCount = 2 }, on: "2018-02-05")
        }
        // The third who attended is not on the committee.
        #expect(throws: Rejection(.votesExceed, "1")) {
            try fixture.run(minutes { $0.resolutions[0].abstainedCount = 1 }, on: "2018-02-05")
        }
        #expect(throws: Rejection(.votesExceed, "1")) {
            try fixture.run(minutes { $0.resolutions[0].forCount = .max }, on: "2018-02-05")
        }
        #expect(throws: Rejection(.dissenterAbsent, "secretary-1")) {
            try fixture.run(
                minutes { $0.resolutions[0].dissents[0].person = "secretary-1" },
                on: "2018-02-05"
            )
        }
        #expect(throws: Rejection(.reasonMissing, "reason")) {
            try fixture.run(
                minutes { $0.resolutions[0].dissents[0].reason = " " },
                on: "2018-02-05"
            )
        }
        #expect(throws: Rejection(.personNamedTwice, "chair-1")) {
            try fixture.run(minutes { $0.attendees += ["chair-1"] }, on: "2018-02-05")
        }
        #expect(throws: Rejection(.personUnknown, "nobody")) {
            try fixture.run(minutes { $0.attendees += ["nobody"] }, on: "2018-02-05")
        }
    }

    @Test(arguments: [
        "1101700203450", "1-1017-00203-45-0", "๑๑๐๑๗๐๐๒๐๓๔๕๐", "ติดต่อ 1 1017 00203 45 0 ได้",
    ])
    mutating func `No text of a paper or a reason holds a citizen id`(_ text: String) throws {
        func expectRefused(_ field: String, _ command: Command.OneOf_Kind) {
            #expect(throws: Rejection(.textHoldsCitizenId, field)) {
                try fixture.run(command, on: "2018-02-05")
            }
        }
        var meeting = Meeting.sample("m-2")
        meeting.scheduledOn = "2018-02-10"
        meeting.agenda = text
        expectRefused("agenda", .callMeeting(meeting))
        (meeting.agenda, meeting.place) = ("plan", text)
        expectRefused("place", .callMeeting(meeting))
        try fixture.run(.callMeeting(.sample()))
        expectRefused("resolutions.text", minutes { $0.resolutions[0].text = text })
        expectRefused("reason", minutes { $0.resolutions[0].dissents[0].reason = text })
        expectRefused("documents.title", minutes { $0.documents[0].title = text })
        var cancellation = MeetingCancellation.sample()
        cancellation.reason = text
        expectRefused("reason", .cancelMeeting(cancellation))
        var directive = Directive.sample
        directive.subject = text
        expectRefused("subject", .issueDirective(directive))
        try fixture.run(.holdMeeting(.sample()), on: "2018-02-05")
    }

    @Test mutating func `Nothing is told of a day after the act`() throws {
        try fixture.run(.callMeeting(.sample()))
        let later = "2018-02-06"
        let commands: [(Command.OneOf_Kind, String)] = [
            (minutes { $0.heldOn = later }, "heldOn"),
            (.circulateOrder(.sample(["9981"], on: later)), "circulatedOn"),
            (.submitOrder(.sample(on: later)), "submittedOn"),
        ]
        for (command, field) in commands {
            #expect(throws: Rejection(.dayAfterAct, field)) {
                try fixture.run(command, on: "2018-02-05")
            }
        }
        var training = Training.sample()
        training.heldOn = later
        #expect(throws: Rejection(.dayAfterAct, "heldOn")) {
            try fixture.run(.recordTraining(training), on: "2018-02-05")
        }
    }

    @Test mutating func `Only members dissent, and none of those who voted for it`() throws {
        try fixture.run(.callMeeting(.sample()))
        #expect(throws: Rejection(.dissenterNotMember, "outsider")) {
            try fixture.run(
                minutes { $0.resolutions[0].dissents[0].person = "outsider" },
                on: "2018-02-05"
            )
        }
        #expect(throws: Rejection(.dissentsExceed, "1")) {
            try fixture.run(
                minutes {
                    ($0.resolutions[0].forCount, $0.resolutions[0].againstCount) = (2, 0)
                },
                on: "2018-02-05"
            )
        }
        // Who abstained may say why as well.
        try fixture.run(
            minutes {
                ($0.resolutions[0].againstCount, $0.resolutions[0].abstainedCount) = (0, 1)
            },
            on: "2018-02-05"
        )
    }
}
