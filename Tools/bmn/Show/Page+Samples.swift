import AreasProjection
import ChecksProjection
import Console
import HouseholdsProjection
import OfficeLists
import ProjectionRuntime
import Survey

/// Samples: what was announced, and whom the draw found.
extension Page {
    /// The households are drawn again, from those that were recorded below the announcement.
    func sample(_ id: String, _ models: borrowing ReadModels) throws {
        let (row, checkers, interviews) = try models.read { db in
            guard let row = try CheckReadModel.sample(id, db) else {
                throw Rejection(.sampleUnknown, id)
            }
            return (
                row, try CheckReadModel.checkers(ofSample: id, db),
                try CheckReadModel.interviews(ofSample: id, db)
            )
        }
        let recorded = try population(of: row, models)
        let households = row.selection(from: recorded)
        guard !asJSON else {
            return try write([
                "sample": .row(row),
                "checkers": .array(checkers.map { .string($0) }),
                "populationFound": .number(recorded.count),
                "households": .array(households.map { .string($0) }),
                "reinterviews": .rows(interviews),
            ])
        }
        var fields = FieldList()
        fields.append(choose("ตัวอย่าง", "sample"), row.sample)
        fields.append(choose("รอบปี", "cycle"), row.cycle)
        fields.append(choose("พื้นที่", "area"), row.area)
        fields.append(choose("ตรวจโดยระดับ", "checked by level"), word(row.level))
        fields.append(choose("ขั้นตอน", "stage"), word(row.stage))
        fields.append(choose("ผู้ตรวจสอบ", "checkers"), checkers.joined(separator: " "))
        fields.append(
            choose("ประกาศเมื่อ", "announced on"),
            choose(
                "\(day(row.announcedOn)) (ระเบียน \(row.announcedAtIndex))",
                "\(day(row.announcedOn)) (record \(row.announcedAtIndex))"
            )
        )
        fields.append(
            choose("จำนวน", "size"),
            choose("\(row.size) จาก \(row.population)", "\(row.size) of \(row.population)")
        )
        fields.append(choose("ประชากรที่พบ", "population found"), "\(recorded.count)")
        appendDraw(of: row, to: &fields)
        try write(fields)
        guard !households.isEmpty else { return }
        try write(table(households, interviews))
    }

    /// The households that were recorded below a sample's announcement.
    func population(of row: SampleRow, _ models: borrowing ReadModels) throws -> [String] {
        let before = try models.past(
            UInt64(clamping: row.announcedAtIndex),
            [AreaReadModel(), HouseholdReadModel()]
        )
        return try before.read { db in
            let area = try scope(row.area, db)
            return try HouseholdReadModel.recorded(cycle: row.cycle, in: area.scope, db)
        }
    }

    private func appendDraw(of row: SampleRow, to fields: inout FieldList) {
        guard let treeSize = row.treeSize else {
            return fields.append(
                choose("สุ่มเมื่อ", "drawn on"),
                choose(
                    "ยังไม่ได้สุ่ม: รอเช็คพอยต์แรกหลังระเบียน \(row.announcedAtIndex)",
                    "not yet: by the first checkpoint after record \(row.announcedAtIndex)"
                )
            )
        }
        fields.append(choose("สุ่มเมื่อ", "drawn on"), day(row.drawnOn))
        fields.append(choose("เช็คพอยต์ขนาด", "checkpoint of"), "\(treeSize)")
        fields.append(choose("ราก", "root hash"), row.rootHash ?? "-")
        fields.append(choose("ค่าตั้งต้น", "seed"), row.seed ?? "-")
    }

    private func table(_ households: [String], _ interviews: [ReinterviewRow]) -> Table {
        var table = Table([
            .init(choose("ที่", "no."), isNumeric: true), .init(choose("ครัวเรือน", "household")),
            .init(choose("สัมภาษณ์ซ้ำ", "asked again")),
            .init(choose("ต่างกัน", "differing"), isNumeric: true),
        ])
        for (offset, household) in households.enumerated() {
            let interview = interviews.last { $0.household == household }
            table.append([
                "\(offset + 1)", household, day(interview?.askedOn),
                interview.map { "\($0.differingCount)/\($0.askedCount)" } ?? "-",
            ])
        }
        return table
    }
}
