import CalendarProjection
import CertificationsProjection
import Cryptography
import Foundation
import Ledger
import ProgressProjection
import ProjectionRuntime
import Survey
import TestSupport
import Testing

/// The real areas of Bueng Kan through a cycle: one household in two villages of each tambon, in each LAO
/// that has a part of it, and certifications from the LAOs up.
@Suite(.enabled(if: SharedData.isPresent("areas/bueng-kan-lao.csv"), "no shared data"))
struct `The cycle of Bueng Kan` {
    /// Of the letter's days, 20 March for LAOs and 31 March for districts.
    private static let lateLAOs: Set<String> = ["380151", "380352", "380453"]
    private static let lateDistrict = "3803"

    private static func area(_ row: [String: String], _ level: Area.Level) -> Area {
        var area = Area()
        (area.code, area.level) = (row["code"] ?? "", level)
        area.parentCode = row["parent_code"] ?? row["district_code"] ?? ""
        (area.nameTh, area.nameEn) = (row["name_th"] ?? "", row["name_en"] ?? "")
        area.laoType = row["lao_type"] ?? ""
        let covered = row["tambon_covered_2017"] ?? ""
        area.coveredCodes = covered.split(separator: "|").map(String.init)
        return area
    }

    private static func laos() throws -> [Area] {
        try SharedData.rows("areas/bueng-kan-lao.csv").map { area($0, .lao) }
    }

