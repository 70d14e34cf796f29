import Access
import Ledger
import LedgerReader
import Survey

/// Which cycle and area a command is about, read from the ledger itself where it names an id only:
/// the read models may be a moment behind.
struct CommandPlaces {
    private let reader: LedgerReader

    init(_ reader: LedgerReader) { self.reader = reader }

    /// Never empty, but for a household that is not there.
    func places(_ kind: Command.OneOf_Kind) throws -> [Place] {
        switch kind {
        case .recordHousehold(let record):
            return [Place(cycle: record.cycle, village: record.village, lao: record.lao)]
        case .recordNotCollected(let visit):
            return [Place(cycle: visit.cycle, village: visit.village, lao: visit.lao)]
        case .correctHousehold(let correction): return try places(of: correction)
        case .withdrawHousehold(let withdrawal):
            return [try household(withdrawal.cycle, withdrawal.household)].compactMap(\.self)
        case .reinterviewHousehold(let reinterview):
            return [try household(reinterview.cycle, reinterview.household)].compactMap(\.self)
        case .erasePersonalData(let erasure) where !erasure.household.isEmpty:
            return [try household(erasure.cycle, erasure.household)].compactMap(\.self)
        case .setTarget(let target):
            return [Place(cycle: target.cycle, village: target.village, lao: target.lao)]
        case .reviseTarget(let target):
            return [Place(cycle: target.cycle, village: target.village, lao: target.lao)]
        case .issueOrder(let order):
            return [Place(cycle: order.cycle, area: order.area)]
                + places(of: order.appointments, order.cycle)
        case .amendOrder(let amendment):
            let place = try origin(.orderAmended(amendment))
            return [place] + places(of: amendment.added, place.cycle)
        case .changeDeadline(let change): return [.wholeProvince(cycle: change.cycle)]
        default: return try placesOfActs(kind)
        }
    }

    private func placesOfActs(_ kind: Command.OneOf_Kind) throws -> [Place] {
        switch kind {
        case .revokeOrder(let command): return [try origin(.orderRevoked(command))]
        case .circulateOrder(let command): return [try origin(.orderCirculated(command))]
        case .submitOrder(let command): return [try origin(.orderSubmitted(command))]
        case .submitReport(let report): return [Place(cycle: report.cycle, area: report.area)]
        case .callMeeting(let meeting): return [Place(cycle: meeting.cycle, area: meeting.area)]
        case .holdMeeting(let command): return [try origin(.meetingHeld(command))]
        case .cancelMeeting(let command): return [try origin(.meetingCancelled(command))]
        case .recordTraining(let training):
            return [Place(cycle: training.cycle, area: training.area)]
        case .issueDirective(let directive):
            return [Place(cycle: directive.cycle, area: directive.fromArea)]
        case .receiveDirective(let receipt):
            return [try place(receipt.area, asOf: .directiveReceived(receipt))]
        case .reviseDirective(let command): return [try origin(.directiveRevised(command))]
        case .withdrawPaper(let withdrawal):
            return try places(of: withdrawal)
        case .registerUser(let user): return [Place(cycle: user.cycle, area: user.area)]
        case .updateUserRegistration(let update):
            return [
                Place(cycle: update.cycle, area: update.area),
                try registrationPlace(.userRegistrationUpdated(update), update.cycle),
            ]
        case .disableUser(let disabling):
            return [try registrationPlace(.userDisabled(disabling), disabling.cycle)]
        default: return try placesOfCertifying(kind)
        }
    }

    private func placesOfCertifying(_ kind: Command.OneOf_Kind) throws -> [Place] {
        switch kind {
        case .prepareCertification(let command):
            return [Place(cycle: command.cycle, area: command.area)]
        case .signCertification(let command): return [try origin(.certificationSigned(command))]
        case .issueCertification(let command): return [try origin(.certificationIssued(command))]
        case .submitCertification(let command):
            return [try origin(.certificationSubmitted(command))]
        case .withdrawCertification(let command):
            return [try origin(.certificationWithdrawn(command))]
        case .presentResults(let command):
            return [Place(cycle: command.cycle, area: command.area)]
        case .holdPublicReview(let command): return [try origin(.publicReviewHeld(command))]
        case .raiseObjection(let command):
            return [Place(cycle: command.cycle, area: command.area)]
        case .resolveObjection(let command): return [try origin(.objectionResolved(command))]
        case .announceSample(let command):
            return [Place(cycle: command.cycle, area: command.area)]
        case .drawSample(let command): return [try origin(.sampleDrawn(command))]
        case .recordQualityCheck(let check):
            return [Place(cycle: check.cycle, area: check.area)]
        case .reportDefect(let defect): return [Place(cycle: defect.cycle, area: defect.area)]
        case .resolveDefect(let command): return [try origin(.defectResolved(command))]
        default: return try placesOfProgramme(kind)
        }
    }

