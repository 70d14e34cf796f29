import Survey
import Testing

@Suite struct OrderRuleTests {
    @Test func `An order is issued once and appoints somebody`() throws {
        var fixture = try Fixture.staffed()
        #expect(throws: Rejection(.orderAlreadyIssued, "collectors-1")) {
            try fixture.run(
                .issueOrder(.sample("collectors-1", .collector, "9901", "collector-1"))
            )
        }
        var order = Order.sample("o", .collector, "9901", "collector-1")
        order.appointments = []
        #expect(throws: Rejection(.orderEmpty, "o")) { try fixture.run(.issueOrder(order)) }
        #expect(throws: Rejection(.orderEmpty, "collectors-1")) {
            try fixture.run(.amendOrder(.sample("collectors-1", on: "2018-01-10")))
        }
        order.appointments = Array(repeating: .sample("collector-1", "collector", ""), count: 401)
        #expect(throws: Rejection(.listTooLong, "appointments")) {
            try fixture.run(.issueOrder(order))
        }
    }

    @Test func `An order or amendment that bears a later date than the act is refused`() throws {
        var fixture = try Fixture.staffed()
        var order = Order.sample("o", .collector, "9901", "collector-1")
        order.date = "2018-02-02"
        #expect(throws: Rejection(.orderInFuture, "o")) { try fixture.run(.issueOrder(order)) }
        try fixture.run(.issueOrder(order), on: "2018-02-02")
        var amendment = OrderAmendment.sample("o", on: "2018-01-10")
        amendment.removedPersons = ["collector-1"]
        amendment.date = "2018-02-04"
        #expect(throws: Rejection(.orderInFuture, "o")) {
            try fixture.run(.amendOrder(amendment), on: "2018-02-03")
        }
        try fixture.run(.amendOrder(amendment), on: "2018-02-04")
    }

    @Test func `An order that nobody issued can be neither amended nor revoked`() throws {
        var fixture = try Fixture.staffed()
        #expect(throws: Rejection(.orderUnknown, "none")) {
            try fixture.run(.amendOrder(.sample("none", on: "2018-01-10")))
        }
        #expect(throws: Rejection(.orderUnknown, "none")) {
            try fixture.run(.revokeOrder(.sample("none", on: "2018-01-10")))
        }
    }

    @Test func `A revoked order stays as it is`() throws {
        var fixture = try Fixture.staffed()
        try fixture.run(.revokeOrder(.sample("collectors-1", on: "2018-01-10")))
        #expect(throws: Rejection(.orderRevoked, "collectors-1")) {
            try fixture.run(.revokeOrder(.sample("collectors-1", on: "2018-01-10")))
        }
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        amendment.added = [.sample("outsider", "collector", "")]
        #expect(throws: Rejection(.orderRevoked, "collectors-1")) {
            try fixture.run(.amendOrder(amendment))
        }
    }

    @Test func `Nobody is appointed twice by one order`() throws {
        var fixture = try Fixture.staffed()
        var order = Order.sample("o", .collector, "9901", "collector-1")
        order.appointments.append(.sample("collector-1", "collector", "990101"))
        #expect(throws: Rejection(.appointmentDuplicate, "collector-1")) {
            try fixture.run(.issueOrder(order))
        }
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        amendment.added = [.sample("collector-1", "collector", "")]
        #expect(throws: Rejection(.appointmentDuplicate, "collector-1")) {
            try fixture.run(.amendOrder(amendment))
        }
    }

    @Test func `An area has one committee at a time, and one person one term of it`() throws {
        var fixture = try Fixture.staffed()
        func refusal(_ order: Order) -> Rejection? {
            rejection(fixture.state, Event(.orderIssued(order)))
        }
        let ordered = Rejection(.committeeAlreadyOrdered, "committee-9981")
        var second = Order.sample("second", .committee, "9981", "outsider")
        second.appointments = [.sample("outsider", "member", "")]
        #expect(refusal(second) == ordered)
        // An order of the district reaches into its LAOs.
        var wide = second
        (wide.area, wide.appointments[0].area) = ("9901", "9981")
        #expect(refusal(wide) == ordered)
        wide.appointments[0].area = "990101"
        #expect(refusal(wide) == nil)
        for (from, to, isRefused) in [
            ("2017-10-01", "2017-11-30", false), ("2017-10-01", "2017-12-01", true),
            ("2018-03-31", "", true), ("2018-04-01", "", false),
        ] {
            (second.validFrom, second.validTo) = (from, to)
            #expect(refusal(second) == (isRefused ? ordered : nil), "\(from) \(to)")
        }
        (second.validFrom, second.validTo) = ("2018-01-10", "2018-03-31")
        // Nor by an amendment of another order.
        var amendment = OrderAmendment.sample("committee-9901", on: "2018-01-10")
        amendment.added = [.sample("outsider", "member", "9981")]
        #expect(rejection(fixture.state, Event(.orderAmended(amendment))) == ordered)
        try fixture.run(.revokeOrder(.sample("committee-9981", on: "2018-01-10")))
        #expect(refusal(second) == nil)
        second.validFrom = "2018-01-09"
        #expect(refusal(second) == ordered)
        // Collectors and recorders may have several.
        #expect(refusal(.sample("more", .collector, "9901", "collector-2")) == nil)
    }

    @Test func `Whom an amendment removes later is not put back before`() throws {
        var fixture = try Fixture.staffed()
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-02-01")
        amendment.removedPersons = ["collector-1"]
        try fixture.run(.amendOrder(amendment))
        var back = OrderAmendment.sample("collectors-1", on: "2018-01-31")
        back.added = [.sample("collector-1", "collector", "")]
        #expect(throws: Rejection(.appointmentDuplicate, "collector-1")) {
            try fixture.run(.amendOrder(back))
        }
        back.effectiveOn = "2018-02-01"
        try fixture.run(.amendOrder(back))
        // Out and in again in one amendment is a change of the place.
        var moved = OrderAmendment.sample("collectors-1", on: "2018-02-10")
        moved.removedPersons = ["collector-1"]
        moved.added = [.sample("collector-1", "collector", "990101")]
        try fixture.run(.amendOrder(moved))
        let terms = fixture.state.persons["collector-1"]?.appointments
            .filter { $0.order == "collectors-1" }
            .map { "\($0.validFrom.iso) \($0.validTo?.iso ?? "-")" }
        #expect(
            terms == [
                "2017-12-01 2018-01-31", "2018-02-01 2018-02-09", "2018-02-10 2018-03-31",
            ]
        )
    }

    @Test(arguments: [
        ("9901", "9902"), ("9901", "99"), ("9901", "990251"), ("990101", "990102"),
        ("990101", "9981"), ("9981", "99010101"), ("9981", "990151"), ("99010101", "99010102"),
    ])
    func `An appointment outside the order's area is refused`(outer: String, inner: String) throws {
        var fixture = try Fixture.staffed()
        var order = Order.sample("o", .collector, outer, "collector-1")
        order.appointments[0].area = inner
        #expect(throws: Rejection(.appointmentOutsideArea, inner)) {
            try fixture.run(.issueOrder(order))
        }
    }

    @Test(
        arguments: [
            (.collector, "chair"), (.collector, ""), (.recorder, "collector"),
            (.committee, "collector"), (.committee, "governor"),
        ] as [(Order.Kind, String)]
    )
    func `A role that the kind of order does not have is refused`(
        kind: Order.Kind,
        role: String
    ) throws {
        var fixture = try Fixture.staffed()
        var order = Order.sample("o", kind, "9901", "collector-1")
        order.appointments[0].role = role
        #expect(throws: Rejection(.roleUnknown, role)) { try fixture.run(.issueOrder(order)) }
    }

    @Test func `Only somebody whom the order appoints can be removed from it`() throws {
        var fixture = try Fixture.staffed()
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        amendment.removedPersons = ["collector-2"]
        #expect(throws: Rejection(.personNotInOrder, "collector-2")) {
            try fixture.run(.amendOrder(amendment))
        }
        amendment.removedPersons = ["collector-1"]
        try fixture.run(.amendOrder(amendment))
        #expect(throws: Rejection(.personNotInOrder, "collector-1")) {
            try fixture.run(.amendOrder(amendment))
        }
    }

    @Test(arguments: ["2017-11-30", "2018-04-01"])
    func `A change of an order takes effect while the order is valid`(day: String) throws {
        var fixture = try Fixture.staffed()
        var amendment = OrderAmendment.sample("collectors-1", on: day)
        amendment.removedPersons = ["collector-1"]
        #expect(throws: Rejection(.periodReversed, "collectors-1")) {
            try fixture.run(.amendOrder(amendment))
        }
        #expect(throws: Rejection(.periodReversed, "collectors-1")) {
            try fixture.run(.revokeOrder(.sample("collectors-1", on: day)))
        }
    }
}

