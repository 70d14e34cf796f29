import Survey

/// A household's answers: per indicator how many were in scope and how many of those failed.
struct AnswerSheet {
    private(set) var counts = IndicatorCounts(count: Questionnaire.bmn2560.numberMax)

    /// - Parameters:
    ///   - household: who is asked.
    ///   - hardship: how much more often than usual this place fails; 1 on average.
    ///   - random: where the answers come from.
    init(_ household: DemoHousehold, hardship: Double, _ random: inout SeededGenerator) {
        let ages = household.ages
        for (indicator, rate) in zip(Questionnaire.bmn2560.indicators, PassRate.all) {
            let allowed = Questionnaire.bmn2560.inScope(indicator.number, ages: ages)
            let inScope =
                allowed.count == 1
                ? allowed.lowerBound
                : Self.inScope(indicator.number, of: household, &random)
            let failRate = (100 - rate.percent) / 100 * hardship
            var failing = random.successes(of: inScope, probability: failRate)
            // Everybody is asked about drinking and smoking; no child is made to.
            if indicator.number == 24 || indicator.number == 25 {
                failing = min(failing, household.adultCount)
            }
            set(indicator.number, inScope: inScope, failing: failing)
        }
    }

    mutating func set(_ indicator: Int, inScope: Int, failing: Int) {
        do {
            try counts.set(indicator, inScope: inScope, failing: failing)
        } catch {
            preconditionFailure("no household here has 61 members")
        }
    }

    /// The scope of indicators that depends on more than the age.
    private static func inScope(
        _ indicator: Int,
        of household: DemoHousehold,
        _ random: inout SeededGenerator
    ) -> Int {
        let members = household.members
        func share(_ probability: Double, of ages: ClosedRange<Int>) -> Int {
            random.successes(
                of: members.count { ages.contains($0.age) },
                probability: probability
            )
        }
        switch indicator {
        case 1: return members.count { $0.age == 0 }
        // Six months old at the reference date.
        case 2: return members.count { $0.age == 0 && $0.birthDate <= Day(2017, 7, 1) }
        case 17: return share(0.8, of: 15...15)
        case 18: return share(0.04, of: 15...30)
        // Less those who study, and less those who cannot care for themselves.
        case 20: return share(0.25, of: 15...21) + share(0.98, of: 22...59)
        case 21: return share(0.97, of: 60...200)
        case 28: return members.count { $0.bodyCondition == DemoMember.disabled }
        case 29: return members.count { $0.bodyCondition == DemoMember.chronicallyIll }
        default: preconditionFailure("indicator \(indicator) has an exact scope")
        }
    }

    /// The fields `i01` to `i31` of a household's row.
    var fields: [String] {
        Questionnaire.bmn2560.indicators.map { indicator in
            let inScope = counts.inScope(indicator.number)
            let failing = counts.failing(indicator.number)
            if inScope == 0 { return "-" }
            if indicator.unit == .household { return failing == 0 ? "P" : "F" }
            return "\(inScope)/\(failing)"
        }
    }
}