    private func placesOfProgramme(_ kind: Command.OneOf_Kind) throws -> [Place] {
        switch kind {
        case .requestCooperation(let request):
            return [Place(cycle: request.cycle, area: request.fromArea)]
        case .answerCooperation(let answer):
            return [try place(answer.lao, asOf: .cooperationAnswered(answer))]
        case .draftActionPlan(let plan): return [Place(cycle: plan.cycle, area: plan.area)]
        case .submitActionPlan(let command): return [try origin(.actionPlanSubmitted(command))]
        case .acceptActionPlan(let acceptance):
            return [try place(acceptance.byArea, asOf: .actionPlanAccepted(acceptance))]
        case .returnActionPlan(let planReturn):
            return [try place(planReturn.byArea, asOf: .actionPlanReturned(planReturn))]
        case .finishPlanStep(let command): return [try origin(.planStepDone(command))]
        case .reportDailyProgress(let progress):
            return [Place(cycle: progress.cycle, area: progress.area)]
        case .reviseDailyProgress(let revision):
            return [Place(cycle: revision.cycle, area: revision.area)]
        case .enterNominee(let nominee): return [Place(cycle: nominee.cycle, area: nominee.area)]
        case .decideAward(let decision):
            return [Place(cycle: decision.cycle, area: decision.area)]
        case .reportAwards(let report): return [Place(cycle: report.cycle, area: report.area)]
        case .issueQuestionnaires(let issue): return [Place(cycle: issue.cycle, area: issue.area)]
        case .returnQuestionnaires(let returned):
            return try issuers(.questionnairesReturned(returned), returned.cycle, returned.ranges)
        case .spoilQuestionnaires(let spoiling):
            return try issuers(.questionnairesSpoiled(spoiling), spoiling.cycle, spoiling.ranges)
        case .allocateBudget(let allocation):
            return [Place(cycle: allocation.cycle, area: allocation.area)]
        case .spendBudget(let command): return [try origin(.budgetSpent(command))]
        // Areas, cycles, editions, roots of certificates and persons are of no area and no cycle.
        default: return [.wholeProvince(cycle: nil)]
        }
    }
}

extension CommandPlaces {
    private func places(of appointments: [Appointment], _ cycle: String?) -> [Place] {
        appointments.filter { !$0.area.isEmpty }.map { Place(cycle: cycle, area: $0.area) }
    }

    /// Where it is, and where it shall be.
    private func places(of correction: CorrectHousehold) throws -> [Place] {
        guard let now = try household(correction.cycle, correction.household) else { return [] }
        let then = Place(
            cycle: now.cycle,
            village: correction.village.isEmpty ? now.village : correction.village,
            lao: correction.lao.isEmpty ? now.lao : correction.lao
        )
        return [now, then]
    }

    /// A directive's receipt is the receiver's, an answer that of the LAO, an award its district's, forms those of the areas
    /// that gave them out; all else is whose it was to begin with.
    private func places(of withdrawal: PaperWithdrawal) throws -> [Place] {
        let event = Event.OneOf_Kind.paperWithdrawn(withdrawal)
        switch withdrawal.kind {
        case .directiveReceipt, .cooperationAnswer:
            return [try place(withdrawal.area, asOf: event)]
        case .awardDecision, .nomination:
            return [Place(cycle: withdrawal.cycle, area: withdrawal.area)]
        case .questionnaireIssue:
            let areas = try events(event).compactMap { event -> String? in
                guard case .questionnairesIssued(let issue) = event.kind else { return nil }
                return issue.area
            }
            guard !areas.isEmpty else { return [.wholeProvince(cycle: withdrawal.cycle)] }
            return Set(areas).sorted().map { Place(cycle: withdrawal.cycle, area: $0) }
        default: return [try origin(event)]
        }
    }

    /// What kind of order it is about; nil where no order is recorded.
    func orderKind(_ kind: Event.OneOf_Kind) throws -> Order.Kind? {
        try events(kind).first.flatMap { event in
            guard case .orderIssued(let order) = event.kind else { return nil }
            return order.kind
        }
    }

