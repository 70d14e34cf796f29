import Survey
import Testing
import bmn_demo

@Suite struct `The generated answers` {
    @Test func `every indicator has a rate`() {
        #expect(PassRate.all.map(\.indicator) == Questionnaire.bmn2560.indicators.map(\.number))
        #expect(PassRate.all.allSatisfy { (50...100).contains($0.percent) })
    }

    /// Failures of one indicator are about binomial (seed 2561).
    ///
    /// Four standard deviations are allowed, and a tenth of the rate for places that differ.
    @Test func `failures follow the published rates`() throws {
        let files = try DemoFiles(householdCount: 12_000)
        var surveyed = [Int](repeating: 0, count: 32)
        var failed = surveyed
        for household in try files.households() {
            for count in household.indicators {
                surveyed[Int(count.indicator)] += Int(count.inScope)
                failed[Int(count.indicator)] += Int(count.failing)
            }
        }
        for rate in PassRate.all {
            let trials = Double(surveyed[rate.indicator])
            #expect(trials > 0, "indicator \(rate.indicator) has nobody in scope")
            let failRate = (100 - rate.percent) / 100
            let expected = trials * failRate
            let deviation = (trials * failRate * (1 - failRate)).squareRoot()
            let difference = abs(Double(failed[rate.indicator]) - expected)
            #expect(
                difference <= 4 * deviation + expected / 10,
                "indicator \(rate.indicator): \(failed[rate.indicator]) of \(trials) failed, not \(expected)"
            )
        }
    }

    /// Those whose scope or result follows from several answers are left to the questionnaire.
    @Test func `whole forms miss nothing, contradict nothing, and follow the rates too`() throws {
        let households = try DemoFiles(householdCount: 12_000).answeredHouseholds()
        #expect(households.count > 800)
        var surveyed = [Int](repeating: 0, count: 32)
        var failed = surveyed
        for (_, derivation) in households {
            #expect(derivation.missing.isEmpty)
            #expect(derivation.contradictions.allSatisfy { $0.contradiction.severity != .error })
            for result in derivation.results {
                #expect(result.isDecided, "indicator \(result.number)")
                surveyed[result.number] += result.inScopeCount
                failed[result.number] += result.failingCount
            }
        }
        for rate in PassRate.all where ![17, 18, 20, 21, 22, 24, 25].contains(rate.indicator) {
            let trials = Double(surveyed[rate.indicator])
            #expect(trials > 0, "indicator \(rate.indicator) has nobody in scope")
            let failRate = (100 - rate.percent) / 100
            let expected = trials * failRate
            let deviation = (trials * failRate * (1 - failRate)).squareRoot()
            let difference = abs(Double(failed[rate.indicator]) - expected)
            // Places differ by a fifth either way, and one district has few tambons.
            #expect(
                difference <= 4 * deviation + expected / 5,
                "indicator \(rate.indicator): \(failed[rate.indicator]) of \(trials), not \(expected)"
            )
        }
    }

    @Test func `households have as many members as published ones, and of all ages`() throws {
        let files = try DemoFiles(householdCount: 3_000)
        let households = try files.households().filter { !$0.hasAnswers }
        let members = households.flatMap(\.personal.members)
        // 26 provinces of 2561 print 2.4 to 3.5 persons a household.
        let average = Double(members.count) / Double(households.count)
        #expect((2.4...3.5).contains(average), "\(average)")
        let reference = try #require(Day(iso: "2018-01-01"))
        let ages = members.compactMap { Day(iso: $0.birthDate)?.wholeYears(until: reference) }
        for range in [0...2, 3...5, 6...14, 15...59, 60...120] {
            #expect(ages.contains { range.contains($0) }, "nobody is \(range)")
        }
        #expect(ages.allSatisfy { (0...110).contains($0) })
    }
}
