import Cryptography

/// Rules of results that are shown to the people, and of what these object to (2.2 and 2.3).
extension State {
    /// The presentation with the figures and the tree head of this moment.
    func presented(
        _ command: ResultsPresentation,
        _ position: LogPosition
    ) -> ResultsPresentation {
        var event = command
        event.treeSize = position.treeSize
        event.rootHash = position.rootHash().hex
        event.figuresDigest = figuresDigest(area: command.area, cycle: command.cycle)
        return event
    }

    func admitPresentation(
        _ presentation: ResultsPresentation,
        _ position: LogPosition
    ) throws(Rejection) {
        let name = presentation.presentation
        try Validation.identifier(name, "presentation")
        guard presentations[name] == nil else {
            throw Rejection(.presentationAlreadyRecorded, name)
        }
        try requireArea(presentation.area, in: presentation.cycle)
        try Validation.paperText(presentation.place, "place")
        try requirePerson(presentation.presenter)
        try Validation.documents(presentation.documents)
        guard presentation.treeSize == position.treeSize,
            presentation.rootHash == position.rootHash().hex
        else { throw Rejection(.treeHeadMismatch, name) }
        let digest = figuresDigest(area: presentation.area, cycle: presentation.cycle)
        guard presentation.figuresDigest == digest else {
            throw Rejection(.figuresMismatch, name)
        }
    }

    func admitReview(_ review: PublicReview, _ act: Act) throws(Rejection) {
        guard let presentation = presentations[review.presentation] else {
            throw Rejection(.presentationUnknown, review.presentation)
        }
        try require(act, notBefore: presentation.presentedOn, of: .resultsPresented)
        guard !presentation.isConfirmed, presentation.reviewedOn.map({ act.day > $0 }) ?? true
        else { throw Rejection(.reviewAlreadyHeld, review.presentation) }
        let count = try attendeeCount(review.attendance)
        try requirePersons(review.persons, atMost: min(count, Limit.attendees), "persons")
        try Validation.choice(review.outcome, "outcome")
        try Validation.documents(review.documents)
    }

    private func attendeeCount(_ attendance: [Attendance]) throws(Rejection) -> Int {
        guard !attendance.isEmpty else { throw Rejection(.commandIncomplete, "attendance") }
        var kinds: Set<Attendance.Kind> = []
        var total = 0
        for part in attendance {
            try Validation.choice(part.kind, "attendance.kind")
            guard kinds.insert(part.kind).inserted else {
                throw Rejection(.attendanceNamedTwice, part.kind.name)
            }
            guard part.count > 0 else { throw Rejection(.commandIncomplete, "attendance.count") }
            guard part.count <= Limit.guests else {
                throw Rejection(.listTooLong, "attendance.count")
            }
            total += Int(part.count)
        }
        return total
    }

    func admitObjection(
        _ objection: Objection,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        try Validation.identifier(objection.objection, "objection")
        guard objections[objection.objection] == nil else {
            throw Rejection(.objectionAlreadyRaised, objection.objection)
        }
        let area = try requireArea(objection.area, in: objection.cycle)
        if !objection.presentation.isEmpty {
            guard let presentation = presentations[objection.presentation],
                presentation.cycle == objection.cycle, presentation.area == objection.area
            else { throw Rejection(.presentationUnknown, objection.presentation) }
            try require(act, notBefore: presentation.presentedOn, of: .resultsPresented)
        }
        try Validation.choice(objection.raisedBy, "raisedBy")
        try Validation.paperText(objection.text, "text", byteCount: Validation.reasonByteCount)
        if !objection.household.isEmpty {
            try Validation.identifier(objection.household, "household")
        }
        if !objection.village.isEmpty {
            let village = try requireArea(objection.village, level: .village).area
            let lies =
                area.level == .lao
                ? area.coveredCodes.contains(village.parentCode)
                : village.code.hasPrefix(area.code)
            guard lies else { throw Rejection(.areaParentMismatch, village.code) }
        }
        try requireIndicator(objection.indicator, cycle: objection.cycle)
        try admitPlace(
            of: objection.household,
            (objection.householdVillage, objection.householdLao),
            household
        )
    }

