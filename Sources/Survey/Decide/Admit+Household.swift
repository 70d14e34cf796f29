/// Rules of households: who may record them, and what a record may say.
extension State {
    func admitRecord(
        _ record: HouseholdRecorded,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        try Validation.identifier(record.household, "household")
        let cycle = try requireCycle(record.cycle)
        guard household.status != .recorded else {
            throw Rejection(.householdAlreadyRecorded, record.household)
        }
        try requireOrder(act, household, record.household)
        try admitVisit(
            collector: record.collector,
            on: try Validation.day(record.interviewedOn, "interviewedOn"),
            cell: CellKey(cycle: record.cycle, village: record.village, lao: record.lao),
            household: record.household,
            act
        )
        try requireQuestionnaire(
            record.questionnaire,
            of: record.collector,
            on: record.interviewedOn,
            cycle: record.cycle
        )
        guard PersonalCheck.isComplete(record.checkedAtEntry) else {
            throw Rejection(.referenceDateMismatch, record.household)
        }
        guard record.hasSealed else { throw Rejection(.personalDataMissing, record.household) }
        try Validation.sealed(record.sealed, record.household)
        try admitAnswers(
            try counts(of: record),
            ages: record.ages,
            household: record.household,
            cycle.questionnaire
        )
        try admitWarnings(
            record.warningCount,
            checked: record.checkedAtEntry,
            memberCount: record.ages.count,
            household: record.household,
            cycle.questionnaire
        )
    }

    /// A household is not corrected, withdrawn, erased or recorded again before what was done to it last:
    /// counted by the days of the acts, it would be missing before it was there.
    func requireOrder(
        _ act: Act,
        _ household: HouseholdState,
        _ name: String
    ) throws(Rejection) {
        guard let last = household.lastActOn, act.day < last else { return }
        throw Rejection(.actBeforePrevious, "\(name) \(last.iso)")
    }

    private func counts(of record: HouseholdRecorded) throws(Rejection) -> IndicatorCounts {
        do {
            return try IndicatorCounts(inScope: record.inScope, failing: record.failing)
        } catch .failingExceedsInScope(let indicator) {
            throw Rejection(.indicatorFailingExceeds, "\(indicator)")
        } catch {
            throw Rejection(.indicatorDigitsMalformed, record.household)
        }
    }

    /// The place and the collector on the day of the visit, and the recorder on that of the act.
    private func admitVisit(
        collector: String,
        on day: Day,
        cell: CellKey,
        household: String,
        _ act: Act
    ) throws(Rejection) {
        guard day <= act.day else { throw Rejection(.interviewAfterRecording, household) }
        try requirePlace(cell, on: day)
        let collectorIsAppointed = holdsAppointment(
            .collector,
            person: collector,
            cycle: cell.cycle,
            village: cell.village,
            lao: cell.lao,
            on: day
        )
        guard collectorIsAppointed else { throw Rejection(.collectorNotAppointed, collector) }
        try admitRecorder(cell, act)
    }

    private func admitRecorder(_ cell: CellKey, _ act: Act) throws(Rejection) {
        let recorderIsAppointed = holdsAppointment(
            .recorder,
            person: act.actor.user,
            cycle: cell.cycle,
            village: cell.village,
            lao: cell.lao,
            on: act.day
        )
        guard recorderIsAppointed else {
            throw Rejection(.recorderNotAppointed, act.actor.user)
        }
    }

    private func admitAnswers(
        _ counts: IndicatorCounts,
        ages: [UInt32],
        household: String,
        _ questionnaire: Questionnaire
    ) throws(Rejection) {
        guard !ages.isEmpty else { throw Rejection(.membersMissing, household) }
        guard ages.count <= IndicatorCounts.maximum else {
            throw Rejection(.membersTooMany, household)
        }
        guard ages.allSatisfy({ $0 <= Limit.age }) else {
            throw Rejection(.agesImplausible, household)
        }
        guard counts.count == questionnaire.numberMax else {
            throw Rejection(.indicatorDigitsMalformed, household)
        }
        if let indicator = questionnaire.scopeProblem(of: counts, ages: ages) {
            throw Rejection(.indicatorScopeMismatch, "\(indicator)")
        }
    }

    func admitCorrection(
        _ correction: HouseholdCorrected,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        try Validation.identifier(correction.household, "household")
        let cycle = try requireCycle(correction.cycle)
        guard household.status == .recorded else {
            throw Rejection(.householdNotRecorded, correction.household)
        }
        try requireOrder(act, household, correction.household)
        try Validation.reason(correction.reason)
        let fields = try changedFields(correction, of: household)
        try requireSealed(correction, fields, household)
        var event = Event()
        event.kind = .householdCorrected(correction)
        var after = household
        after.evolve(event, on: act.day)
        let old = CellKey(cycle: correction.cycle, village: household.village, lao: household.lao)
        try admitRecorder(old, act)
        try admitVisit(
            collector: after.collector,
            on: try Validation.day(after.interviewedOn, "interviewedOn"),
            cell: CellKey(cycle: correction.cycle, village: after.village, lao: after.lao),
            household: correction.household,
            act
        )
        if fields.contains(.questionnaire) {
            try requireQuestionnaire(
                after.questionnaire,
                insteadOf: household.questionnaire,
                of: after.collector,
                on: after.interviewedOn,
                cycle: correction.cycle
            )
        }
        try admitAnswers(
            after.counts,
            ages: after.ages,
            household: correction.household,
            cycle.questionnaire
        )
        try admitWarnings(
            correction.warningCount,
            checked: correction.checkedAtEntry,
            memberCount: after.ages.count,
            household: correction.household,
            cycle.questionnaire
        )
    }

