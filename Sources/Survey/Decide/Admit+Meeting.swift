/// Rules of meetings. A quorum that is not met is recorded as that, and refuses nothing.
extension State {
    func admitMeetingRule(of cycle: Cycle) throws(Rejection) {
        guard cycle.hasMeetingRule else { return }
        let rule = cycle.meetingRule
        guard rule.quorumNumerator > 0, rule.quorumNumerator <= rule.quorumDenominator,
            rule.quorumDenominator <= Limit.quorumDenominator
        else {
            throw Rejection(
                .meetingRuleInvalid,
                "\(rule.quorumNumerator)/\(rule.quorumDenominator)"
            )
        }
    }

    func admitMeeting(_ meeting: Meeting, _ act: Act) throws(Rejection) {
        try Validation.identifier(meeting.meeting, "meeting")
        guard meetings[meeting.meeting] == nil else {
            throw Rejection(.meetingAlreadyCalled, meeting.meeting)
        }
        let cycle = try requireCycle(meeting.cycle)
        try requireArea(meeting.area)
        try requireInside(cycle, meeting.area)
        guard try Validation.day(meeting.scheduledOn, "scheduledOn") >= act.day else {
            throw Rejection(.dayTooEarly, "scheduledOn")
        }
        try Validation.paperText(meeting.place, "place")
        try Validation.paperText(meeting.agenda, "agenda", byteCount: Validation.reasonByteCount)
        try Validation.optionalPaperText(meeting.noticeNumber, "noticeNumber")
        try Validation.documents(meeting.documents)
    }

    func admitMinutes(_ minutes: MeetingMinutes, _ act: Act) throws(Rejection) {
        let meeting = try requireOpenMeeting(minutes.meeting)
        let day = try Validation.pastDay(minutes.heldOn, "heldOn", act)
        guard day >= meeting.calledOn else { throw Rejection(.dayTooEarly, "heldOn") }
        try requirePersons(minutes.attendees, atMost: Limit.attendees, "attendees")
        guard minutes.guestCount <= Limit.guests else {
            throw Rejection(.listTooLong, "guestCount")
        }
        try Validation.documents(minutes.documents)
        let counted = counted(minutes)
        let members = committee(of: meeting.area, cycle: meeting.cycle, on: day)
        try admitResolutions(of: minutes, presentCount: counted.presentCount, members)
        guard counted == minutes else {
            throw Rejection(.quorumMismatch, minutes.meeting)
        }
    }

    /// Only the committee's members vote; others who attend are heard.
    private func admitResolutions(
        of minutes: MeetingMinutes,
        presentCount: UInt32,
        _ members: Set<String>
    ) throws(Rejection) {
        let resolutions = minutes.resolutions
        let dissents = resolutions.flatMap(\.dissents)
        try Validation.list(resolutions.count, atMost: Limit.resolutions, "resolutions")
        try Validation.list(dissents.count, atMost: Limit.dissents, "dissents")
        for (offset, resolution) in resolutions.enumerated() {
            try Validation.paperText(
                resolution.text,
                "resolutions.text",
                byteCount: Validation.reasonByteCount
            )
            let voteCount =
                UInt64(resolution.forCount) + UInt64(resolution.againstCount)
                + UInt64(resolution.abstainedCount)
            guard voteCount <= presentCount else {
                throw Rejection(.votesExceed, "\(offset + 1)")
            }
            var named: Set<String> = []
            for dissent in resolution.dissents {
                guard minutes.attendees.contains(dissent.person) else {
                    throw Rejection(.dissenterAbsent, dissent.person)
                }
                guard members.contains(dissent.person) else {
                    throw Rejection(.dissenterNotMember, dissent.person)
                }
                guard named.insert(dissent.person).inserted else {
                    throw Rejection(.personNamedTwice, dissent.person)
                }
                try Validation.reason(dissent.reason)
            }
            // Whoever dissents did not vote for it.
            guard UInt64(resolution.forCount) + UInt64(named.count) <= presentCount else {
                throw Rejection(.dissentsExceed, "\(offset + 1)")
            }
        }
        try Validation.together(
            resolutions.map(\.text) + dissents.map(\.reason),
            "resolutions"
        )
    }

    /// Registered persons, each named once.
    func requirePersons(
        _ names: [String],
        atMost maximum: Int,
        _ field: String
    ) throws(Rejection) {
        try Validation.list(names.count, atMost: maximum, field)
        var named: Set<String> = []
        for name in names {
            try requirePerson(name)
            guard named.insert(name).inserted else { throw Rejection(.personNamedTwice, name) }
        }
    }

    func admitCancellation(_ cancellation: MeetingCancellation, _ act: Act) throws(Rejection) {
        let meeting = try requireOpenMeeting(cancellation.meeting)
        try Validation.reason(cancellation.reason)
        guard act.day >= meeting.calledOn else {
            throw Rejection(.actBeforePrevious, meeting.calledOn.iso)
        }
    }

    private func requireOpenMeeting(_ name: String) throws(Rejection) -> MeetingState {
        guard let meeting = meetings[name] else { throw Rejection(.meetingUnknown, name) }
        guard !meeting.isClosed else { throw Rejection(.meetingClosed, name) }
        return meeting
    }
}