/// What an appointment allows, seen through the one rule that asks for it.
@Suite struct AppointmentTests {
    private func collectorProblem(
        _ fixture: Fixture,
        visitedOn day: String,
        _ place: (village: String, lao: String) = ("99010101", "9981"),
        collector: String = "collector-1"
    ) -> RejectionCode? {
        var visit = HouseholdNotCollected.sample("h-1", place.village, place.lao)
        visit.visitedOn = day
        visit.collector = collector
        let recorder = place.lao == "990251" ? "recorder-2" : "recorder-1"
        let event = Event(.householdNotCollected(visit))
        return rejection(fixture.state, event, Fixture.act(on: "2018-03-31", by: recorder))?.code
    }

    @Test func `An appointment holds on its first and last day and not a day longer`() throws {
        let fixture = try Fixture.targeted()
        for (day, isHeld) in [
            ("2017-11-30", false), ("2017-12-01", true), ("2018-03-31", true),
        ] {
            let expected: RejectionCode? = isHeld ? nil : .collectorNotAppointed
            #expect(collectorProblem(fixture, visitedOn: day) == expected)
        }
        let event = Event(.householdNotCollected(.sample("h-1")))
        #expect(rejection(fixture.state, event, Fixture.act(on: "2018-03-31")) == nil)
        #expect(
            rejection(fixture.state, event, Fixture.act(on: "2018-04-01"))
                == Rejection(.recorderNotAppointed, "recorder-1")
        )
    }

    @Test func `A removal ends an appointment the day before it takes effect`() throws {
        var fixture = try Fixture.targeted()
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        amendment.removedPersons = ["collector-1"]
        amendment.added = [.sample("outsider", "collector", "")]
        try fixture.run(.amendOrder(amendment))
        #expect(collectorProblem(fixture, visitedOn: "2018-01-09") == nil)
        #expect(collectorProblem(fixture, visitedOn: "2018-01-10") == .collectorNotAppointed)
        let outsider = "outsider"
        #expect(
            collectorProblem(fixture, visitedOn: "2018-01-09", collector: outsider)
                == .collectorNotAppointed
        )
        #expect(collectorProblem(fixture, visitedOn: "2018-01-10", collector: outsider) == nil)
        #expect(collectorProblem(fixture, visitedOn: "2018-03-31", collector: outsider) == nil)
    }

    @Test func `Whoever was removed can be appointed again by a later amendment`() throws {
        var fixture = try Fixture.targeted()
        var removal = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        removal.removedPersons = ["collector-1"]
        try fixture.run(.amendOrder(removal))
        var addition = OrderAmendment.sample("collectors-1", on: "2018-01-20")
        addition.added = [.sample("collector-1", "collector", "990101")]
        try fixture.run(.amendOrder(addition))
        #expect(collectorProblem(fixture, visitedOn: "2018-01-19") == .collectorNotAppointed)
        #expect(collectorProblem(fixture, visitedOn: "2018-01-20") == nil)
        let elsewhere = (village: "99010201", lao: "990152")
        #expect(
            collectorProblem(fixture, visitedOn: "2018-01-20", elsewhere) == .collectorNotAppointed
        )
        #expect(collectorProblem(fixture, visitedOn: "2018-01-09", elsewhere) == nil)
    }

    @Test func `A revocation ends every appointment of the order and of no other`() throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.issueOrder(.sample("more", .collector, "990102", "collector-1")))
        try fixture.run(.revokeOrder(.sample("collectors-1", on: "2018-01-10")))
        #expect(collectorProblem(fixture, visitedOn: "2018-01-09") == nil)
        #expect(collectorProblem(fixture, visitedOn: "2018-01-10") == .collectorNotAppointed)
        let elsewhere = (village: "99010201", lao: "990152")
        #expect(collectorProblem(fixture, visitedOn: "2018-01-10", elsewhere) == nil)
    }

    @Test func `Nobody outlasts an order that is revoked, whenever their own end was to be`()
        throws
    {
        var fixture = try Fixture.targeted()
        var removal = OrderAmendment.sample("collectors-1", on: "2018-01-20")
        removal.removedPersons = ["collector-1"]
        try fixture.run(.amendOrder(removal))
        #expect(collectorProblem(fixture, visitedOn: "2018-01-19") == nil)
        try fixture.run(.revokeOrder(.sample("collectors-1", on: "2018-01-10")))
        #expect(collectorProblem(fixture, visitedOn: "2018-01-09") == nil)
        #expect(collectorProblem(fixture, visitedOn: "2018-01-10") == .collectorNotAppointed)
        #expect(collectorProblem(fixture, visitedOn: "2018-01-19") == .collectorNotAppointed)
    }

    @Test func `An appointment covers its area at every level`() throws {
        let base = try Fixture.targeted()
        let divided = [("99010101", "9981"), ("99010101", "990151"), ("99010102", "990151")]
        let others = [("99010201", "990152"), ("99020101", "990251")]
        let cases: [(area: String, covered: Set<String>)] = [
            ("99", Set((divided + others).map { $0.0 + $0.1 })),
            ("9901", ["990101019981", "99010101990151", "99010102990151", "99010201990152"]),
            ("990101", ["990101019981", "99010101990151", "99010102990151"]),
            ("99010101", ["990101019981", "99010101990151"]),
            ("990151", ["99010101990151", "99010102990151"]),
        ]
        for (area, covered) in cases {
            var fixture = base
            var order = Order.sample("o", .collector, "99", "outsider")
            order.appointments = [.sample("outsider", "collector", area)]
            try fixture.run(.issueOrder(order))
            for (village, lao) in divided + others {
                let problem = collectorProblem(
                    fixture,
                    visitedOn: "2018-01-10",
                    (village, lao),
                    collector: "outsider"
                )
                let isCovered = covered.contains(village + lao)
                #expect((problem == nil) == isCovered, "\(area) and \(village) in \(lao)")
            }
        }
    }

    @Test func `An appointment of one kind or cycle does not serve another`() throws {
        var fixture = try Fixture.targeted()
        #expect(
            collectorProblem(fixture, visitedOn: "2018-01-10", collector: "recorder-1")
                == .collectorNotAppointed
        )
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = "2562"
        try fixture.run(.defineCycle(cycle))
        var order = Order.sample("o", .collector, "9901", "outsider")
        order.cycle = "2562"
        order.appointments[0].role = "collector"
        try fixture.run(.issueOrder(order))
        #expect(
            collectorProblem(fixture, visitedOn: "2018-01-10", collector: "outsider")
                == .collectorNotAppointed
        )
    }
}
