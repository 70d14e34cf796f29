import Cryptography

/// Rules of quality checks, of households that are asked again, and of defects (3).
extension State {
    func admitCheck(_ check: QualityCheck, _ act: Act) throws(Rejection) {
        try Validation.identifier(check.check, "check")
        guard checks[check.check] == nil else {
            throw Rejection(.checkAlreadyDone, check.check)
        }
        try requireArea(check.area, in: check.cycle)
        try Validation.choice(check.level, "level")
        try Validation.choice(check.stage, "stage")
        if !check.sample.isEmpty {
            guard let sample = samples[check.sample], sample.announcement.cycle == check.cycle,
                sample.announcement.area == check.area
            else { throw Rejection(.sampleUnknown, check.sample) }
            guard let drawnOn = sample.drawnOn else {
                throw Rejection(.sampleNotDrawn, check.sample)
            }
            try require(act, notBefore: drawnOn, of: .sampleDrawn)
        }
        guard !check.checkers.isEmpty else { throw Rejection(.commandIncomplete, "checkers") }
        try requirePersons(check.checkers, atMost: Limit.checkers, "checkers")
        try requireAnnounced(check)
        guard check.checkers.contains(where: { !works($0, in: check.area, cycle: check.cycle) })
        else { throw Rejection(.checkersNotIndependent, check.check) }
        try Validation.choice(check.outcome, "outcome")
        // Whoever found something says what.
        if check.outcome == .defective || !check.findings.isEmpty {
            try Validation.paperText(
                check.findings,
                "findings",
                byteCount: Validation.reasonByteCount
            )
        }
        try Validation.documents(check.documents)
    }

    /// Of a sample, nobody checks but those who were announced before anybody knew whom it would be.
    private func requireAnnounced(_ check: QualityCheck) throws(Rejection) {
        guard let announced = samples[check.sample]?.announcement.checkers else { return }
        if let other = check.checkers.first(where: { !announced.contains($0) }) {
            throw Rejection(.checkerNotAnnounced, other)
        }
    }

    func admitReinterview(
        _ interview: Reinterview,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        let name = interview.household
        try Validation.identifier(name, "household")
        let cycle = try requireCycle(interview.cycle)
        guard let check = checks[interview.check], check.cycle == interview.cycle else {
            throw Rejection(.checkUnknown, interview.check)
        }
        guard household.status == .recorded else { throw Rejection(.householdNotRecorded, name) }
        let cell = CellKey(
            cycle: interview.cycle,
            village: household.village,
            lao: household.lao
        )
        let area = try requireArea(check.area).area
        guard contains(area: area.code, level: area.level, cell: cell) else {
            throw Rejection(.householdOutsideCheck, name)
        }
        try requireOrder(act, household, name)
        // What is asked again is recorded for a check that was done, and never before it.
        try require(act, notBefore: check.doneOn, of: .qualityCheckDone)
        guard check.checkers.contains(interview.checker) else {
            throw Rejection(.checkerUnknown, interview.checker)
        }
        guard !household.hands.contains(interview.checker) else {
            throw Rejection(.checkerNotIndependent, interview.checker)
        }
        guard !household.checks.contains(interview.check) else {
            throw Rejection(.reinterviewAlreadyRecorded, name)
        }
        guard household.checks.count < Limit.reinterviews else {
            throw Rejection(.reinterviewsTooMany, name)
        }
        try admitAnswers(of: interview, cycle.questionnaire)
        guard household.compared(interview) == interview else {
            throw Rejection(.reinterviewMismatch, name)
        }
    }

    private func admitAnswers(
        of interview: Reinterview,
        _ questionnaire: Questionnaire
    ) throws(Rejection) {
        guard !interview.indicators.isEmpty else {
            throw Rejection(.commandIncomplete, "indicators")
        }
        var named: Set<UInt32> = []
        for count in interview.indicators {
            let number = "\(count.indicator)"
            guard questionnaire.indicator(Int(count.indicator)) != nil else {
                throw Rejection(.indicatorUnknown, number)
            }
            guard named.insert(count.indicator).inserted else {
                throw Rejection(.indicatorDuplicate, number)
            }
            guard count.inScope <= IndicatorCounts.maximum else {
                throw Rejection(.indicatorScopeMismatch, number)
            }
            guard count.failing <= count.inScope else {
                throw Rejection(.indicatorFailingExceeds, number)
            }
        }
    }

    func admitDefect(
        _ defect: Defect,
        _ act: Act,
        _ household: HouseholdState
    ) throws(Rejection) {
        try Validation.identifier(defect.defect, "defect")
        guard defects[defect.defect] == nil else {
            throw Rejection(.defectAlreadyFound, defect.defect)
        }
        try requireArea(defect.area, in: defect.cycle)
        if !defect.check.isEmpty { try requireFound(defect, act) }
        try Validation.choice(defect.severity, "severity")
        try Validation.paperText(defect.text, "text", byteCount: Validation.reasonByteCount)
        if !defect.household.isEmpty { try Validation.identifier(defect.household, "household") }
        try requireIndicator(defect.indicator, cycle: defect.cycle)
        try admitPlace(
            of: defect.household,
            (defect.householdVillage, defect.householdLao),
            household
        )
    }

    /// Where the check looked, and not before it did.
    private func requireFound(_ defect: Defect, _ act: Act) throws(Rejection) {
        guard let check = checks[defect.check], check.cycle == defect.cycle else {
            throw Rejection(.checkUnknown, defect.check)
        }
        try require(act, notBefore: check.doneOn, of: .qualityCheckDone)
        guard lies(defect.area, within: try requireArea(check.area).area, cycle: check.cycle) else {
            throw Rejection(.defectOutsideCheck, defect.area)
        }
    }

    func admitResolution(_ resolution: DefectResolution, _ act: Act) throws(Rejection) {
        guard let defect = defects[resolution.defect] else {
            throw Rejection(.defectUnknown, resolution.defect)
        }
        guard !defect.isResolved else { throw Rejection(.defectClosed, resolution.defect) }
        try require(act, notBefore: defect.raisedOn, of: .defectFound)
        try Validation.choice(resolution.outcome, "outcome")
        try Validation.reason(resolution.reason)
    }
}

extension HouseholdState {
    /// The interview with the numbers of those indicators in which it differs from what is recorded.
    func compared(_ interview: Reinterview) -> Reinterview {
        var compared = interview
        compared.differing = interview.indicators.filter(differs).map(\.indicator).sorted()
        return compared
    }

    private func differs(_ count: IndicatorCount) -> Bool {
        // A forged event may name any number.
        guard count.indicator > 0, count.indicator <= counts.count else { return true }
        let number = Int(count.indicator)
        return counts.inScope(number) != Int(count.inScope)
            || counts.failing(number) != Int(count.failing)
    }
}
