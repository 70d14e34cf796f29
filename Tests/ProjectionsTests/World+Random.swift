import Survey

extension World {
    /// Tries one random command; what the rules refuse is not recorded.
    ///
    /// - Returns: whether it was accepted.
    @discardableResult
    mutating func step(_ generator: inout SeededGenerator) throws -> Bool {
        do {
            switch Int.random(in: 0..<100, using: &generator) {
            case 0..<72: try stepHousehold(&generator)
            case 72..<80: try stepTarget(&generator)
            default: try stepCertification(&generator)
            }
            return true
        } catch is Rejection {
            return false
        }
    }

    private mutating func stepHousehold(_ generator: inout SeededGenerator) throws {
        let household = "h-\(Int.random(in: 0..<40, using: &generator))"
        let place = Int.random(in: 0..<Self.places.count, using: &generator)
        let day = Day(iso: "2018-02-01").map {
            ($0 + Int.random(in: 0..<20, using: &generator)).iso
        }
        let births = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            "\(Int.random(in: 1930...2017, using: &generator))-06-15"
        }
        var failing: [Int: UInt32] = [:]
        for indicator in 1...31 {
            failing[indicator] = UInt32.random(in: 0...1, using: &generator)
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<4:
            try record(household, place, births: births, failing: failing, on: day ?? "")
        case 4: try notCollected(household, place, on: day ?? "")
        case 5: try withdraw(household, on: day ?? "")
        case 6:
            try correct(household, on: day ?? "") {
                ($0.village, $0.lao) = Self.places[place]
            }
        case 7:
            try correct(household, on: day ?? "") {
                $0.personal = Self.personal(births)
                $0.indicators = Self.counts(births, failing: failing)
            }
        case 8: try correct(household, on: day ?? "") { $0.interviewedOn = "2018-01-20" }
        default:
            try correct(household, on: day ?? "") {
                var count = IndicatorCount()
                (count.indicator, count.inScope) = (8, 1)
                count.failing = failing[8] ?? 0
                $0.indicators = [count]
            }
        }
    }

    private mutating func stepTarget(_ generator: inout SeededGenerator) throws {
        let place = Int.random(in: 0..<Self.places.count, using: &generator)
        let households = UInt32.random(in: 0...30, using: &generator)
        let (village, lao) = Self.places[place]
        let cell = CellKey(cycle: Self.cycle, village: village, lao: lao)
        if state.targets[cell] == nil {
            try setTarget(place, households)
        } else {
            try reviseTarget(place, households)
        }
    }

    private mutating func stepCertification(_ generator: inout SeededGenerator) throws {
        let areas = ["9981", "990151", "990152", "990251", "9901", "9902"]
        let area = areas.randomElement(using: &generator) ?? ""
        let open = state.currentCertifications[CycleArea(cycle: Self.cycle, area: area)]
        guard let open else {
            _ = try prepare(area)
            return
        }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: _ = try prepare(area)
        case 1: try withdraw(certification: open)
        case 2: try submit(open)
        case 3:
            for person in Self.signers { try sign(open, person) }
            try issue(open)
        default:
            for person in Self.signers { try sign(open, person) }
            try issue(open)
            try submit(open)
        }
    }
}
