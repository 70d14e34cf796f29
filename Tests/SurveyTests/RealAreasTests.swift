import Survey
import TestSupport
import Testing

/// The register of Bueng Kan as it was found passes the rules of areas.
@Suite struct RealAreasTests {
    static let areas = "areas/bueng-kan.csv"
    static let laos = "areas/bueng-kan-lao.csv"
    static let arePresent = SharedData.isPresent(areas) && SharedData.isPresent(laos)

    @Test(.enabled(if: arePresent, "no shared data beside the repository"))
    func `Every area and LAO of Bueng Kan is admitted, and every village has its LAO`() throws {
        var fixture = try Fixture.created()
        let levels: [String: Area.Level] = [
            "province": .province, "district": .district, "tambon": .tambon, "village": .village,
        ]
        var counts: [Area.Level: Int] = [:]
        let rows = try SharedData.rows(Self.areas).filter { levels[$0["level"] ?? ""] != nil }
        for row in rows.sorted(by: { ($0["code"] ?? "").count < ($1["code"] ?? "").count }) {
            var area = Area()
            area.code = row["code"] ?? ""
            area.level = levels[row["level"] ?? ""] ?? .unspecified
            area.parentCode = row["parent_code"] ?? ""
            area.nameTh = row["name_th"] ?? ""
            area.nameEn = row["name_en"] ?? ""
            try fixture.run(.defineArea(area))
            counts[area.level, default: 0] += 1
        }
        for row in try SharedData.rows(Self.laos) {
            var lao = Area()
            lao.code = row["code"] ?? ""
            lao.level = .lao
            lao.laoType = row["lao_type"] ?? ""
            lao.parentCode = row["district_code"] ?? ""
            lao.nameTh = row["name_th"] ?? ""
            lao.nameEn = row["name_en"] ?? ""
            let covered = row["tambon_covered_2017"] ?? ""
            lao.coveredCodes = covered.split(separator: "|").map(String.init)
            try fixture.run(.defineArea(lao))
            counts[.lao, default: 0] += 1
        }
        #expect(counts == [.province: 1, .district: 8, .tambon: 53, .village: 617, .lao: 60])
        try fixture.run(.defineCycle(.defaults2561(province: "38")))
        let laos = fixture.state.areas.values.map(\.area).filter { $0.level == .lao }
        for village in fixture.state.areas.values.map(\.area) where village.level == .village {
            let covering = laos.filter { $0.coveredCodes.contains(village.parentCode) }
            #expect((1...2).contains(covering.count), "\(village.code)")
            for lao in covering {
                try fixture.run(.setTarget(.sample(village.code, lao.code, 10)))
            }
        }
        for district in fixture.state.areas.values.map(\.area) where district.level == .district {
            let atWork = fixture.state.laosAtWork(district: district.code, cycle: "2561")
            let inside = laos.filter { $0.parentCode == district.code }.map(\.code).sorted()
            #expect(atWork == inside)
        }
    }
}
