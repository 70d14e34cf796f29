/// What an objection, a defect or an appointment is about: an area, and where that is so one village
/// or one household in it.
///
/// Areas overlap: tambons may be divided between LAOs, and a municipality may reach into a second
/// district. Which of them have something in common only the cells tell, where anything is counted.
package struct SurveyPlace: Sendable, Hashable {
    let area: String
    let level: Area.Level
    /// The area above it, by which an LAO lies in a district.
    let parent: String
    let village: String
    /// Where the one household lay.
    let cell: CellKey?

    package init(
        area: String,
        level: Area.Level,
        parent: String,
        village: String = "",
        cell: CellKey? = nil
    ) {
        (self.area, self.level, self.parent) = (area, level, parent)
        (self.village, self.cell) = (village, cell)
    }

    /// Whether something of it lies in the other area; `cells` are those of the cycle.
    package func touches(
        _ other: String,
        _ otherLevel: Area.Level,
        cells: some Sequence<CellKey>
    ) -> Bool {
        if let cell { return cell.lies(in: other, otherLevel) }
        if nests(other, otherLevel) { return true }
        return cells.contains { cell in
            (village.isEmpty || cell.village == village) && cell.lies(in: area, level)
                && cell.lies(in: other, otherLevel)
        }
    }

    /// By their codes alone, which say it also where nothing was counted yet.
    private func nests(_ other: String, _ otherLevel: Area.Level) -> Bool {
        if area == other { return true }
        if otherLevel == .lao { return false }
        if level == .lao, village.isEmpty { return parent.hasPrefix(other) }
        let narrow = village.isEmpty ? area : village
        return narrow.hasPrefix(other) || other.hasPrefix(narrow)
    }
}

extension CellKey {
    func lies(in area: String, _ level: Area.Level) -> Bool {
        level == .lao ? lao == area : village.hasPrefix(area)
    }
}

extension State {
    func place(
        _ code: String,
        cycle: String,
        village: String = "",
        household: (village: String, lao: String) = ("", "")
    ) -> SurveyPlace {
        let area = areas[code]?.area ?? Area()
        let cell =
            household.lao.isEmpty
            ? nil : CellKey(cycle: cycle, village: household.village, lao: household.lao)
        return SurveyPlace(
            area: code,
            level: area.level,
            parent: area.parentCode,
            village: village,
            cell: cell
        )
    }

    func cellKeys(cycle: String) -> [CellKey] { cells.keys.filter { $0.cycle == cycle } }
}
