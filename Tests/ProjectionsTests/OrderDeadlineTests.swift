import CalendarProjection
import ProjectionRuntime
import Survey
import Testing

/// The deadline of 1.2: committees at every level, collectors and recorders, by orders that stand.
struct OrderDeadlineTests {
    private static func world(_ levels: [Area.Level]) throws -> World {
        var world = try World.defined(ordersAct: .ordersIssued, committeeLevels: levels)
        for person in ["chair-1", "member-1", "collector-1", "recorder-1"] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = person
            try world.run(.registerPerson(registration), on: "2017-10-02")
        }
        try world.issueOrder("c", .collector, "9902", ["collector-1"], on: "2017-11-01")
        try world.issueOrder("r", .recorder, "9902", ["recorder-1"], on: "2017-11-01")
        return world
    }

    /// Of 9902, which has the one LAO 990251 and the one tambon 990201.
    private static func entry(_ world: World) throws -> String {
        let database = try world.readModels([CalendarReadModel()])
        return try database.read { db in
            try CalendarReadModel.entries(
                cycle: World.cycle,
                on: #require(Day(iso: "2017-12-01")),
                db
            ).filter { $0.deadline.deadline == "orders" && $0.area == "9902" }
                .map { "\($0.status) \($0.doneOn ?? "-")" }.joined()
        }
    }

    @Test func `Each district and each LAO within it has a committee of its own`() throws {
        var world = try Self.world([.district, .lao])
        try world.issueOrder("d", .committee, "9902", ["chair-1"], on: "2017-11-02")
        #expect(try Self.entry(world) == "missed -")
        // One that reaches into the district belongs to the other one.
        try world.issueOrder("l", .committee, "9981", ["chair-1"], on: "2017-11-03")
        #expect(try Self.entry(world) == "missed -")
        try world.issueOrder("m", .committee, "990251", ["chair-1"], on: "2017-11-13")
        #expect(try Self.entry(world) == "late 2017-11-13")
    }

    @Test func `A cycle may ask for the tambons, or for one committee anywhere`() throws {
        var world = try Self.world([.tambon])
        try world.issueOrder("d", .committee, "9902", ["chair-1"], on: "2017-11-02")
        #expect(try Self.entry(world) == "missed -")
        try world.issueOrder("t", .committee, "990201", ["chair-1"], on: "2017-11-03")
        #expect(try Self.entry(world) == "met 2017-11-03")
        world = try Self.world([])
        try world.issueOrder("t", .committee, "990201", ["chair-1"], on: "2017-11-03")
        #expect(try Self.entry(world) == "met 2017-11-03")
    }

    @Test func `One order may seat several committees, also by its amendment`() throws {
        var world = try Self.world([.district, .lao])
        var order = Order()
        (order.order, order.number, order.date) = ("all", "1/2560", "2017-11-01")
        (order.kind, order.cycle, order.area) = (.committee, World.cycle, "9902")
        (order.validFrom, order.validTo) = ("2017-12-01", "2018-06-30")
        var seat = Appointment()
        (seat.person, seat.role) = ("chair-1", "chair")
        order.appointments = [seat]
        try world.run(.issueOrder(order), on: "2017-11-02")
        #expect(try Self.entry(world) == "missed -")
        var amendment = OrderAmendment()
        (amendment.order, amendment.number, amendment.date) = ("all", "2/2560", "2017-11-08")
        (amendment.effectiveOn, amendment.reason) = ("2017-12-01", "the LAO was forgotten")
        (seat.person, seat.role, seat.area) = ("member-1", "member", "990251")
        amendment.added = [seat]
        try world.run(.amendOrder(amendment), on: "2017-11-08")
        #expect(try Self.entry(world) == "met 2017-11-08")
    }

    @Test func `An order that is revoked by the due day was not made`() throws {
        for (effective, entry) in [("2017-11-10", "missed -"), ("2017-11-11", "met 2017-11-02")] {
            var world = try Self.world([.district])
            var order = Order()
            (order.order, order.number, order.date) = ("d", "1/2560", "2017-11-01")
            (order.kind, order.cycle, order.area) = (.committee, World.cycle, "9902")
            order.validFrom = "2017-11-01"
            var seat = Appointment()
            (seat.person, seat.role) = ("chair-1", "chair")
            order.appointments = [seat]
            try world.run(.issueOrder(order), on: "2017-11-02")
            #expect(try Self.entry(world) == "met 2017-11-02")
            var revocation = OrderRevocation()
            (revocation.order, revocation.effectiveOn) = ("d", effective)
            revocation.reason = "issued twice"
            try world.run(.revokeOrder(revocation), on: "2017-11-20")
            #expect(try Self.entry(world) == entry, "\(effective)")
        }
    }
}
