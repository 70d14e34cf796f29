import Survey

/// What whoever makes a command may look at: the survey as the records so far leave it.
struct Known {
    var state = State()
    /// By their streams.
    var households: [String: HouseholdState] = [:]
    var today = Day(daysSinceEpoch: 0)

    func codes(_ levels: Area.Level...) -> [String] {
        state.areas.values.filter { levels.contains($0.area.level) }.map(\.area.code).sorted()
    }

    /// Each village in each LAO that may have households of it.
    var places: [(village: String, lao: String)] {
        let laos = codes(.lao).compactMap { state.areas[$0]?.area }
        return codes(.village).flatMap { village in
            laos.filter { $0.coveredCodes.contains(String(village.prefix(6))) }
                .map { (village, $0.code) }
        }
    }

    var people: [String] { state.persons.keys.sorted() }

    /// Who sits on the committee of an area today, in which role.
    func committee(of place: CycleArea) -> [(person: String, role: String)] {
        people.flatMap { person in
            (state.persons[person]?.appointments ?? []).filter {
                $0.kind == .committee && $0.cycle == place.cycle && $0.area == place.area
                    && $0.validFrom <= today && $0.validTo.map { $0 >= today } ?? true
            }.map { (person, $0.role) }
        }
    }

    func recorded(in cycle: String) -> [String] {
        let prefix = "household/\(cycle)/"
        return households.filter { $0.key.hasPrefix(prefix) && $0.value.status == .recorded }
            .map { String($0.key.dropFirst(prefix.count)) }.sorted()
    }

    func parent(of area: String) -> String { state.areas[area]?.area.parentCode ?? "" }
}
