package import Cryptography

/// One certification's life.
package struct CertificationState: Sendable {
    package enum Status: String, Sendable {
        case prepared
        case issued
        case submitted
        case withdrawn
    }

    package let prepared: CertificationPrepared
    package let level: Area.Level
    package let preparedOn: Day
    /// The latest day of its acts so far.
    package internal(set) var lastActOn: Day
    package internal(set) var status = Status.prepared
    /// Who signed in which role.
    package internal(set) var signatures: [(person: String, role: String)] = []
    /// The record of the withdrawal that left the area without a current certification; nil when
    /// another one had taken this one's place before.
    package internal(set) var withdrawnAtIndex: UInt64?
}

extension State {
    /// Whether the data below this certification changed after it was prepared.
    ///
    /// Superseding is derived, not stored: the correction itself is the fact. A district falls with
    /// the certifications it was built on: when one of its LAOs withdraws, or changed anywhere, be
    /// it in another district.
    package func isSuperseded(_ certification: CertificationState) -> Bool {
        let prepared = certification.prepared
        let places = cells(area: prepared.area, level: certification.level, cycle: prepared.cycle)
        let dataChanged = places.values.contains { $0.changedAtIndex >= prepared.treeSize }
        if dataChanged || certification.level == .lao { return dataChanged }
        // By its cells and not by its parent: a municipality may reach into a second district.
        let laos = Set(places.keys.map(\.lao))
        if cycles[prepared.cycle]?.rule(of: .lao) != nil {
            let lowerChanged = cells.contains { key, cell in
                key.cycle == prepared.cycle && laos.contains(key.lao)
                    && cell.changedAtIndex >= prepared.treeSize
            }
            if lowerChanged { return true }
        }
        return certifications.values.contains { lower in
            guard let withdrawnAtIndex = lower.withdrawnAtIndex else { return false }
            return withdrawnAtIndex >= prepared.treeSize && lower.level == .lao
                && lower.prepared.cycle == prepared.cycle && laos.contains(lower.prepared.area)
        }
    }

    /// The cells of an area in a cycle; whatever has a target has a cell.
    func cells(
        area: String,
        level: Area.Level,
        cycle: String
    ) -> [CellKey: Cell] {
        cells.filter { key, _ in
            key.cycle == cycle && contains(area: area, level: level, cell: key)
        }
    }

    /// The LAOs of a district that have a target or a live household in the cycle.
    package func laosAtWork(district: String, cycle: String) -> [String] {
        let places = cells(area: district, level: .district, cycle: cycle)
        let atWork = places.filter { key, cell in !cell.isEmpty || targets[key] != nil }
        return Set(atWork.keys.map(\.lao)).sorted()
    }

    /// Refuses while a household of the area's target has neither a record nor a reason.
    ///
    /// Village by village: one that was collected twice over must not hide one that was skipped.
    func requireCoverage(of area: Area, cycle: String) throws(Rejection) {
        let places = cells(area: area.code, level: area.level, cycle: cycle)
            .sorted { ($0.key.village, $0.key.lao) < ($1.key.village, $1.key.lao) }
        guard places.contains(where: { key, _ in targets[key] != nil }) else {
            throw Rejection(.targetNotSet, area.code)
        }
        for (key, cell) in places where targets[key] != nil || !cell.isEmpty {
            guard let target = targets[key] else { throw Rejection(.targetNotSet, key.village) }
            guard UInt64(cell.collectedCount) + UInt64(cell.notCollectedCount) >= target.households
            else { throw Rejection(.coverageIncomplete, key.village) }
        }
    }

    /// The figures of an area as the records so far give them.
    package func figures(area: String, level: Area.Level, cycle: String) -> Figures {
        let indicatorCount = cycles[cycle]?.questionnaire.numberMax ?? 0
        var figures = Figures()
        var surveyed = [UInt64](repeating: 0, count: indicatorCount)
        var failed = surveyed
        for (key, target) in targets
        where key.cycle == cycle && contains(area: area, level: level, cell: key) {
            figures.targetHouseholds &+= UInt64(target.households)
        }
        for cell in cells(area: area, level: level, cycle: cycle).values {
            figures.collected &+= UInt64(cell.collectedCount)
            figures.notCollected &+= UInt64(cell.notCollectedCount)
            figures.persons &+= cell.personCount
            // A cell that was made before its cycle has no indicators yet.
            for indicator in 0..<min(indicatorCount, cell.surveyed.count) {
                surveyed[indicator] &+= UInt64(cell.surveyed[indicator])
                failed[indicator] &+= UInt64(cell.failed[indicator])
            }
        }
        figures.surveyed = surveyed
        figures.failed = failed
        return figures
    }
}

extension Figures {
    /// The canonical form whose SHA-256 is the figures digest: plain lines, one number each.
    package func canonicalText(cycle: String, area: String) -> String {
        var lines = [
            "bmn-figures/v1", "cycle \(cycle)", "area \(area)",
            "targetHouseholds \(targetHouseholds)", "collected \(collected)",
            "notCollected \(notCollected)", "persons \(persons)",
        ]
        for (offset, count) in surveyed.enumerated() {
            // A forged event may list fewer.
            let failedCount = offset < failed.count ? failed[offset] : 0
            lines.append("indicator \(offset + 1) surveyed \(count) failed \(failedCount)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    package func digest(cycle: String, area: String) -> Digest {
        SHA256.hash(Array(canonicalText(cycle: cycle, area: area).utf8))
    }
}
