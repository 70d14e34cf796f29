/// What directives, meetings, trainings, the passing on of orders and users do to the state.
extension State {
    mutating func evolveAct(_ event: Event, on day: Day) {
        switch event.kind {
        case .directiveIssued(let directive):
            directives[directive.directive] = DirectiveState(
                toAreas: Set(directive.toAreas),
                number: directive.number,
                date: directive.date,
                subject: directive.subject
            )
        case .directiveReceived(let receipt):
            directives[receipt.directive]?.receivedOn[receipt.area] =
                Day(iso: receipt.receivedOn) ?? day
        case .directiveRevised(let revision): directives[revision.directive]?.apply(revision)
        case .meetingCalled(let meeting):
            meetings[meeting.meeting] = MeetingState(
                cycle: meeting.cycle,
                area: meeting.area,
                calledOn: day
            )
        case .meetingHeld(let minutes): meetings[minutes.meeting]?.isHeld = true
        case .meetingCancelled(let cancellation):
            meetings[cancellation.meeting]?.isCancelled = true
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
        case .paperWithdrawn(let withdrawal): withdraw(withdrawal)
        default: break
        }
    }

    private mutating func withdraw(_ withdrawal: PaperWithdrawal) {
        let (paper, area) = (withdrawal.paper, withdrawal.area)
        switch withdrawal.kind {
        case .minutes: meetings[paper]?.isHeld = false
        case .training: withdrawnTrainings.insert(paper)
        case .orderCirculation: orders[paper]?.circulatedTo.remove(area)
        case .orderSubmission: orders[paper]?.submittedTo.remove(area)
        case .directiveReceipt: directives[paper]?.receivedOn[area] = nil
        case .cooperation: programme.cooperation[paper]?.isWithdrawn = true
        case .plan: programme.withdrawPlan(paper)
        case .cooperationAnswer, .planStep, .awardDecision, .nomination, .budgetAllocation,
            .budgetSpending, .questionnaireIssue:
            programme.withdrawPart(withdrawal)
        case .unspecified, .UNRECOGNIZED: break
        }
    }
}
