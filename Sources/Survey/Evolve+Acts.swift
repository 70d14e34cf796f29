/// What directives, meetings, trainings, the passing on of orders and users do to the state.
extension State {
    mutating func evolveAct(_ event: Event, on day: Day) {
        switch event.kind {
        case .directiveIssued(let directive):
            directives[directive.directive] = DirectiveState(
                toAreas: Set(directive.toAreas),
                earliestDay: directive.date.earliestDay
            )
        case .directiveReceived(let receipt):
            directives[receipt.directive]?.receivedBy.insert(receipt.area)
        case .meetingCalled(let meeting):
            meetings[meeting.meeting] = MeetingState(
                cycle: meeting.cycle,
                area: meeting.area,
                calledOn: day
            )
        case .meetingHeld(let minutes): meetings[minutes.meeting]?.isClosed = true
        case .meetingCancelled(let cancellation):
            meetings[cancellation.meeting]?.isClosed = true
        case .trainingHeld(let training): trainings.insert(training.training)
        case .orderCirculated(let circulation):
            orders[circulation.order]?.circulatedTo.formUnion(circulation.toAreas)
        case .orderSubmitted(let submission):
            orders[submission.order]?.submittedTo.insert(submission.toArea)
        case .userRegistered(let user):
            users[user.stream] = UserState(registration: user, lastActOn: day)
        case .userRegistrationUpdated(let update):
            let user = update.registered
            users[user.stream]?.registration = user
            users[user.stream]?.lastActOn = day
        case .userDisabled(let disabling):
            users[disabling.registered.stream]?.isDisabled = true
            users[disabling.registered.stream]?.lastActOn = day
        default: break
        }
    }
}
