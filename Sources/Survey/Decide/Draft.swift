import Cryptography
import SwiftProtobuf

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension State {
    /// The whole decision: what event a command would cause, or why it is refused.
    ///
    /// Pure: clock, position and the household's state are values. What the writer does in its turn
    /// is this, cut in two so that drafting a household's event can be done before the turn. Here
    /// nothing is sealed yet, so a stand-in of the right size is what the rules get to see.
    package func decide(
        _ command: Command,
        act: Act,
        household: HouseholdState,
        position: LogPosition
    ) throws(Rejection) -> Draft {
        let draft = try draft(
            GivenCommand(command),
            household: household,
            position: position,
            on: act.day
        )
        var event = draft.event
        if let personal = draft.personal { event.seal(.standIn(byteCount: personal.count)) }
        try admit(event, act: act, household: household, position: position)
        return draft
    }

    /// The event a command asks for on the day of the act, before the rules have seen it.
    package func draft(
        _ command: Command,
        household: HouseholdState,
        position: LogPosition,
        on day: Day
    ) throws(Rejection) -> Draft {
        try draft(GivenCommand(command), household: household, position: position, on: day)
    }

    /// The same of a command with the answers beside it.
    package func draft(
        _ given: GivenCommand,
        household: HouseholdState,
        position: LogPosition,
        on day: Day
    ) throws(Rejection) -> Draft {
        let command = given.command
        let ofHousehold = try Draft.ofHousehold(
            given,
            cycle: { cycles[$0] },
            household: household
        )
        if let ofHousehold { return ofHousehold }
        switch command.kind {
        case .defineArea(let area): return Draft(.areaDefined(area))
        case .reviseArea(let revision): return Draft(.areaRevised(revision))
        case .defineEdition(let definition): return Draft(.editionDefined(definition))
        case .defineCycle(let cycle): return Draft(.cycleDefined(cycle))
        case .changeDeadline(let change): return Draft(.deadlineChanged(change))
        case .registerPerson(let registration): return try registered(registration)
        case .registerMemberKey(let key): return Draft(.memberKeyRegistered(key))
        case .rotateLogKey(let rotation): return Draft(.logKeyRotated(rotation))
        case .revokeMemberKey(let revocation): return Draft(.memberKeyRevoked(revocation))
        case .defineCertificateRoots(let roots): return Draft(.certificateRootsDefined(roots))
        case .registerMemberCertificate(let certificate):
            return Draft(.memberCertificateRegistered(certificate))
        case .revokeMemberCertificate(let revocation):
            return Draft(.memberCertificateRevoked(revocation))
        case .registerPasskey(let passkey): return Draft(.passkeyRegistered(passkey))
        case .revokePasskey(let revocation): return Draft(.passkeyRevoked(revocation))
        case .issueOrder(let order): return Draft(.orderIssued(order))
        case .amendOrder(let amendment): return Draft(.orderAmended(amendment))
        case .revokeOrder(let revocation): return Draft(.orderRevoked(revocation))
        case .setTarget(let target): return Draft(.targetSet(target))
        case .reviseTarget(let revision): return Draft(.targetRevised(revision))
        case .prepareCertification(let command):
            return Draft(.certificationPrepared(try prepared(command, position: position, on: day)))
        case .signCertification(let signature): return Draft(.certificationSigned(signature))
        case .issueCertification(let issue): return Draft(.certificationIssued(issue))
        case .submitCertification(let submission):
            return Draft(.certificationSubmitted(submission))
        case .withdrawCertification(let withdrawal):
            return Draft(.certificationWithdrawn(withdrawal))
        case .submitReport(let report): return Draft(.reportSubmitted(report))
        case .issueDirective(let directive): return Draft(.directiveIssued(directive))
        case .receiveDirective(let receipt): return Draft(.directiveReceived(receipt))
        case .reviseDirective(let revision): return Draft(.directiveRevised(revision))
        case .withdrawPaper(let withdrawal): return Draft(.paperWithdrawn(withdrawal))
        case .callMeeting(let meeting): return Draft(.meetingCalled(meeting))
        case .holdMeeting(let minutes): return Draft(.meetingHeld(counted(minutes)))
        case .cancelMeeting(let cancellation): return Draft(.meetingCancelled(cancellation))
        case .recordTraining(let training): return Draft(.trainingHeld(training))
        case .circulateOrder(let circulation): return Draft(.orderCirculated(circulation))
        case .submitOrder(let submission): return Draft(.orderSubmitted(submission))
        case .registerUser(let user): return Draft(.userRegistered(user))
        case .updateUserRegistration(let update):
            return Draft(.userRegistrationUpdated(update))
        case .disableUser(let disabling): return Draft(.userDisabled(disabling))
        case .erasePersonalData(let erasure): return erased(erasure, household)
        case .requestCooperation, .answerCooperation, .draftActionPlan, .submitActionPlan,
            .acceptActionPlan, .returnActionPlan, .finishPlanStep, .reportDailyProgress,
            .reviseDailyProgress, .enterNominee, .decideAward, .reportAwards,
            .issueQuestionnaires, .returnQuestionnaires, .spoilQuestionnaires, .allocateBudget,
            .spendBudget:
            return Draft(try programmeEvent(of: command, position))
        case .presentResults, .holdPublicReview, .raiseObjection, .resolveObjection,
            .announceSample, .drawSample, .recordQualityCheck, .reinterviewHousehold,
            .reportDefect, .resolveDefect:
            return try reviewing(command, household, position)
        case .recordHousehold, .correctHousehold, .recordNotCollected, .withdrawHousehold, nil:
            throw Rejection(.kindUnknown)
        }
    }

    /// How data is shown to the people and checked.
    private func reviewing(
        _ command: Command,
        _ household: HouseholdState,
        _ position: LogPosition
    ) throws(Rejection) -> Draft {
        switch command.kind {
        case .presentResults(let presentation):
            Draft(.resultsPresented(presented(presentation, position)))
        case .holdPublicReview(let review): Draft(.publicReviewHeld(review))
        case .raiseObjection(let objection): Draft(.objectionRaised(placed(objection, household)))
        case .resolveObjection(let resolution): Draft(.objectionResolved(resolution))
        case .announceSample(let announcement):
            Draft(.sampleAnnounced(announced(announcement, position)))
        case .drawSample(let draw): Draft(.sampleDrawn(drawn(draw, position)))
        case .recordQualityCheck(let check): Draft(.qualityCheckDone(check))
        case .reinterviewHousehold(let interview):
            Draft(.householdReinterviewed(household.compared(interview)))
        case .reportDefect(let defect): Draft(.defectFound(placed(defect, household)))
        case .resolveDefect(let resolution): Draft(.defectResolved(resolution))
        default: throw Rejection(.kindUnknown)
        }
    }

    private func registered(_ command: RegisterPerson) throws(Rejection) -> Draft {
        var event = PersonRegistration()
        event.person = command.person
        event.synthetic = command.synthetic
        guard command.hasIdentity, command.identity != Member() else {
            throw Rejection(.personalDataMissing, command.person)
        }
        try PersonalCheck.member(command.identity, "identity")
        if !command.identity.birthDate.isEmpty {
            try PersonalCheck.birthDate(command.identity, "identity")
        }
        do {
            return Draft(
                .personRegistered(event),
                personal: try command.identity.serializedBytes() as [UInt8]
            )
        } catch {
            preconditionFailure("an identity could not be encoded")
        }
    }

    /// Names the key that is to be destroyed; a subject without one is for `admit` to refuse.
    private func erased(_ command: Erasure, _ household: HouseholdState) -> Draft {
        var event = command
        let keyID = command.household.isEmpty ? persons[command.person]?.keyID : household.keyID
        event.keyID = keyID ?? 0
        return Draft(.personalDataErased(event))
    }

    private func prepared(
        _ command: PrepareCertification,
        position: LogPosition,
        on day: Day
    ) throws(Rejection) -> CertificationPrepared {
        let area = try requireArea(command.area).area
        var event = CertificationPrepared()
        event.certification =
            command.certification.isEmpty
            ? nextCertificationID(cycle: command.cycle, area: command.area)
            : command.certification
        event.cycle = command.cycle
        event.area = command.area
        event.preparedOn = day.iso
        event.treeSize = position.treeSize
        event.rootHash = position.rootHash().hex
        let figures = figures(area: area.code, level: area.level, cycle: command.cycle)
        event.figures = figures
        event.figuresDigest = figures.digest(cycle: command.cycle, area: area.code).hex
        event.statement = statement(of: event)
        return event
    }

    private func nextCertificationID(cycle: String, area: String) -> String {
        var serial = 1
        while certifications["\(cycle)-\(area)-\(serial)"] != nil { serial += 1 }
        return "\(cycle)-\(area)-\(serial)"
    }
}

extension Sealed {
    /// Has the size that sealing so many bytes will have, and says nothing.
    fileprivate static func standIn(byteCount: Int) -> Sealed {
        var sealed = Sealed()
        sealed.nonce = Data(count: AES256GCM.Nonce.byteCount)
        sealed.ciphertext = Data(count: byteCount + AES256GCM.tagByteCount)
        return sealed
    }
}
