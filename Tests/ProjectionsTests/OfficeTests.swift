import AppointmentsProjection
import AreasProjection
import Cryptography
import LedgerTestSupport
import ProjectionRuntime
import Survey
import TestSupport
import Testing

/// Who is in office on a day, and which areas there are.
struct OfficeTests {
    private static func inForce(
        _ area: String,
        _ day: String,
        _ database: SurveyDatabase
    ) throws -> [String] {
        try database.read { db in
            try AppointmentReadModel.inForce(
                area: area,
                cycle: World.cycle,
                on: #require(Day(iso: day)),
                db
            ).map(\.person)
        }
    }

    @Test
    func `Amendments and revocations end appointments on the day before`() throws {
        var world = try World.staffed()
        var amendment = OrderAmendment()
        (amendment.order, amendment.number) = ("committee-9981", "2")
        (amendment.date, amendment.effectiveOn) = ("2018-01-05", "2018-01-10")
        amendment.reason = "a change of staff"
        amendment.removedPersons = ["chair-1"]
        var added = Appointment()
        (added.person, added.role) = ("recorder-1", "chair")
        amendment.added = [added]
        try world.run(.amendOrder(amendment))
        var revocation = OrderRevocation()
        (revocation.order, revocation.effectiveOn) = ("committee-9981", "2018-02-01")
        revocation.reason = "replaced"
        try world.run(.revokeOrder(revocation))
        let database = try world.readModels([AppointmentReadModel()])
        #expect(try Self.inForce("9981", "2017-11-30", database) == [])
        #expect(
            try Self.inForce("9981", "2018-01-09", database) == [
                "chair-1", "member-1", "secretary-1",
            ]
        )
        #expect(
            try Self.inForce("9981", "2018-01-10", database) == [
                "recorder-1", "member-1", "secretary-1",
            ]
        )
        #expect(try Self.inForce("9981", "2018-02-01", database) == [])
        try database.read { db in
            let ends = try AppointmentReadModel.appointments(order: "committee-9981", db)
                .map { "\($0.person) \($0.validTo ?? "-") \($0.number)" }
            #expect(
                ends == [
                    "chair-1 2018-01-09 committee-9981/2560",
                    "member-1 2018-01-31 committee-9981/2560",
                    "secretary-1 2018-01-31 committee-9981/2560",
                    "recorder-1 2018-01-31 2",
                ]
            )
            let order = try AppointmentReadModel.order("committee-9981", db)
            #expect(order?.revokedOn == "2018-02-01")
            #expect(order?.amendmentCount == 1)
        }
    }

    @Test
    func `A revocation ends also what an amendment was to end later`() throws {
        var world = try World.staffed()
        var amendment = OrderAmendment()
        (amendment.order, amendment.number) = ("committee-9981", "2")
        (amendment.date, amendment.effectiveOn) = ("2018-01-05", "2018-02-10")
        amendment.reason = "a change of staff"
        amendment.removedPersons = ["chair-1"]
        try world.run(.amendOrder(amendment))
        var revocation = OrderRevocation()
        (revocation.order, revocation.effectiveOn) = ("committee-9981", "2018-02-01")
        revocation.reason = "replaced"
        try world.run(.revokeOrder(revocation))
        let database = try world.readModels([AppointmentReadModel()])
        #expect(try Self.inForce("9981", "2018-01-31", database).count == 3)
        #expect(try Self.inForce("9981", "2018-02-01", database) == [])
    }

    private static func appointment(_ person: String, in area: String) -> Appointment {
        var appointment = Appointment()
        (appointment.person, appointment.area) = (person, area)
        appointment.role = String(person.prefix { $0 != "-" })
        return appointment
    }

    @Test
    func `Whatever orders say, everybody's appointments are those of the rules`() throws {
        var generator = SeededGenerator.announced(for: "appointments")
        var world = try World.staffed()
        let first = try #require(Day(iso: "2017-12-01"))
        var orders = ["collectors"]
        for number in 0..<200 {
            let persons = World.signers.filter { _ in Bool.random(using: &generator) }
            let order = orders.randomElement(using: &generator) ?? ""
            let day = (first + Int.random(in: 0..<200, using: &generator)).iso
            do {
                switch Int.random(in: 0..<10, using: &generator) {
                case 0..<3:
                    // One that has a committee already is refused another one.
                    let area = World.areas.randomElement(using: &generator)?.0 ?? "9901"
                    try world.issueOrder("o-\(number)", .committee, area, persons)
                    orders.append("o-\(number)")
                case 3:
                    var revocation = OrderRevocation()
                    (revocation.order, revocation.effectiveOn) = (order, day)
                    revocation.reason = "replaced"
                    try world.run(.revokeOrder(revocation))
                default:
                    var amendment = OrderAmendment()
                    (amendment.order, amendment.number) = (order, "\(number)/2561")
                    (amendment.date, amendment.effectiveOn) = (day, day)
                    amendment.reason = "a change of staff"
                    amendment.removedPersons = persons
                    // Some come back at once, to another place.
                    amendment.added = World.signers
                        .filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
                        .map { person in
                            let isElsewhere = Bool.random(using: &generator)
                            return Self.appointment(person, in: isElsewhere ? "990101" : "")
                        }
                    try world.run(.amendOrder(amendment))
                }
            } catch is Rejection {}
        }
        let database = try world.readModels([AppointmentReadModel()])
        var endedCount = 0
        for person in World.signers {
            let rows = try database.read {
                try AppointmentReadModel.appointments(person: person, $0)
            }
            let state = try #require(world.state.persons[person])
            #expect(
                rows.map { "\($0.orderId) \($0.area) \($0.validFrom) \($0.validTo ?? "-")" }
                    .sorted()
                    == state.appointments.map {
                        "\($0.order) \($0.area) \($0.validFrom.iso) \($0.validTo?.iso ?? "-")"
                    }.sorted()
            )
            endedCount += rows.count { $0.endedAtIndex != nil }
        }
        #expect(endedCount > 0)
    }

    @Test
    func `A person's keys are listed with their revocation`() throws {
        var world = try World.staffed()
        var revocation = MemberKeyRevocation()
        revocation.person = "chair-1"
        let key = try World.key(of: "chair-1").publicKey.rawBytes
        revocation.publicKey = .init(key)
        revocation.reason = "lost"
        try world.run(.revokeMemberKey(revocation))
        let database = try world.readModels([AppointmentReadModel()])
        let keys = try database.read { try AppointmentReadModel.keys(person: "chair-1", $0) }
        #expect(keys.map(\.publicKey) == [Hex.encode(key)])
        #expect(keys.map(\.revokedOn) == ["2018-02-01"])
        #expect(keys.map(\.revocationReason) == ["lost"])
    }

    @Test
    func `Areas show their revisions and what LAOs cover`() throws {
        var world = try World.defined()
        var revision = AreaRevision()
        (revision.code, revision.reason, revision.nameTh) = ("990151", "merged", "ใหม่")
        revision.validTo = "2018-06-30"
        revision.covered.codes = ["990101", "990102"]
        try world.run(.reviseArea(revision))
        let database = try world.readModels([AreaReadModel()])
        try database.read { db in
            let area = try AreaReadModel.area("990151", db)
            #expect(area?.nameTh == "ใหม่")
            #expect(area?.validTo == "2018-06-30")
            #expect(area?.parent == "9901")
            #expect(try AreaReadModel.tambons(coveredBy: "990151", db) == ["990101", "990102"])
            #expect(try AreaReadModel.laos(covering: "990101", db) == ["990151", "9981"])
            let later = try AreaReadModel.areas(level: .lao, on: Day(iso: "2018-07-01"), db)
            #expect(later.map(\.area) == ["990152", "990251", "9981"])
            #expect(try AreaReadModel.areas(parent: "99", db).map(\.area) == ["9901", "9902"])
        }
    }
}
