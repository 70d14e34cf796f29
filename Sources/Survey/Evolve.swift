/// What each event does to the state. Total: it never refuses, `admit` did that before.
extension State {
    /// Applies one event.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - index: the record's index.
    ///   - day: the day of the act.
    ///   - user: who acted, which a household remembers of its recorder.
    ///   - before: for a household's event, its state before it.
    /// - Returns: the household's state after the event.
    @discardableResult
    package mutating func evolve(
        _ event: Event,
        index: UInt64,
        on day: Day,
        by user: String = "",
        household before: HouseholdState = HouseholdState()
    ) -> HouseholdState {
        switch event.kind {
        case .householdRecorded, .householdCorrected, .householdNotCollected,
            .householdWithdrawn, .householdReinterviewed, .personalDataErased:
            return evolveSubject(event, index, day, user, before)
        case .ledgerCreated, .logKeyRotated, .areaDefined, .areaRevised, .editionDefined,
            .cycleDefined, .deadlineChanged:
            evolveReference(event, index: index)
        case .personRegistered, .memberKeyRegistered, .memberKeyRevoked,
            .certificateRootsDefined, .memberCertificateRegistered, .memberCertificateRevoked,
            .passkeyRegistered, .passkeyRevoked:
            evolvePerson(event, on: day)
        case .orderIssued, .orderAmended, .orderRevoked, .targetSet, .targetRevised:
            evolveOrder(event, index: index, on: day)
        case .certificationPrepared, .certificationSigned, .certificationIssued,
            .certificationSubmitted, .certificationWithdrawn, .reportSubmitted:
            evolveCertification(event, index: index, on: day)
        case .directiveIssued, .directiveReceived, .directiveRevised, .meetingCalled,
            .meetingHeld, .meetingCancelled, .trainingHeld, .orderCirculated, .orderSubmitted,
            .userRegistered, .userRegistrationUpdated, .userDisabled, .paperWithdrawn:
            evolveAct(event, on: day)
        case .resultsPresented, .publicReviewHeld, .objectionRaised, .objectionResolved,
            .sampleAnnounced, .sampleDrawn, .qualityCheckDone, .defectFound, .defectResolved:
            evolveReview(event, index: index, on: day)
        case .cooperationRequested, .cooperationAnswered, .actionPlanDrafted,
            .actionPlanSubmitted, .actionPlanAccepted, .actionPlanReturned, .planStepDone,
            .dailyProgressReported, .dailyProgressRevised, .nomineeEntered, .awardDecided,
            .awardsReported, .questionnairesIssued, .questionnairesReturned,
            .questionnairesSpoiled, .budgetAllocated, .budgetSpent:
            programme.evolve(event, on: day)
        case nil: break
        }
        return before
    }

    /// A household's events, and the erasure that is a household's or a person's.
    private mutating func evolveSubject(
        _ event: Event,
        _ index: UInt64,
        _ day: Day,
        _ user: String,
        _ before: HouseholdState
    ) -> HouseholdState {
        switch event.kind {
        case .householdRecorded(let household):
            return evolve(event, household.cycle, index, day, user, before)
        case .householdCorrected(let household):
            guard household.changesOpenField else {
                return before.after(event, on: day, by: user)
            }
            return evolve(event, household.cycle, index, day, user, before)
        case .householdNotCollected(let household):
            return evolve(event, household.cycle, index, day, user, before)
        case .householdWithdrawn(let household):
            return evolve(event, household.cycle, index, day, user, before)
        // It compares, and changes no figure.
        case .householdReinterviewed: return before.after(event, on: day)
        case .personalDataErased(let erasure):
            return evolve(erasure, of: event, on: day, before)
        default: return before
        }
    }

    private mutating func evolveReference(_ event: Event, index: UInt64) {
        switch event.kind {
        case .ledgerCreated(let created):
            origin = created.origin
            logKeys = [LogKeyTerm(fromTreeSize: index + 1, vkey: created.logKey)]
        case .logKeyRotated(let rotation):
            logKeys.append(LogKeyTerm(fromTreeSize: index + 1, vkey: rotation.logKey))
        case .areaDefined(let area):
            areas[area.code] = AreaState(
                area: area,
                validFrom: Day(iso: area.validFrom),
                validTo: Day(iso: area.validTo)
            )
        case .areaRevised(let revision): areas[revision.code]?.apply(revision)
        case .editionDefined(let definition): define(definition)
        case .cycleDefined(let cycle): define(cycle)
        case .deadlineChanged(let change):
            cycles[change.cycle]?.deadlines[change.deadline]?.due = change.due
        default: break
        }
    }

