/// The kinds of event by the names records use, and the field numbers of the schema.
///
/// `rawValue` is the key inside a record's `event` object; `number` is what the type index stores.
package enum EventKind: String, CaseIterable, Sendable {
    case ledgerCreated, areaDefined, areaRevised, cycleDefined, deadlineChanged
    case personRegistered, memberKeyRegistered, memberKeyRevoked
    case orderIssued, orderAmended, orderRevoked, targetSet, targetRevised
    case householdRecorded, householdCorrected, householdNotCollected, householdWithdrawn
    case certificationPrepared, certificationSigned, certificationIssued
    case certificationSubmitted, certificationWithdrawn, reportSubmitted
    case logKeyRotated
    case certificateRootsDefined, memberCertificateRegistered, memberCertificateRevoked
    case directiveIssued, directiveReceived, meetingCalled, meetingHeld, meetingCancelled
    case trainingHeld, orderCirculated, orderSubmitted
    case userRegistered, userRegistrationUpdated, userDisabled
    case personalDataErased, editionDefined
    case cooperationRequested, cooperationAnswered
    case actionPlanDrafted, actionPlanSubmitted, actionPlanAccepted, actionPlanReturned
    case planStepDone, dailyProgressReported, dailyProgressRevised
    case nomineeEntered, awardDecided, awardsReported
    case questionnairesIssued, questionnairesReturned, questionnairesSpoiled
    case budgetAllocated, budgetSpent
    case resultsPresented, publicReviewHeld, objectionRaised, objectionResolved
    case sampleDrawn, qualityCheckDone, householdReinterviewed, defectFound, defectResolved
    case directiveRevised, paperWithdrawn
    case sampleAnnounced
    case passkeyRegistered, passkeyRevoked

    /// The field number in survey.proto.
    package var number: UInt8 {
        switch self {
        case .ledgerCreated: 1
        case .areaDefined: 2
        case .areaRevised: 3
        case .cycleDefined: 4
        case .deadlineChanged: 5
        case .personRegistered: 6
        case .memberKeyRegistered: 7
        case .memberKeyRevoked: 8
        case .orderIssued: 9
        case .orderAmended: 10
        case .orderRevoked: 11
        case .targetSet: 12
        case .targetRevised: 13
        case .householdRecorded: 14
        case .householdCorrected: 15
        case .householdNotCollected: 16
        case .householdWithdrawn: 17
        case .certificationPrepared: 18
        case .certificationSigned: 19
        case .certificationIssued: 20
        case .certificationSubmitted: 21
        case .certificationWithdrawn: 22
        case .reportSubmitted: 23
        case .logKeyRotated: 24
        case .certificateRootsDefined: 25
        case .memberCertificateRegistered: 26
        case .memberCertificateRevoked: 27
        case .directiveIssued: 28
        case .directiveReceived: 29
        case .meetingCalled: 30
        case .meetingHeld: 31
        case .meetingCancelled: 32
        case .trainingHeld: 33
        case .orderCirculated: 34
        case .orderSubmitted: 35
        case .userRegistered: 36
        case .userRegistrationUpdated: 37
        case .userDisabled: 38
        case .personalDataErased: 39
        case .editionDefined: 40
        case .cooperationRequested: 60
        case .cooperationAnswered: 61
        case .actionPlanDrafted: 62
        case .actionPlanSubmitted: 63
        case .actionPlanAccepted: 64
        case .actionPlanReturned: 65
        case .planStepDone: 66
        case .dailyProgressReported: 67
        case .dailyProgressRevised: 68
        case .nomineeEntered: 69
        case .awardDecided: 70
        case .awardsReported: 71
        case .questionnairesIssued: 72
        case .questionnairesReturned: 73
        case .questionnairesSpoiled: 74
        case .budgetAllocated: 75
        case .budgetSpent: 76
        case .resultsPresented: 41
        case .publicReviewHeld: 42
        case .objectionRaised: 43
        case .objectionResolved: 44
        case .sampleDrawn: 45
        case .qualityCheckDone: 46
        case .householdReinterviewed: 47
        case .defectFound: 48
        case .defectResolved: 49
        case .directiveRevised: 80
        case .paperWithdrawn: 81
        case .sampleAnnounced: 50
        case .passkeyRegistered: 85
        case .passkeyRevoked: 86
        }
    }

    /// Whether every event of this kind belongs to a household's stream; see `Event.isOfHousehold`.
    package var isOfHousehold: Bool {
        switch self {
        case .householdRecorded, .householdCorrected, .householdNotCollected, .householdWithdrawn,
            .householdReinterviewed:
            true
        default: false
        }
    }
}

