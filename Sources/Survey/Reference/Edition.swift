/// A version of the questionnaire, in force for several cycles.
package struct Edition: Sendable, Hashable {
    /// The Buddhist Era years it was printed for.
    package let years: ClosedRange<Int>
    /// Indicator 1 first, without gaps.
    package let indicators: [Indicator]

    /// As cycles name it: "2560-2564".
    package var id: String { "\(years.lowerBound)-\(years.upperBound)" }

    package static let known: [String: Edition] = [bmn2560.id: bmn2560]

    /// The indicator with a printed number.
    package func indicator(_ number: Int) -> Indicator? {
        indicators.indices.contains(number - 1) ? indicators[number - 1] : nil
    }

    /// The first indicator whose in-scope count contradicts the members' ages.
    package func scopeProblem(of counts: IndicatorCounts, ages: [UInt32]) -> ScopeProblem? {
        for indicator in indicators {
            let eligible = indicator.eligibleCount(ages: ages)
            let inScope = counts.inScope(indicator.number)
            let mustEqual = indicator.unit == .household || indicator.scopeIsExact
            if mustEqual ? inScope != eligible : inScope > eligible {
                return ScopeProblem(
                    indicator: indicator.number,
                    inScope: inScope,
                    eligible: eligible,
                    mustEqual: mustEqual
                )
            }
        }
        return nil
    }
}

/// An in-scope count that the household's members do not allow.
package struct ScopeProblem: Sendable, Hashable {
    package let indicator: Int
    package let inScope: Int
    /// Members in the age range, or 1 for the household.
    package let eligible: Int
    /// Whether the two had to be equal; otherwise `eligible` is the most allowed.
    package let mustEqual: Bool
}
