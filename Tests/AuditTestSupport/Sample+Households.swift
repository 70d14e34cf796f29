package import Survey

extension Sample {
    /// Two people, aged 37 and 5 at the reference date.
    package static func record(
        _ household: String,
        place: Int = 0,
        failing: [Int: UInt32] = [:]
    ) -> RecordHousehold {
        var record = RecordHousehold()
        (record.cycle, record.household) = ("2561", household)
        (record.village, record.lao) = places[place]
        (record.interviewedOn, record.collector) = ("2018-01-15", "collector-1")
        record.personal.houseNumber = "99/9"
        record.personal.members = ["1980-05-05", "2012-06-06"].map { birthDate in
            var member = Member()
            member.firstName = "สมมุติ"
            member.birthDate = birthDate
            return member
        }
        record.indicators = Questionnaire.bmn2560.indicators.map { indicator in
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(
                Questionnaire.bmn2560.inScope(indicator.number, ages: [37, 5]).upperBound
            )
            count.failing = min(count.inScope, failing[indicator.number] ?? 0)
            return count
        }
        record.synthetic = true
        return record
    }

    package static func correction(
        _ household: String,
        indicator: UInt32,
        failing: UInt32
    ) -> CorrectHousehold {
        var correction = CorrectHousehold()
        (correction.cycle, correction.household) = ("2561", household)
        correction.reason = "read wrongly from the form"
        var count = IndicatorCount()
        (count.indicator, count.inScope, count.failing) = (indicator, 1, failing)
        correction.indicators = [count]
        return correction
    }

    package static func visit(_ household: String, place: Int = 0) -> HouseholdNotCollected {
        var visit = HouseholdNotCollected()
        (visit.cycle, visit.household) = ("2561", household)
        (visit.village, visit.lao) = places[place]
        (visit.visitedOn, visit.collector) = ("2018-01-16", "collector-1")
        visit.reason = .absent
        return visit
    }

    package static func withdrawal(_ household: String) -> HouseholdWithdrawn {
        var withdrawal = HouseholdWithdrawn()
        (withdrawal.cycle, withdrawal.household) = ("2561", household)
        withdrawal.reason = "recorded twice"
        return withdrawal
    }

    package static func erasure(household: String) -> Erasure {
        var erasure = Erasure()
        (erasure.cycle, erasure.household) = ("2561", household)
        (erasure.ground, erasure.reason) = (.requestOfSubject, "asked for by its head")
        return erasure
    }
}
