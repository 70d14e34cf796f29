import AreasProjection
import ChecksProjection
import Console
import HouseholdsProjection
import ProjectionRuntime
import Survey

/// Samples, quality checks and defects.
extension Page {
    /// The households of a sample are drawn again, from those that were recorded below its tree size.
    func sample(_ id: String, _ models: borrowing ReadModels) throws {
        let (row, interviews) = try models.read { db in
            guard let row = try CheckReadModel.sample(id, db) else {
                throw Rejection(.sampleUnknown, id)
            }
            return (row, try CheckReadModel.interviews(ofSample: id, db))
        }
        let before = try models.past(
            UInt64(clamping: row.treeSize),
            [AreaReadModel(), HouseholdReadModel()]
        )
        let recorded = try before.read { db in
            let area = try scope(row.area, db)
            return try HouseholdReadModel.recorded(cycle: row.cycle, in: area.scope, db)
        }
        let households = row.selection(from: recorded)
        guard !asJSON else {
            return try write([
                "sample": .row(row),
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
        fields.append(choose("สุ่มเมื่อ", "drawn on"), day(row.drawnOn))
        fields.append(
            choose("จำนวน", "size"),
            choose("\(row.size) จาก \(row.population)", "\(row.size) of \(row.population)")
        )
        fields.append(choose("ประชากรที่พบ", "population found"), "\(recorded.count)")
        fields.append(choose("ขนาด", "tree size"), "\(row.treeSize)")
        fields.append(choose("ราก", "root hash"), row.rootHash)
        fields.append(choose("ค่าตั้งต้น", "seed"), row.seed)
        try write(fields)
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
        try write(table)
    }

    func check(_ id: String, _ models: borrowing ReadModels) throws {
        let (row, checkers, documents) = try models.read { db in
            guard let row = try CheckReadModel.check(id, db) else {
                throw Rejection(.checkUnknown, id)
            }
            return (
                row, try CheckReadModel.checkers(of: id, db),
                try CheckReadModel.documents(of: id, db)
            )
        }
        let (interviews, differences, defects) = try models.read { db in
            (
                try CheckReadModel.interviews(of: id, db),
                try CheckReadModel.differences(of: id, db), try CheckReadModel.defects(of: id, db)
            )
        }
        guard !asJSON else {
            return try write([
                "check": .row(row),
                "checkers": .array(checkers.map { .string($0) }),
                "reinterviews": .rows(interviews),
                "differences": .rows(differences),
                "defects": .rows(defects),
                "documents": .rows(documents),
            ])
        }
        var fields = FieldList()
        fields.append(choose("การตรวจสอบ", "check"), row.checkId)
        fields.append(choose("รอบปี", "cycle"), row.cycle)
        fields.append(choose("พื้นที่", "area"), row.area)
        fields.append(choose("ตรวจโดยระดับ", "checked by level"), word(row.level))
        fields.append(choose("ขั้นตอน", "stage"), word(row.stage))
        fields.append(choose("ตรวจเมื่อ", "checked on"), day(row.checkedOn))
        fields.append(choose("ผู้ตรวจสอบ", "checkers"), checkers.joined(separator: " "))
        if let sample = row.sample { fields.append(choose("ตัวอย่าง", "sample"), sample) }
        fields.append(choose("ผล", "outcome"), word(row.outcome))
        if let findings = row.findings {
            fields.append(choose("สิ่งที่พบ", "findings"), findings)
        }
        for defect in defects { append(defect, to: &fields) }
        append(documents, to: &fields)
        try write(fields)
        guard !interviews.isEmpty else { return }
        var table = Table([
            .init(choose("ครัวเรือน", "household")), .init(choose("โดย", "by")),
            .init(choose("ถาม", "asked"), isNumeric: true),
            .init(choose("ต่างกันที่ตัวชี้วัด", "differing in indicators")),
        ])
        for row in interviews {
            let numbers = differences.filter { $0.household == row.household }
                .map { "\($0.indicator)" }
            table.append([
                row.household, row.checker, "\(row.askedCount)",
                numbers.isEmpty ? "-" : numbers.joined(separator: " "),
            ])
        }
        try write(table)
    }

    func defect(_ id: String, _ models: borrowing ReadModels) throws {
        let defect = try models.read { db in try CheckReadModel.defect(id, db) }
        guard let defect else { throw Rejection(.defectUnknown, id) }
        guard !asJSON else { return try write(["defect": .row(defect)]) }
        var fields = FieldList()
        fields.append(choose("ข้อบกพร่อง", "defect"), defect.defect)
        fields.append(choose("รอบปี", "cycle"), defect.cycle)
        fields.append(choose("พื้นที่", "area"), defect.area)
        fields.append(choose("ความรุนแรง", "severity"), word(defect.severity))
        fields.append(choose("พบเมื่อ", "found on"), day(defect.foundOn))
        if let check = defect.checkId { fields.append(choose("การตรวจสอบ", "check"), check) }
        fields.append(choose("ข้อความ", "text"), defect.text)
        appendPlace(defect.household, nil, defect.indicator, to: &fields)
        appendOutcome(defect.outcome, defect.resolvedOn, defect.reason, to: &fields)
        try write(fields)
    }

    /// On one line, among others.
    func append(_ defect: DefectRow, to fields: inout FieldList) {
        let state = defect.outcome ?? "open"
        fields.append(
            choose("ข้อบกพร่อง", "defect"),
            "\(defect.defect) (\(word(defect.severity)), \(word(state))): \(defect.text)"
        )
    }
}
