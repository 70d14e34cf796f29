package import Survey

/// Results before the people, samples, checks and defects.
extension Script {
    /// One event of every kind; nothing is left open.
    package mutating func addReviews() {
        add(.presentResults(Sample.presentation))
        add(.holdPublicReview(Sample.publicReview))
        add(.raiseObjection(Sample.objection))
        add(.resolveObjection(Sample.objectionResolution))
        add(.announceSample(Sample.announcement))
        add(.drawSample(Sample.draw))
        add(.recordQualityCheck(Sample.check))
        add(.reinterviewHousehold(Sample.reinterview("h-2", by: "chair-2")))
        add(.reportDefect(Sample.defect))
        add(.resolveDefect(Sample.defectResolution))
    }
}

extension Sample {
    package static var presentation: ResultsPresentation {
        var presentation = ResultsPresentation()
        (presentation.presentation, presentation.cycle) = ("presentation-1", "2561")
        (presentation.area, presentation.place) = ("9981", "the hall")
        presentation.presenter = "chair-1"
        return presentation
    }

    package static var publicReview: PublicReview {
        var review = PublicReview()
        (review.presentation, review.outcome) = ("presentation-1", .objected)
        var residents = Attendance()
        (residents.kind, residents.count) = (.resident, 40)
        review.attendance = [residents]
        return review
    }

    package static var objection: Objection {
        var objection = Objection()
        (objection.objection, objection.cycle, objection.area) = ("objection-1", "2561", "9981")
        (objection.presentation, objection.raisedBy) = ("presentation-1", .resident)
        objection.text = "nobody asked at this house"
        return objection
    }

    package static var objectionResolution: ObjectionResolution {
        var resolution = ObjectionResolution()
        (resolution.objection, resolution.outcome) = ("objection-1", .rejected)
        resolution.reason = "its head signed the form"
        return resolution
    }

    package static var announcement: SampleAnnouncement {
        var announcement = SampleAnnouncement()
        (announcement.cycle, announcement.area, announcement.size) = ("2561", "9901", 1)
        (announcement.level, announcement.stage) = (.district, .recording)
        announcement.checkers = ["chair-2", "recorder-1"]
        return announcement
    }

    package static var draw: SampleDraw {
        var draw = SampleDraw()
        draw.sample = "2561-9901-1"
        return draw
    }

    package static var check: QualityCheck {
        var check = QualityCheck()
        (check.check, check.cycle, check.area) = ("check-1", "2561", "9901")
        (check.level, check.stage, check.sample) = (.district, .recording, "2561-9901-1")
        (check.checkers, check.outcome) = (["chair-2", "recorder-1"], .sound)
        return check
    }

    package static func reinterview(_ household: String, by checker: String) -> Reinterview {
        var interview = Reinterview()
        (interview.check, interview.cycle) = ("check-1", "2561")
        (interview.household, interview.checker) = (household, checker)
        var count = IndicatorCount()
        (count.indicator, count.inScope, count.failing) = (8, 1, 1)
        interview.indicators = [count]
        return interview
    }

    package static var defect: Defect {
        var defect = Defect()
        (defect.defect, defect.cycle, defect.area) = ("defect-1", "2561", "9981")
        (defect.severity, defect.text) = (.minor, "a form without its page 2")
        return defect
    }

    package static var defectResolution: DefectResolution {
        var resolution = DefectResolution()
        (resolution.defect, resolution.outcome) = ("defect-1", .accepted)
        resolution.reason = "the answers are on page 1"
        return resolution
    }
}
