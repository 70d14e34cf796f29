import Foundation
import Survey
import SurveyImport
import Testing

@Suite(.enabled(if: Files.areasArePresent, "no shared data beside the repository"))
struct RealAreaTests {
    static func areas(_ name: String) throws -> Imported {
        Imported(
            .areas,
            bytes: try Files.bytes(Files.areas.appending(path: name)),
            chunkByteCount: 4_096
        )
    }

    static func count(_ imported: Imported, _ level: Area.Level) -> Int {
        imported.commands.count { $0.defineArea.level == level }
    }

    @Test func `Bueng Kan is imported as published`() throws {
        let imported = try Self.areas("bueng-kan.csv")
        #expect(imported.problems.isEmpty)
        #expect(Self.count(imported, .province) == 1)
        #expect(Self.count(imported, .district) == 8)
        #expect(Self.count(imported, .tambon) == 53)
        #expect(Self.count(imported, .village) == 617)
        #expect(Self.count(imported, .lao) == 60)
        #expect(Set(imported.commands.map(\.id)).count == 739)
        let tambon = imported.commands.first { $0.defineArea.code == "380101" }?.defineArea
        #expect(tambon?.nameTh == "บึงกาฬ")
        #expect(tambon?.nameEn == "Bueng Kan")
        #expect(tambon?.parentCode == "3801")
    }

    @Test func `The country is imported as published`() throws {
        let imported = try Self.areas("thailand.csv")
        #expect(imported.problems.isEmpty)
        #expect(Self.count(imported, .province) == 77)
        #expect(Self.count(imported, .district) == 928)
        #expect(Self.count(imported, .tambon) == 7_436)
    }

    @Test func `The LAOs of Bueng Kan come with their kinds and the tambons they divide`() throws {
        let imported = try Self.areas("bueng-kan-lao.csv")
        #expect(imported.problems.isEmpty)
        #expect(imported.commands.count == 60)
        #expect(Self.count(imported, .lao) == 60)
        let laos = imported.commands.map(\.defineArea)
        #expect(laos.count { $0.laoType == "PAO" } == 1)
        #expect(laos.count { $0.laoType == "TAO" } == 41)
        #expect(laos.count { $0.laoType == "ThesabanTambon" } == 18)
        #expect(laos.first?.parentCode == "38")
        #expect(laos.first?.coveredCodes == [])
        let divided = Set(laos.filter { $0.coveredCodes.count > 1 }.map(\.coveredCodes))
        #expect(
            divided == [["380601", "380602"], ["380501", "380504"], ["380101", "380110"]]
        )
    }
}
