import Survey

// Presentations, objections, samples, checks and defects, as they are accepted in
// `Fixture.collected`.

extension ResultsPresentation {
    static func sample(
        _ presentation: String = "pr-1",
        _ area: String = "9981",
        cycle: String = "2561"
    ) -> ResultsPresentation {
        var sample = ResultsPresentation()
        (sample.presentation, sample.cycle, sample.area) = (presentation, cycle, area)
        (sample.place, sample.presenter) = ("ศาลาประชาคม", "chair-1")
        sample.documents = [.sample()]
        return sample
    }
}

extension PublicReview {
    static func sample(
        _ presentation: String = "pr-1",
        _ outcome: Outcome = .confirmed
    ) -> PublicReview {
        var review = PublicReview()
        (review.presentation, review.outcome) = (presentation, outcome)
        review.attendance = [.sample(.localExecutive, 1), .sample(.resident, 40)]
        review.persons = ["member-1", "outsider"]
        review.documents = [.sample()]
        return review
    }
}

extension Attendance {
    static func sample(_ kind: Kind, _ count: UInt32) -> Attendance {
        var attendance = Attendance()
        (attendance.kind, attendance.count) = (kind, count)
        return attendance
    }
}

extension Objection {
    static func sample(_ objection: String = "ob-1", _ area: String = "9981") -> Objection {
        var sample = Objection()
        (sample.objection, sample.cycle, sample.area) = (objection, "2561", area)
        (sample.raisedBy, sample.text) = (.resident, "บ้านนี้ไม่มีใครมาถาม")
        return sample
    }

    /// With every field.
    static var full: Objection {
        var objection = Objection.sample()
        (objection.presentation, objection.household) = ("pr-1", "h-1")
        (objection.village, objection.indicator) = ("99010101", 8)
        return objection
    }
}

extension ObjectionResolution {
    static func sample(
        _ objection: String = "ob-1",
        households: [String] = ["h-1"]
    ) -> ObjectionResolution {
        var resolution = ObjectionResolution()
        (resolution.objection, resolution.outcome) = (objection, .accepted)
        (resolution.reason, resolution.households) = ("asked again", households)
        return resolution
    }
}

extension SampleAnnouncement {
    /// Of a share, where that is given.
    static func sample(
        _ area: String = "9901",
        size: UInt32 = 0,
        perMille: UInt32 = 0
    ) -> SampleAnnouncement {
        var announcement = SampleAnnouncement()
        (announcement.cycle, announcement.area) = ("2561", area)
        (announcement.level, announcement.stage) = (.district, .recording)
        (announcement.size, announcement.perMille) = (size, perMille)
        announcement.checkers = ["chair-2", "collector-1", "recorder-1"]
        return announcement
    }
}

extension SampleDraw {
    static func named(_ sample: String) -> SampleDraw {
        var draw = SampleDraw()
        draw.sample = sample
        return draw
    }
}

extension QualityCheck {
    static func sample(_ check: String = "ch-1", sample: String = "") -> QualityCheck {
        var done = QualityCheck()
        (done.check, done.cycle, done.area) = (check, "2561", "9901")
        (done.level, done.stage, done.sample) = (.district, .recording, sample)
        done.checkers = ["chair-2", "collector-1", "recorder-1"]
        (done.outcome, done.findings) = (.defective, "one answer was read wrongly")
        done.documents = [.sample()]
        return done
    }
}

extension Reinterview {
    /// Of a household in which one failed indicator 8 when it was recorded.
    static func sample(
        _ household: String = "h-1",
        _ checker: String = "chair-2",
        check: String = "ch-1"
    ) -> Reinterview {
        var interview = Reinterview()
        (interview.check, interview.cycle) = (check, "2561")
        (interview.household, interview.checker) = (household, checker)
        interview.indicators = [.one(9, 1, 0), .one(8, 3, 2)]
        return interview
    }
}

extension Defect {
    static func sample(_ defect: String = "de-1", _ area: String = "9981") -> Defect {
        var sample = Defect()
        (sample.defect, sample.cycle, sample.area) = (defect, "2561", area)
        (sample.severity, sample.text) = (.major, "two households have one form")
        return sample
    }

    /// With every field.
    static var full: Defect {
        var defect = Defect.sample()
        (defect.check, defect.household, defect.indicator) = ("ch-1", "h-1", 8)
        return defect
    }
}

extension DefectResolution {
    static func sample(_ defect: String = "de-1") -> DefectResolution {
        var resolution = DefectResolution()
        (resolution.defect, resolution.outcome) = (defect, .corrected)
        resolution.reason = "recorded from the right form"
        return resolution
    }
}

extension Fixture {
    /// One event of every kind, each with all of its fields.
    mutating func runReviews() throws(Rejection) {
        try run(.presentResults(.sample()))
        try run(.holdPublicReview(.sample()))
        try run(.raiseObjection(.full))
        try run(.resolveObjection(.sample()))
        try run(.announceSample(.sample(perMille: 500)))
        try run(.drawSample(.named("2561-9901-1")))
        try run(.recordQualityCheck(.sample(sample: "2561-9901-1")))
        try run(.reinterviewHousehold(.sample()))
        try run(.reportDefect(.full))
        try run(.resolveDefect(.sample()))
    }
}
