import ChecksProjection
import Cryptography
import ProjectionRuntime
import ReviewsProjection
import Survey
import Testing

/// Results before the people, and quality checks.
struct ReviewReadModelTests {
    private static func document(_ digit: Character) -> Document {
        var document = Document()
        document.sha256 = String(repeating: digit, count: 64)
        (document.byteCount, document.mediaType) = (77, "application/pdf")
        return document
    }

    private static func present(_ world: inout World, _ id: String, on day: String) throws {
        var presentation = ResultsPresentation()
        (presentation.presentation, presentation.cycle) = (id, World.cycle)
        (presentation.area, presentation.place) = ("9981", "the hall")
        presentation.presenter = "chair-1"
        presentation.documents = [document("a")]
        try world.run(.presentResults(presentation), on: day)
    }

    private static func review(
        _ world: inout World,
        _ id: String,
        _ outcome: PublicReview.Outcome,
        _ residents: UInt32,
        on day: String
    ) throws {
        var review = PublicReview()
        (review.presentation, review.outcome) = (id, outcome)
        var (people, heads) = (Attendance(), Attendance())
        (people.kind, people.count) = (.resident, residents)
        (heads.kind, heads.count) = (.villageHead, 3)
        review.attendance = [people, heads]
        review.persons = ["member-1"]
        review.documents = [document("b")]
        try world.run(.holdPublicReview(review), on: day)
    }

