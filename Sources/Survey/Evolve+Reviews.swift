/// What presentations, objections, samples, checks and defects do to the state.
extension State {
    mutating func evolveReview(_ event: Event, index: UInt64, on day: Day) {
        if let counted = event.countedOfArea { areaCounts[counted, default: 0] += 1 }
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
                place: place(
                    objection.area,
                    cycle: objection.cycle,
                    village: objection.village,
                    household: (objection.householdVillage, objection.householdLao)
                ),
                raisedOn: day
            )
        case .objectionResolved(let resolution):
            objections[resolution.objection]?.isResolved = true
        case .sampleAnnounced(let announcement):
            samples[announcement.sample] = SampleState(
                announcement: announcement,
                announcedAtIndex: index,
                announcedOn: day
            )
        case .sampleDrawn(let draw): samples[draw.sample]?.drawnOn = day
        case .qualityCheckDone(let check):
            checks[check.check] = CheckState(
                cycle: check.cycle,
                area: check.area,
                level: check.level,
                stage: check.stage,
                checkers: Set(check.checkers),
                doneOn: day
            )
        case .defectFound(let defect):
            defects[defect.defect] = ConcernState(
                cycle: defect.cycle,
                area: defect.area,
                place: place(
                    defect.area,
                    cycle: defect.cycle,
                    household: (defect.householdVillage, defect.householdLao)
                ),
                raisedOn: day
            )
        case .defectResolved(let resolution): defects[resolution.defect]?.isResolved = true
        default: break
        }
    }
}
