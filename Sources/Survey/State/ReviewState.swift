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
    let place: SurveyPlace
    package let raisedOn: Day
    package internal(set) var isResolved = false
}

package struct SampleState: Sendable {
    package let announcement: SampleAnnouncement
    /// The record that announced it: the seed is the root of the first checkpoint past it.
    package let announcedAtIndex: UInt64
    package let announcedOn: Day
    package internal(set) var drawnOn: Day?
}

/// So many of one kind are recorded for one area of a cycle.
package struct AreaCount: Hashable, Sendable {
    package let kind: EventKind
    package let place: CycleArea
}

extension Event {
    /// What a bound counts of an area; nil for every other kind.
    var countedOfArea: AreaCount? {
        let place: CycleArea
        switch kind {
        case .objectionRaised(let it): place = CycleArea(cycle: it.cycle, area: it.area)
        case .sampleAnnounced(let it): place = CycleArea(cycle: it.cycle, area: it.area)
        case .qualityCheckDone(let it): place = CycleArea(cycle: it.cycle, area: it.area)
        case .defectFound(let it): place = CycleArea(cycle: it.cycle, area: it.area)
        default: return nil
        }
        return eventKind.map { AreaCount(kind: $0, place: place) }
    }
}

package struct CheckState: Sendable {
    package let cycle: String
    package let area: String
    package let level: Area.Level
    package let stage: QualityCheck.Stage
    package let checkers: Set<String>
    /// The day of the act.
    package let doneOn: Day
}

extension State {
    /// The first open one that a certification of the area would pass over: one about anything that
    /// the area counts.
    func openConcern(
        among concerns: [String: ConcernState],
        in area: Area,
        cycle: String
    ) -> String? {
        let open = concerns.filter { !$0.value.isResolved && $0.value.cycle == cycle }
        // Most of the time there is none, and then the cells need no look.
        guard !open.isEmpty else { return nil }
        let cells = cellKeys(cycle: cycle)
        return open.filter { $0.value.place.touches(area.code, area.level, cells: cells) }
            .keys.min()
    }

    /// By its code, or because all of its households and targets are the other's: a village may lie
    /// in an LAO whole or in part, which no code tells.
    func lies(_ inner: String, within outer: Area, cycle: String) -> Bool {
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