extension Event {
    /// Nil for an event whose kind this version does not know.
    package var eventKind: EventKind? {
        switch kind {
        case .ledgerCreated: .ledgerCreated
        case .areaDefined: .areaDefined
        case .areaRevised: .areaRevised
        case .cycleDefined: .cycleDefined
        case .deadlineChanged: .deadlineChanged
        case .personRegistered: .personRegistered
        case .memberKeyRegistered: .memberKeyRegistered
        case .memberKeyRevoked: .memberKeyRevoked
        case .orderIssued: .orderIssued
        case .orderAmended: .orderAmended
        case .orderRevoked: .orderRevoked
        case .targetSet: .targetSet
        case .targetRevised: .targetRevised
        case .householdRecorded: .householdRecorded
        case .householdCorrected: .householdCorrected
        case .householdNotCollected: .householdNotCollected
        case .householdWithdrawn: .householdWithdrawn
        case .certificationPrepared: .certificationPrepared
        case .certificationSigned: .certificationSigned
        case .certificationIssued: .certificationIssued
        case .certificationSubmitted: .certificationSubmitted
        case .certificationWithdrawn: .certificationWithdrawn
        case .reportSubmitted: .reportSubmitted
        case .logKeyRotated: .logKeyRotated
        case .certificateRootsDefined: .certificateRootsDefined
        case .memberCertificateRegistered: .memberCertificateRegistered
        case .memberCertificateRevoked: .memberCertificateRevoked
        case .directiveIssued: .directiveIssued
        case .directiveReceived: .directiveReceived
        case .meetingCalled: .meetingCalled
        case .meetingHeld: .meetingHeld
        case .meetingCancelled: .meetingCancelled
        case .trainingHeld: .trainingHeld
        case .orderCirculated: .orderCirculated
        case .orderSubmitted: .orderSubmitted
        case .userRegistered: .userRegistered
        case .userRegistrationUpdated: .userRegistrationUpdated
        case .userDisabled: .userDisabled
        case .personalDataErased: .personalDataErased
        case .editionDefined: .editionDefined
        case .cooperationRequested: .cooperationRequested
        case .cooperationAnswered: .cooperationAnswered
        case .actionPlanDrafted: .actionPlanDrafted
        case .actionPlanSubmitted: .actionPlanSubmitted
        case .actionPlanAccepted: .actionPlanAccepted
        case .actionPlanReturned: .actionPlanReturned
        case .planStepDone: .planStepDone
        case .dailyProgressReported: .dailyProgressReported
        case .dailyProgressRevised: .dailyProgressRevised
        case .nomineeEntered: .nomineeEntered
        case .awardDecided: .awardDecided
        case .awardsReported: .awardsReported
        case .questionnairesIssued: .questionnairesIssued
        case .questionnairesReturned: .questionnairesReturned
        case .questionnairesSpoiled: .questionnairesSpoiled
        case .budgetAllocated: .budgetAllocated
        case .budgetSpent: .budgetSpent
        case .resultsPresented: .resultsPresented
        case .publicReviewHeld: .publicReviewHeld
        case .objectionRaised: .objectionRaised
        case .objectionResolved: .objectionResolved
        case .sampleDrawn: .sampleDrawn
        case .qualityCheckDone: .qualityCheckDone
        case .householdReinterviewed: .householdReinterviewed
        case .defectFound: .defectFound
        case .defectResolved: .defectResolved
        case .directiveRevised: .directiveRevised
        case .paperWithdrawn: .paperWithdrawn
        case .sampleAnnounced: .sampleAnnounced
        case .passkeyRegistered: .passkeyRegistered
        case .passkeyRevoked: .passkeyRevoked
        case nil: nil
        }
    }

