import CalendarProjection
import CertificationsProjection
import ProgressProjection
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// Deadlines against what happened, and certifications against both.
struct CalendarTests {
    /// "9901 met 2017-11-05 0" for each area of a deadline.
    private static func entries(
        _ deadline: String,
        _ day: String,
        _ world: World
    ) throws -> [String] {
        let database = try world.readModels([CalendarReadModel()])
        return try database.read { db in
            try CalendarReadModel.entries(
                cycle: World.cycle,
                on: #require(Day(iso: day)),
                db
            ).filter { $0.deadline.deadline == deadline }
                .map { "\($0.area) \($0.status) \($0.doneOn ?? "-") \($0.daysLate)" }
        }
    }

    private static func deadline(_ act: Deadline.Act, _ level: Area.Level) throws -> String {
        let cycle = Cycle.defaults2561(province: "99")
        return try #require(
            cycle.deadlines.first { $0.act == act && $0.fromLevel == level }
        ).deadline
    }

    @Test
    func `Targets are set when the last village of the district has one`() throws {
        let targets = try Self.deadline(.targetsSet, .district)
        var world = try World.defined()
        try world.setTarget(0, 3, on: "2017-11-03")
        try world.setTarget(2, 3, on: "2017-11-04")
        try world.setTarget(4, 3, on: "2017-11-12")
        #expect(
            try Self.entries(targets, "2017-11-10", world) == ["9901 open - 0", "9902 open - 0"]
        )
        #expect(
            try Self.entries(targets, "2017-11-13", world) == [
                "9901 missed - 3", "9902 late 2017-11-12 2",
            ]
        )
        try world.setTarget(3, 3, on: "2017-11-10")
        #expect(
            try Self.entries(targets, "2017-11-13", world) == [
                "9901 met 2017-11-10 0", "9902 late 2017-11-12 2",
            ]
        )
    }

    @Test
    func `Orders are issued when all three kinds are, in the district or within it`() throws {
        let orders = "orders"
        var world = try World.defined(ordersAct: .ordersIssued, committeeLevels: [])
        for person in ["chair-1", "collector-1", "recorder-1"] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = person
            try world.run(.registerPerson(registration), on: "2017-10-02")
        }
        // An LAO's committee is one within the district; a tambon's collectors are, too.
        try world.issueOrder("a", .committee, "9981", ["chair-1"], on: "2017-11-01")
        try world.issueOrder("b", .collector, "990101", ["collector-1"], on: "2017-11-02")
        #expect(
            try Self.entries(orders, "2017-11-02", world) == ["9901 open - 0", "9902 open - 0"]
        )
        try world.issueOrder("c", .recorder, "9901", ["recorder-1"], on: "2017-11-13")
        try world.issueOrder("d", .recorder, "9901", ["recorder-1"], on: "2017-11-14")
        #expect(
            try Self.entries(orders, "2017-12-01", world) == [
                "9901 late 2017-11-13 3", "9902 missed - 21",
            ]
        )
    }

    @Test
    func `Orders are sent when all three kinds are, to the level that the deadline names`() throws {
        let orders = try Self.deadline(.ordersSubmitted, .district)
        var world = try World.defined(committeeLevels: [])
        for person in ["chair-1", "collector-1", "recorder-1"] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = person
            try world.run(.registerPerson(registration), on: "2017-10-02")
        }
        try world.issueOrder("a", .committee, "9981", ["chair-1"], on: "2017-11-01")
        try world.issueOrder("b", .collector, "990101", ["collector-1"], on: "2017-11-02")
        try world.issueOrder("c", .recorder, "9901", ["recorder-1"], on: "2017-11-03")
        func submit(_ order: String, _ area: String, on day: String) throws {
            var submission = OrderSubmission()
            (submission.order, submission.toArea, submission.submittedOn) = (order, area, day)
            try world.run(.submitOrder(submission), on: "2017-11-20")
        }
        try submit("a", "99", on: "2017-11-08")
        // To the district is not to the province.
        try submit("b", "9901", on: "2017-11-08")
        try submit("c", "99", on: "2017-11-10")
        #expect(
            try Self.entries(orders, "2017-11-20", world) == [
                "9901 missed - 10", "9902 missed - 10",
            ]
        )
        try submit("b", "99", on: "2017-11-09")
        let met = ["9901 met 2017-11-10 0", "9902 missed - 10"]
        #expect(try Self.entries(orders, "2017-11-20", world) == met)
        // Sent once more after an amendment, and that was an error.
        var amendment = OrderAmendment()
        (amendment.order, amendment.number, amendment.date) = ("b", "2", "2017-11-15")
        (amendment.effectiveOn, amendment.reason) = ("2017-12-05", "a change of staff")
        amendment.removedPersons = ["collector-1"]
        try world.run(.amendOrder(amendment), on: "2017-11-20")
        try submit("b", "99", on: "2017-11-16")
        for (order, expected) in [("b", met), ("c", ["9901 missed - 10", "9902 missed - 10"])] {
            let withdrawal = ActReadModelTests.withdrawal(.orderSubmission, order, "99")
            try world.run(.withdrawPaper(withdrawal), on: "2017-11-20")
            #expect(try Self.entries(orders, "2017-11-20", world) == expected)
        }
    }

    @Test
    func `Users are registered when the district has the first of them`() throws {
        let users = try Self.deadline(.usersRegistered, .district)
        var world = try World.staffed()
        #expect(
            try Self.entries(users, "2017-12-05", world) == [
                "9901 missed - 25", "9902 missed - 25",
            ]
        )
        var user = UserRegistration()
        (user.cycle, user.person, user.role) = (World.cycle, "recorder-1", "recorder")
        user.area = "990201"
        try world.run(.registerUser(user), on: "2017-12-02")
        #expect(
            try Self.entries(users, "2017-12-05", world) == [
                "9901 missed - 25", "9902 late 2017-12-02 22",
            ]
        )
        var update = UserRegistrationUpdate()
        (update.cycle, update.person, update.role) = (World.cycle, "recorder-1", "recorder")
        (update.area, update.reason) = ("9901", "moved")
        try world.run(.updateUserRegistration(update), on: "2017-12-04")
        #expect(
            try Self.entries(users, "2017-12-05", world) == [
                "9901 late 2017-12-04 24", "9902 late 2017-12-02 22",
            ]
        )
    }

    @Test
    func `A report meets its own deadline, as changed`() throws {
        // None of the letter's is met by a report, but a cycle may say so.
        let reports = "orders"
        var world = try World.defined(ordersAct: .reportSubmitted)
        var report = Report()
        (report.cycle, report.deadline, report.area) = (World.cycle, reports, "9901")
        let cycle = Cycle.defaults2561(province: "99")
        let deadline = try #require(cycle.deadlines.first { $0.deadline == reports })
        let due = try #require(Day(iso: deadline.due))
        try world.run(.submitReport(report), on: (due + 2).iso)
        #expect(
            try Self.entries(reports, (due + 3).iso, world) == [
                "9901 late \((due + 2).iso) 2", "9902 missed - 3",
            ]
        )
        var change = DeadlineChange()
        (change.cycle, change.deadline) = (World.cycle, reports)
        (change.due, change.reason) = ((due + 2).iso, "a flood")
        try world.run(.changeDeadline(change), on: (due + 3).iso)
        #expect(
            try Self.entries(reports, (due + 3).iso, world) == [
                "9901 met \((due + 2).iso) 0", "9902 missed - 1",
            ]
        )
    }

    @Test
    func `A certification meets its deadline only while it stands`() throws {
        let certifications = try Self.deadline(.certificationSubmitted, .lao)
        var world = try World.staffed()
        try world.setTarget(0, 1)
        try world.setTarget(3, 1)
        try world.record("h", 0)
        let id = try world.certify("9981", on: "2018-03-22")
        // Due 2018-03-20 (letter 2.2). Only LAOs at work must act.
        #expect(
            try Self.entries(certifications, "2018-03-22", world) == [
                "990152 missed - 2", "9981 late 2018-03-22 2",
            ]
        )
        var database = try world.readModels(ProjectionCatalog.all)
        try database.read { db in
            let detail = try #require(try CertificationReadModel.certification(id, db))
            #expect(detail.due == "2018-03-20")
            #expect(detail.daysLate == 2)
            #expect(detail.certification.status == "submitted")
            #expect(detail.certification.collected == 1)
            #expect(detail.signatures.map(\.person) == World.signers)
            #expect(detail.missingRoles == [])
            let progress = try ProgressReadModel.progress(cycle: World.cycle, level: .lao, db)
            #expect(progress.map(\.certification) == [nil, id])
            #expect(progress.map(\.certified) == [0, 1])
        }
        try world.correct("h", on: "2018-03-23") { $0.interviewedOn = "2018-01-20" }
        #expect(
            try Self.entries(certifications, "2018-03-23", world) == [
                "990152 missed - 3", "9981 missed - 3",
            ]
        )
        database = try world.readModels(ProjectionCatalog.all)
        try database.read { db in
            let detail = try #require(try CertificationReadModel.certification(id, db))
            #expect(detail.certification.supersededAtIndex == Int64(world.treeSize) - 1)
            #expect(!detail.certification.isStanding)
            let progress = try ProgressReadModel.progress(cycle: World.cycle, level: .lao, db)
            #expect(progress.map(\.certified) == [0, 0])
        }
    }

    @Test
    func `A district's certification falls with one of its LAOs`() throws {
        var world = try World.staffed()
        try world.record("h", 0)
        let lao = try world.certify("9981")
        let district = try world.certify("9901")
        try world.withdraw(certification: lao)
        let database = try world.readModels([CertificationReadModel()])
        let details = try database.read {
            try CertificationReadModel.certifications(cycle: World.cycle, $0)
        }
        let states = details.map {
            "\($0.certification.certification) \($0.certification.status)"
                + " \($0.certification.supersededAtIndex ?? -1)"
        }
        #expect(
            states == ["\(lao) withdrawn -1", "\(district) submitted \(world.treeSize - 1)"]
        )
        let standing = try database.read {
            try CertificationReadModel.certifications(cycle: World.cycle, standing: true, $0)
        }
        #expect(standing.isEmpty)
    }

    /// "9901 submitted true" for each certification of a district, oldest first.
    private static func standing(_ district: String, _ world: World) throws -> [String] {
        let database = try world.readModels([CertificationReadModel()])
        return try database.read { db in
            try CertificationReadModel.certifications(
                cycle: World.cycle,
                area: district,
                db
            ).map { "\($0.certification.status) \($0.certification.isStanding)" }
        }
    }

    @Test
    func `Withdrawing a certification that was replaced leaves the district standing`() throws {
        let certifications = try Self.deadline(.certificationSubmitted, .district)
        var world = try World.staffed()
        try world.record("h", 0)
        let outdated = try world.certify("9981", on: "2018-03-05")
        try world.correct("h", on: "2018-03-06") { $0.interviewedOn = "2018-01-20" }
        try world.certify("9981", on: "2018-03-07")
        try world.certify("9901", on: "2018-03-08")
        try world.withdraw(certification: outdated, on: "2018-03-09")
        #expect(try Self.standing("9901", world) == ["submitted true"])
        #expect(
            try Self.entries(certifications, "2018-12-01", world).first
                == "9901 met 2018-03-08 0"
        )
    }

    @Test
    func `A certification falls in every district that the LAO reaches into`() throws {
        var world = try World.staffed()
        try world.record("h", 3)
        try world.record("i", 5)
        let lao = try world.certify("9981")
        try world.certify("990152")
        try world.certify("9901")
        try world.certify("9902")
        try world.withdraw(certification: lao)
        #expect(try Self.standing("9902", world) == ["submitted false"])
        // 9981 belongs to 9901 and has no household there.
        #expect(try Self.standing("9901", world) == ["submitted true"])
    }

    @Test
    func `Certified by day counts what lies in the district, whoever certified it`() throws {
        var world = try World.staffed()
        try world.record("h", 0)
        for household in ["i", "j"] { try world.record(household, 5) }
        try world.certify("9981", on: "2018-03-05")
        let database = try world.readModels([ProgressReadModel()])
        let certified = try database.read { db in
            try ["9901", "9902", "99"].map { code in
                try ProgressReadModel.days(
                    cycle: World.cycle,
                    of: AreaScope(code: code, level: code == "99" ? .province : .district),
                    db
                ).map { "\($0.day) \($0.certified ?? -1)" }
            }
        }
        #expect(
            certified == [
                ["2018-02-01 0", "2018-03-05 1"], ["2018-02-01 0", "2018-03-05 2"],
                ["2018-02-01 0", "2018-03-05 3"],
            ]
        )
    }

    @Test
    func `An LAO is at work while it has a target or a live household`() throws {
        let certifications = try Self.deadline(.certificationSubmitted, .lao)
        var world = try World.staffed()
        try world.record("mistaken", 3)
        try world.notCollected("moved", 1)
        #expect(
            try Self.entries(certifications, "2018-02-01", world) == [
                "990151 open - 0", "990152 open - 0",
            ]
        )
        try world.withdraw("mistaken")
        try world.withdraw("moved")
        #expect(try Self.entries(certifications, "2018-12-01", world) == [])
        try world.setTarget(4, 0, on: "2018-02-21")
        try world.record("mistaken", 0, on: "2018-02-21")
        #expect(
            try Self.entries(certifications, "2018-03-20", world) == [
                "990251 open - 0", "9981 open - 0",
            ]
        )
    }

    @Test
    func `The act that met a deadline is the last by its day, not by its record`() throws {
        let (targets, orders) = (try Self.deadline(.targetsSet, .district), "orders")
        var world = try World.staffed(ordersAct: .ordersIssued)
        try world.setTarget(4, 3, on: "2017-11-14")
        // The village's part in another LAO, recorded later and dated back: its first target.
        try world.setTarget(5, 3, on: "2017-11-13")
        let targetIndex = world.treeSize - 1
        try world.issueOrder("a", .collector, "9902", ["collector-1"], on: "2017-11-16")
        let orderIndex = world.treeSize - 1
        // Recorded last, and dated back.
        try world.issueOrder("b", .recorder, "9902", ["recorder-1"], on: "2017-11-06")
        let database = try world.readModels([CalendarReadModel()])
        let done = try database.read { db in
            try CalendarReadModel.entries(
                cycle: World.cycle,
                on: #require(Day(iso: "2017-12-01")),
                db
            ).filter { $0.area == "9902" && [targets, orders].contains($0.deadline.deadline) }
                .map { "\($0.deadline.deadline) \($0.doneOn ?? "-") \($0.doneAtIndex ?? -1)" }
        }
        #expect(
            done.sorted() == [
                "\(orders) 2017-11-16 \(orderIndex)", "\(targets) 2017-11-13 \(targetIndex)",
            ]
        )
    }

    @Test
    func `A prepared certification lists who must still sign`() throws {
        var world = try World.staffed()
        try world.record("h", 0)
        let id = try world.prepare("9981")
        try world.sign(id, "secretary-1")
        let database = try world.readModels([CertificationReadModel()])
        let detail = try database.read { try CertificationReadModel.certification(id, $0) }
        #expect(detail?.missingRoles == ["chair"])
        #expect(detail?.missingSignatureCount == 2)
        #expect(detail?.daysLate == nil)
    }
}