    private static func world() throws -> World {
        var world = World()
        var created = LedgerCreated()
        created.origin = "example.org/bmn/38"
        world.append(.ledgerCreated(created), on: "2017-10-01")
        let levels: [String: Area.Level] = [
            "province": .province, "district": .district, "tambon": .tambon, "village": .village,
        ]
        let rows = try SharedData.rows("areas/bueng-kan.csv")
            .sorted { ($0["code"] ?? "").count < ($1["code"] ?? "").count }
        for row in rows {
            guard let level = levels[row["level"] ?? ""] else { continue }
            try world.run(.defineArea(area(row, level)), on: "2017-10-01")
        }
        for lao in try laos() { try world.run(.defineArea(lao), on: "2017-10-01") }
        try world.run(.defineCycle(.defaults2561(province: "38")), on: "2017-10-01")
        for person in World.signers + ["collector-1", "recorder-1"] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = person
            try world.run(.registerPerson(registration), on: "2017-10-02")
        }
        for person in World.signers {
            var key = MemberKey()
            key.person = person
            key.publicKey = Data(try World.key(of: person).publicKey.rawBytes)
            try world.run(.registerMemberKey(key), on: "2017-10-02")
        }
        try world.issueOrder("collectors", .collector, "38", ["collector-1"])
        try world.issueOrder("recorders", .recorder, "38", ["recorder-1"])
        return world
    }

    /// Village and LAO of each household: of two villages of each tambon in each of its LAOs.
    private static func places(_ world: World) throws -> [(village: String, lao: String)] {
        let areas = world.state.areas.values.map(\.area)
        let tambons = areas.filter { $0.level == .tambon }.map(\.code).sorted()
        #expect(tambons.count == 53)
        let laos = try Self.laos()
        return tambons.flatMap { tambon in
            let villages = areas.filter { $0.parentCode == tambon }.map(\.code).sorted()
            let parts = laos.filter { $0.coveredCodes.contains(tambon) }.map(\.code)
            return parts.flatMap { lao in villages.prefix(2).map { (village: $0, lao: lao) } }
        }
    }

    private static func collect(
        _ places: [(village: String, lao: String)],
        _ world: inout World
    ) throws {
        for (number, place) in places.enumerated() {
            var target = Target()
            (target.cycle, target.village, target.lao) = (World.cycle, place.village, place.lao)
            (target.households, target.questionnaires) = (1, 1)
            try world.run(.setTarget(target), on: "2017-11-05")
            var record = RecordHousehold()
            (record.cycle, record.household) = (World.cycle, "b-\(number)")
            (record.village, record.lao) = place
            (record.interviewedOn, record.collector) = ("2018-01-15", "collector-1")
            let births = ["1980-05-05", "2012-06-06"]
            record.personal = World.personal(births)
            record.indicators = World.counts(births, failing: [8: UInt32(number % 2)])
            record.synthetic = true
            try world.run(.recordHousehold(record), on: "2018-02-01")
        }
    }

    /// The deadline's areas with their standing: "late 2018-03-23 3".
    private static func standing(
        _ level: String,
        on day: String,
        _ database: SurveyDatabase
    ) throws -> [String: String] {
        try database.read { db in
            let entries = try CalendarReadModel.entries(
                cycle: World.cycle,
                on: #require(Day(iso: day)),
                db
            ).filter {
                $0.deadline.act == "certification_submitted" && $0.deadline.fromLevel == level
            }
            return Dictionary(
                uniqueKeysWithValues: entries.map {
                    ($0.area, "\($0.status) \($0.doneOn ?? "-") \($0.daysLate)")
                }
            )
        }
    }

    private static func refusal(
        _ area: String,
        _ world: inout World,
        on day: String
    ) throws -> RejectionCode? {
        do {
            _ = try world.prepare(area, on: day)
            return nil
        } catch let rejection as Rejection {
            return rejection.code
        }
    }

    @Test func `is certified by 59 LAOs and 8 districts, and late ones are shown late`() throws {
        var world = try Self.world()
        let places = try Self.places(world)
        let divided = Dictionary(grouping: places) { $0.village.prefix(6) }
            .filter { Set($0.value.map(\.lao)).count > 1 }.keys.map(String.init).sorted()
        #expect(
            divided == [
                "380101", "380110", "380301", "380401", "380407", "380501", "380504", "380601",
                "380602",
            ]
        )
        try Self.collect(places, &world)
        let laos = Set(places.map(\.lao)).sorted()
        #expect(laos.count == 59)
        let districts = Set(laos.compactMap { world.state.areas[$0]?.area.parentCode }).sorted()
        #expect(districts.count == 8)
        for area in laos + districts {
            try world.issueOrder("committee-\(area)", .committee, area, World.signers)
        }
        // The form has no certification of a province.
        #expect(try Self.refusal("38", &world, on: "2018-03-10") == .certificationLevelInvalid)
        for lao in laos where !Self.lateLAOs.contains(lao) {
            try world.certify(lao, on: "2018-03-19")
        }
        let open = try world.readModels([CalendarReadModel()])
        let missing = try Self.standing("lao", on: "2018-03-22", open)
        #expect(missing.count == 59)
        #expect(missing.filter { $0.value == "missed - 2" }.keys.sorted() == Self.lateLAOs.sorted())
        #expect(missing.values.count { $0 == "met 2018-03-19 0" } == 56)
        // A district waits for every LAO of its own, and for no other.
        let waiting = Set(Self.lateLAOs.compactMap { world.state.areas[$0]?.area.parentCode })
        for district in waiting {
            let refusal = try Self.refusal(district, &world, on: "2018-03-22")
            #expect(refusal == .lowerCertificationMissing, "\(district)")
        }
        for lao in Self.lateLAOs.sorted() { try world.certify(lao, on: "2018-03-23") }
        for district in districts where district != Self.lateDistrict {
            try world.certify(district, on: "2018-03-29")
        }
        try world.certify(Self.lateDistrict, on: "2018-04-02")
        try Self.check(world, laos, districts, householdCount: places.count)
    }

    private static func check(
        _ world: World,
        _ laos: [String],
        _ districts: [String],
        householdCount: Int
    ) throws {
        let database = try world.readModels([
            CalendarReadModel(), CertificationReadModel(), ProgressReadModel(),
        ])
        let byLAO = try standing("lao", on: "2018-04-10", database)
        #expect(byLAO.filter { $0.value == "late 2018-03-23 3" }.keys.sorted() == lateLAOs.sorted())
        #expect(byLAO.values.count { $0 == "met 2018-03-19 0" } == 56)
        let byDistrict = try standing("district", on: "2018-04-10", database)
        #expect(byDistrict.count == 8)
        #expect(byDistrict[lateDistrict] == "late 2018-04-02 2")
        #expect(byDistrict.values.count { $0 == "met 2018-03-29 0" } == 7)
        let details = try database.read {
            try CertificationReadModel.certifications(cycle: World.cycle, $0)
        }
        #expect(details.count == 59 + 8)
        let isWhole = details.allSatisfy {
            $0.certification.status == "submitted" && $0.certification.supersededAtIndex == nil
        }
        #expect(isWhole)
        let late = details.filter { ($0.daysLate ?? 0) > 0 }.map(\.certification.area)
        #expect(Set(late) == lateLAOs.union([lateDistrict]))
        // What the LAOs certified adds up to what the districts did, and to the province.
        func sum(_ areas: [String]) -> UInt64 {
            areas.reduce(0) { sum, area in
                let place = CycleArea(cycle: World.cycle, area: area)
                let id = world.state.currentCertifications[place] ?? ""
                return sum + (world.state.certifications[id]?.prepared.figures.collected ?? 0)
            }
        }
        #expect(sum(laos) == UInt64(householdCount))
        #expect(sum(districts) == UInt64(householdCount))
        let province = world.state.figures(area: "38", level: .province, cycle: World.cycle)
        #expect(province.collected == UInt64(householdCount))
        #expect(province.failed[7] == UInt64(householdCount / 2))
    }
}
