import Survey
import Testing

/// Where an order's paper goes once it is issued.
@Suite struct OrderPaperRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    @Test mutating func `An order is circulated to each area once, and again when it was amended`()
        throws
    {
        // The paper bears 1 November.
        try fixture.run(.circulateOrder(.sample(["990101", "9981"], on: "2017-11-01")))
        #expect(throws: Rejection(.orderAlreadyCirculated, "9981")) {
            try fixture.run(.circulateOrder(.sample(["990151", "9981"])))
        }
        try fixture.run(.circulateOrder(.sample(["990151"])))
        #expect(throws: Rejection(.commandIncomplete, "toAreas")) {
            try fixture.run(.circulateOrder(.sample([])))
        }
        #expect(throws: Rejection(.areaNamedTwice, "990152")) {
            try fixture.run(.circulateOrder(.sample(["990152", "990152"])))
        }
        #expect(
            fixture.state.orders["collectors-1"]?.circulatedTo == ["990101", "9981", "990151"]
        )
        try fixture.amendCollectors()
        try fixture.run(.circulateOrder(.sample(["9981"], on: "2018-01-31")))
        #expect(throws: Rejection(.orderAlreadyCirculated, "9981")) {
            try fixture.run(.circulateOrder(.sample(["9981"], on: "2018-01-31")))
        }
    }

    @Test
    mutating func `An order is submitted once to each area above, and again when it was amended`()
        throws
    {
        for area in ["9901", "9902", "990101"] {
            #expect(throws: Rejection(.orderRecipientMismatch, area)) {
                try fixture.run(.submitOrder(.sample(to: area)))
            }
        }
        #expect(throws: Rejection(.areaUnknown, "97")) {
            try fixture.run(.submitOrder(.sample(to: "97")))
        }
        try fixture.run(.submitOrder(.sample(to: "99")))
        #expect(fixture.state.orders["collectors-1"]?.submittedTo == ["99"])
        #expect(throws: Rejection(.orderAlreadySubmitted, "99")) {
            try fixture.run(.submitOrder(.sample(to: "99")))
        }
        try fixture.amendCollectors()
        try fixture.run(.submitOrder(.sample(to: "99", on: "2018-01-31")))
        // An LAO's goes to its district and on to the province, or past the district.
        try fixture.run(.submitOrder(.sample("committee-9981", to: "9901")))
        try fixture.run(.submitOrder(.sample("committee-9981", to: "99")))
        try fixture.run(.submitOrder(.sample("committee-990151", to: "99")))
        #expect(throws: Rejection(.orderRecipientMismatch, "9902")) {
            try fixture.run(.submitOrder(.sample("committee-990152", to: "9902")))
        }
    }

    @Test mutating func `An order that is unknown or revoked goes nowhere`() throws {
        #expect(throws: Rejection(.orderUnknown, "none")) {
            try fixture.run(.submitOrder(.sample("none")))
        }
        try fixture.run(.revokeOrder(.sample("collectors-1", on: "2018-01-20")))
        #expect(throws: Rejection(.orderRevoked, "collectors-1")) {
            try fixture.run(.submitOrder(.sample(on: "2018-01-20")))
        }
        #expect(throws: Rejection(.orderRevoked, "collectors-1")) {
            try fixture.run(.circulateOrder(.sample(["9981"], on: "2018-02-01")))
        }
        // What was done before is told late.
        try fixture.run(.submitOrder(.sample(on: "2018-01-19")))
        try fixture.run(.circulateOrder(.sample(["9981"], on: "2018-01-19")))
    }

    @Test mutating func `An amended order is passed on no earlier than its amendment`() throws {
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        amendment.added = [.sample("outsider", "collector", "")]
        amendment.date = "2018-01-08"
        try fixture.run(.amendOrder(amendment))
        #expect(throws: Rejection(.dayTooEarly, "submittedOn")) {
            try fixture.run(.submitOrder(.sample(on: "2018-01-07")))
        }
        #expect(throws: Rejection(.dayTooEarly, "circulatedOn")) {
            try fixture.run(.circulateOrder(.sample(["9981"], on: "2018-01-07")))
        }
        // An amendment that bears an earlier date than the one before it makes no paper older.
        amendment.date = "2017-12-01"
        (amendment.added, amendment.removedPersons) = ([], ["outsider"])
        try fixture.run(.amendOrder(amendment))
        #expect(throws: Rejection(.dayTooEarly, "submittedOn")) {
            try fixture.run(.submitOrder(.sample(on: "2018-01-07")))
        }
        try fixture.run(.submitOrder(.sample(on: "2018-01-08")))
    }
}

extension Fixture {
    fileprivate mutating func amendCollectors() throws {
        var amendment = OrderAmendment.sample("collectors-1", on: "2018-01-10")
        amendment.added = [.sample("outsider", "collector", "")]
        try run(.amendOrder(amendment))
    }
}
