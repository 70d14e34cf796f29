import Cryptography

/// Rules of samples, quality checks and defects (3).
extension State {
    /// The draw with what the ledger adds to it.
    func drawn(_ command: SampleDraw, _ position: LogPosition) -> SampleDraw {
        var event = command
        if event.sample.isEmpty {
            event.sample = nextSampleID(cycle: command.cycle, area: command.area)
        }
        event.treeSize = position.treeSize
        event.rootHash = position.rootHash().hex
        event.population = population(area: command.area, cycle: command.cycle)
        if event.size == 0 { event.size = event.sizeByShare }
        event.seed = event.computedSeed.hex
        return event
    }

    private func population(area: String, cycle: String) -> UInt64 {
        let level = areas[area]?.area.level ?? .unspecified
        return figures(area: area, level: level, cycle: cycle).collected
    }

    /// Nobody chooses it, as the seed follows from it.
    private func nextSampleID(cycle: String, area: String) -> String {
        var serial = 1
        while samples["\(cycle)-\(area)-\(serial)"] != nil { serial += 1 }
        return "\(cycle)-\(area)-\(serial)"
    }

    func admitDraw(_ draw: SampleDraw, _ position: LogPosition) throws(Rejection) {
        try Validation.identifier(draw.sample, "sample")
        try requireArea(draw.area, in: draw.cycle)
        try Validation.choice(draw.level, "level")
        try Validation.choice(draw.stage, "stage")
        guard draw.treeSize == position.treeSize, draw.rootHash == position.rootHash().hex else {
            throw Rejection(.treeHeadMismatch, draw.sample)
        }
        guard draw.sample == nextSampleID(cycle: draw.cycle, area: draw.area),
            draw.population == population(area: draw.area, cycle: draw.cycle),
            draw.seed == draw.computedSeed.hex
        else { throw Rejection(.sampleMismatch, draw.sample) }
        guard draw.size > 0, draw.size <= draw.population, draw.perMille <= 1000,
            draw.perMille == 0 || draw.size == draw.sizeByShare
        else { throw Rejection(.sampleSizeInvalid, "\(draw.size)/\(draw.population)") }
    }

    func admitCheck(_ check: QualityCheck, _ act: Act) throws(Rejection) {
        try Validation.identifier(check.check, "check")
        guard checks[check.check] == nil else {
            throw Rejection(.checkAlreadyDone, check.check)
        }
        try requireArea(check.area, in: check.cycle)
        try Validation.choice(check.level, "level")
        try Validation.choice(check.stage, "stage")
        if !check.sample.isEmpty {
            guard let sample = samples[check.sample], sample.cycle == check.cycle,
                sample.area == check.area
            else { throw Rejection(.sampleUnknown, check.sample) }
            try require(act, notBefore: sample.drawnOn, of: .sampleDrawn)
        }
        guard !check.checkers.isEmpty else { throw Rejection(.commandIncomplete, "checkers") }
        try requirePersons(check.checkers, atMost: Limit.checkers, "checkers")
        try Validation.choice(check.outcome, "outcome")
        // Whoever found something says what.
        if check.outcome == .defective || !check.findings.isEmpty {
            try Validation.openText(check.findings, "findings")
        }
        try Validation.documents(check.documents)
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
        guard check.checkers.contains(interview.checker) else {
            throw Rejection(.checkerUnknown, interview.checker)
        }
        guard ![household.collector, household.recorder].contains(interview.checker) else {
            throw Rejection(.checkerNotIndependent, interview.checker)
        }
        guard !household.checks.contains(interview.check) else {
            throw Rejection(.reinterviewAlreadyRecorded, name)
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

    func admitDefect(_ defect: Defect) throws(Rejection) {
        try Validation.identifier(defect.defect, "defect")
        guard defects[defect.defect] == nil else {
            throw Rejection(.defectAlreadyFound, defect.defect)
        }
        try requireArea(defect.area, in: defect.cycle)
        if !defect.check.isEmpty, checks[defect.check]?.cycle != defect.cycle {
            throw Rejection(.checkUnknown, defect.check)
        }
        try Validation.choice(defect.severity, "severity")
        try Validation.openText(defect.text, "text")
        if !defect.household.isEmpty { try Validation.identifier(defect.household, "household") }
        try requireIndicator(defect.indicator, cycle: defect.cycle)
    }

    func admitResolution(_ resolution: DefectResolution, _ act: Act) throws(Rejection) {
        guard let defect = defects[resolution.defect] else {
            throw Rejection(.defectUnknown, resolution.defect)
        }
        guard !defect.isResolved else { throw Rejection(.defectClosed, resolution.defect) }
        try require(act, notBefore: defect.raisedOn, of: .defectFound)
        try Validation.choice(resolution.outcome, "outcome")
        try Validation.openReason(resolution.reason)
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
