/// Rules of who may judge what: where a household lies that somebody speaks of, whose work is checked
/// by whom, and that nobody acts on a tree head before it exists.
extension State {
    /// The objection with the place of the household that it names.
    func placed(_ command: Objection, _ household: HouseholdState) -> Objection {
        var event = command
        let place = place(ofNamed: command.household, household)
        (event.householdVillage, event.householdLao) = place
        return event
    }

    func placed(_ command: Defect, _ household: HouseholdState) -> Defect {
        var event = command
        let place = place(ofNamed: command.household, household)
        (event.householdVillage, event.householdLao) = place
        return event
    }

    private func place(
        ofNamed name: String,
        _ household: HouseholdState
    ) -> (village: String, lao: String) {
        name.isEmpty || household.status == .absent ? ("", "") : (household.village, household.lao)
    }

    /// None is stated of a household without a record, nor in records from before it was.
    func admitPlace(
        of name: String,
        _ place: (village: String, lao: String),
        _ household: HouseholdState
    ) throws(Rejection) {
        guard place != ("", "") else { return }
        guard self.place(ofNamed: name, household) == place else {
            throw Rejection(.householdPlaceMismatch, name)
        }
    }

    /// Whether somebody is or was appointed in the cycle to collect or record in any part of an area.
    func works(_ person: String, in area: String, cycle: String) -> Bool {
        let appointments = (persons[person]?.appointments ?? []).filter {
            $0.kind != .committee && $0.cycle == cycle
        }
        guard !appointments.isEmpty, let level = areas[area]?.area.level else { return false }
        let cells = cellKeys(cycle: cycle)
        return appointments.contains {
            place($0.area, cycle: cycle).touches(area, level, cells: cells)
        }
    }

    /// Each tambon of the district where something is counted, and the district as a whole (2.3).
    func requireDistrictChecks(
        of district: String,
        cycle: String,
        _ act: Act
    ) throws(Rejection) {
        let atWork = cells(area: district, level: .district, cycle: cycle)
            .filter { key, cell in !cell.isEmpty || targets[key] != nil }
        let tambons = Set(atWork.keys.map { Self.code(of: .tambon, aboveVillage: $0.village) })
        for place in tambons.sorted() + [district] {
            let done = checks.values.filter {
                $0.cycle == cycle && $0.area == place && $0.isOfDistrict
            }
            guard let day = done.map(\.doneOn).min() else {
                throw Rejection(.districtCheckMissing, place)
            }
            try require(act, notBefore: day, of: .qualityCheckDone)
        }
    }

    /// What names a tree head is not dated before the last record below it was recorded.
    ///
    /// Until then nobody could know its root. A synthetic cycle plays another year and is let off.
    func requireTreeHead(
        of event: Event,
        _ act: Act,
        _ position: LogPosition
    ) throws(Rejection) {
        let cycle: String
        switch event.kind {
        case .certificationPrepared(let prepared): cycle = prepared.cycle
        case .resultsPresented(let presentation): cycle = presentation.cycle
        case .sampleAnnounced(let announcement): cycle = announcement.cycle
        case .sampleDrawn(let draw): cycle = draw.cycle
        case .nomineeEntered(let nominee): cycle = nominee.cycle
        default: return
        }
        guard cycles[cycle]?.cycle.synthetic == false, let day = position.lastRecordedOn,
            act.day < day
        else { return }
        throw Rejection(.actBeforeTreeHead, day.iso)
    }
}

extension CheckState {
    /// One of those by which a district checks before it certifies (2.3).
    var isOfDistrict: Bool { level == .district && stage == .certifying }
}

extension Event {
    /// The stream of a household that an objection or a defect names, as the rules must know where
    /// it lies.
    ///
    /// Nil where none is named, or what is named can be no identifier.
    package var namedHousehold: String? {
        let (cycle, household): (String, String)
        switch kind {
        case .objectionRaised(let objection):
            (cycle, household) = (objection.cycle, objection.household)
        case .defectFound(let defect): (cycle, household) = (defect.cycle, defect.household)
        default: return nil
        }
        do throws(Rejection) {
            try Validation.identifier(cycle, "cycle")
            try Validation.identifier(household, "household")
        } catch {
            return nil
        }
        return Self.stream(cycle, household)
    }
}
