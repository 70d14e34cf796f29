import SwiftProtobuf

/// Household commands become events from the command, the cycle and the household alone, so that
/// this work needs no turn at the writer.
extension Draft {
    /// The draft of a household command; nil for every other command.
    ///
    /// `household` is the state that was read before the turn; `admit` refuses the event if it was
    /// overtaken, and the writer drafts anew.
    package static func ofHousehold(
        _ given: GivenCommand,
        cycle: (String) -> CycleState?,
        household: HouseholdState
    ) throws(Rejection) -> Draft? {
        switch given.command.kind {
        case .recordHousehold(let record):
            try recorded(record, given.answers, cycle: required(cycle, record.cycle))
        case .correctHousehold(let correction):
            try corrected(correction, cycle: required(cycle, correction.cycle), household)
        case .recordNotCollected(let visit): Draft(.householdNotCollected(visit))
        case .withdrawHousehold(let withdrawal): Draft(.householdWithdrawn(withdrawal))
        default: nil
        }
    }

    private static func required(
        _ cycle: (String) -> CycleState?,
        _ name: String
    ) throws(Rejection) -> CycleState {
        guard let state = cycle(name) else { throw Rejection(.cycleUnknown, name) }
        return state
    }

    private static func recorded(
        _ record: RecordHousehold,
        _ answers: AnswerSheet?,
        cycle: CycleState
    ) throws(Rejection) -> Draft {
        var event = HouseholdRecorded()
        event.cycle = record.cycle
        event.household = record.household
        event.village = record.village
        event.lao = record.lao
        event.interviewedOn = record.interviewedOn
        event.collector = record.collector
        event.synthetic = record.synthetic
        event.questionnaire = record.questionnaire
        if record.hasAnswers || answers != nil {
            guard record.indicators.isEmpty else {
                throw Rejection(.answersElsewhere, "indicators")
            }
            let answered = try answered(record, answers, cycle: cycle)
            event.ages = answered.ages
            event.checkedAtEntry = PersonalCheck.withAnswers
            event.warningCount = answered.warningCount
            event.inScope = answered.counts.inScopeDigits
            event.failing = answered.counts.failingDigits
            return Draft(.householdRecorded(event), personal: answered.sealable)
        }
        guard record.hasPersonal else { throw Rejection(.personalDataMissing, record.household) }
        try requireNoAnswers(record.personal)
        event.ages = try ages(record.personal, household: record.household, on: cycle.referenceDate)
        event.checkedAtEntry = PersonalCheck.all
        let counts = try counts(
            record.indicators,
            over: IndicatorCounts(count: cycle.questionnaire.numberMax)
        )
        event.inScope = counts.inScopeDigits
        event.failing = counts.failingDigits
        return Draft(.householdRecorded(event), personal: record.personal.sealableBytes)
    }

    /// Answers that were read already are to the form that the cycle asks, unless that was defined
    /// meanwhile: then they are read again by their names.
    private static func answered(
        _ record: RecordHousehold,
        _ sheet: AnswerSheet?,
        cycle: CycleState
    ) throws(Rejection) -> AnsweredHousehold {
        if let sheet, sheet.form === cycle.questionnaire {
            return try AnsweredHousehold(
                sheet,
                beside: record.personal,
                household: record.household,
                cycle: cycle
            )
        }
        return try AnsweredHousehold(
            sheet.map { AnswersDocument($0.answers) } ?? record.answers,
            beside: record.personal,
            household: record.household,
            cycle: cycle
        )
    }

