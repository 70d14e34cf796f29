import Foundation
import Survey
import Testing

@Suite struct LedgerRuleTests {
    @Test func `The first record creates the ledger and a second one is refused`() throws {
        var fixture = try Fixture.created()
        #expect(fixture.state.origin == "example.org/bmn/99")
        #expect(throws: Rejection(.ledgerAlreadyCreated)) {
            try fixture.append(Event(.ledgerCreated(.sample)))
        }
    }

    @Test func `Nothing is admitted before the ledger is created`() {
        var fixture = Fixture()
        #expect(throws: Rejection(.ledgerNotCreated)) {
            try fixture.run(.defineArea(.sample("99", .province, "")))
        }
    }

    @Test(arguments: ["", "has space", "a+b", "ไทย", String(repeating: "x", count: 201)])
    func `An origin that could not name a key is refused`(origin: String) {
        var created = LedgerCreated.sample
        created.origin = origin
        #expect(throws: Rejection(.originMalformed, origin)) {
            var fixture = Fixture()
            try fixture.append(Event(.ledgerCreated(created)))
        }
    }

    @Test(arguments: [
        "", "example.org/bmn/99", "other.org+0a1b2c3d+AaWl", "example.org/bmn/99+0a1b2c3d+AaWl",
        "example.org/bmn/99+0A1B2C3D+AaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWl",
        "example.org/bmn/99+0a1b2c3d+AqWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWl",
        "example.org/bmn/99+98e8448c+AaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWl",
    ])
    func `A log key that is no Ed25519 verifier key of the origin is refused`(key: String) {
        var created = LedgerCreated.sample
        created.logKey = key
        #expect(throws: Rejection(.logKeyMalformed, key)) {
            var fixture = Fixture()
            try fixture.append(Event(.ledgerCreated(created)))
        }
    }

    @Test func `Another key signs from the record on that says so`() throws {
        var fixture = try Fixture.created()
        let first = LedgerCreated.sample.logKey
        let rotation = try LogKeyRotation.sample()
        try fixture.run(.rotateLogKey(rotation))
        #expect(
            [0, 1, 2, 99].map { fixture.state.logKey(treeSize: $0) } == [
                nil, first, rotation.logKey, rotation.logKey,
            ]
        )
    }

    @Test func `A log key that the log had before is refused`() throws {
        var fixture = try Fixture.created()
        let same = try LogKeyRotation.sample(to: 1)
        #expect(throws: Rejection(.logKeyUsed, same.logKey)) {
            try fixture.run(.rotateLogKey(same))
        }
        try fixture.run(.rotateLogKey(try .sample()))
        let back = try LogKeyRotation.sample(from: 2, to: 1)
        #expect(throws: Rejection(.logKeyUsed, back.logKey)) {
            try fixture.run(.rotateLogKey(back))
        }
    }

    @Test func `An endorsement that the former key did not make is refused`() throws {
        var fixture = try Fixture.created()
        let byAnother = try LogKeyRotation.sample(from: 3)
        var cut = try LogKeyRotation.sample()
        cut.endorsement.removeLast()
        for forged in [byAnother, cut] {
            #expect(throws: Rejection(.endorsementInvalid, forged.logKey)) {
                try fixture.run(.rotateLogKey(forged))
            }
        }
        var withoutOldKey = try LogKeyRotation.sample()
        withoutOldKey.endorsement = Data()
        try fixture.run(.rotateLogKey(withoutOldKey))
    }

    @Test func `A record format of another version is refused`() {
        var created = LedgerCreated.sample
        created.formatVersion = 2
        #expect(throws: Rejection(.formatUnknown, "2")) {
            var fixture = Fixture()
            try fixture.append(Event(.ledgerCreated(created)))
        }
    }

    @Test func `A command or an event without a kind is refused`() throws {
        let fixture = try Fixture.created()
        #expect(throws: Rejection(.kindUnknown)) {
            try fixture.state.decide(
                Command(),
                act: Fixture.act(),
                household: HouseholdState(),
                position: fixture.position
            )
        }
        #expect(throws: Rejection(.kindUnknown)) {
            try fixture.state.admit(Event(), act: Fixture.act(), position: fixture.position)
        }
    }

    @Test func `An act dated after its recording is refused`() throws {
        let fixture = try Fixture.created()
        var event = Event()
        event.kind = .areaDefined(.sample("99", .province, ""))
        let recordedOn = try #require(Day(iso: "2018-02-01"))
        for (occurredOn, isFuture) in [(recordedOn - 1, false), (recordedOn + 1, true)] {
            let act = Act(
                actor: Fixture.act().actor,
                occurredOn: occurredOn,
                recordedOn: recordedOn
            )
            #expect(act.day == occurredOn)
            let expected = isFuture ? Rejection(.actInFuture, "2018-02-02") : nil
            #expect(rejection(fixture.state, event, act) == expected)
        }
    }

    @Test func `A field that must not be empty is named when it is`() throws {
        let fixture = try Fixture.created()
        var nameless = Area.sample("99", .province, "")
        nameless.nameTh = " \u{200B}"
        let event = Event(.areaDefined(nameless))
        #expect(
            rejection(fixture.state, event, Fixture.act())
                == Rejection(.commandIncomplete, "nameTh")
        )
        let act = Fixture.act(by: "")
        #expect(
            rejection(fixture.state, event, act) == Rejection(.commandIncomplete, "actor.user")
        )
    }

    @Test(arguments: ["a b", "ก", "a/b", "a\n", String(repeating: "x", count: 65)])
    func `An identifier with other characters or over 64 bytes is refused`(user: String) throws {
        let fixture = try Fixture.created()
        let event = Event(.areaDefined(.sample("99", .province, "")))
        #expect(
            rejection(fixture.state, event, Fixture.act(by: user))
                == Rejection(.identifierMalformed, "actor.user")
        )
    }

    @Test(arguments: [
        "1101700203450", "1-1017-00203-45-0", "1.1017.00203.45.0", "1_101700203450",
        "-3-3801-00000-01-2",
    ])
    func `A citizen id serves as no identifier, in whatever form it is written`(
        id: String
    ) throws {
        let fixture = try Fixture.collected()
        var order = Order.sample(id, .collector, "9901", "collector-1")
        order.number = id
        var cycle = Cycle.defaults2561(province: "99")
        cycle.cycle = id
        var preparation = PrepareCertification.sample("9981")
        preparation.certification = id
        var deadlines = CycleRuleTests.cycle()
        deadlines.deadlines[0].deadline = id
        let commands: [(Command.OneOf_Kind, field: String)] = [
            (.registerPerson(.sample(id)), "person"), (.issueOrder(order), "order"),
            (.defineCycle(cycle), "cycle"), (.defineCycle(deadlines), "deadline"),
            (.prepareCertification(preparation), "certification"),
            (.recordHousehold(.sample(id)), "household"),
            (.recordNotCollected(.sample(id)), "household"),
            (.withdrawHousehold(.sample(id)), "household"),
        ]
        for (command, field) in commands {
            #expect(throws: Rejection(.identifierIsCitizenId, field)) {
                var fixture = fixture
                try fixture.run(command)
            }
        }
        let event = Event(.areaDefined(.sample("98", .province, "")))
        #expect(
            rejection(fixture.state, event, Fixture.act(by: id))
                == Rejection(.identifierIsCitizenId, "actor.user")
        )
    }

    @Test(arguments: [
        "38010101-0001",  // twelve digits
        "1101700203451",  // another check digit
        "H1101700203450", "38010101-H00001", "11017002034500", "2561-380101-1",
    ])
    func `An identifier that only resembles a citizen id is taken`(id: String) throws {
        var fixture = try Fixture.targeted()
        try fixture.run(.recordHousehold(.sample(id)))
    }

    @Test func `A citizen id typed for something else is not shown by the refusal`() throws {
        var fixture = try Fixture.targeted()
        for id in ["1101700203450", "1-1017-00203-45-0", "1 1017 00203 45 0"] {
            let order = Order.sample("o", .collector, "9901", id)
            #expect(throws: Rejection(.personUnknown, "(citizen id)")) {
                try fixture.run(.issueOrder(order))
            }
        }
    }

    @Test(arguments: [
        "a\u{0}b", "line\nbreak", "tab\t", "del\u{7F}", "c1\u{85}", "bidi\u{202E}", "sep\u{2028}",
        "ก\u{200E}ข", "ก\u{200F}ข", "ก\u{00AD}ข", "ก\u{2060}ข", "ก\u{200D}ข", "ก\u{FEFF}ข",
        "ก\u{034F}ข", "ก\u{061C}ข", "ก\u{3164}ข", "ก\u{FE0F}ข", "ก\u{E0041}ข", "ก\u{FFF9}ข",
        "ก\u{08E2}ข",
        String(repeating: "ก", count: 134),
    ])
    func `Text with control characters or over its length is refused`(text: String) throws {
        let fixture = try Fixture.created()
        var area = Area.sample("99", .province, "")
        area.nameTh = text
        #expect(
            rejection(fixture.state, Event(.areaDefined(area)), Fixture.act())
                == Rejection(.textMalformed, "nameTh")
        )
    }

    @Test(arguments: [
        "บ้านหนองบัว", "บ้าน\u{200B}หนอง\u{200B}บัว", "7", "๗", "Nuevo León", "村",
        "ำบ", "a\u{A0}b", "บ้าน (เก่า) – ๑/๒ “ใหม่”", "ພາສາລາວ", "é",
    ])
    func `A name is taken in any script, with the breaks of Thai words`(name: String) throws {
        let fixture = try Fixture.created()
        var area = Area.sample("99", .province, "")
        area.nameTh = name
        #expect(rejection(fixture.state, Event(.areaDefined(area))) == nil)
    }

    @Test func `A refusal shows a hostile subject on one short line`() {
        let subject = Rejection(
            .areaUnknown,
            "a\u{1B}[2J\n\u{202E}" + String(repeating: "ก", count: 999)
        )
        .subject
        #expect(subject.hasPrefix("a\u{FFFD}[2J\u{FFFD}\u{FFFD}กก"))
        #expect(subject.hasSuffix("ก…"))
        #expect(subject.utf8.count <= 131)
        #expect(Rejection(.areaUnknown, "บ้านหนองบัว").subject == "บ้านหนองบัว")
    }
}

/// Why an event is refused in a state; nil when it is admitted.
func rejection(
    _ state: State,
    _ event: Event,
    _ act: Act = Fixture.act(),
    _ household: HouseholdState = HouseholdState(),
    treeSize: UInt64 = 1
) -> Rejection? {
    do {
        try state.admit(
            event,
            act: act,
            household: household,
            position: Fixture.position(treeSize)
        )
        return nil
    } catch {
        return error
    }
}
