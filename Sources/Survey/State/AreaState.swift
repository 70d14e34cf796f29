/// An area as it stands: what was defined, with its revisions applied.
package struct AreaState: Sendable {
    package internal(set) var area: Area
    package let validFrom: Day?
    package internal(set) var validTo: Day?

    func isValid(on day: Day) -> Bool {
        (validFrom.map { day >= $0 } ?? true) && (validTo.map { day <= $0 } ?? true)
    }
}

extension Area.Level {
    /// How many digits a code of this level may have.
    var codeLengths: Set<Int> {
        switch self {
        case .province: [2]
        case .district: [4]
        case .tambon: [6]
        case .village: [8]
        // Municipalities have four digits, tambon and provincial organisations six (DOPA's codes).
        case .lao: [4, 6]
        case .unspecified, .UNRECOGNIZED: []
        }
    }

    /// The level an area of this level lies directly under.
    var parents: Set<Area.Level> {
        switch self {
        case .province: []
        case .district: [.province]
        case .tambon: [.district]
        case .village: [.tambon]
        // A provincial organisation (PAO) lies directly under its province.
        case .lao: [.district, .province]
        case .unspecified, .UNRECOGNIZED: []
        }
    }

    /// How far up a level stands, since reports go upwards; nil for a level that is none.
    var rank: Int? {
        switch self {
        case .village: 0
        case .tambon, .lao: 1
        case .district: 2
        case .province: 3
        case .unspecified, .UNRECOGNIZED: nil
        }
    }

    /// The level's one name, as in the schema.
    package var name: String {
        switch self {
        case .province: "province"
        case .district: "district"
        case .tambon: "tambon"
        case .village: "village"
        case .lao: "lao"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}

extension State {
    /// The tambon, district or province that a village lies in, by its code's first digits.
    package static func code(of level: Area.Level, aboveVillage village: String) -> String {
        switch level {
        case .province: String(village.prefix(2))
        case .district: String(village.prefix(4))
        case .tambon: String(village.prefix(6))
        default: village
        }
    }

    /// Whether a cell belongs to an area of any level.
    package func contains(area: String, level: Area.Level, cell: CellKey) -> Bool {
        level == .lao ? cell.lao == area : cell.village.hasPrefix(area)
    }

    /// Refuses a village and LAO that do not exist, are not valid then, or do not belong together.
    func requirePlace(_ place: CellKey, on day: Day) throws(Rejection) {
        let (village, lao) = (place.village, place.lao)
        let villageState = try requireArea(village, level: .village, on: day)
        let laoState = try requireArea(lao, level: .lao, on: day)
        try requireInside(requireCycle(place.cycle), village)
        guard laoState.area.coveredCodes.contains(villageState.area.parentCode) else {
            throw Rejection(.laoDoesNotCover, lao)
        }
    }

    /// Every code starts with the two digits of its province.
    func requireInside(_ cycle: CycleState, _ area: String) throws(Rejection) {
        guard area.hasPrefix(cycle.cycle.provinceCode) else {
            throw Rejection(.areaOutsideCycle, area)
        }
    }

    @discardableResult
    func requireArea(
        _ code: String,
        level: Area.Level? = nil,
        on day: Day? = nil
    ) throws(Rejection) -> AreaState {
        guard let state = areas[code] else { throw Rejection(.areaUnknown, code) }
        if let level, state.area.level != level { throw Rejection(.areaLevelMismatch, code) }
        if let day, !state.isValid(on: day) { throw Rejection(.areaNotValid, code) }
        return state
    }
}
