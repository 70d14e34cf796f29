/// The part of a village that lies in one LAO, and how many households live there.
struct DemoCell {
    let village: DemoVillage
    let laoCode: String
    /// The target that stands in the end: every household is either collected or not, with a reason.
    let householdCount: Int
    /// What was reported at first, where it was revised.
    let reportedCount: Int
}

extension Province {
    /// Divides the households over villages and LAOs, at least one to each, unequally.
    func cells(householdCount: Int, seed: UInt64) throws -> [DemoCell] {
        var random = SeededGenerator(seed: seed, purpose: "cells")
        let places = villages.flatMap { village in
            village.laoCodes.map { (village: village, lao: $0) }
        }
        guard householdCount >= places.count else {
            throw DemoProblem(
                "at least \(places.count) households are needed, one for each village and LAO"
            )
        }
        let weights = places.map { place in
            // A divided village has two parts, not twice the people.
            Double(random.integer(in: 60...160)) / Double(place.village.laoCodes.count)
        }
        let weightSum = weights.reduce(0, +)
        let free = Double(householdCount - places.count)
        var cells: [DemoCell] = []
        var weightSoFar = 0.0
        var givenCount = 0
        for (place, weight) in zip(places, weights) {
            // Rounding the running sum and not each part makes the parts add up exactly.
            weightSoFar += weight
            let isLast = cells.count == places.count - 1
            let upTo = isLast ? Int(free) : Int(free * (weightSoFar / weightSum))
            let count = 1 + upTo - givenCount
            givenCount = upTo
            // The fifth place always, so that every demonstration shows a revision.
            let isRevised = random.chance(0.05) || cells.count == 4
            let difference = random.integer(in: 1...4) * (random.chance(0.5) ? 1 : -1)
            cells.append(
                DemoCell(
                    village: place.village,
                    laoCode: place.lao,
                    householdCount: count,
                    reportedCount: isRevised ? max(0, count + difference) : count
                )
            )
        }
        return cells
    }
}
