import ProjectionRuntime
import Survey

/// An invented province 99: one district, eight tambons of eight villages, one LAO for each tambon.
enum Province {
    static let cycle = "2561"
    static let collector = "collector-1"
    static let recorder = "recorder-1"
    /// A day on which everything here was done.
    static let workday = "2018-01-16"
    static let villageCount = 64
    /// One tambon holds so many of the villages.
    private static let villagesPerTambon = 8

    static func village(_ number: Int) -> String {
        "\(tambon(number / villagesPerTambon))0\(number % villagesPerTambon + 1)"
    }

    static func lao(ofVillage number: Int) -> String {
        lao(number / villagesPerTambon)
    }

    private static func tambon(_ number: Int) -> String { "99010\(number + 1)" }
    private static func lao(_ tambon: Int) -> String { "99015\(tambon + 1)" }

    /// Everything that must be recorded before the first household; `householdCount` is the target
    /// of each village.
    static func commands(householdCount: Int) -> [Command] {
        var kinds = areas.map(Command.OneOf_Kind.defineArea)
        var cycle = Cycle.defaults2561(province: "99")
        cycle.synthetic = true
        kinds.append(.defineCycle(cycle))
        for person in [collector, recorder] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = person
            registration.synthetic = true
            kinds.append(.registerPerson(registration))
        }
        kinds.append(.issueOrder(order("collectors", .collector, collector)))
        kinds.append(.issueOrder(order("recorders", .recorder, recorder)))
        var user = UserRegistration()
        user.cycle = self.cycle
        user.person = recorder
        user.role = "recorder"
        user.area = "9901"
        kinds.append(.registerUser(user))
        for number in 0..<villageCount {
            var target = Target()
            target.cycle = self.cycle
            target.village = village(number)
            target.lao = lao(ofVillage: number)
            target.households = UInt32(householdCount)
            target.questionnaires = UInt32(householdCount)
            kinds.append(.setTarget(target))
        }
        return kinds.enumerated().map { offset, kind in
            Command.bench(kind, serial: UInt64(offset))
        }
    }

    /// Each of its areas, as figures are asked for.
    static var scopes: [AreaScope] {
        areas.map { AreaScope(code: $0.code, level: $0.level) }
    }

    private static var areas: [Area] {
        var areas = [area("99", .province, ""), area("9901", .district, "99")]
        for number in 0..<(villageCount / villagesPerTambon) {
            let tambon = tambon(number)
            areas.append(area(tambon, .tambon, "9901"))
            for village in 1...villagesPerTambon {
                areas.append(area("\(tambon)0\(village)", .village, tambon))
            }
            var lao = area(lao(number), .lao, "9901")
            lao.laoType = "TAO"
            lao.coveredCodes = [tambon]
            areas.append(lao)
        }
        return areas
    }

    private static func area(_ code: String, _ level: Area.Level, _ parent: String) -> Area {
        var area = Area()
        area.code = code
        area.level = level
        area.parentCode = parent
        area.nameTh = "พื้นที่สมมุติ \(code)"
        area.nameEn = "Invented area \(code)"
        area.validFrom = "2017-01-01"
        area.synthetic = true
        return area
    }

    private static func order(_ id: String, _ kind: Order.Kind, _ person: String) -> Order {
        var appointment = Appointment()
        appointment.person = person
        appointment.role = kind == .collector ? "collector" : "recorder"
        appointment.area = "9901"
        var order = Order()
        order.order = id
        order.number = "\(id) 1/2560"
        order.date = "2017-11-01"
        order.kind = kind
        order.cycle = cycle
        order.area = "9901"
        order.validFrom = "2017-12-01"
        order.validTo = "2018-03-31"
        order.appointments = [appointment]
        return order
    }
}
