import Cryptography
import Foundation
import Survey

/// A synthetic province 99: two districts, three tambons, one of them divided between two LAOs, one
/// village that lies in both, and an LAO that reaches into the second district.
///
///     99 ── 9901 ── 990101 ── 99010101, 99010102   LAOs 9981 and 990151
///        │       └─ 990102 ── 99010201             LAO  990152
///        └─ 9902 ── 990201 ── 99020101             LAOs 990251 and 9981
extension World {
    static let cycle = "2561"
    static let places = [
        ("99010101", "9981"), ("99010101", "990151"), ("99010102", "990151"),
        ("99010201", "990152"), ("99020101", "990251"), ("99020101", "9981"),
    ]
    static let areas: [(code: String, level: Area.Level)] = [
        ("99", .province), ("9901", .district), ("9902", .district), ("990101", .tambon),
        ("990102", .tambon), ("990201", .tambon), ("99010101", .village), ("99010102", .village),
        ("99010201", .village), ("99020101", .village), ("9981", .lao), ("990151", .lao),
        ("990152", .lao), ("990251", .lao),
    ]
    static let signers = ["chair-1", "member-1", "secretary-1"]

    /// Areas and the cycle.
    ///
    /// Certifying needs no full coverage, so that tests can be short.
    static func defined(
        ordersAct: Deadline.Act = .ordersSubmitted,
        committeeLevels: [Area.Level] = [.district, .lao]
    ) throws -> World {
        var world = World()
        var created = LedgerCreated()
        created.origin = "example.org/bmn/99"
        world.append(.ledgerCreated(created), on: "2017-10-01")
        for (code, level) in areas {
            var area = Area()
            (area.code, area.level) = (code, level)
            area.parentCode =
                switch level {
                case .province: ""
                case .lao: code == "990251" ? "9902" : "9901"
                default: String(code.dropLast(2))
                }
            area.nameTh = "พื้นที่ \(code)"
            if level == .lao {
                area.laoType = "TAO"
                area.coveredCodes =
                    switch code {
                    case "9981": ["990101", "990201"]
                    case "990152": ["990102"]
                    case "990251": ["990201"]
                    default: ["990101"]
                    }
            }
            area.synthetic = true
            try world.run(.defineArea(area), on: "2017-10-01")
        }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.requiresFullCoverage = false
        cycle.committeeLevels = committeeLevels
        for offset in cycle.deadlines.indices where cycle.deadlines[offset].deadline == "orders" {
            cycle.deadlines[offset].act = ordersAct
        }
        try world.run(.defineCycle(cycle), on: "2017-10-01")
        return world
    }

    /// With people, keys and orders.
    ///
    /// Collector and recorder work in the whole province.
    static func staffed(ordersAct: Deadline.Act = .ordersSubmitted) throws -> World {
        var world = try defined(ordersAct: ordersAct)
        for person in signers + ["collector-1", "recorder-1"] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = person
            try world.run(.registerPerson(registration), on: "2017-10-02")
        }
        for person in signers {
            var key = MemberKey()
            key.person = person
            key.publicKey = Data(try Self.key(of: person).publicKey.rawBytes)
            try world.run(.registerMemberKey(key), on: "2017-10-02")
        }
        try world.issueOrder("collectors", .collector, "99", ["collector-1"])
        try world.issueOrder("recorders", .recorder, "99", ["recorder-1"])
        for (code, level) in areas where level == .lao || level == .district {
            try world.issueOrder("committee-\(code)", .committee, code, signers)
        }
        return world
    }

    static func key(of person: String) throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: SHA256.hash(Array("key of \(person)".utf8)).bytes)
    }

    mutating func issueOrder(
        _ id: String,
        _ kind: Order.Kind,
        _ area: String,
        _ persons: [String],
        on day: String = "2017-11-01"
    ) throws {
        var order = Order()
        (order.order, order.number, order.date) = (id, "\(id)/2560", "2017-11-01")
        (order.kind, order.cycle, order.area) = (kind, Self.cycle, area)
        (order.validFrom, order.validTo) = ("2017-12-01", "2018-06-30")
        order.appointments = persons.map { person in
            var appointment = Appointment()
            appointment.person = person
            appointment.role = String(person.prefix { $0 != "-" })
            return appointment
        }
        try run(.issueOrder(order), on: day)
    }

    mutating func setTarget(
        _ place: Int,
        _ households: UInt32,
        on day: String = "2017-11-05"
    ) throws {
        var target = Target()
        (target.village, target.lao) = Self.places[place]
        (target.cycle, target.households, target.questionnaires) = (
            Self.cycle, households, households + 1
        )
        try run(.setTarget(target), on: day)
    }

    mutating func reviseTarget(
        _ place: Int,
        _ households: UInt32,
        on day: String = "2018-02-01"
    ) throws {
        var revision = TargetRevision()
        (revision.village, revision.lao) = Self.places[place]
        (revision.cycle, revision.households, revision.questionnaires) = (
            Self.cycle, households, households + 1
        )
        revision.reason = "counted again"
        try run(.reviseTarget(revision), on: day)
    }
}
