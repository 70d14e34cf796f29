/// What certifications and reports do to the state.
extension State {
    mutating func evolveCertification(_ event: Event, index: UInt64, on day: Day) {
        switch event.kind {
        case .certificationPrepared(let prepared): prepare(prepared, on: day)
        case .certificationSigned(let signature):
            certifications[signature.certification]?.signatures
                .append((signature.person, signature.role))
            count(signature)
            advance(signature.certification, on: day)
        case .certificationIssued(let issue):
            advance(issue.certification, to: .issued, on: day)
        case .certificationSubmitted(let submission):
            advance(submission.certification, to: .submitted, on: day)
        case .certificationWithdrawn(let withdrawal):
            withdraw(withdrawal.certification, index: index, on: day)
        case .reportSubmitted(let report): reports.insert(report.stream)
        default: break
        }
    }

    private mutating func prepare(_ prepared: CertificationPrepared, on day: Day) {
        let place = CycleArea(cycle: prepared.cycle, area: prepared.area)
        certifications[prepared.certification] = CertificationState(
            prepared: prepared,
            level: areas[prepared.area]?.area.level ?? .unspecified,
            preparedOn: day,
            lastActOn: day
        )
        currentCertifications[place] = prepared.certification
    }

    private mutating func advance(
        _ id: String,
        to status: CertificationState.Status? = nil,
        on day: Day
    ) {
        guard let certification = certifications[id] else { return }
        // Members need not sign in the order their signatures are recorded in.
        certifications[id]?.lastActOn = max(certification.lastActOn, day)
        if let status { certifications[id]?.status = status }
    }

    private mutating func withdraw(_ id: String, index: UInt64, on day: Day) {
        guard let certification = certifications[id] else { return }
        advance(id, to: .withdrawn, on: day)
        let place = CycleArea(
            cycle: certification.prepared.cycle,
            area: certification.prepared.area
        )
        if currentCertifications[place] == id {
            currentCertifications[place] = nil
            certifications[id]?.withdrawnAtIndex = index
        }
    }
}
