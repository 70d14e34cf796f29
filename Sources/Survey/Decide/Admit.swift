import Cryptography

/// The rules, over events: may this happen in this state?
///
/// The writer asks before it appends; the auditor asks again for every record of the log. One
/// implementation serves both, so a record that the rules refuse can only be a forged one or a
/// defect.
extension State {
    package func admit(
        _ event: Event,
        act: Act,
        household: HouseholdState = HouseholdState(),
        position: LogPosition
    ) throws(Rejection) {
        try Validation.actor(act.actor)
        guard act.day <= act.recordedOn else { throw Rejection(.actInFuture, act.day.iso) }
        if case .ledgerCreated(let created) = event.kind {
            return try admitCreation(created, position)
        }
        guard !origin.isEmpty else { throw Rejection(.ledgerNotCreated) }
        try requireTreeHead(of: event, act, position)
        switch event.kind {
        case .ledgerCreated: throw Rejection(.ledgerAlreadyCreated)
        case .logKeyRotated(let rotation): try admitRotation(rotation)
        case .areaDefined(let area): try admitArea(area)
        case .areaRevised(let revision): try admitRevision(revision)
        case .editionDefined(let definition): try admitEdition(definition)
        case .cycleDefined(let cycle): try admitCycle(cycle)
        case .deadlineChanged(let change): try admitDeadlineChange(change)
        case .personRegistered(let person): try admitPerson(person)
        case .memberKeyRegistered(let key): try admitKey(key)
        case .memberKeyRevoked(let revocation): try admitKeyRevocation(revocation)
        case .certificateRootsDefined(let roots): try admitRoots(roots)
        case .memberCertificateRegistered(let certificate):
            try admitCertificate(certificate, act)
        case .memberCertificateRevoked(let revocation):
            try admitCertificateRevocation(revocation)
        case .passkeyRegistered(let passkey): try admitPasskey(passkey)
        case .passkeyRevoked(let revocation): try admitPasskeyRevocation(revocation)
        case .orderIssued(let order): try admitOrder(order, act)
        case .orderAmended(let amendment): try admitAmendment(amendment, act)
        case .orderRevoked(let revocation): try admitRevocation(revocation)
        case .targetSet(let target): try admitTarget(target, act)
        case .targetRevised(let revision): try admitTargetRevision(revision)
        case .householdRecorded(let record): try admitRecord(record, act, household)
        case .householdCorrected(let correction): try admitCorrection(correction, act, household)
        case .householdNotCollected(let visit): try admitNotCollected(visit, act, household)
        case .householdWithdrawn(let withdrawal): try admitWithdrawal(withdrawal, act, household)
        case .certificationPrepared(let prepared): try admitPrepared(prepared, act, position)
        case .certificationSigned(let signature): try admitSignature(signature, act)
        case .certificationIssued(let issue): try admitIssue(issue.certification, act)
        case .certificationSubmitted(let submission): try admitSubmission(submission, act)
        case .certificationWithdrawn(let withdrawal):
            try admitCertificationWithdrawal(withdrawal, act)
        case .reportSubmitted(let report): try admitReport(report)
        case .directiveIssued, .directiveReceived, .directiveRevised, .meetingCalled,
            .meetingHeld, .meetingCancelled, .trainingHeld, .orderCirculated, .orderSubmitted,
            .userRegistered, .userRegistrationUpdated, .userDisabled, .paperWithdrawn:
            try admitAct(event, act)
        case .personalDataErased(let erasure): try admitErasure(erasure, act, household)
        case .cooperationRequested, .cooperationAnswered, .actionPlanDrafted,
            .actionPlanSubmitted, .actionPlanAccepted, .actionPlanReturned, .planStepDone,
            .dailyProgressReported, .dailyProgressRevised, .nomineeEntered, .awardDecided,
            .awardsReported, .questionnairesIssued, .questionnairesReturned,
            .questionnairesSpoiled, .budgetAllocated, .budgetSpent:
            try admitProgramme(event, act, position)
        case .resultsPresented, .publicReviewHeld, .objectionRaised, .objectionResolved,
            .sampleAnnounced, .sampleDrawn, .qualityCheckDone, .householdReinterviewed,
            .defectFound, .defectResolved:
            try admitReviewing(event, act, household, position)
        case nil: throw Rejection(.kindUnknown)
        }
    }

