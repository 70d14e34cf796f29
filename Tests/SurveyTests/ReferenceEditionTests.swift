import Survey
import TestSupport
import Testing

@Suite struct ReferenceEditionTests {
    static let table = "bmn/indicators-2560-2564.csv"

    private let form = Questionnaire.bmn2560

    @Test(.enabled(if: SharedData.isPresent(table), "no shared data beside the repository"))
    func `The edition is the indicator table, byte for byte`() throws {
        let rows = try SharedData.rows(Self.table)
        #expect(rows.count == 31)
        #expect(form.indicators.count == 31)
        for (row, indicator) in zip(rows, form.indicators) {
            #expect(row["number"] == "\(indicator.number)")
            #expect(Array(row["name_th"]?.utf8 ?? "".utf8) == Array(indicator.name.th.utf8))
            #expect(Array(row["name_en"]?.utf8 ?? "".utf8) == Array(indicator.name.en.utf8))
            let category = form.categories.first { $0.category == indicator.category }
            #expect(row["category_th"] == category?.name.th)
            #expect(row["category_en"] == category?.name.en)
            #expect(row["unit"] == (indicator.unit == .household ? "household" : "person"))
        }
    }

    /// What a form's reader would say of the ages in scope: everybody of these, or at most these.
    private enum Ages: Equatable {
        case everybody(ClosedRange<UInt32>)
        case atMost(ClosedRange<UInt32>)
        /// Children of 0 are not over 1 year; those of 1 may have had their birthday months ago.
        case newborns
    }

    /// By the indicator table's column applies_to; household indicators are not in it.
    private static let expected: [Int: Ages] = [
        1: .newborns, 2: .atMost(0...1), 3: .everybody(0...12), 6: .everybody(35...130),
        7: .everybody(6...130), 15: .everybody(3...5), 16: .everybody(6...14), 17: .atMost(0...130),
        18: .atMost(0...130), 19: .everybody(15...59), 20: .atMost(15...59), 21: .atMost(60...130),
        24: .everybody(0...130), 25: .everybody(0...130), 26: .everybody(6...130),
        27: .everybody(60...130), 28: .atMost(0...130), 29: .atMost(0...130),
    ]

    @Test func `Who is in scope by age follows from the document as the indicator table has it`() {
        for indicator in form.indicators {
            let expected = Self.expected[indicator.number]
            #expect((expected == nil) == (indicator.unit == .household))
            for age in 0...UInt32(130) {
                let bounds: ClosedRange<Int> =
                    switch expected {
                    case .everybody(let range): range.contains(age) ? 1...1 : 0...0
                    case .atMost(let range): range.contains(age) ? 0...1 : 0...0
                    case .newborns: age == 0 ? 1...1 : age == 1 ? 0...1 : 0...0
                    case nil: 1...1
                    }
                #expect(
                    form.inScope(indicator.number, ages: [age]) == bounds,
                    "indicator \(indicator.number) at \(age)"
                )
            }
        }
    }

    @Test(.enabled(if: SharedData.isPresent(table), "no shared data beside the repository"))
    func `Scopes that age alone decides say what the table says`() throws {
        let rows = try SharedData.rows(Self.table)
        for (row, indicator) in zip(rows, form.indicators) {
            guard case .everybody(let range) = Self.expected[indicator.number] else { continue }
            let expected =
                switch (range.lowerBound, range.upperBound) {
                case (0, 130): "every person (printed denominator = whole population)"
                case (let lowest, 130): "persons aged >= \(lowest)"
                case (let lowest, let highest): "persons aged \(lowest)-\(highest)"
                }
            #expect(row["applies_to"] == expected)
        }
    }

    @Test func `Thirteen indicators ask the household and eighteen its members`() {
        #expect(form.edition == "2560-2564")
        #expect(form.years == 2560...2564)
        #expect(form.indicators.map(\.number) == Array(1...31))
        #expect(form.numberMax == 31)
        let households = form.indicators.filter { $0.unit == .household }.map(\.number)
        #expect(households == [4, 5, 8, 9, 10, 11, 12, 13, 14, 22, 23, 30, 31])
        #expect(form.indicator(0) == nil)
        #expect(form.indicator(32) == nil)
        #expect(form.indicator(31)?.number == 31)
    }

    @Test func `A household's members add up`() {
        let ages: [UInt32] = [0, 2, 3, 5, 6, 12, 13, 14, 15, 34, 35, 59, 60, 101]
        let expected = [
            1: 1...1, 2: 0...1, 3: 6...6, 6: 4...4, 7: 10...10, 15: 2...2, 16: 4...4, 17: 0...14,
            18: 0...14, 19: 4...4, 20: 0...4, 21: 0...2, 24: 14...14, 25: 14...14, 26: 10...10,
            27: 2...2, 28: 0...14, 29: 0...14,
        ]
        for number in 1...31 {
            #expect(form.inScope(number, ages: ages) == expected[number] ?? 1...1, "\(number)")
        }
    }

    @Test func `A count that the ages do not allow is found`() throws {
        let ages: [UInt32] = [40, 38, 10]
        var counts = IndicatorCounts(count: 31)
        for number in 1...31 {
            let fewest = form.inScope(number, ages: ages).lowerBound
            try counts.set(number, inScope: fewest, failing: 0)
        }
        #expect(form.scopeProblem(of: counts, ages: ages) == nil)
        for number in 1...31 {
            let bounds = form.inScope(number, ages: ages)
            var wrong = counts
            try wrong.set(number, inScope: bounds.upperBound, failing: 0)
            #expect(form.scopeProblem(of: wrong, ages: ages) == nil)
            try wrong.set(number, inScope: bounds.upperBound + 1, failing: 0)
            #expect(form.scopeProblem(of: wrong, ages: ages) == number)
            guard bounds.lowerBound > 0 else { continue }
            try wrong.set(number, inScope: bounds.lowerBound - 1, failing: 0)
            #expect(form.scopeProblem(of: wrong, ages: ages) == number)
        }
    }
}
