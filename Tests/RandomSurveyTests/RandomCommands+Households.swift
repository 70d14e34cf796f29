import LedgerTestSupport
import Survey

/// Households: few, so that the same one is recorded, corrected, withdrawn and recorded again.
extension RandomCommands {
    private static let births = [
        "1930-01-01", "1955-07-07", "1970-02-28", "1999-12-31", "2003-03-03", "2013-01-01",
        "2016-05-05", "2016-12-01",
    ]

    mutating func makeHousehold(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        switch kind {
        case .householdRecorded: return .recordHousehold(record(known))
        case .householdCorrected: return .correctHousehold(correction(known))
        case .householdNotCollected:
            let record = record(known)
            var visit = HouseholdNotCollected()
            (visit.cycle, visit.household) = (record.cycle, record.household)
            (visit.village, visit.lao) = (record.village, record.lao)
            (visit.visitedOn, visit.collector) = (record.interviewedOn, record.collector)
            let reasons: [HouseholdNotCollected.Reason] = [.absent, .refused, .vacant, .moved]
            visit.reason = dice.pick(reasons) ?? .absent
            return .recordNotCollected(visit)
        case .householdWithdrawn:
            var withdrawal = HouseholdWithdrawn()
            withdrawal.cycle = cycle(known)
            withdrawal.household = household(known, withdrawal.cycle)
            withdrawal.reason = "recorded twice"
            return .withdrawHousehold(withdrawal)
        case .personalDataErased: return .erasePersonalData(erasure(known))
        default: return nil
        }
    }

    /// Mostly one that is recorded.
    mutating func household(_ known: Known, _ cycle: String) -> String {
        (dice.chance(85) ? dice.pick(known.recorded(in: cycle)) : nil)
            ?? "h-\(dice.number(1...16))"
    }

    private mutating func record(_ known: Known) -> RecordHousehold {
        var record = RecordHousehold()
        record.cycle = cycle(known)
        record.household = "h-\(dice.number(1...16))"
        (record.village, record.lao) = dice.pick(known.places) ?? ("99010101", "9981")
        record.interviewedOn = (known.today - dice.number(0...8)).iso
        record.collector =
            known.parent(of: record.lao) == "9902" && dice.chance(60)
            ? "collector-2" : "collector-1"
        if dice.chance(4) { record.collector = person(known) }
        record.synthetic = true
        let held = forms.filter {
            $0.cycle == record.cycle && $0.collector == record.collector
        }
        if let form = dice.pick(held), dice.chance(40) {
            record.questionnaire = "\(form.prefix)\(form.number)"
        }
        if record.cycle == Self.mainCycle, dice.chance(15) {
            record.answers = AnswersDocument(Sample.answers())
            return record
        }
        let births = births()
        record.personal = personal(births)
        record.indicators = counts(births, record.cycle, known)
        return record
    }

    private mutating func births() -> [String] {
        (0..<dice.number(1...5)).compactMap { _ in dice.pick(Self.births) }
    }

    private func personal(_ births: [String]) -> PersonalData {
        var personal = PersonalData()
        personal.houseNumber = "9/9"
        personal.members = births.map { birth in
            var member = Member()
            (member.firstName, member.birthDate) = ("สมมุติ", birth)
            return member
        }
        return personal
    }

    /// Everybody who may be in scope is; now and then some fail.
    private mutating func counts(
        _ births: [String],
        _ cycle: String,
        _ known: Known
    ) -> [IndicatorCount] {
        guard let state = known.state.cycles[cycle] else { return [] }
        let ages = births.compactMap { Day(iso: $0)?.wholeYears(until: state.referenceDate) }
            .map { UInt32(clamping: $0) }
        return state.questionnaire.indicators.map { indicator in
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(
                state.questionnaire.inScope(indicator.number, ages: ages).upperBound
            )
            if dice.chance(20) { count.failing = dice.number(0...count.inScope) }
            return count
        }
    }

    private mutating func correction(_ known: Known) -> CorrectHousehold {
        var correction = CorrectHousehold()
        correction.cycle = cycle(known)
        correction.household = household(known, correction.cycle)
        correction.reason = "read wrongly from the form"
        let stream = Event.stream(correction.cycle, correction.household)
        let before = known.households[stream]
        switch dice.number(0...9) {
        case 0...2:
            let place = dice.pick(known.places) ?? ("99010101", "9981")
            (correction.village, correction.lao) = place
        case 3: correction.interviewedOn = pastDay(known)
        case 4: correction.collector = "collector-1"
        case 5, 6:
            if before?.hasAnswers == true {
                correction.answers = AnswersDocument(Sample.answers(["q24": .yesNo(true)]))
            } else {
                let births = births()
                correction.personal = personal(births)
                correction.indicators = counts(births, correction.cycle, known)
            }
        default:
            var count = IndicatorCount()
            let indicators = known.state.cycles[correction.cycle]?.questionnaire.indicators ?? []
            count.indicator = UInt32(dice.pick(indicators)?.number ?? 1)
            count.inScope = UInt32(before?.counts.inScope(Int(count.indicator), or: 0) ?? 0)
            count.failing = dice.number(0...count.inScope)
            correction.indicators = [count]
        }
        return correction
    }

    private mutating func erasure(_ known: Known) -> Erasure {
        var erasure = Erasure()
        erasure.ground = .requestOfSubject
        erasure.reason = "asked for by its head"
        if dice.chance(60) {
            erasure.cycle = cycle(known)
            erasure.household = household(known, erasure.cycle)
        } else {
            // Work needs nobody's name, so anybody's may go.
            erasure.person = person(known)
        }
        return erasure
    }
}

extension IndicatorCounts {
    /// A household that was never recorded counts nothing.
    fileprivate func inScope(_ indicator: Int, or other: Int) -> Int {
        indicator <= count ? inScope(indicator) : other
    }
}
