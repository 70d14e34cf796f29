import Survey

/// Households: who recorded what, where, from which form, and what is left of it.
extension Invariants {
    mutating func checkHousehold(_ event: Event, _ day: String, _ user: String) {
        if case .personalDataErased(let erasure) = event.kind, erasure.household.isEmpty {
            expect(facts.people.contains(erasure.person), "nobody's data is erased")
            expectFirst("erasure of key \(erasure.keyID)")
            facts.destroyedKeys.insert(erasure.keyID)
            return
        }
        var house = facts.houses[event.stream] ?? House()
        expect(day >= house.lastDay, "\(event.stream) goes back in time")
        house.lastDay = day
        let before = house
        switch event.kind {
        case .householdRecorded(let record): house.record(record, by: user)
        case .householdCorrected(let correction):
            expect(before.isRecorded, "what was not recorded is corrected")
            for change in correction.changes { house.apply(change) }
            if correction.hasSealed {
                expect(!before.isErased, "an erased household has data again")
                house.keyID = correction.sealed.keyID
            }
        case .householdNotCollected(let visit):
            expect(!before.isRecorded && !before.isVisited, "a live household is not collected")
            house.cycle = visit.cycle
            house.isVisited = true
            (house.village, house.lao) = (visit.village, visit.lao)
            (house.collector, house.visitedOn) = (visit.collector, visit.visitedOn)
        case .householdWithdrawn:
            expect(before.isRecorded || before.isVisited, "nothing is withdrawn")
            (house.isRecorded, house.isVisited) = (false, false)
        case .householdReinterviewed(let interview): check(interview, before)
        case .personalDataErased(let erasure):
            expect(erasure.keyID == before.keyID, "another household's key is destroyed")
            expectFirst("erasure of key \(erasure.keyID)")
            facts.destroyedKeys.insert(erasure.keyID)
            (house.keyID, house.isErased) = (nil, true)
        default: break
        }
        checkPlace(of: house, event, before, day, user)
        if let keyID = event.sealed?.keyID {
            expect(!facts.destroyedKeys.contains(keyID), "sealed with a key that was destroyed")
        }
        facts.houses[event.stream] = house
    }

    /// The village lies in the LAO, and whoever came and whoever recorded was appointed there.
    private mutating func checkPlace(
        of house: House,
        _ event: Event,
        _ before: House,
        _ day: String,
        _ user: String
    ) {
        switch event.kind {
        case .householdRecorded(let record):
            expect(!before.isRecorded, "a household is recorded twice")
            checkForm(record)
        case .householdNotCollected, .householdCorrected: break
        default: return
        }
        let cell = CellName(cycle: house.cycle, village: house.village, lao: house.lao)
        expect(house.visitedOn <= day, "an interview after its recording")
        expect(facts.level(house.village) == .village, "\(house.village) is no village")
        expect(
            facts.areas[house.lao]?.coveredCodes.contains(String(house.village.prefix(6))) == true,
            "\(house.village) does not lie in \(house.lao)"
        )
        expect(
            facts.holds(.collector, house.collector, cell, on: house.visitedOn),
            "\(house.collector) collected without an appointment"
        )
        expect(
            facts.holds(.recorder, user, cell, on: day),
            "\(user) recorded without an appointment"
        )
    }

    /// A form is its collector's, and neither returned nor spoiled.
    private mutating func checkForm(_ record: HouseholdRecorded) {
        guard !record.questionnaire.isEmpty else { return }
        let form = facts.forms["\(record.cycle) \(record.questionnaire)"]
        expect(form?.collector == record.collector, "\(record.questionnaire) is another's form")
        expect(form?.isClosed == false, "\(record.questionnaire) is closed")
    }

    private mutating func check(_ interview: Reinterview, _ house: House) {
        expectFirst("interview of \(interview.cycle) \(interview.household) in \(interview.check)")
        let check = facts.checks[interview.check]
        expect(check?.checkers.contains(interview.checker) == true, "no checker of the check")
        expect(
            interview.checker != house.collector && interview.checker != house.recorder,
            "a household is checked by who collected or recorded it"
        )
        expect(
            facts.contains(check?.area ?? "", village: house.village, lao: house.lao),
            "a household outside of the check"
        )
        for count in interview.indicators {
            let index = Int(count.indicator) - 1
            let isEqual =
                house.inScope.indices.contains(index)
                && house.inScope[index] == Int(count.inScope)
                && house.failing[index] == Int(count.failing)
            expect(
                interview.differing.contains(count.indicator) == !isEqual,
                "indicator \(count.indicator) is compared wrongly"
            )
        }
    }
}

extension House {
    fileprivate mutating func record(_ record: HouseholdRecorded, by user: String) {
        cycle = record.cycle
        (isRecorded, isVisited) = (true, false)
        (village, lao) = (record.village, record.lao)
        (collector, recorder) = (record.collector, user)
        visitedOn = record.interviewedOn
        personCount = record.ages.count
        (inScope, failing) = (Self.numbers(record.inScope), Self.numbers(record.failing))
        (keyID, isErased) = (record.sealed.keyID, false)
    }
}
