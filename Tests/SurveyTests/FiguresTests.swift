import Survey
import Testing

@Suite struct FiguresTests {
    @Test func `A district's figures are the sum of its villages, an LAO's of its own part`() throws
    {
        var fixture = try Fixture.collected()
        try fixture.run(.setTarget(.sample("99010101", "990151", 1)))
        try fixture.run(.recordHousehold(.sample("h-6", "99010101", "990151", failing: [8: 1])))
        func figures(_ area: String, _ level: Area.Level) -> Figures {
            fixture.state.figures(area: area, level: level, cycle: "2561")
        }
        #expect(figures("9901", .district).collected == 4)
        #expect(figures("9901", .district).notCollected == 1)
        #expect(figures("9901", .district).persons == 8)
        #expect(figures("9901", .district).targetHouseholds == 5)
        #expect(figures("9901", .district).failed[7] == 2)
        #expect(figures("9981", .lao).collected == 1)
        #expect(figures("990151", .lao).collected == 2)
        #expect(figures("990101", .tambon).collected == 3)
        #expect(figures("99010101", .village).collected == 2)
        #expect(figures("99", .province).collected == 5)
        #expect(fixture.state.figures(area: "99", level: .province, cycle: "2562") == Figures())
    }
}

/// All live households, counted one by one: what the sums per cell must always agree with.
struct Recount {
    var figures = Figures()

    init(_ fixture: Fixture, area: String, level: Area.Level) {
        var surveyed = [UInt64](repeating: 0, count: 31)
        var failed = surveyed
        for (key, target) in fixture.state.targets
        where fixture.state.contains(area: area, level: level, cell: key) {
            figures.targetHouseholds += UInt64(target.households)
        }
        for (stream, household) in fixture.households where stream.hasPrefix("household/2561/") {
            let isInside =
                level == .lao ? household.lao == area : household.village.hasPrefix(area)
            guard isInside else { continue }
            switch household.status {
            case .absent: break
            case .notCollected: figures.notCollected += 1
            case .recorded:
                figures.collected += 1
                figures.persons += UInt64(household.ages.count)
                for indicator in 1...31 {
                    surveyed[indicator - 1] += UInt64(household.counts.inScope(indicator))
                    failed[indicator - 1] += UInt64(household.counts.failing(indicator))
                }
            }
        }
        figures.surveyed = surveyed
        figures.failed = failed
    }
}
