import Cryptography

/// Results that were shown to the people of an area, and what these made of them.
package struct PresentationState: Sendable {
    package let cycle: String
    package let area: String
    package let presentedOn: Day
    package let figuresDigest: String
    /// The day of the last review.
    package internal(set) var reviewedOn: Day?
    package internal(set) var isConfirmed = false
}

/// An objection or a defect: open until it is resolved.
package struct ConcernState: Sendable {
    package let cycle: String
    package let area: String
    package let raisedOn: Day
    package internal(set) var isResolved = false
}

package struct SampleState: Sendable {
    package let cycle: String
    package let area: String
    package let drawnOn: Day
}

package struct CheckState: Sendable {
    package let cycle: String
    package let area: String
    package let checkers: Set<String>
}

extension State {
    /// The first open one that a certification of the area would pass over.
    func openConcern(
        among concerns: [String: ConcernState],
        in area: Area,
        cycle: String
    ) -> String? {
        concerns.filter { _, concern in
            concern.cycle == cycle && !concern.isResolved
                && lies(concern.area, within: area, cycle: cycle)
        }.keys.min()
    }

    /// By its code, or because all of its households and targets are the other's: a village may lie
    /// in an LAO whole or in part, which no code tells.
    private func lies(_ inner: String, within outer: Area, cycle: String) -> Bool {
        guard let area = areas[inner]?.area else { return false }
        if lies(area, within: outer) { return true }
        let places = cells(area: inner, level: area.level, cycle: cycle).keys
        return !places.isEmpty
            && places.allSatisfy { contains(area: outer.code, level: outer.level, cell: $0) }
    }

    /// The digest of an area's figures as the records so far give them.
    func figuresDigest(area: String, cycle: String) -> String {
        let level = areas[area]?.area.level ?? .unspecified
        return figures(area: area, level: level, cycle: cycle)
            .digest(cycle: cycle, area: area).hex
    }
}
