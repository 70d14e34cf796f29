import Cryptography
import Foundation
import Survey

/// What must be there before anything random gets far: a province, its people and their orders.
///
///     99 ── 9901 ── 990101 ── 99010101, 99010102   LAOs 9981 and 990151
///        │       └─ 990102 ── 99010201             LAO  990152
///        └─ 9902 ── 990201 ── 99020101             LAOs 990251 and 9981
///     98 ── 9801, of another province
extension SurveyRun {
    private static let signers = ["chair-1", "member-1", "secretary-1", "viceChair-1"]
    private static let workers = [
        "checker-1", "collector-1", "collector-2", "outsider", "recorder-1", "recorder-2",
    ]

    func setUp() throws {
        for area in Self.areas { try run(.defineArea(area)) }
        var cycle = Cycle.defaults2561(province: "99")
        cycle.requiresFullCoverage = commands.dice.chance(50)
        cycle.deadlines.append(.report)
        cycle.synthetic = true
        try run(.defineCycle(cycle))
        pass(days: 20)
        for person in Self.signers + Self.workers { try run(.registerPerson(.random(person))) }
        for person in Self.signers {
            try run(.registerMemberKey(commands.newKey(of: person)))
            commands.identities[person] = try SigningIdentity.ephemeral(
                commonName: person,
                validFrom: 1_496_275_200,
                validTo: 1_577_836_800
            )
        }
        try order("collectors", .collector, "99", ["collector-1"])
        try order("collectors-9902", .collector, "9902", ["collector-2"])
        try order("recorders", .recorder, "99", ["recorder-1"])
        try order("recorders-9902", .recorder, "9902", ["recorder-2"])
        for area in Self.areas where [.lao, .district].contains(area.level) {
            guard area.code.hasPrefix("99") else { continue }
            try order("committee-\(area.code)", .committee, area.code, Self.signers)
        }
        pass(days: 30)
    }

    private func order(
        _ name: String,
        _ kind: Order.Kind,
        _ area: String,
        _ persons: [String]
    ) throws {
        var order = Order()
        (order.order, order.number, order.date) = (name, "\(name)/2560", known.today.iso)
        (order.kind, order.cycle, order.area) = (kind, RandomCommands.mainCycle, area)
        (order.validFrom, order.validTo) = ("2017-11-01", "2018-12-31")
        order.appointments = persons.map { person in
            var appointment = Appointment()
            appointment.person = person
            appointment.role = String(person.prefix { $0 != "-" })
            return appointment
        }
        try run(.issueOrder(order))
    }

    private static let areas: [Area] = [
        area("99", .province, ""), area("98", .province, ""), area("9901", .district, "99"),
        area("9902", .district, "99"), area("9801", .district, "98"),
        area("990101", .tambon, "9901"), area("990102", .tambon, "9901"),
        area("990201", .tambon, "9902"), area("980101", .tambon, "9801"),
        area("99010101", .village, "990101"), area("99010102", .village, "990101"),
        area("99010201", .village, "990102"), area("99020101", .village, "990201"),
        area("98010101", .village, "980101"),
        area("9981", .lao, "9901", covering: ["990101", "990201"]),
        area("990151", .lao, "9901", covering: ["990101"]),
        area("990152", .lao, "9901", covering: ["990102"]),
        area("990251", .lao, "9902", covering: ["990201"]),
        area("980151", .lao, "9801", covering: ["980101"]),
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
        if level == .lao { area.laoType = "TAO" }
        area.coveredCodes = covering
        area.synthetic = true
        return area
    }
}
