/// What presentations, objections, samples, checks and defects do to the state.
extension State {
    mutating func evolveReview(_ event: Event, on day: Day) {
        switch event.kind {
        case .resultsPresented(let presentation):
            presentations[presentation.presentation] = PresentationState(
                cycle: presentation.cycle,
                area: presentation.area,
                presentedOn: day,
                figuresDigest: presentation.figuresDigest
            )
        case .publicReviewHeld(let review):
            presentations[review.presentation]?.reviewedOn = day
            presentations[review.presentation]?.isConfirmed = review.outcome == .confirmed
        case .objectionRaised(let objection):
            objections[objection.objection] = ConcernState(
                cycle: objection.cycle,
                area: objection.area,
                raisedOn: day
            )
        case .objectionResolved(let resolution):
            objections[resolution.objection]?.isResolved = true
        case .sampleDrawn(let draw):
            samples[draw.sample] = SampleState(cycle: draw.cycle, area: draw.area, drawnOn: day)
        case .qualityCheckDone(let check):
            checks[check.check] = CheckState(
                cycle: check.cycle,
                area: check.area,
                checkers: Set(check.checkers)
            )
        case .defectFound(let defect):
            defects[defect.defect] = ConcernState(
                cycle: defect.cycle,
                area: defect.area,
                raisedOn: day
            )
        case .defectResolved(let resolution): defects[resolution.defect]?.isResolved = true
        default: break
        }
    }
}