    /// The stream that this event belongs to: `household/2561/38010101-0001`.
    package var stream: String {
        switch kind {
        case .ledgerCreated: "ledger"
        case .areaDefined(let area): "area/\(area.code)"
        case .areaRevised(let revision): "area/\(revision.code)"
        case .cycleDefined(let cycle): "cycle/\(cycle.cycle)"
        case .deadlineChanged(let change): "cycle/\(change.cycle)"
        case .personRegistered(let person): "person/\(person.person)"
        case .memberKeyRegistered(let key): "person/\(key.person)"
        case .memberKeyRevoked(let revocation): "person/\(revocation.person)"
        case .orderIssued(let order): "order/\(order.order)"
        case .orderAmended(let amendment): "order/\(amendment.order)"
        case .orderRevoked(let revocation): "order/\(revocation.order)"
        case .targetSet(let target): "target/\(target.cycle)/\(target.village)/\(target.lao)"
        case .targetRevised(let target): "target/\(target.cycle)/\(target.village)/\(target.lao)"
        case .householdRecorded(let event): Self.stream(event.cycle, event.household)
        case .householdCorrected(let event): Self.stream(event.cycle, event.household)
        case .householdNotCollected(let event): Self.stream(event.cycle, event.household)
        case .householdWithdrawn(let event): Self.stream(event.cycle, event.household)
        case .certificationPrepared(let event): "certification/\(event.certification)"
        case .certificationSigned(let event): "certification/\(event.certification)"
        case .certificationIssued(let event): "certification/\(event.certification)"
        case .certificationSubmitted(let event): "certification/\(event.certification)"
        case .certificationWithdrawn(let event): "certification/\(event.certification)"
        case .reportSubmitted(let report): report.stream
        case .logKeyRotated, .certificateRootsDefined: "ledger"
        case .memberCertificateRegistered(let certificate): "person/\(certificate.person)"
        case .memberCertificateRevoked(let revocation): "person/\(revocation.person)"
        case .passkeyRegistered(let passkey): "person/\(passkey.person)"
        case .passkeyRevoked(let revocation): "person/\(revocation.person)"
        case .directiveIssued(let directive): "directive/\(directive.directive)"
        case .directiveReceived(let receipt): "directive/\(receipt.directive)"
        case .meetingCalled(let meeting): "meeting/\(meeting.meeting)"
        case .meetingHeld(let minutes): "meeting/\(minutes.meeting)"
        case .meetingCancelled(let cancellation): "meeting/\(cancellation.meeting)"
        case .trainingHeld(let training): "training/\(training.training)"
        case .orderCirculated(let circulation): "order/\(circulation.order)"
        case .orderSubmitted(let submission): "order/\(submission.order)"
        case .userRegistered(let user): user.registered.stream
        case .userRegistrationUpdated(let update): update.registered.stream
        case .userDisabled(let disabling): disabling.registered.stream
        case .personalDataErased(let erasure): erasure.stream
        case .editionDefined(let definition): Self.stream(ofEdition: definition.document.edition)
        case .cooperationRequested(let request): "cooperation/\(request.request)"
        case .cooperationAnswered(let answer): "cooperation/\(answer.request)"
        case .actionPlanDrafted(let plan): "plan/\(plan.plan)"
        case .actionPlanSubmitted(let submission): "plan/\(submission.plan)"
        case .actionPlanAccepted(let acceptance): "plan/\(acceptance.plan)"
        case .actionPlanReturned(let planReturn): "plan/\(planReturn.plan)"
        case .planStepDone(let done): "plan/\(done.plan)"
        case .dailyProgressReported(let progress): progress.stream
        case .dailyProgressRevised(let revision): revision.reported.stream
        case .nomineeEntered(let nominee): "awards/\(nominee.cycle)/\(nominee.area)"
        case .awardDecided(let decision): "awards/\(decision.cycle)/\(decision.area)"
        case .awardsReported(let report): "awards/\(report.cycle)/\(report.area)"
        case .questionnairesIssued(let issue):
            Self.stream(ofQuestionnaires: issue.cycle, issue.collector)
        case .questionnairesReturned(let returned):
            Self.stream(ofQuestionnaires: returned.cycle, returned.collector)
        case .questionnairesSpoiled(let spoiling):
            Self.stream(ofQuestionnaires: spoiling.cycle, spoiling.collector)
        case .budgetAllocated(let allocation): "budget/\(allocation.allocation)"
        case .budgetSpent(let spending): "budget/\(spending.allocation)"
        case .resultsPresented(let event): "presentation/\(event.presentation)"
        case .publicReviewHeld(let event): "presentation/\(event.presentation)"
        case .objectionRaised(let event): "objection/\(event.objection)"
        case .objectionResolved(let event): "objection/\(event.objection)"
        case .sampleAnnounced(let event): "sample/\(event.sample)"
        case .sampleDrawn(let event): "sample/\(event.sample)"
        case .qualityCheckDone(let event): "check/\(event.check)"
        case .householdReinterviewed(let event): Self.stream(event.cycle, event.household)
        case .defectFound(let event): "defect/\(event.defect)"
        case .defectResolved(let event): "defect/\(event.defect)"
        case .directiveRevised(let event): "directive/\(event.directive)"
        case .paperWithdrawn(let withdrawal): withdrawal.stream
        case nil: ""
        }
    }

