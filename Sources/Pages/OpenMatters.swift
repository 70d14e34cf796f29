import AreasProjection
import CertificationsProjection
import ChecksProjection
import Console
import GRDB
import ProjectionRuntime
import ReviewsProjection
import Survey

/// What is open about anything in an area, by the rules' own words (`SurveyPlace.touches`).
struct OpenMatters {
    let objections: [ObjectionRow]
    let defects: [DefectRow]

    init(_ area: PlacedArea, cycle: String, _ db: Database) throws {
        let (code, level) = (area.scope.code, area.scope.level)
        let cells = try CertificationReadModel.cells(cycle: cycle, db)
        objections = try ReviewReadModel.openObjections(cycle: cycle, db).filter { row in
            try Self.place(row.area, row.village, row.householdVillage, row.householdLao, db)
                .touches(code, level, cells: cells)
        }
        defects = try CheckReadModel.openDefects(cycle: cycle, db).filter { row in
            try Self.place(row.area, nil, row.householdVillage, row.householdLao, db)
                .touches(code, level, cells: cells)
        }
    }

    private static func place(
        _ code: String,
        _ village: String?,
        _ householdVillage: String?,
        _ householdLAO: String?,
        _ db: Database
    ) throws -> SurveyPlace {
        let area = try AreaReadModel.area(code, db)
        var cell: CellKey?
        if let householdVillage, let householdLAO {
            // The cycle is that of all of them.
            cell = CellKey(cycle: "", village: householdVillage, lao: householdLAO)
        }
        return SurveyPlace(
            area: code,
            level: area.map { Area.Level(name: $0.level) } ?? .unspecified,
            parent: area?.parent ?? "",
            village: village ?? "",
            cell: cell
        )
    }
}

extension PageContext {
    /// Names, places and days only: what was said about whom stands in the record.
    func matters(_ matters: OpenMatters) -> Markup {
        var table = PageTable(
            id: "open-table",
            caption: choose("ข้อคัดค้านและข้อบกพร่องที่ค้างอยู่", "Open objections and defects"),
            columns: [
                .init(choose("เรื่อง", "Matter")), .init(choose("ชนิด", "Kind")),
                .init(choose("พื้นที่", "Area")),
                .init(choose("ตัวชี้วัดที่", "Indicator"), isNumeric: true),
                .init(choose("ตั้งแต่", "Since")),
            ]
        )
        table.rows =
            matters.objections.map { row -> [Markup] in
                [
                    link(record: row.raisedAtIndex, row.objection),
                    "\(choose("ข้อคัดค้าน", "objection"))", link(["areas", row.area], row.area),
                    count(row.indicator), day(row.raisedOn),
                ]
            }
            + matters.defects.map { row -> [Markup] in
                [
                    link(record: row.foundAtIndex, row.defect),
                    "\(choose("ข้อบกพร่อง", "defect")) (\(word(row.severity)))",
                    link(["areas", row.area], row.area),
                    count(row.indicator), day(row.foundOn),
                ]
            }
        return section("open", choose("เรื่องที่ค้างอยู่", "Open matters"), [self.table(table)])
    }
}
