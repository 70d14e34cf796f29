import Survey

/// Somebody who holds an appointment; invented.
struct DemoPerson {
    let id: String
    let title: String
    let firstName: String
    let lastName: String
    let citizenID: String
    let birthDate: Day
}

/// A seat on a committee.
struct Seat {
    let role: String
    let person: String
    /// Whether this member has a key and signs; the others sat and did not sign.
    let signs: Bool
}

/// The people of the cycle: committees, collectors and recorders.
struct Cast {
    static let provincialOfficer = (user: "officer-38", capacity: "provincialOfficer")

    let persons: [DemoPerson]
    private let collectorCounts: [String: Int]

    /// The collector whom an amendment replaces, and who takes over.
    static let replacedCollector = "col-380102-01"
    static let replacingCollector = "col-380102-90"
    static let replacementDay = Day(2018, 1, 16)
    /// Appointed by an order that was issued by mistake and revoked.
    static let mistakenCollector = "col-3803-91"

    init(_ province: Province, seed: UInt64) {
        var random = SeededGenerator(seed: seed, purpose: "cast")
        var mint = CitizenIDMint(startingAt: 900_000_000)
        var persons: [DemoPerson] = []
        func add(_ id: String) {
            persons.append(Self.person(id, &random, &mint))
        }
        for district in province.districts {
            for seat in Self.seats(ofDistrict: district.code) { add(seat.person) }
            for number in 1...2 { add(Self.recorder(district.code, number)) }
        }
        for lao in province.laos {
            for seat in Self.seats(ofLAO: lao.code) { add(seat.person) }
        }
        var collectorCounts: [String: Int] = [:]
        for tambon in province.tambons {
            let villageCount = province.villages.count { $0.tambonCode == tambon.code }
            let count = (villageCount + 3) / 4
            collectorCounts[tambon.code] = count
            for number in 1...count { add(Self.collector(tambon.code, number)) }
        }
        add(Self.replacingCollector)
        add(Self.mistakenCollector)
        self.persons = persons
        self.collectorCounts = collectorCounts
    }

    func collectors(ofTambon code: String) -> [String] {
        (1...(collectorCounts[code] ?? 1)).map { Self.collector(code, $0) }
    }

    /// Who collects in a village on a day.
    func collector(of village: DemoVillage, on day: Day) -> String {
        let count = collectorCounts[village.tambonCode] ?? 1
        let usual = Self.collector(village.tambonCode, village.number % count + 1)
        let isReplaced = usual == Self.replacedCollector && day >= Self.replacementDay
        return isReplaced ? Self.replacingCollector : usual
    }

    /// Whether the same person collects there on a day and on the next.
    func hasOneCollector(_ village: DemoVillage, around day: Day) -> Bool {
        collector(of: village, on: day) == collector(of: village, on: day + 1)
    }

    static func recorder(_ districtCode: String, _ number: Int) -> String {
        "rec-\(districtCode)-\(number)"
    }

    private static func collector(_ tambonCode: String, _ number: Int) -> String {
        "col-\(tambonCode)-" + (number < 10 ? "0" : "") + "\(number)"
    }

    static func seats(ofDistrict code: String) -> [Seat] {
        seats(code, signing: ["chair", "secretary", "viceChair"])
    }

    static func seats(ofLAO code: String) -> [Seat] {
        seats(code, signing: ["chair", "secretary", "member"])
    }

    private static func seats(_ code: String, signing: Set<String>) -> [Seat] {
        ["chair", "viceChair", "secretary", "assistantSecretary", "member"].map { role in
            Seat(role: role, person: "\(role)-\(code)", signs: signing.contains(role))
        }
    }

    private static func person(
        _ id: String,
        _ random: inout SeededGenerator,
        _ mint: inout CitizenIDMint
    ) -> DemoPerson {
        let isMan = random.chance(0.5)
        return DemoPerson(
            id: id,
            title: isMan ? "นาย" : "นาง",
            firstName: random.pick(isMan ? Names.men : Names.women),
            lastName: random.pick(Names.families),
            citizenID: mint.next(),
            birthDate: Day(1955, 1, 1) + random.index(below: 40 * 365)
        )
    }
}
