import Foundation
import Survey
import SurveyImport

/// A real area of the published list.
struct RealArea {
    let code: String
    let level: String
    let parentCode: String
    let nameTh: String
    let nameEn: String
}

/// An invented local administrative organisation (LAO).
struct DemoLAO {
    let code: String
    let districtCode: String
    let nameTh: String
    let nameEn: String
    let type: String
    /// Tambons it covers, wholly or in part.
    let tambonCodes: [String]
}

/// An invented village.
struct DemoVillage {
    let code: String
    let tambonCode: String
    let number: Int
    /// One LAO, or two where the village itself is divided.
    let laoCodes: [String]
}

/// Bueng Kan's real districts and tambons, with invented villages and LAOs.
///
/// No list of villages and LAOs exists that may be shipped, so both are made up, marked as such in
/// their names and by the field `synthetic`. That an LAO is not a tambon is kept: municipalities
/// divide some tambons, and one of them reaches into two.
struct Province {
    static let code = "38"

    let province: RealArea
    let districts: [RealArea]
    let tambons: [RealArea]
    let villages: [DemoVillage]
    let laos: [DemoLAO]

    /// Municipalities by the tambons they take a part of.
    ///
    /// Their codes end in 71 and on, those of tambon organisations in 81 and on: both ranges are
    /// unused by the province's real register.
    private static let municipalities: [[String]] = [
        ["380101", "380110"], ["380301"], ["380401"], ["380501"], ["380601"], ["380701"],
    ]

    /// Reads the published list and invents the rest; few households live in few villages.
    init(areasPath: String, householdCount: Int, seed: UInt64) throws {
        let areas = try Self.read(areasPath).filter { $0.code.hasPrefix(Self.code) }
        districts = areas.filter { $0.level == "district" }
        tambons = areas.filter { $0.level == "tambon" }
        guard let province = areas.first(where: { $0.level == "province" }), !tambons.isEmpty else {
            throw DemoProblem("\(areasPath) does not list province \(Self.code)")
        }
        self.province = province
        laos = Self.laos(of: tambons)
        var random = SeededGenerator(seed: seed, purpose: "villages")
        // About 20 households a village in a small demonstration; the real province has about 12
        // villages a tambon.
        let usualCount = min(max(householdCount / tambons.count / 20, 2), 12)
        var villages: [DemoVillage] = []
        for tambon in tambons {
            let present = laos.filter { $0.tambonCodes.contains(tambon.code) }.map(\.code)
            let count = max(2, usualCount + random.integer(in: -usualCount / 6...usualCount / 6))
            for number in 1...count {
                villages.append(
                    DemoVillage(
                        code: tambon.code + (number < 10 ? "0" : "") + "\(number)",
                        tambonCode: tambon.code,
                        number: number,
                        laoCodes: Self.laoCodes(ofVillage: number, among: present)
                    )
                )
            }
        }
        self.villages = villages
    }

    /// Village 1 of a divided tambon is divided itself; village 2 is the municipality's.
    private static func laoCodes(ofVillage number: Int, among present: [String]) -> [String] {
        guard let organisation = present.first, let municipality = present.dropFirst().first else {
            return present
        }
        switch number {
        case 1: return [organisation, municipality]
        case 2: return [municipality]
        default: return [organisation]
        }
    }

    private static func laos(of tambons: [RealArea]) -> [DemoLAO] {
        var laos = tambons.map { tambon in
            DemoLAO(
                code: tambon.parentCode + "\(80 + (Int(tambon.code.suffix(2)) ?? 0))",
                districtCode: tambon.parentCode,
                nameTh: "อบต.\(tambon.nameTh) (สมมติ)",
                nameEn: "\(tambon.nameEn) TAO (synthetic)",
                type: "TAO",
                tambonCodes: [tambon.code]
            )
        }
        for (offset, codes) in municipalities.enumerated() {
            guard let seat = tambons.first(where: { $0.code == codes[0] }) else { continue }
            laos.append(
                DemoLAO(
                    code: code + "\(71 + offset)",
                    districtCode: seat.parentCode,
                    nameTh: "เทศบาลตำบล\(seat.nameTh) (สมมติ)",
                    nameEn: "\(seat.nameEn) Subdistrict Municipality (synthetic)",
                    type: "ThesabanTambon",
                    tambonCodes: codes
                )
            )
        }
        return laos
    }

    private static func read(_ path: String) throws -> [RealArea] {
        var reader = CSVReader()
        reader.append(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        reader.finish()
        var areas: [RealArea] = []
        while true {
            switch reader.next() {
            case .row:
                let row = reader.row
                guard row.fieldCount == 6 else { throw DemoProblem("\(path) has other columns") }
                areas.append(
                    RealArea(
                        code: row.text(0),
                        level: row.text(1),
                        parentCode: row.text(2),
                        nameTh: row.text(3),
                        nameEn: row.text(4)
                    )
                )
            case .endOfFile: return areas
            case .faulty(let problem), .stopped(let problem):
                throw DemoProblem("\(path), line \(problem.line), is not as it should be")
            case .needsMoreBytes: preconditionFailure("all bytes were given")
            }
        }
    }
}

/// Why nothing can be generated.
struct DemoProblem: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
