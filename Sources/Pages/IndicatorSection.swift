import AreasProjection
import CalendarProjection
import Console
import EditionsProjection
import GRDB
import IndicatorsProjection
import ProjectionRuntime
import Survey

/// The indicators of an area beside those of its parent and of the cycle before.
struct IndicatorComparison {
    let indicators: [EditionIndicatorRow]
    let own: [Int: IndicatorRow]
    let parent: [Int: IndicatorRow]
    let last: [Int: IndicatorRow]
    /// The cycle before, where one asks the same edition: otherwise numbers mean other things.
    let lastCycle: String?
    let parentArea: String?

    init(_ area: PlacedArea, _ parent: String?, _ cycle: String, _ db: Database) throws {
        indicators = try EditionReadModel.indicators(cycle: cycle, db)
        own = try Self.results(cycle, area.scope, db)
        let above = try parent.flatMap { try PlacedArea($0, db) }
        parentArea = above?.row.area
        self.parent = try above.map { try Self.results(cycle, $0.scope, db) } ?? [:]
        let cycles = try CalendarReadModel.cycles(db)
        let edition = cycles.first { $0.cycle == cycle }?.edition
        lastCycle = cycles.last { $0.cycle < cycle && $0.edition == edition }?.cycle
        last = try lastCycle.map { try Self.results($0, area.scope, db) } ?? [:]
    }

    private static func results(
        _ cycle: String,
        _ scope: AreaScope,
        _ db: Database
    ) throws -> [Int: IndicatorRow] {
        let rows = try IndicatorReadModel.results(cycle: cycle, area: scope, db)
        return Dictionary(rows.map { ($0.indicator, $0) }, uniquingKeysWith: { $1 })
    }
}

extension PageContext {
    func indicators(_ comparison: IndicatorComparison, of area: PlacedArea) -> Markup {
        var columns: [PageTable.Column] = [
            .init(choose("ที่", "No."), isNumeric: true), .init(choose("ตัวชี้วัด", "Indicator")),
            .init(choose("สำรวจ", "Surveyed"), isNumeric: true),
            .init(choose("ผ่าน", "Passed"), isNumeric: true),
            .init(choose("ไม่ผ่าน", "Failed"), isNumeric: true),
            .init(choose("ผ่าน (%)", "Passed (%)"), isNumeric: true),
        ]
        if let parent = comparison.parentArea {
            columns.append(
                .init(choose("\(parent) ผ่าน (%)", "\(parent) passed (%)"), isNumeric: true)
            )
        }
        if let last = comparison.lastCycle {
            columns.append(
                .init(choose("ปี \(last) ผ่าน (%)", "\(last) passed (%)"), isNumeric: true)
            )
        }
        var table = PageTable(
            id: "indicator-table",
            caption: choose("ผลตามตัวชี้วัด", "Results by indicator"),
            columns: columns
        )
        table.rows = comparison.indicators.map { indicator -> [Markup] in
            let number = indicator.indicator
            let row = comparison.own[number]
            var cells: [Markup] = [
                "\(number)", "\(choose(indicator.nameTh, indicator.nameEn))",
                self.number(row?.surveyed ?? 0), self.number(row?.passed ?? 0),
                self.number(row?.failed ?? 0), "\(row?.percentPassed ?? "-")",
            ]
            if comparison.parentArea != nil {
                cells.append("\(comparison.parent[number]?.percentPassed ?? "-")")
            }
            if comparison.lastCycle != nil {
                cells.append("\(comparison.last[number]?.percentPassed ?? "-")")
            }
            return cells
        }
        return section(
            "indicators",
            choose("ตัวชี้วัด", "Indicators"),
            [
                sentence(
                    choose(
                        "ร้อยละปัดเศษครึ่งขึ้นสองตำแหน่ง ดูจำนวนประกอบเสมอ",
                        "Percentages have two places, half up; read them with the counts."
                    )
                ),
                self.table(table),
            ]
        )
    }
}
