import AreasProjection
import CalendarProjection
import Console
import OfficeLists
import PlansProjection
import ProgressProjection
import ProjectionRuntime
import Survey

/// The progress that was typed in day by day, beside what the records say.
extension Page {
    func progressDays(
        _ code: String,
        _ cycle: String,
        _ models: borrowing ReadModels
    ) throws {
        let today = models.day
        let (area, parts) = try models.read { db in
            let area = try scope(code, db)
            let codes =
                try area.scope.level == .province
                ? AreaReadModel.areas(level: .district, parent: code, db).map(\.area) : [code]
            let deadlines = try CalendarReadModel.deadlines(cycle: cycle, db)
            let end = lastDay(deadlines, today: today)
            let parts = try codes.map { code in
                let part = try scope(code, db)
                let start = try PlanReadModel.collectingStart(
                    of: part.scope.level == .lao ? part.row.parent ?? code : code,
                    cycle: cycle,
                    db
                )
                return DailyPart(
                    area: code,
                    days: try ProgressReadModel.daily(
                        cycle: cycle,
                        of: part.scope,
                        from: start.flatMap { Day(iso: $0) },
                        to: end,
                        db
                    )
                )
            }
            return (area, parts)
        }
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle),
                "area": .string(code),
                "treeSize": .unsigned(models.treeSize),
                "parts": .rows(parts),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(code))")
        fields.append(choose("รอบปี", "cycle"), cycle)
        for part in parts {
            let missing = part.days.filter(\.isMissing)
            let name = parts.count == 1 ? "" : " \(part.area)"
            fields.append(choose("วันที่ไม่รายงาน", "days missing") + name, "\(missing.count)")
        }
        try write(fields)
        try write(area.scope.level == .province ? table(parts) : table(parts.first?.days ?? []))
    }

    /// Reports are owed up to today, but not for ever: after the cycle's last deadline an area that is
    /// not done is late, which the deadlines say.
    private func lastDay(_ deadlines: [DeadlineRow], today: Day) -> Day {
        deadlines.compactMap { Day(iso: $0.due) }.max().map { min($0, today) } ?? today
    }

    private func table(_ rows: [DailyProgressRow]) -> Table {
        var table = Table(
            [.init(choose("วัน", "day"))]
                + [
                    choose("จัดเก็บ: รายงาน", "collected: typed"),
                    choose("ตามระเบียน", "by the records"), choose("ต่าง", "difference"),
                    choose("บันทึก: รายงาน", "recorded: typed"),
                    choose("ตามระเบียน", "by the records"), choose("ต่าง", "difference"),
                ]
                .map { Table.Column($0, isNumeric: true) }
                + [.init(choose("หมายเหตุ", "note"))]
        )
        for row in rows {
            table.append([
                day(row.day), text(row.typedCollected), "\(row.collected)",
                text(row.collectedDifference), text(row.typedRecorded), "\(row.recorded)",
                text(row.recordedDifference), note(row),
            ])
        }
        return table
    }

    /// Of a province: each district's typed figures before those of the records.
    private func table(_ parts: [DailyPart]) -> Table {
        var columns = [Table.Column(choose("วัน", "day"))]
        for part in parts {
            columns += [
                .init(choose("\(part.area) จัดเก็บ", "\(part.area) collected"), isNumeric: true),
                .init(choose("\(part.area) บันทึก", "\(part.area) recorded"), isNumeric: true),
            ]
        }
        var table = Table(columns)
        let rows = parts.map { part in
            Dictionary(part.days.map { ($0.day, $0) }, uniquingKeysWith: { $1 })
        }
        for date in Set(rows.flatMap(\.keys)).sorted() {
            let cells = rows.flatMap { days -> [String] in
                guard let row = days[date] else { return ["", ""] }
                return [
                    "\(text(row.typedCollected))/\(row.collected)",
                    "\(text(row.typedRecorded))/\(row.recorded)",
                ]
            }
            table.append([day(date)] + cells)
        }
        return table
    }

    private func note(_ row: DailyProgressRow) -> String {
        guard !row.isMissing else { return choose("ไม่ได้รายงาน", "missing") }
        guard row.revisionCount > 0 else { return row.documentNumber ?? "" }
        return choose("แก้ไข: ", "revised: ") + (row.reason ?? "")
    }

    private func text(_ count: Int64?) -> String { count.map { "\($0)" } ?? "-" }
}

/// The days of one area.
private struct DailyPart: Encodable {
    let area: String
    let days: [DailyProgressRow]
}
