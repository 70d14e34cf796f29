import Cryptography

/// Rules of areas, cycles, people and reports.
extension State {
    func admitArea(_ area: Area) throws(Rejection) {
        guard area.level.codeLengths.contains(area.code.utf8.count),
            area.code.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw Rejection(.areaCodeMalformed, area.code) }
        guard areas[area.code] == nil else { throw Rejection(.areaAlreadyDefined, area.code) }
        try Validation.paperText(area.nameTh, "nameTh")
        try Validation.optionalPaperText(area.nameEn, "nameEn")
        try Validation.optionalPaperText(area.laoType, "laoType")
        let from = try Validation.optionalDay(area.validFrom, "validFrom")
        try Validation.period(from, try Validation.optionalDay(area.validTo, "validTo"), area.code)
        try admitParent(of: area)
        guard area.level == .lao || area.coveredCodes.isEmpty && area.laoType.isEmpty else {
            throw Rejection(.areaLevelMismatch, area.code)
        }
        try admitCovered(area.coveredCodes, by: area)
    }

    /// The tambons of an LAO, which may lie in several districts of its province.
    private func admitCovered(_ codes: [String], by lao: Area) throws(Rejection) {
        try Validation.list(codes.count, atMost: Limit.coveredCodes, "coveredCodes")
        var named: Set<String> = []
        for code in codes {
            try requireArea(code, level: .tambon)
            guard code.prefix(2) == lao.code.prefix(2) else {
                throw Rejection(.areaParentMismatch, code)
            }
            guard named.insert(code).inserted else { throw Rejection(.areaNamedTwice, code) }
        }
    }

    private func admitParent(of area: Area) throws(Rejection) {
        if area.level == .province {
            guard area.parentCode.isEmpty else {
                throw Rejection(.areaParentMismatch, area.code)
            }
            return
        }
        let parent = try requireArea(area.parentCode).area
        // DOPA codes nest; an LAO's code only starts with its province's two digits.
        let nests =
            area.level == .lao
            ? area.code.hasPrefix(parent.code.prefix(2)) : area.code.hasPrefix(parent.code)
        guard area.level.parents.contains(parent.level), nests else {
            throw Rejection(.areaParentMismatch, area.code)
        }
    }

    func admitRevision(_ revision: AreaRevision) throws(Rejection) {
        let state = try requireArea(revision.code)
        try Validation.reason(revision.reason)
        if revision.hasNameTh { try Validation.paperText(revision.nameTh, "nameTh") }
        if revision.hasNameEn { try Validation.optionalPaperText(revision.nameEn, "nameEn") }
        if revision.hasValidTo {
            let to = try Validation.optionalDay(revision.validTo, "validTo")
            try Validation.period(state.validFrom, to, revision.code)
        }
        if revision.hasCovered {
            guard state.area.level == .lao else {
                throw Rejection(.areaLevelMismatch, revision.code)
            }
            try admitCovered(revision.covered.codes, by: state.area)
        }
        var after = state
        after.apply(revision)
        guard after.area != state.area else { throw Rejection(.areaUnchanged, revision.code) }
    }

    func admitCycle(_ cycle: Cycle) throws(Rejection) {
        try Validation.identifier(cycle.cycle, "cycle")
        guard cycles[cycle.cycle] == nil else {
            throw Rejection(.cycleAlreadyDefined, cycle.cycle)
        }
        try admitYear(of: cycle)
        try requireArea(cycle.provinceCode, level: .province)
        try Validation.list(cycle.deadlines.count, atMost: Limit.deadlines, "deadlines")
        var names: Set<String> = []
        for deadline in cycle.deadlines {
            try admitDeadline(deadline)
            guard names.insert(deadline.deadline).inserted else {
                throw Rejection(.deadlineDuplicate, deadline.deadline)
            }
        }
        var levels: Set<Area.Level> = []
        for rule in cycle.certificationRules {
            guard [.lao, .district].contains(rule.level), levels.insert(rule.level).inserted,
                !rule.requiredRoles.isEmpty || rule.minimumSignatures > 0,
                rule.minimumSignatures <= Limit.minimumSignatures,
                rule.requiredRoles.allSatisfy(Role.committee.contains),
                Set(rule.requiredRoles).count == rule.requiredRoles.count
            else { throw Rejection(.certificationRuleInvalid, rule.level.name) }
            try Validation.paperText(
                rule.formNumber,
                "formNumber",
                byteCount: Validation.itemByteCount
            )
        }
        try admitMeetingRule(of: cycle)
        try admitLevelsAndRoles(of: cycle)
    }

    /// Each named once, and one that there can be.
    private func admitLevelsAndRoles(of cycle: Cycle) throws(Rejection) {
        for (offset, level) in cycle.committeeLevels.enumerated() {
            guard [.district, .tambon, .lao].contains(level),
                !cycle.committeeLevels[..<offset].contains(level)
            else { throw Rejection(.committeeLevelInvalid, level.name) }
        }
        for (offset, role) in cycle.appointedUserRoles.enumerated() {
            guard Role.users.contains(role), !cycle.appointedUserRoles[..<offset].contains(role)
            else { throw Rejection(.userRoleUnknown, role) }
        }
    }

    /// Name, edition and reference date speak of one year, give or take the one beside it.
    private func admitYear(of cycle: Cycle) throws(Rejection) {
        guard let questionnaire = editions[cycle.edition] else {
            throw Rejection(.editionUnknown, cycle.edition)
        }
        guard let year = Int(cycle.cycle), "\(year)" == cycle.cycle,
            questionnaire.years.contains(year)
        else { throw Rejection(.cycleOutsideEdition, cycle.cycle) }
        let referenceDate = try Validation.day(cycle.referenceDate, "referenceDate")
        guard abs(referenceDate.year + ThaiDate.buddhistOffset - year) <= 1 else {
            throw Rejection(.referenceDateOutsideCycle, cycle.referenceDate)
        }
    }

    private func admitDeadline(_ deadline: Deadline) throws(Rejection) {
        try Validation.identifier(deadline.deadline, "deadline")
        try Validation.paperText(deadline.item, "item", byteCount: Validation.itemByteCount)
        try Validation.day(deadline.due, "due")
        try Validation.paperText(deadline.titleTh, "titleTh")
        try Validation.optionalPaperText(deadline.titleEn, "titleEn")
        switch deadline.act {
        case .targetsSet, .ordersIssued, .ordersSubmitted, .usersRegistered, .reportSubmitted,
            .certificationSubmitted, .plansSubmitted, .awardsReported:
            break
        case .unspecified: throw Rejection(.commandIncomplete, "act")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "act")
        }
        guard let from = deadline.fromLevel.rank, let to = deadline.toLevel.rank, from < to else {
            throw Rejection(.deadlineLevelMismatch, deadline.deadline)
        }
    }

    func admitDeadlineChange(_ change: DeadlineChange) throws(Rejection) {
        let cycle = try requireCycle(change.cycle)
        guard let deadline = cycle.deadlines[change.deadline] else {
            throw Rejection(.deadlineUnknown, change.deadline)
        }
        try Validation.day(change.due, "due")
        try Validation.reason(change.reason)
        guard deadline.due != change.due else {
            throw Rejection(.deadlineUnchanged, change.deadline)
        }
    }

    @discardableResult
    func requireCycle(_ name: String) throws(Rejection) -> CycleState {
        guard let cycle = cycles[name] else { throw Rejection(.cycleUnknown, name) }
        return cycle
    }

    func admitPerson(_ registration: PersonRegistration) throws(Rejection) {
        try Validation.identifier(registration.person, "person")
        guard persons[registration.person] == nil else {
            throw Rejection(.personAlreadyRegistered, registration.person)
        }
        guard registration.hasSealed else {
            throw Rejection(.personalDataMissing, registration.person)
        }
        try Validation.sealed(registration.sealed, registration.person)
    }

    func admitKey(_ key: MemberKey) throws(Rejection) {
        try requirePerson(key.person)
        let publicKey = Array(key.publicKey)
        guard (try? Ed25519PublicKey(rawBytes: publicKey)) != nil else {
            throw Rejection(.keyMalformed, key.person)
        }
        if let owner = keyOwners[publicKey] { throw Rejection(.keyAlreadyRegistered, owner) }
    }

    func admitKeyRevocation(_ revocation: MemberKeyRevocation) throws(Rejection) {
        let person = try requirePerson(revocation.person)
        guard person.publicKeys[Array(revocation.publicKey)] != nil else {
            throw Rejection(.keyUnknown, revocation.person)
        }
        try Validation.reason(revocation.reason)
    }

    @discardableResult
    func requirePerson(_ name: String) throws(Rejection) -> PersonState {
        guard let person = persons[name] else { throw Rejection(.personUnknown, name) }
        return person
    }

    func admitReport(_ report: Report) throws(Rejection) {
        let cycle = try requireCycle(report.cycle)
        guard let deadline = cycle.deadlines[report.deadline] else {
            throw Rejection(.deadlineUnknown, report.deadline)
        }
        guard deadline.act == .reportSubmitted else {
            throw Rejection(.deadlineActMismatch, report.deadline)
        }
        try requireArea(report.area, level: deadline.fromLevel)
        try requireInside(cycle, report.area)
        try Validation.optionalPaperText(report.documentNumber, "documentNumber")
        guard !reports.contains(report.stream) else {
            throw Rejection(.reportAlreadySubmitted, report.stream)
        }
    }
}