    private mutating func evolvePerson(_ event: Event, on day: Day) {
        switch event.kind {
        case .personRegistered(let person):
            persons[person.person] = PersonState(
                keyID: person.hasSealed ? person.sealed.keyID : nil
            )
        case .memberKeyRegistered(let key):
            persons[key.person]?.publicKeys[Array(key.publicKey)] = day
            keyOwners[Array(key.publicKey)] = key.person
        case .memberKeyRevoked(let revocation):
            persons[revocation.person]?.publicKeys[Array(revocation.publicKey)] = nil
        case .certificateRootsDefined(let roots): define(roots)
        case .memberCertificateRegistered(let certificate): register(certificate, on: day)
        case .memberCertificateRevoked(let revocation): revoke(revocation)
        case .passkeyRegistered(let passkey): register(passkey, on: day)
        case .passkeyRevoked(let revocation): revoke(revocation)
        default: break
        }
    }

    private mutating func evolveOrder(_ event: Event, index: UInt64, on day: Day) {
        switch event.kind {
        case .orderIssued(let order): issue(order)
        case .orderAmended(let amendment): amend(amendment, index: index, on: day)
        case .orderRevoked(let revocation): revoke(revocation, index: index, on: day)
        case .targetSet(let target): set(target, index: index)
        case .targetRevised(let revision): set(revision.target, index: index)
        default: break
        }
    }

    /// The cell or cells that an event of this household changes are written in place.
    private mutating func evolve(
        _ event: Event,
        _ cycle: String,
        _ index: UInt64,
        _ day: Day,
        _ user: String,
        _ before: HouseholdState
    ) -> HouseholdState {
        let after = before.after(event, on: day, by: user)
        let indicatorCount = cycles[cycle]?.questionnaire.numberMax ?? 0
        func change(_ household: HouseholdState, _ update: (inout Cell) -> Void) {
            let key = CellKey(cycle: cycle, village: household.village, lao: household.lao)
            update(&cells[key, default: Cell(indicatorCount: indicatorCount)])
        }
        programme.use(after.questionnaire, insteadOf: before.questionnaire, cycle: cycle)
        if before.status != .absent { change(before) { $0.remove(before, index: index) } }
        if after.status != .absent { change(after) { $0.add(after, index: index) } }
        return after
    }

    /// The first of a name stays, whatever a forged event brings later.
    private mutating func define(_ definition: EditionDefinition) {
        guard editions[definition.document.edition] == nil else { return }
        editions[definition.document.edition] = try? Questionnaire(definition.document)
    }

    /// No cell changes: answers and ages stay, and so does every certification of them.
    private mutating func evolve(
        _ erasure: Erasure,
        of event: Event,
        on day: Day,
        _ before: HouseholdState
    ) -> HouseholdState {
        guard event.isOfHousehold else {
            persons[erasure.person]?.keyID = nil
            persons[erasure.person]?.isErased = true
            return before
        }
        return before.after(event, on: day)
    }

    private mutating func define(_ cycle: Cycle) {
        guard let questionnaire = editions[cycle.edition], let day = Day(iso: cycle.referenceDate)
        else { return }
        let deadlines = cycle.deadlines.map { ($0.deadline, $0) }
        cycles[cycle.cycle] = CycleState(
            cycle: cycle,
            questionnaire: questionnaire,
            referenceDate: day,
            deadlines: Dictionary(deadlines, uniquingKeysWith: { first, _ in first })
        )
    }

    private mutating func set(_ target: Target, index: UInt64) {
        targets[target.cell] = target
        let indicatorCount = cycles[target.cycle]?.questionnaire.numberMax ?? 0
        cells[target.cell, default: Cell(indicatorCount: indicatorCount)].changedAtIndex = index
    }
}

extension AreaState {
    mutating func apply(_ revision: AreaRevision) {
        if revision.hasNameTh { area.nameTh = revision.nameTh }
        if revision.hasNameEn { area.nameEn = revision.nameEn }
        if revision.hasValidTo {
            area.validTo = revision.validTo
            validTo = Day(iso: revision.validTo)
        }
        if revision.hasCovered { area.coveredCodes = revision.covered.codes }
    }
}
