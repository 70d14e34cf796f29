import LedgerTestSupport
import Survey
import TestSupport

/// Withdrawals of LAOs' certifications that a read model could take for another's.
struct Withdrawals {
    /// One that was overtaken and replaced, below a certification that stands.
    var outdatedCount = 0
    /// One that a certification stands on in a district that is not the LAO's parent.
    var secondDistrictCount = 0
}

extension World {
    /// Tries random commands; what the rules refuse is not recorded.
    ///
    /// Times of collecting and times of certifying take turns, or no district would come to stand.
    mutating func step(count: Int, _ generator: inout SeededGenerator) throws {
        var today = Day(iso: "2018-02-01") ?? recordedOn
        for turn in 0..<count {
            let isCollecting = turn % 100 < 40
            if turn % 10 == 0 { today = today + 1 }
            let earlier = today - Int.random(in: 0...5, using: &generator)
            do {
                switch Int.random(in: 0..<100, using: &generator) {
                case 0..<(isCollecting ? 85 : 4): try stepHousehold(on: earlier.iso, &generator)
                case 0..<(isCollecting ? 95 : 8): try stepTarget(on: today.iso, &generator)
                case 0..<20: try stepWithdrawal(on: today.iso, &generator)
                default: try stepCertification(on: today.iso, &generator)
                }
            } catch is Rejection {}
        }
    }

    private mutating func stepHousehold(
        on day: String,
        _ generator: inout SeededGenerator
    ) throws {
        let household = "h-\(Int.random(in: 0..<40, using: &generator))"
        let place = Int.random(in: 0..<Self.places.count, using: &generator)
        let births = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
            "\(Int.random(in: 1930...2017, using: &generator))-06-15"
        }
        var failing: [Int: UInt32] = [:]
        for indicator in 1...31 {
            failing[indicator] = UInt32.random(in: 0...1, using: &generator)
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<4:
            try record(household, place, births: births, failing: failing, on: day)
        case 4: try notCollected(household, place, on: day)
        case 5: try withdraw(household, on: day)
        case 6:
            try correct(household, on: day) {
                ($0.village, $0.lao) = Self.places[place]
            }
        case 7:
            try correct(household, on: day) {
                $0.personal = Self.personal(births)
                $0.indicators = Self.counts(births, failing: failing)
            }
        case 8: try correct(household, on: day) { $0.interviewedOn = "2018-01-20" }
        default:
            try correct(household, on: day) {
                var count = IndicatorCount()
                (count.indicator, count.inScope) = (8, 1)
                count.failing = failing[8] ?? 0
                $0.indicators = [count]
            }
        }
    }

    private mutating func stepTarget(
        on day: String,
        _ generator: inout SeededGenerator
    ) throws {
        let place = Int.random(in: 0..<Self.places.count, using: &generator)
        let households = UInt32.random(in: 0...30, using: &generator)
        let (village, lao) = Self.places[place]
        let cell = CellKey(cycle: Self.cycle, village: village, lao: lao)
        if state.targets[cell] == nil {
            try setTarget(place, households, on: day)
        } else {
            try reviseTarget(place, households, on: day)
        }
    }

    /// What brings one area's certification a step further; mostly, but not always, in order.
    private mutating func stepCertification(
        on day: String,
        _ generator: inout SeededGenerator
    ) throws {
        let areas = ["9981", "990151", "990152", "990251", "9901", "9902"]
        let area = areas.randomElement(using: &generator) ?? ""
        guard let (open, certification) = current(area), !state.isSuperseded(certification) else {
            _ = try prepare(area, on: day)
            return
        }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: _ = try prepare(area, on: day)
        case 1: try submit(open, on: day)
        case 2:
            for person in Self.signers { try sign(open, person, on: day) }
            try issue(open, on: day)
        default:
            if certification.status == .prepared {
                for person in Self.signers { try sign(open, person, on: day) }
                try issue(open, on: day)
            }
            try submit(open, on: day)
        }
    }

    private func current(_ area: String) -> (String, CertificationState)? {
        let place = CycleArea(cycle: Self.cycle, area: area)
        guard let id = state.currentCertifications[place],
            let certification = state.certifications[id]
        else { return nil }
        return (id, certification)
    }

    /// Withdraws any certification that is not withdrawn, outdated ones included; every other time
    /// that of the LAO which lies in two districts.
    private mutating func stepWithdrawal(
        on day: String,
        _ generator: inout SeededGenerator
    ) throws {
        let live = state.certifications.filter { $0.value.status != .withdrawn }.keys.sorted()
        let any = live.randomElement(using: &generator)
        guard let id = Bool.random(using: &generator) ? any : current("9981")?.0,
            let certification = state.certifications[id]
        else { return }
        let lao = certification.prepared.area
        if certification.level == .lao {
            let isCurrent = current(lao)?.0 == id
            for district in ["9901", "9902"] {
                guard let (_, upper) = current(district), !state.isSuperseded(upper),
                    state.laosAtWork(district: district, cycle: Self.cycle).contains(lao)
                else { continue }
                if !isCurrent {
                    withdrawals.outdatedCount += 1
                } else if state.areas[lao]?.area.parentCode != district {
                    withdrawals.secondDistrictCount += 1
                }
            }
        }
        try withdraw(certification: id, on: day)
    }
}
