import Survey
import TestSupport
import Testing

@Suite struct ReferenceEditionTests {
    static let table = "bmn/indicators-2560-2564.csv"

    @Test(.enabled(if: SharedData.isPresent(table), "no shared data beside the repository"))
    func `The edition is the indicator table, byte for byte`() throws {
        let rows = try SharedData.rows(Self.table)
        let edition = try #require(Edition.known["2560-2564"])
        #expect(rows.count == 31)
        #expect(edition.indicators.count == 31)
        for (row, indicator) in zip(rows, edition.indicators) {
            #expect(row["number"] == "\(indicator.number)")
            #expect(Array(row["name_th"]?.utf8 ?? "".utf8) == Array(indicator.nameTh.utf8))
            #expect(Array(row["name_en"]?.utf8 ?? "".utf8) == Array(indicator.nameEn.utf8))
            #expect(
                Array(row["category_th"]?.utf8 ?? "".utf8) == Array(indicator.category.nameTh.utf8)
            )
            #expect(row["category_en"] == indicator.category.nameEn)
            #expect(row["unit"] == (indicator.unit == .household ? "household" : "person"))
        }
    }

    @Test(.enabled(if: SharedData.isPresent(table), "no shared data beside the repository"))
    func `Exact age ranges say what the table says`() throws {
        let rows = try SharedData.rows(Self.table)
        for (row, indicator) in zip(rows, Edition.bmn2560.indicators)
        where indicator.unit == .person && indicator.scopeIsExact {
            let expected =
                switch indicator.ageRange {
                case nil: "every person (printed denominator = whole population)"
                case let range? where range.upperBound == Indicator.oldestAge:
                    "persons aged >= \(range.lowerBound)"
                case let range?: "persons aged \(range.lowerBound)-\(range.upperBound)"
                }
            #expect(row["applies_to"] == expected)
        }
    }

    @Test func `Thirteen indicators ask the household and eighteen its persons`() {
        let edition = Edition.bmn2560
        #expect(edition.id == "2560-2564")
        #expect(edition.indicators.map(\.number) == Array(1...31))
        let households = edition.indicators.filter { $0.unit == .household }.map(\.number)
        #expect(households == [4, 5, 8, 9, 10, 11, 12, 13, 14, 22, 23, 30, 31])
        let exact = edition.indicators.filter { $0.unit == .person && $0.scopeIsExact }
        #expect(exact.map(\.number) == [3, 6, 7, 15, 16, 19, 24, 25, 26, 27])
        #expect(edition.indicator(0) == nil)
        #expect(edition.indicator(32) == nil)
        #expect(edition.indicator(31)?.number == 31)
    }

    @Test func `Members count for an indicator by their ages`() {
        let ages: [UInt32] = [0, 2, 3, 5, 6, 12, 13, 14, 15, 34, 35, 59, 60, 101]
        let expected = [
            1: 1, 2: 1, 3: 6, 6: 4, 7: 10, 15: 2, 16: 4, 17: 14, 18: 14, 19: 4, 20: 4, 21: 2,
            24: 14, 25: 14, 26: 10, 27: 2, 28: 14, 29: 14,
        ]
        for indicator in Edition.bmn2560.indicators {
            #expect(indicator.eligibleCount(ages: ages) == expected[indicator.number] ?? 1)
        }
    }

    @Test func `A count that the ages do not allow is found`() throws {
        let ages: [UInt32] = [40, 38, 10]
        var counts = IndicatorCounts()
        for indicator in Edition.bmn2560.indicators {
            let isDue = indicator.scopeIsExact || indicator.unit == .household
            try counts.set(
                indicator.number,
                inScope: isDue ? indicator.eligibleCount(ages: ages) : 0,
                failing: 0
            )
        }
        #expect(Edition.bmn2560.scopeProblem(of: counts, ages: ages) == nil)

        for indicator in Edition.bmn2560.indicators {
            var wrong = counts
            let eligible = indicator.eligibleCount(ages: ages)
            try wrong.set(indicator.number, inScope: eligible + 1, failing: 0)
            let isDue = indicator.scopeIsExact || indicator.unit == .household
            let problem = try #require(Edition.bmn2560.scopeProblem(of: wrong, ages: ages))
            #expect(problem.indicator == indicator.number)
            #expect(problem.inScope == eligible + 1)
            #expect(problem.eligible == eligible)
            #expect(problem.mustEqual == isDue)
            guard eligible > 0 else { continue }
            try wrong.set(indicator.number, inScope: eligible - 1, failing: 0)
            let found = Edition.bmn2560.scopeProblem(of: wrong, ages: ages)
            #expect((found?.indicator == indicator.number) == isDue)
        }
    }
}