    /// What only the sealed data says changes with it alone.
    private func requireSealed(
        _ correction: HouseholdCorrected,
        _ fields: Set<HouseholdField>,
        _ household: HouseholdState
    ) throws(Rejection) {
        // A new identity is sealed, and nothing is sealed without saying so.
        guard fields.contains(.personal) == correction.hasSealed else {
            throw Rejection(.personalDataMissing, correction.household)
        }
        if correction.hasSealed {
            try Validation.sealed(correction.sealed, correction.household)
            guard !household.isErased else {
                throw Rejection(.personalDataErased, correction.household)
            }
        }
        // Ages follow from birth dates: they change with the personal data or not at all.
        guard correction.hasSealed || !fields.contains(.ages),
            correction.hasSealed
                ? PersonalCheck.isComplete(correction.checkedAtEntry)
                : correction.checkedAtEntry.isEmpty
        else { throw Rejection(.referenceDateMismatch, correction.household) }
        let answersAreWhole = correction.checkedAtEntry == PersonalCheck.withAnswers
        // The answers are sealed and cannot be changed by half: counts beside them would differ.
        if household.hasAnswers, !answersAreWhole,
            correction.hasSealed || fields.contains(where: \.isIndicator)
        {
            throw Rejection(.answersRequired, correction.household)
        }
    }

    /// No more than the form has, and none where no answers were given.
    private func admitWarnings(
        _ count: UInt32,
        checked: [String],
        memberCount: Int,
        household: String,
        _ questionnaire: Questionnaire
    ) throws(Rejection) {
        let most =
            checked == PersonalCheck.withAnswers
            ? questionnaire.warningCountMax(memberCount: memberCount) : 0
        guard count <= most else { throw Rejection(.warningCountMismatch, household) }
    }

    /// The fields that a correction names, each once and from the value it has.
    private func changedFields(
        _ correction: HouseholdCorrected,
        of household: HouseholdState
    ) throws(Rejection) -> Set<HouseholdField> {
        guard !correction.changes.isEmpty else {
            throw Rejection(.correctionEmpty, correction.household)
        }
        var fields: Set<HouseholdField> = []
        for change in correction.changes {
            guard let field = HouseholdField(name: change.field),
                fields.insert(field).inserted, isWellFormed(change, field, household.counts.count)
            else { throw Rejection(.correctionFieldUnknown, change.field) }
            guard household.value(of: field) == change.old else {
                throw Rejection(.correctionStale, change.field)
            }
        }
        return fields
    }

    private func isWellFormed(
        _ change: FieldChange,
        _ field: HouseholdField,
        _ numberMax: Int
    ) -> Bool {
        switch field {
        case .personal: change.old.isEmpty && change.new.isEmpty
        case .ages: change.old != change.new && HouseholdField.ages(change.new) != nil
        case .indicator(let number):
            number <= numberMax && change.old != change.new
                && HouseholdField.counts(change.new) != nil
        case .village, .lao, .interviewedOn, .collector, .questionnaire:
            change.old != change.new
        }
    }

    func admitNotCollected(
        _ visit: HouseholdNotCollected,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        try Validation.identifier(visit.household, "household")
        try requireCycle(visit.cycle)
        guard household.status == .absent else {
            throw Rejection(.householdAlreadyRecorded, visit.household)
        }
        try requireOrder(act, household, visit.household)
        switch visit.reason {
        case .absent, .refused, .vacant, .moved, .notFound, .other: break
        case .unspecified: throw Rejection(.reasonMissing, "reason")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "reason")
        }
        try admitVisit(
            collector: visit.collector,
            on: try Validation.day(visit.visitedOn, "visitedOn"),
            cell: CellKey(cycle: visit.cycle, village: visit.village, lao: visit.lao),
            household: visit.household,
            act
        )
    }

    func admitWithdrawal(
        _ withdrawal: HouseholdWithdrawn,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        try Validation.identifier(withdrawal.household, "household")
        try requireCycle(withdrawal.cycle)
        guard household.status != .absent else {
            throw Rejection(.householdNotRecorded, withdrawal.household)
        }
        try requireOrder(act, household, withdrawal.household)
        try Validation.reason(withdrawal.reason)
        let cell = CellKey(
            cycle: withdrawal.cycle,
            village: household.village,
            lao: household.lao
        )
        try admitRecorder(cell, act)
    }
}
