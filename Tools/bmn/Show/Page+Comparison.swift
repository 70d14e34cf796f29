import AreasProjection
import Console
import EditionsProjection
import IndicatorsProjection
import OfficeLists
import ProjectionRuntime
import Survey

/// One indicator in two cycles; editions number them differently, so it goes by its name.
struct ComparedIndicator {
    struct Side {
        let number: Int
        /// Nil where nothing was recorded.
        let row: IndicatorRow?
    }

    let nameTh: String
    let nameEn: String
    let left: Side?
    let right: Side?

    /// In the order of the left cycle's edition, then what only the right one asks.
    static func all(
        _ left: (names: [EditionIndicatorRow], rows: [IndicatorRow]),
        _ right: (names: [EditionIndicatorRow], rows: [IndicatorRow])
    ) -> [ComparedIndicator] {
        func side(_ indicator: EditionIndicatorRow, _ rows: [IndicatorRow]) -> Side {
            Side(
                number: indicator.indicator,
                row: rows.first { $0.indicator == indicator.indicator }
            )
        }
        var others = right.names
        var compared: [ComparedIndicator] = []
        for indicator in left.names {
            let place = others.firstIndex { $0.nameTh == indicator.nameTh }
            let other = place.map { others.remove(at: $0) }
            compared.append(
                ComparedIndicator(
                    nameTh: indicator.nameTh,
                    nameEn: indicator.nameEn,
                    left: side(indicator, left.rows),
                    right: other.map { side($0, right.rows) }
                )
            )
        }
        return compared
            + others.map {
                ComparedIndicator(
                    nameTh: $0.nameTh,
                    nameEn: $0.nameEn,
                    left: nil,
                    right: side($0, right.rows)
                )
            }
    }
}

extension Page {
    /// The figures of an area in two cycles, side by side.
    func comparison(
        _ code: String,
        _ cycle: String,
        _ other: String,
        _ models: borrowing ReadModels
    ) throws {
        let (area, compared) = try models.read { db in
            let area = try scope(code, db)
            func side(_ cycle: String) throws -> ([EditionIndicatorRow], [IndicatorRow]) {
                let names = try EditionReadModel.indicators(cycle: cycle, db)
                guard !names.isEmpty else { throw Rejection(.cycleUnknown, cycle) }
                return (
                    names, try IndicatorReadModel.results(cycle: cycle, area: area.scope, db)
                )
            }
            return (area, ComparedIndicator.all(try side(cycle), try side(other)))
        }
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle), "compare": .string(other), "area": .string(code),
                "treeSize": .unsigned(models.treeSize),
                "indicators": .array(
                    compared.map { indicator in
                        [
                            "nameTh": .string(indicator.nameTh),
                            "nameEn": .string(indicator.nameEn), cycle: json(indicator.left),
                            other: json(indicator.right),
                        ]
                    }
                ),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(code))")
        fields.append(choose("รอบปี", "cycles"), "\(cycle), \(other)")
        fields.append(choose("ณ ขนาด", "tree size"), "\(models.treeSize)")
        try write(fields)
        var columns = [Table.Column(choose("ตัวชี้วัด", "indicator"))]
        for cycle in [cycle, other] {
            columns += [
                .init(choose("ที่ \(cycle)", "no. \(cycle)"), isNumeric: true),
                .init(choose("ผ่าน/สำรวจ", "passed/surveyed"), isNumeric: true),
                .init(choose("ร้อยละผ่าน", "% passed"), isNumeric: true),
            ]
        }
        var table = Table(columns)
        for indicator in compared {
            table.append(
                [choose(indicator.nameTh, indicator.nameEn)] + cells(indicator.left)
                    + cells(indicator.right)
            )
        }
        try write(table)
    }

    /// A percentage never stands without its counts.
    private func cells(_ side: ComparedIndicator.Side?) -> [String] {
        guard let side else { return ["-", "-", "-"] }
        guard let row = side.row else { return ["\(side.number)", "-", "-"] }
        return ["\(side.number)", "\(row.passed)/\(row.surveyed)", row.percentPassed]
    }

    private func json(_ side: ComparedIndicator.Side?) -> JSON {
        guard let side else { return .null }
        return [
            "indicator": .number(side.number),
            "surveyed": .number(Int(side.row?.surveyed ?? 0)),
            "passed": .number(Int(side.row?.passed ?? 0)),
            "failed": .number(Int(side.row?.failed ?? 0)),
            "percentPassed": .string(side.row?.percentPassed ?? "-"),
        ]
    }
}
