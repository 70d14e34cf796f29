import Survey

extension RecordHousehold {
    /// A household of two, aged 37 and 5 at the reference date.
    static func sample(
        _ household: String,
        _ village: String = "99010101",
        _ lao: String = "9981",
        births: [String] = ["1980-05-05", "2012-06-06"],
        collector: String = "collector-1",
        failing: [Int: UInt32] = [:]
    ) -> RecordHousehold {
        var record = RecordHousehold()
        record.cycle = "2561"
        record.household = household
        record.village = village
        record.lao = lao
        record.interviewedOn = "2018-01-15"
        record.collector = collector
        record.personal = .sample(births: births)
        record.indicators = IndicatorCount.fitting(births: births, failing: failing)
        record.synthetic = true
        return record
    }
}

extension PersonalData {
    static func sample(births: [String]) -> PersonalData {
        var personal = PersonalData()
        personal.houseNumber = "1/1"
        personal.members = births.map { birth in
            var member = Member()
            member.firstName = "สมมุติ"
            member.birthDate = birth
            return member
        }
        return personal
    }
}

extension IndicatorCount {
    /// Everybody who may be in scope is.
    static func fitting(births: [String], failing: [Int: UInt32] = [:]) -> [IndicatorCount] {
        let reference = Day(iso: "2018-01-01") ?? Day(daysSinceEpoch: 0)
        let ages = births.compactMap { Day(iso: $0)?.wholeYears(until: reference) }.map {
            UInt32(clamping: $0)
        }
        return Questionnaire.bmn2560.indicators.map { indicator in
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(
                Questionnaire.bmn2560.inScope(indicator.number, ages: ages).upperBound
            )
            count.failing = min(count.inScope, failing[indicator.number] ?? 0)
            return count
        }
    }

    static func one(_ indicator: UInt32, _ inScope: UInt32, _ failing: UInt32) -> IndicatorCount {
        var count = IndicatorCount()
        count.indicator = indicator
        count.inScope = inScope
        count.failing = failing
        return count
    }
}

extension HouseholdNotCollected {
    static func sample(
        _ household: String,
        _ village: String = "99010101",
        _ lao: String = "9981"
    ) -> HouseholdNotCollected {
        var visit = HouseholdNotCollected()
        visit.cycle = "2561"
        visit.household = household
        visit.village = village
        visit.lao = lao
        visit.visitedOn = "2018-01-16"
        visit.collector = "collector-1"
        visit.reason = .absent
        return visit
    }
}

extension HouseholdWithdrawn {
    static func sample(_ household: String) -> HouseholdWithdrawn {
        var withdrawal = HouseholdWithdrawn()
        withdrawal.cycle = "2561"
        withdrawal.household = household
        withdrawal.reason = "recorded twice"
        return withdrawal
    }
}

extension CorrectHousehold {
    static func sample(_ household: String) -> CorrectHousehold {
        var correction = CorrectHousehold()
        correction.cycle = "2561"
        correction.household = household
        correction.reason = "read wrongly from the form"
        return correction
    }
}

extension Event {
    /// A correction as an event, for what no command would draft.
    static func correction(
        _ household: String,
        _ changes: [(field: String, old: String, new: String)]
    ) -> HouseholdCorrected {
        var correction = HouseholdCorrected()
        correction.cycle = "2561"
        correction.household = household
        correction.reason = "read wrongly from the form"
        correction.changes = changes.map { field, old, new in
            var change = FieldChange()
            change.field = field
            change.old = old
            change.new = new
            return change
        }
        return correction
    }
}

extension Erasure {
    static func sample(household: String) -> Erasure {
        var erasure = Erasure()
        (erasure.cycle, erasure.household) = ("2561", household)
        (erasure.ground, erasure.reason) = (.requestOfSubject, "asked for by its head")
        erasure.documentNumber = "บก 0019/12"
        return erasure
    }

    static func sample(person: String) -> Erasure {
        var erasure = Erasure()
        erasure.person = person
        (erasure.ground, erasure.reason) = (.retentionOver, "the season is over")
        erasure.documentNumber = "บก 0019/13"
        return erasure
    }
}