    @Test
    func `A presentation's row tells whether its figures were confirmed, and who heard them`()
        throws
    {
        var world = try World.staffed()
        try world.record("h-1", 0)
        try Self.present(&world, "p-1", on: "2018-03-01")
        let figures = world.state.figures(area: "9981", level: .lao, cycle: World.cycle)
        let digest = figures.digest(cycle: World.cycle, area: "9981").hex
        let treeSize = Int64(world.treeSize) - 1
        try Self.review(&world, "p-1", .objected, 40, on: "2018-03-02")
        try Self.review(&world, "p-1", .confirmed, 20, on: "2018-03-04")
        try Self.present(&world, "p-2", on: "2018-03-05")
        let database = try world.readModels([ReviewReadModel()])
        try database.read { db in
            let row = try #require(try ReviewReadModel.presentation("p-1", db))
            #expect(
                [row.place, row.presentedOn, row.confirmedOn] == [
                    "the hall", "2018-03-01", "2018-03-04",
                ]
            )
            #expect(row.figuresDigest == digest)
            #expect(row.treeSize == treeSize)
            let reviews = try ReviewReadModel.reviews(of: "p-1", db)
            #expect(reviews.map(\.outcome) == ["objected", "confirmed"])
            #expect(reviews.map(\.heldOn) == ["2018-03-02", "2018-03-04"])
            let attendance = try ReviewReadModel.attendance(of: "p-1", db)
            #expect(
                attendance.map(\.kind) == [
                    "resident", "village_head", "resident", "village_head",
                ]
            )
            #expect(attendance.map(\.attendeeCount) == [40, 3, 20, 3])
            #expect(try ReviewReadModel.persons(of: "p-1", db) == ["member-1"])
            let documents = try ReviewReadModel.documents(of: "p-1", db)
            #expect(documents.map { $0.sha256.prefix(1) } == ["a", "b", "b"])
            let all = try ReviewReadModel.presentations(area: "9981", db)
            #expect(all.map(\.presentation) == ["p-2", "p-1"])
            let confirmed = try ReviewReadModel.presentations(
                area: "9981",
                cycle: World.cycle,
                confirming: digest,
                db
            )
            #expect(confirmed.map(\.presentation) == ["p-1"])
            #expect(try ReviewReadModel.presentations(area: "9901", db).isEmpty)
        }
    }

    @Test
    func `An objection is open in its cycle, with its place, until it is resolved`() throws {
        var world = try World.staffed()
        try world.record("h-1", 0)
        for (id, area) in [("o-1", "99010101"), ("o-2", "9902"), ("o-3", "9901")] {
            var objection = Objection()
            (objection.objection, objection.cycle, objection.area) = (id, World.cycle, area)
            (objection.raisedBy, objection.text) = (.communityLeader, "counted twice")
            if id == "o-1" { (objection.household, objection.indicator) = ("h-1", 8) }
            try world.run(.raiseObjection(objection), on: "2018-03-01")
        }
        var resolution = ObjectionResolution()
        (resolution.objection, resolution.outcome) = ("o-3", .accepted)
        (resolution.reason, resolution.households) = ("it was", ["h-2", "h-1"])
        try world.run(.resolveObjection(resolution), on: "2018-03-02")
        let database = try world.readModels([ReviewReadModel()])
        try database.read { db in
            let open = try ReviewReadModel.openObjections(cycle: World.cycle, db)
            #expect(open.map(\.objection) == ["o-1", "o-2"])
            #expect(try ReviewReadModel.openObjections(cycle: "2562", db) == [])
            let place = try #require(world.household("h-1"))
            #expect(open.map(\.householdVillage) == [place.village, nil])
            #expect(open.map(\.householdLao) == [place.lao, nil])
            let row = try #require(try ReviewReadModel.objection("o-1", db))
            #expect(
                [row.raisedBy, row.household, row.village] == ["community_leader", "h-1", nil]
            )
            #expect(row.indicator == 8 && row.outcome == nil)
            let resolved = try #require(try ReviewReadModel.objection("o-3", db))
            #expect(
                [resolved.outcome, resolved.resolvedOn, resolved.reason] == [
                    "accepted", "2018-03-02", "it was",
                ]
            )
            #expect(try ReviewReadModel.households(ofObjection: "o-3", db) == ["h-1", "h-2"])
        }
    }

    @Test
    func `A check's rows tell what was asked again, what differs and what was found`() throws {
        var world = try World.staffed()
        for id in ["h-1", "h-2", "h-3"] { try world.record(id, 0, failing: [8: 1]) }
        var announcement = SampleAnnouncement()
        (announcement.cycle, announcement.area) = (World.cycle, "9901")
        (announcement.level, announcement.stage) = (.district, .recording)
        (announcement.perMille, announcement.checkers) = (400, ["member-1", "chair-1"])
        try world.run(.announceSample(announcement), on: "2018-02-27")
        let announcedAt = Int64(world.treeSize) - 1
        let before = try world.readModels([CheckReadModel()])
        try before.read { db in
            let row = try #require(try CheckReadModel.sample("2561-9901-1", db))
            #expect(row.drawnOn == nil && row.treeSize == nil)
            #expect(row.selection(from: ["h-1", "h-2", "h-3"]) == [])
        }
        var draw = SampleDraw()
        draw.sample = "2561-9901-1"
        let drawn = try world.run(.drawSample(draw), on: "2018-03-01").sampleDrawn
        var check = QualityCheck()
        (check.check, check.cycle, check.area) = ("c-1", World.cycle, "9901")
        (check.level, check.stage, check.sample) = (.district, .recording, drawn.sample)
        (check.checkers, check.outcome) = (["member-1", "chair-1"], .defective)
        (check.findings, check.documents) = ("one form was misread", [Self.document("a")])
        try world.run(.recordQualityCheck(check), on: "2018-03-02")
        var interview = Reinterview()
        (interview.check, interview.cycle) = ("c-1", World.cycle)
        (interview.household, interview.checker) = ("h-1", "chair-1")
        interview.indicators = [UInt32(8), 9].map { number in
            var count = IndicatorCount()
            (count.indicator, count.inScope) = (number, 1)
            return count
        }
        try world.run(.reinterviewHousehold(interview), on: "2018-03-03")
        var defect = Defect()
        (defect.defect, defect.cycle, defect.area) = ("d-1", World.cycle, "9981")
        (defect.check, defect.severity, defect.text) = ("c-1", .major, "h-1 was misread")
        try world.run(.reportDefect(defect), on: "2018-03-04")
        (defect.defect, defect.check) = ("d-2", "")
        try world.run(.reportDefect(defect), on: "2018-03-04")
        var resolution = DefectResolution()
        (resolution.defect, resolution.outcome) = ("d-1", .corrected)
        resolution.reason = "corrected"
        try world.run(.resolveDefect(resolution), on: "2018-03-05")
        let database = try world.readModels([CheckReadModel()])
        try database.read { db in
            let sample = try #require(try CheckReadModel.sample("2561-9901-1", db))
            #expect([sample.size, sample.population] == [2, 3])
            #expect(sample.perMille == 400 && sample.announcedAtIndex == announcedAt)
            #expect([sample.announcedOn, sample.drawnOn] == ["2018-02-27", "2018-03-01"])
            #expect(sample.rootHash == drawn.rootHash && sample.seed == drawn.seed)
            #expect(
                try CheckReadModel.checkers(ofSample: "2561-9901-1", db) == [
                    "chair-1", "member-1",
                ]
            )
            let households = ["h-1", "h-2", "h-3"]
            #expect(sample.selection(from: households) == drawn.selection(from: households))
            let row = try #require(try CheckReadModel.check("c-1", db))
            #expect(
                [row.stage, row.outcome, row.sample] == [
                    "recording", "defective", "2561-9901-1",
                ]
            )
            #expect(try CheckReadModel.checkers(of: "c-1", db) == ["chair-1", "member-1"])
            #expect(try CheckReadModel.documents(of: "c-1", db).count == 1)
            #expect(try CheckReadModel.checks(in: "99", cycle: World.cycle, db) == [row])
            #expect(try CheckReadModel.checks(in: "990101", cycle: World.cycle, db) == [])
            #expect(try CheckReadModel.checks(in: "99", cycle: "2562", db) == [])
            let interviews = try CheckReadModel.interviews(of: "c-1", db)
            #expect(interviews.map(\.askedCount) == [2])
            #expect(try CheckReadModel.interviews(ofSample: "2561-9901-1", db) == interviews)
            let differences = try CheckReadModel.differences(of: "c-1", db)
            #expect(interviews.map(\.differingCount) == [differences.count])
            #expect(differences.first?.indicator == 8)
            #expect(try CheckReadModel.defects(of: "c-1", db).map(\.defect) == ["d-1"])
            #expect(try CheckReadModel.defect("d-1", db)?.outcome == "corrected")
            let open = try CheckReadModel.openDefects(cycle: World.cycle, db)
            #expect(open.map(\.defect) == ["d-2"])
            #expect(try CheckReadModel.openDefects(cycle: "2562", db) == [])
        }
    }
}