    /// Where a household is now; nil where there is none, which no role's areas cover.
    func household(_ cycle: String, _ household: String) throws -> Place? {
        guard let stream = Self.known(Event.stream(cycle, household)) else { return nil }
        let state = try reader.snapshot().household(stream: stream)
        guard state.status != .absent else { return nil }
        return Place(cycle: cycle, village: state.village, lao: state.lao)
    }

    /// An area that the command names, in the cycle of what it is about.
    private func place(_ area: String, asOf kind: Event.OneOf_Kind) throws -> Place {
        Place(cycle: try origin(kind).cycle, area: area)
    }

    /// The cycle and area of what the event would go on with: those of the record that began it, since
    /// no rule lets an act move or begin again elsewhere under its name, not even once withdrawn.
    ///
    /// What is not there is nobody's in particular: the rules will say so.
    private func origin(_ kind: Event.OneOf_Kind) throws -> Place {
        try events(kind).first.flatMap(\.place) ?? .wholeProvince(cycle: nil)
    }

    /// Where something was done that is recorded.
    func place(of event: Event) throws -> Place {
        if let place = event.place { return place }
        return try event.kind.map { try origin($0) } ?? .wholeProvince(cycle: nil)
    }

    /// Where the user is registered now.
    private func registrationPlace(_ kind: Event.OneOf_Kind, _ cycle: String) throws -> Place {
        try registration(kind).map { Place(cycle: cycle, area: $0.area) }
            ?? .wholeProvince(cycle: cycle)
    }

    /// A user's role and area as they are registered now.
    func registration(_ kind: Event.OneOf_Kind) throws -> (role: String, area: String)? {
        try events(kind).reversed().lazy.compactMap { event -> (role: String, area: String)? in
            switch event.kind {
            case .userRegistered(let user): (user.role, user.area)
            case .userRegistrationUpdated(let update): (update.role, update.area)
            default: nil
            }
        }
        .first
    }

    /// The areas for which questionnaires of these numbers were given out.
    private func issuers(
        _ kind: Event.OneOf_Kind,
        _ cycle: String,
        _ ranges: [SerialRange]
    ) throws -> [Place] {
        var areas: Set<String> = []
        for event in try events(kind) {
            guard case .questionnairesIssued(let issue) = event.kind else { continue }
            let isIssuer = issue.ranges.contains { issued in
                ranges.contains {
                    $0.prefix == issued.prefix && $0.first <= issued.last
                        && issued.first <= $0.last
                }
            }
            if isIssuer { areas.insert(issue.area) }
        }
        guard !areas.isEmpty else { return [.wholeProvince(cycle: cycle)] }
        return areas.sorted().map { Place(cycle: cycle, area: $0) }
    }

    /// What is recorded in the stream that the event would go to.
    private func events(_ kind: Event.OneOf_Kind) throws -> [Event] {
        var event = Event()
        event.kind = kind
        guard let stream = Self.known(event.stream) else { return [] }
        return try reader.snapshot().records(ofStream: stream).map(\.event)
    }

    /// Nil for what can be the name of no stream.
    static func known(_ stream: String) -> String? {
        let isPlain =
            stream.utf8.count <= RecordLimit.streamByteCount
            && stream.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isPlain ? stream : nil
    }
}

extension Event {
    /// Of an event that begins a stream.
    fileprivate var place: Place? {
        switch kind {
        case .certificationPrepared(let event): Place(cycle: event.cycle, area: event.area)
        case .orderIssued(let order): Place(cycle: order.cycle, area: order.area)
        case .meetingCalled(let meeting): Place(cycle: meeting.cycle, area: meeting.area)
        case .trainingHeld(let training): Place(cycle: training.cycle, area: training.area)
        case .directiveIssued(let directive):
            Place(cycle: directive.cycle, area: directive.fromArea)
        case .cooperationRequested(let request):
            Place(cycle: request.cycle, area: request.fromArea)
        case .actionPlanDrafted(let plan): Place(cycle: plan.cycle, area: plan.area)
        case .budgetAllocated(let allocation):
            Place(cycle: allocation.cycle, area: allocation.area)
        case .resultsPresented(let event): Place(cycle: event.cycle, area: event.area)
        case .objectionRaised(let event): Place(cycle: event.cycle, area: event.area)
        case .sampleAnnounced(let event): Place(cycle: event.cycle, area: event.area)
        case .sampleDrawn(let event): Place(cycle: event.cycle, area: event.area)
        case .qualityCheckDone(let check): Place(cycle: check.cycle, area: check.area)
        case .defectFound(let event): Place(cycle: event.cycle, area: event.area)
        default: nil
        }
    }
}