    private static func corrected(
        _ correction: CorrectHousehold,
        cycle: CycleState,
        _ household: HouseholdState
    ) throws(Rejection) -> Draft {
        var event = HouseholdCorrected()
        event.cycle = correction.cycle
        event.household = correction.household
        event.reason = correction.reason
        var after = household
        if correction.hasVillage { after.village = correction.village }
        if correction.hasLao { after.lao = correction.lao }
        if correction.hasInterviewedOn { after.interviewedOn = correction.interviewedOn }
        if correction.hasCollector { after.collector = correction.collector }
        if correction.hasQuestionnaire { after.questionnaire = correction.questionnaire }
        if household.status != .recorded {
            // Refused for that by the rules, and not for naming an indicator.
            after.counts = IndicatorCounts(count: cycle.questionnaire.numberMax)
        }
        var personal: [UInt8]?
        if correction.hasAnswers {
            guard correction.indicators.isEmpty else {
                throw Rejection(.answersElsewhere, "indicators")
            }
            let answered = try AnsweredHousehold(
                correction.answers,
                beside: correction.personal,
                household: correction.household,
                cycle: cycle
            )
            (after.ages, after.counts) = (answered.ages, answered.counts)
            event.checkedAtEntry = PersonalCheck.withAnswers
            event.warningCount = answered.warningCount
            personal = answered.sealable
        } else {
            after.counts = try counts(correction.indicators, over: after.counts)
        }
        if correction.hasPersonal, !correction.hasAnswers {
            try requireNoAnswers(correction.personal)
            after.ages = try ages(
                correction.personal,
                household: correction.household,
                on: cycle.referenceDate
            )
            personal = correction.personal.sealableBytes
            event.checkedAtEntry = PersonalCheck.all
        }
        event.changes = FieldChange.between(household, after)
        if personal != nil {
            var change = FieldChange()
            change.field = HouseholdField.personal.name
            event.changes.append(change)
        }
        return Draft(.householdCorrected(event), personal: personal)
    }

    /// Where answers come from is one field of a command.
    private static func requireNoAnswers(_ personal: PersonalData) throws(Rejection) {
        guard !personal.hasAnswers else { throw Rejection(.answersElsewhere, "personal.answers") }
    }

    private static func counts(
        _ given: [IndicatorCount],
        over base: IndicatorCounts
    ) throws(Rejection) -> IndicatorCounts {
        var counts = base
        // One bit per indicator; whatever shares the last one is unknown, so its first is refused.
        var seen: UInt64 = 0
        for count in given {
            let bit = UInt64(1) << UInt64(min(count.indicator, 63))
            guard seen & bit == 0 else {
                throw Rejection(.indicatorDuplicate, "\(count.indicator)")
            }
            seen |= bit
            do {
                try counts.set(
                    Int(count.indicator),
                    inScope: Int(count.inScope),
                    failing: Int(count.failing)
                )
            } catch .noSuchIndicator {
                throw Rejection(.indicatorUnknown, "\(count.indicator)")
            } catch .failingExceedsInScope {
                throw Rejection(.indicatorFailingExceeds, "\(count.indicator)")
            } catch {
                throw Rejection(.indicatorScopeMismatch, "\(count.indicator)")
            }
        }
        return counts
    }

    /// Whole years at the reference date, after the checks that only the plain data allows.
    static func ages(
        _ personal: PersonalData,
        household: String,
        on referenceDate: Day
    ) throws(Rejection) -> [UInt32] {
        guard !personal.members.isEmpty else { throw Rejection(.membersMissing, household) }
        guard personal.members.count <= IndicatorCounts.maximum else {
            throw Rejection(.membersTooMany, household)
        }
        try PersonalCheck.dwelling(personal)
        var ages: [UInt32] = []
        ages.reserveCapacity(personal.members.count)
        for (offset, member) in personal.members.enumerated() {
            // The place, counted from 1 as on the form, never the number itself: errors carry no
            // personal data. Spelled only for an error, since spelling takes longer than checking.
            func place() -> String { "members[\(offset + 1)]" }
            try PersonalCheck.member(member, place())
            // Households are small: comparing takes less than a set would.
            let others = personal.members[..<offset]
            if !member.citizenID.isEmpty,
                others.contains(where: { $0.citizenID == member.citizenID })
            {
                throw Rejection(.citizenIdDuplicated, place())
            }
            let age = try PersonalCheck.birthDate(member, place()).wholeYears(until: referenceDate)
            guard age >= 0 else { throw Rejection(.birthDateInvalid, place()) }
            ages.append(UInt32(age))
        }
        return ages
    }
}

extension FieldChange {
    /// Every open field that differs, in the order of the form.
    package static func between(_ old: HouseholdState, _ new: HouseholdState) -> [FieldChange] {
        var changes: [FieldChange] = []
        func compare(_ field: HouseholdField) {
            let (before, after) = (old.value(of: field), new.value(of: field))
            guard before != after else { return }
            var change = FieldChange()
            change.field = field.name
            change.old = before
            change.new = after
            changes.append(change)
        }
        for field in [
            HouseholdField.village, .lao, .interviewedOn, .collector, .questionnaire, .ages,
        ] {
            compare(field)
        }
        for offset in 0..<new.counts.count { compare(.indicator(offset + 1)) }
        return changes
    }
}
