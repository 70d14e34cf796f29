import Cryptography

/// Rules of certifications: what may be stated, who signs, in which order.
extension State {
    func admitPrepared(
        _ prepared: CertificationPrepared,
        _ act: Act,
        _ position: LogPosition
    ) throws(Rejection) {
        try Validation.identifier(prepared.certification, "certification")
        let cycle = try requireCycle(prepared.cycle)
        let areaState = try requireArea(prepared.area)
        let area = areaState.area
        try requireInside(cycle, area.code)
        try requireRule(of: area, in: cycle)
        // An area that has ended since may still certify what was collected in it.
        guard areaState.isValid(on: act.day) || areaState.isValid(on: cycle.referenceDate) else {
            throw Rejection(.areaNotValid, area.code)
        }
        guard certifications[prepared.certification] == nil else {
            throw Rejection(.certificationIdTaken, prepared.certification)
        }
        let place = CycleArea(cycle: prepared.cycle, area: prepared.area)
        if let current = currentCertifications[place].flatMap({ certifications[$0] }),
            !isSuperseded(current)
        {
            throw Rejection(.certificationOpen, prepared.area)
        }
        guard prepared.treeSize == position.treeSize,
            prepared.rootHash == position.rootHash().hex
        else { throw Rejection(.treeHeadMismatch, prepared.certification) }
        let figures = figures(area: area.code, level: area.level, cycle: prepared.cycle)
        guard prepared.figures == figures,
            prepared.figuresDigest
                == figures.digest(cycle: prepared.cycle, area: prepared.area).hex
        else { throw Rejection(.figuresMismatch, prepared.certification) }
        // Records from before statements bore a day have none.
        guard prepared.preparedOn.isEmpty || prepared.preparedOn == act.day.iso,
            prepared.statement == statement(of: prepared)
        else {
            throw Rejection(.statementMismatch, prepared.certification)
        }
        if cycle.cycle.requiresFullCoverage {
            try requireCoverage(of: area, cycle: prepared.cycle)
        }
        // Where a cycle has LAOs certify at all, a district waits for its own.
        if area.level == .district, cycle.rule(of: .lao) != nil {
            for lao in laosAtWork(district: area.code, cycle: prepared.cycle) {
                guard let lower = standingSubmission(lao: lao, cycle: prepared.cycle) else {
                    throw Rejection(.lowerCertificationMissing, lao)
                }
                try require(act, notBefore: lower.lastActOn, of: lower.lastAct)
            }
        }
        try requireReviewed(prepared, of: area, in: cycle.cycle, act)
    }

    private func standingSubmission(lao: String, cycle: String) -> CertificationState? {
        let place = CycleArea(cycle: cycle, area: lao)
        guard let id = currentCertifications[place], let certification = certifications[id],
            certification.status == .submitted, !isSuperseded(certification)
        else { return nil }
        return certification
    }

    /// Nothing is done to what does not exist yet, whatever day the actor states.
    func require(
        _ act: Act,
        notBefore day: Day,
        of earlier: EventKind
    ) throws(Rejection) {
        guard act.day >= day else {
            throw Rejection(.actBeforePrevious, "\(earlier.rawValue) \(day.iso)")
        }
    }

    @discardableResult
    private func requireRule(
        of area: Area,
        in cycle: CycleState
    ) throws(Rejection) -> CertificationRule {
        guard let rule = cycle.rule(of: area.level) else {
            throw Rejection(.certificationLevelInvalid, area.code)
        }
        return rule
    }

    func requireStanding(_ id: String) throws(Rejection) -> CertificationState {
        guard let certification = certifications[id] else {
            throw Rejection(.certificationUnknown, id)
        }
        guard certification.status != .withdrawn else {
            throw Rejection(.certificationWithdrawn, id)
        }
        guard !isSuperseded(certification) else { throw Rejection(.certificationSuperseded, id) }
        return certification
    }

    func admitIssue(_ id: String, _ act: Act) throws(Rejection) {
        let certification = try requireStanding(id)
        guard certification.status == .prepared else { throw Rejection(.alreadyIssued, id) }
        let area = try requireArea(certification.prepared.area).area
        let rule = try requireRule(of: area, in: requireCycle(certification.prepared.cycle))
        let missing = rule.requiredRoles.filter { role in
            !certification.signatures.contains { $0.role == role }
        }
        guard missing.isEmpty else {
            throw Rejection(.signaturesMissing, missing.joined(separator: ", "))
        }
        let signedCount = certification.signatures.count
        guard signedCount >= Int(rule.minimumSignatures) else {
            throw Rejection(.signaturesMissing, "\(signedCount)/\(rule.minimumSignatures)")
        }
        try require(act, notBefore: certification.lastActOn, of: certification.lastAct)
        try requireNothingOpen(for: certification)
    }

    func admitSubmission(
        _ submission: CertificationSubmitted,
        _ act: Act
    ) throws(Rejection) {
        let certification = try requireStanding(submission.certification)
        switch certification.status {
        case .prepared: throw Rejection(.notIssued, submission.certification)
        case .submitted: throw Rejection(.alreadySubmitted, submission.certification)
        case .issued, .withdrawn: break
        }
        let area = try requireArea(certification.prepared.area).area
        guard submission.toArea == area.parentCode else {
            throw Rejection(.recipientMismatch, submission.toArea)
        }
        try Validation.optionalPaperText(submission.documentNumber, "documentNumber")
        try require(act, notBefore: certification.lastActOn, of: certification.lastAct)
        try requireNothingOpen(for: certification)
    }

    func admitCertificationWithdrawal(
        _ withdrawal: CertificationWithdrawn,
        _ act: Act
    ) throws(Rejection) {
        guard let certification = certifications[withdrawal.certification] else {
            throw Rejection(.certificationUnknown, withdrawal.certification)
        }
        guard certification.status != .withdrawn else {
            throw Rejection(.certificationWithdrawn, withdrawal.certification)
        }
        try Validation.reason(withdrawal.reason)
        try require(act, notBefore: certification.lastActOn, of: certification.lastAct)
    }
}

extension CertificationState {
    /// What happened to it on the latest day.
    fileprivate var lastAct: EventKind {
        switch status {
        case .prepared: lastActOn > preparedOn ? .certificationSigned : .certificationPrepared
        case .issued: .certificationIssued
        case .submitted: .certificationSubmitted
        case .withdrawn: .certificationWithdrawn
        }
    }
}

extension CycleState {
    package func rule(of level: Area.Level) -> CertificationRule? {
        cycle.certificationRules.first { $0.level == level }
    }
}