    private static func stream(ofQuestionnaires cycle: String, _ collector: String) -> String {
        "questionnaires/\(cycle)/\(collector)"
    }

    package static func stream(ofEdition edition: String) -> String { "edition/\(edition)" }

    /// Whether the event belongs to one household's stream.
    package var isOfHousehold: Bool {
        // The one kind that has subjects of two sorts.
        if case .personalDataErased(let erasure) = kind { return !erasure.household.isEmpty }
        return eventKind?.isOfHousehold == true
    }

    /// A household's stream; household ids are unique within a cycle.
    package static func stream(_ cycle: String, _ household: String) -> String {
        "household/\(cycle)/\(household)"
    }
}

extension Erasure {
    /// The stream of its subject, whose history tells of it.
    var stream: String {
        household.isEmpty ? "person/\(person)" : Event.stream(cycle, household)
    }
}

extension PaperWithdrawal {
    /// The stream of what it withdraws, whose history tells of it.
    var stream: String {
        switch kind {
        case .minutes: "meeting/\(paper)"
        case .training: "training/\(paper)"
        case .orderCirculation, .orderSubmission: "order/\(paper)"
        case .directiveReceipt: "directive/\(paper)"
        case .cooperation, .cooperationAnswer: "cooperation/\(paper)"
        case .plan, .planStep: "plan/\(paper)"
        case .awardDecision, .nomination: "awards/\(cycle)/\(area)"
        case .budgetAllocation, .budgetSpending: "budget/\(paper)"
        case .questionnaireIssue: "questionnaires/\(cycle)/\(paper)"
        case .unspecified, .UNRECOGNIZED: ""
        }
    }
}

extension Report {
    /// The report's stream, which is also its identity.
    var stream: String { "report/\(cycle)/\(deadline)/\(area)" }
}
