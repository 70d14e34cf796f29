package import Ledger
package import Survey

/// Commands in a synthetic province 99: one district, one tambon with two villages, two LAOs.
package enum Sample {
    /// A day on which everybody appointed below may work.
    package static let workday = "2018-02-01"
    package static let origin = "example.org/bmn/99"
    package static let places = [("99010101", "9981"), ("99010102", "990151")]

    package static func actor(_ user: String = "recorder-1") -> Actor {
        var actor = Actor()
        actor.user = user
        actor.capacity = "test"
        actor.authentication = "none"
        return actor
    }

    package static func command(
        _ kind: Command.OneOf_Kind,
        id: CommandID = .fresh(),
        expectedVersion: UInt32? = nil
    ) -> Command {
        var command = Command()
        command.id = id.text
        command.actor = actor()
        command.occurredOn = workday
        if let expectedVersion { command.expectedVersion = expectedVersion }
        command.kind = kind
        return command
    }

    /// Areas, cycle, people, orders and targets, in an order that the rules accept.
    package static var setup: [Command] {
        var kinds: [Command.OneOf_Kind] = areas.map { .defineArea($0) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.synthetic = true
        kinds.append(.defineCycle(cycle))
        for person in ["collector-1", "recorder-1"] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = "Secretname-\(person)"
            registration.synthetic = true
            kinds.append(.registerPerson(registration))
        }
        kinds.append(.issueOrder(order(.collector, "collector-1", "collector")))
        kinds.append(.issueOrder(order(.recorder, "recorder-1", "recorder")))
        for (village, lao) in places {
            var target = Target()
            (target.cycle, target.village, target.lao) = ("2561", village, lao)
            (target.households, target.questionnaires) = (100, 110)
            kinds.append(.setTarget(target))
        }
        return kinds.map { command($0) }
    }

    private static let areas: [Area] = [
        area("99", .province, ""), area("9901", .district, "99"),
        area("990101", .tambon, "9901"), area("99010101", .village, "990101"),
        area("99010102", .village, "990101"),
        area("9981", .lao, "9901", covering: ["990101"]),
        area("990151", .lao, "9901", covering: ["990101"]),
    ]

    private static func area(
        _ code: String,
        _ level: Area.Level,
        _ parent: String,
        covering: [String] = []
    ) -> Area {
        var area = Area()
        (area.code, area.level, area.parentCode) = (code, level, parent)
        area.nameTh = "พื้นที่ \(code)"
        area.coveredCodes = covering
        area.synthetic = true
        return area
    }

    private static func order(_ kind: Order.Kind, _ person: String, _ role: String) -> Order {
        var order = Order()
        (order.order, order.number, order.date) = ("\(role)s", "1/2560", "2017-11-01")
        (order.kind, order.cycle, order.area) = (kind, "2561", "9901")
        (order.validFrom, order.validTo) = ("2017-12-01", "2018-03-31")
        var appointment = Appointment()
        (appointment.person, appointment.role) = (person, role)
        order.appointments = [appointment]
        return order
    }
}

/// Commands about one household.
extension Sample {
    /// Two people, aged 37 and 5 at the reference date.
    package static func record(
        _ household: String,
        place: Int = 0,
        id: CommandID = .fresh(),
        expectedVersion: UInt32? = nil,
        firstName: String = "สมมุติ",
        citizenID: String = ""
    ) -> Command {
        var record = RecordHousehold()
        (record.cycle, record.household) = ("2561", household)
        (record.village, record.lao) = places[place]
        (record.interviewedOn, record.collector) = ("2018-01-15", "collector-1")
        record.personal = personal(firstName: firstName, citizenID: citizenID)
        record.indicators = Questionnaire.bmn2560.indicators.map { indicator in
            var count = IndicatorCount()
            count.indicator = UInt32(indicator.number)
            count.inScope = UInt32(
                Questionnaire.bmn2560.inScope(indicator.number, ages: [37, 5]).upperBound
            )
            return count
        }
        record.synthetic = true
        return command(.recordHousehold(record), id: id, expectedVersion: expectedVersion)
    }

    package static func personal(firstName: String, citizenID: String = "") -> PersonalData {
        var personal = PersonalData()
        personal.houseNumber = "99/9"
        personal.members = ["1980-05-05", "2012-06-06"].map { birthDate in
            var member = Member()
            member.firstName = firstName
            member.birthDate = birthDate
            return member
        }
        personal.members[0].citizenID = citizenID
        return personal
    }

    /// Says that of the one indicator 4 (by household), so many fail.
    package static func correct(
        _ household: String,
        failing: UInt32,
        id: CommandID = .fresh(),
        personal: PersonalData? = nil,
        place: Int? = nil,
        expectedVersion: UInt32? = nil
    ) -> Command {
        var correction = CorrectHousehold()
        (correction.cycle, correction.household) = ("2561", household)
        correction.reason = "อ่านแบบสอบถามผิด \"4\""
        var count = IndicatorCount()
        (count.indicator, count.inScope, count.failing) = (4, 1, failing)
        correction.indicators = [count]
        if let personal { correction.personal = personal }
        if let place { (correction.village, correction.lao) = places[place] }
        return command(.correctHousehold(correction), id: id, expectedVersion: expectedVersion)
    }

    package static func notCollected(_ household: String, place: Int = 0) -> Command {
        var visit = HouseholdNotCollected()
        (visit.cycle, visit.household) = ("2561", household)
        (visit.village, visit.lao) = places[place]
        (visit.visitedOn, visit.collector) = ("2018-01-16", "collector-1")
        visit.reason = .absent
        return command(.recordNotCollected(visit))
    }

    package static func withdraw(_ household: String) -> Command {
        var withdrawal = HouseholdWithdrawn()
        (withdrawal.cycle, withdrawal.household) = ("2561", household)
        withdrawal.reason = "recorded twice"
        return command(.withdrawHousehold(withdrawal))
    }

    package static func erase(_ household: String, id: CommandID = .fresh()) -> Command {
        var erasure = Erasure()
        (erasure.cycle, erasure.household) = ("2561", household)
        (erasure.ground, erasure.reason) = (.requestOfSubject, "asked for by its head")
        return command(.erasePersonalData(erasure), id: id)
    }

    package static func erase(person: String) -> Command {
        var erasure = Erasure()
        erasure.person = person
        (erasure.ground, erasure.reason) = (.retentionOver, "the season is over")
        return command(.erasePersonalData(erasure))
    }

    /// Thirteen digits with the right check digit.
    package static func citizenID(_ serial: Int) -> String {
        let serialDigits = String(serial)
        let body = "8" + String(repeating: "0", count: 11 - serialDigits.count) + serialDigits
        for check in 0...9 where CitizenID.problem(of: body + "\(check)") == nil {
            return body + "\(check)"
        }
        preconditionFailure("one of ten digits is the check digit")
    }
}

extension CommandID {
    package static func fresh() -> CommandID {
        var generator = SystemRandomNumberGenerator()
        return CommandID(
            unixMilliseconds: 1_517_443_200_000,
            random: (generator.next(), generator.next())
        )
    }
}