    /// The acts of the letter around the survey itself.
    private func admitAct(_ event: Event, _ act: Act) throws(Rejection) {
        switch event.kind {
        case .directiveIssued(let directive): try admitDirective(directive, act)
        case .directiveReceived(let receipt): try admitReceipt(receipt, act)
        case .directiveRevised(let revision): try admitRevision(revision, act)
        case .meetingCalled(let meeting): try admitMeeting(meeting, act)
        case .meetingHeld(let minutes): try admitMinutes(minutes, act)
        case .meetingCancelled(let cancellation): try admitCancellation(cancellation, act)
        case .trainingHeld(let training): try admitTraining(training, act)
        case .orderCirculated(let circulation): try admitCirculation(circulation, act)
        case .orderSubmitted(let submission): try admitOrderSubmission(submission, act)
        case .userRegistered(let user): try admitUser(user, act)
        case .userRegistrationUpdated(let update): try admitUserUpdate(update, act)
        case .userDisabled(let disabling): try admitDisabling(disabling, act)
        case .paperWithdrawn(let withdrawal): try admitWithdrawal(withdrawal, act)
        default: throw Rejection(.kindUnknown)
        }
    }

    /// How data is shown to the people and checked.
    private func admitReviewing(
        _ event: Event,
        _ act: Act,
        _ household: HouseholdState,
        _ position: LogPosition
    ) throws(Rejection) {
        try requireRoom(for: event)
        switch event.kind {
        case .resultsPresented(let presentation):
            try admitPresentation(presentation, position)
        case .publicReviewHeld(let review): try admitReview(review, act)
        case .objectionRaised(let objection): try admitObjection(objection, act, household)
        case .objectionResolved(let resolution): try admitResolution(resolution, act)
        case .sampleAnnounced(let announcement): try admitAnnouncement(announcement, position)
        case .sampleDrawn(let draw): try admitDraw(draw, act, position)
        case .qualityCheckDone(let check): try admitCheck(check, act)
        case .householdReinterviewed(let interview):
            try admitReinterview(interview, act, household)
        case .defectFound(let defect): try admitDefect(defect, act, household)
        case .defectResolved(let resolution): try admitResolution(resolution, act)
        default: throw Rejection(.kindUnknown)
        }
    }

    private func admitCreation(
        _ created: LedgerCreated,
        _ position: LogPosition
    ) throws(Rejection) {
        guard position.treeSize == 0, origin.isEmpty else {
            throw Rejection(.ledgerAlreadyCreated)
        }
        try Validation.origin(created.origin)
        try Validation.logKey(created.logKey, origin: created.origin)
        guard created.formatVersion == LedgerCreated.currentFormatVersion else {
            throw Rejection(.formatUnknown, "\(created.formatVersion)")
        }
    }

    private func admitRotation(_ rotation: LogKeyRotation) throws(Rejection) {
        try Validation.logKey(rotation.logKey, origin: origin)
        try Validation.reason(rotation.reason)
        guard let current = logKeys.last, !logKeys.contains(where: { $0.vkey == rotation.logKey })
        else { throw Rejection(.logKeyUsed, rotation.logKey) }
        guard rotation.endorsement.isEmpty || rotation.isEndorsed(by: current.vkey, origin) else {
            throw Rejection(.endorsementInvalid, rotation.logKey)
        }
    }
}

extension LedgerCreated {
    /// The one version of the record format there is.
    package static let currentFormatVersion: UInt32 = 1
}
