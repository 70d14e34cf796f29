import Survey

/// Results before the people, samples, checks, objections and defects.
extension RandomCommands {
    mutating func makeReview(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        let state = known.state
        switch kind {
        case .resultsPresented:
            var presentation = ResultsPresentation()
            (presentation.presentation, presentation.cycle) = (fresh("shown"), cycle(known))
            (presentation.area, presentation.place) = (area(known, .lao, .district), "ศาลา")
            presentation.presenter = person(known)
            presentation.documents = documents()
            return .presentResults(presentation)
        case .publicReviewHeld:
            var review = PublicReview()
            review.presentation = existing(state.presentations) { !$0.isConfirmed }
            var residents = Attendance()
            (residents.kind, residents.count) = (.resident, dice.number(3...60))
            review.attendance = [residents]
            review.persons = dice.some(known.people, 0...2)
            review.outcome = dice.chance(60) ? .confirmed : .objected
            review.documents = documents()
            return .holdPublicReview(review)
        case .objectionRaised:
            var objection = Objection()
            (objection.objection, objection.cycle) = (fresh("objection"), cycle(known))
            objection.area = area(known, .lao, .district, .tambon, .village)
            (objection.raisedBy, objection.text) = (.resident, "บ้านนี้ไม่มีใครมาถาม")
            if dice.chance(30), let shown = dice.key(of: state.presentations) {
                objection.presentation = shown
                objection.cycle = state.presentations[shown]?.cycle ?? ""
                objection.area = state.presentations[shown]?.area ?? ""
            }
            if dice.chance(30) { objection.indicator = dice.number(1...31) }
            return .raiseObjection(objection)
        case .objectionResolved:
            return resolution(ofObjection: existing(state.objections) { !$0.isResolved }, known)
        case .sampleAnnounced:
            var sample = SampleAnnouncement()
            (sample.cycle, sample.area) = (cycle(known), area(known, .district, .lao, .province))
            (sample.level, sample.stage) = (.district, .recording)
            if dice.chance(50) { sample.perMille = dice.number(1...1000) } else { sample.size = 1 }
            sample.checkers = ["checker-1"]
            return .announceSample(sample)
        case .sampleDrawn:
            var draw = SampleDraw()
            draw.sample = existing(known.state.samples) { $0.drawnOn == nil }
            return .drawSample(draw)
        case .qualityCheckDone: return .recordQualityCheck(check(known))
        case .householdReinterviewed: return .reinterviewHousehold(reinterview(known))
        case .defectFound:
            var defect = Defect()
            (defect.defect, defect.cycle) = (fresh("defect"), cycle(known))
            defect.area = area(known, .lao, .district, .tambon, .village)
            (defect.severity, defect.text) = (.major, "two households have one form")
            if dice.chance(40) { defect.check = existing(state.checks) }
            return .reportDefect(defect)
        case .defectResolved:
            return resolution(ofDefect: existing(state.defects) { !$0.isResolved })
        default: return nil
        }
    }

    mutating func resolution(ofObjection objection: String, _ known: Known) -> Command.OneOf_Kind {
        var resolution = ObjectionResolution()
        (resolution.objection, resolution.reason) = (objection, "asked again")
        resolution.outcome = dice.chance(50) ? .accepted : .rejected
        resolution.households = dice.some(known.recorded(in: Self.mainCycle), 0...2)
        return .resolveObjection(resolution)
    }

    func resolution(ofDefect defect: String) -> Command.OneOf_Kind {
        var resolution = DefectResolution()
        (resolution.defect, resolution.outcome) = (defect, .corrected)
        resolution.reason = "recorded from the right form"
        return .resolveDefect(resolution)
    }

    private mutating func check(_ known: Known) -> QualityCheck {
        var check = QualityCheck()
        (check.check, check.cycle) = (fresh("check"), cycle(known))
        check.area = area(known, .district, .lao, .province)
        (check.level, check.stage) = (.district, .recording)
        if dice.chance(40), let sample = dice.key(of: known.state.samples) {
            check.sample = sample
            check.cycle = known.state.samples[sample]?.announcement.cycle ?? ""
            check.area = known.state.samples[sample]?.announcement.area ?? ""
        }
        let others = dice.some(known.people.filter { $0 != "checker-1" }, 0...2)
        // Of a sample nobody else is announced.
        check.checkers = ["checker-1"] + (check.sample.isEmpty || dice.chance(20) ? others : [])
        check.outcome = dice.chance(50) ? .sound : .defective
        check.findings = "one answer was read wrongly"
        check.documents = documents()
        return check
    }

    private mutating func reinterview(_ known: Known) -> Reinterview {
        var interview = Reinterview()
        interview.check = existing(known.state.checks) { $0.area.count <= 4 }
        let check = known.state.checks[interview.check]
        interview.cycle = check?.cycle ?? cycle(known)
        interview.household = household(known, interview.cycle)
        interview.checker = dice.chance(70) ? "checker-1" : person(known)
        for number in dice.some([1, 3, 4], 1...3) {
            var count = IndicatorCount()
            (count.indicator, count.inScope) = (UInt32(number), dice.number(0...3))
            count.failing = dice.number(0...count.inScope)
            interview.indicators.append(count)
        }
        return interview
    }
}