    func admitResolution(
        _ resolution: ObjectionResolution,
        _ act: Act
    ) throws(Rejection) {
        guard let objection = objections[resolution.objection] else {
            throw Rejection(.objectionUnknown, resolution.objection)
        }
        guard !objection.isResolved else {
            throw Rejection(.objectionClosed, resolution.objection)
        }
        try require(act, notBefore: objection.raisedOn, of: .objectionRaised)
        try Validation.choice(resolution.outcome, "outcome")
        try Validation.reason(resolution.reason)
        let households = resolution.households
        try Validation.list(households.count, atMost: Limit.namedHouseholds, "households")
        var named: Set<String> = []
        for household in households {
            try Validation.identifier(household, "households")
            guard named.insert(household).inserted else {
                throw Rejection(.personNamedTwice, household)
            }
        }
    }

    /// The first day on which those whom they are about confirmed these very figures.
    ///
    /// The figures decide and not the tree size: what was heard is what is signed.
    package func confirmedOn(_ prepared: CertificationPrepared) -> Day? {
        presentations.values.filter {
            $0.isConfirmed && $0.cycle == prepared.cycle && $0.area == prepared.area
                && $0.figuresDigest == prepared.figuresDigest
        }
        .compactMap(\.reviewedOn).min()
    }

    /// What a cycle may ask for before anybody certifies: that the figures were confirmed by those
    /// whom they are about, and that nothing found wrong is left open.
    func requireReviewed(
        _ prepared: CertificationPrepared,
        of area: Area,
        in cycle: Cycle,
        _ act: Act
    ) throws(Rejection) {
        if cycle.requiresConfirmedPresentation {
            guard let day = confirmedOn(prepared) else {
                throw Rejection(.presentationNotConfirmed, area.code)
            }
            try require(act, notBefore: day, of: .publicReviewHeld)
        }
        if cycle.requiresDistrictChecks, area.level == .district {
            try requireDistrictChecks(of: area.code, cycle: cycle.cycle, act)
        }
        try requireNothingOpen(in: area, cycle)
    }

    /// Asked again at every step: what is found between preparing and submitting was not there when
    /// it was prepared, and holds it up all the same.
    func requireNothingOpen(for certification: CertificationState) throws(Rejection) {
        let area = try requireArea(certification.prepared.area).area
        let cycle = try requireCycle(certification.prepared.cycle).cycle
        try requireNothingOpen(in: area, cycle)
    }

    private func requireNothingOpen(in area: Area, _ cycle: Cycle) throws(Rejection) {
        if cycle.openObjectionsBlock,
            let open = openConcern(among: objections, in: area, cycle: cycle.cycle)
        {
            throw Rejection(.objectionOpen, open)
        }
        if cycle.openDefectsBlock,
            let open = openConcern(among: defects, in: area, cycle: cycle.cycle)
        {
            throw Rejection(.defectOpen, open)
        }
    }

    @discardableResult
    func requireArea(_ code: String, in cycle: String) throws(Rejection) -> Area {
        let cycle = try requireCycle(cycle)
        let area = try requireArea(code).area
        try requireInside(cycle, code)
        return area
    }

    /// An indicator that the cycle asks; 0 names none.
    func requireIndicator(_ number: UInt32, cycle: String) throws(Rejection) {
        guard number > 0 else { return }
        guard let questionnaire = cycles[cycle]?.questionnaire,
            questionnaire.indicator(Int(number)) != nil
        else { throw Rejection(.indicatorUnknown, "\(number)") }
    }
}

extension Validation {
    /// Any value but the first, which says nothing, and those of a later version.
    static func choice<Choice: CaseIterable & RawRepresentable & Equatable>(
        _ value: Choice,
        _ field: String
    ) throws(Rejection) where Choice.RawValue == Int {
        guard value.rawValue != 0 else { throw Rejection(.commandIncomplete, field) }
        guard Choice.allCases.contains(value) else { throw Rejection(.valueUnknown, field) }
    }
}

extension Limit {
    /// In the resolution of one objection.
    static let namedHouseholds = 50
    static let checkers = 50
}
