/// A meeting of an area's committee.
package struct MeetingState: Sendable {
    package let cycle: String
    package let area: String
    /// The day of the act that called it.
    package let calledOn: Day
    package internal(set) var isHeld = false
    package internal(set) var isCancelled = false

    /// Nothing more happens to it, unless its minutes are withdrawn.
    package var isClosed: Bool { isHeld || isCancelled }
}

extension State {
    /// The committee of exactly that area on that day.
    func committee(of area: String, cycle: String, on day: Day) -> Set<String> {
        let members = persons.filter { _, person in
            person.appointments.contains {
                $0.kind == .committee && $0.cycle == cycle && $0.area == area
                    && $0.isInForce(on: day)
            }
        }
        return Set(members.keys)
    }

    /// The minutes with the members, those present and the quorum as the orders of that day have it.
    ///
    /// What cannot be counted, because meeting or day is none, is left as it was: the rules refuse it.
    func counted(_ minutes: MeetingMinutes) -> MeetingMinutes {
        guard let meeting = meetings[minutes.meeting], let day = Day(iso: minutes.heldOn) else {
            return minutes
        }
        let members = committee(of: meeting.area, cycle: meeting.cycle, on: day)
        let rule = cycles[meeting.cycle]?.cycle.meetingRule ?? MeetingRule()
        var counted = minutes
        counted.memberCount = UInt32(clamping: members.count)
        counted.presentCount = UInt32(clamping: members.intersection(minutes.attendees).count)
        counted.quorumCount = rule.quorum(of: counted.memberCount)
        return counted
    }
}

extension MeetingRule {
    /// What holds where a cycle does not say (ours: the letter names no quorum).
    package static var half: MeetingRule {
        var rule = MeetingRule()
        (rule.quorumNumerator, rule.quorumDenominator) = (1, 2)
        return rule
    }

    func quorum(of memberCount: UInt32) -> UInt32 {
        let rule = quorumDenominator > 0 ? self : .half
        let numerator = UInt64(rule.quorumNumerator)
        let denominator = UInt64(rule.quorumDenominator)
        let count = (UInt64(memberCount) * numerator + denominator - 1) / denominator
        // Nobody is no quorum of an area that has no committee.
        return max(1, UInt32(clamping: count))
    }
}
