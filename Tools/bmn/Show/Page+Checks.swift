import ChecksProjection
import Console
import OfficeLists
import ProjectionRuntime
import Survey

/// Quality checks and defects.
extension Page {
    func check(_ id: String, _ models: borrowing ReadModels) throws {
        let (row, checkers, documents, sample) = try models.read { db in
            guard let row = try CheckReadModel.check(id, db) else {
                throw Rejection(.checkUnknown, id)
            }
            let area = try scope(row.area, db).scope
            return (
                row,
                try CheckReadModel.checkers(of: id, db).map { person in
                    try Checker(person, row.cycle, area, db)
                },
                try CheckReadModel.documents(of: id, db),
                try row.sample.flatMap { try CheckReadModel.sample($0, db) }
            )
        }
        var drawn: [String]?
        if let sample { drawn = sample.selection(from: try population(of: sample, models)) }
        let (interviews, differences, defects) = try models.read { db in
            (
                try CheckReadModel.interviews(of: id, db),
                try CheckReadModel.differences(of: id, db), try CheckReadModel.defects(of: id, db)
            )
        }
        let coverage = drawn.map { SampleCoverage(drawn: $0, asked: interviews.map(\.household)) }
        guard !asJSON else {
            return try write([
                "check": .row(row),
                "checkers": .array(checkers.map { .string($0.person) }),
                "checkersWork": .rows(checkers),
                "sampleCoverage": try coverage.map { try .row($0) } ?? .null,
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
        fields.append(
            choose("ผู้ตรวจสอบ", "checkers"),
            checkers.map(\.person).joined(separator: " ")
        )
        for checker in checkers where checker.hasWorked {
            fields.append(choose("คำเตือน", "warning"), checker.sentence(self))
        }
        if let sample = row.sample { fields.append(choose("ตัวอย่าง", "sample"), sample) }
        if let coverage {
            fields.append(choose("สัมภาษณ์ตามตัวอย่าง", "of the sample"), coverage.text(self))
        }
        fields.append(choose("ผล", "outcome"), word(row.outcome))
        if let findings = row.findings {
            fields.append(choose("สิ่งที่พบ", "findings"), findings)
        }
        for defect in defects { append(defect, to: &fields) }
        append(documents, to: &fields)
        try write(fields)
        guard !interviews.isEmpty else { return }
        try write(table(interviews, differences, coverage))
    }

    private func table(
        _ interviews: [ReinterviewRow],
        _ differences: [DifferenceRow],
        _ coverage: SampleCoverage?
    ) -> Table {
        var table = Table([
            .init(choose("ครัวเรือน", "household")), .init(choose("โดย", "by")),
            .init(choose("ถาม", "asked"), isNumeric: true),
            .init(choose("ต่างกันที่ตัวชี้วัด", "differing in indicators")),
            .init(choose("นอกตัวอย่าง", "outside the sample")),
        ])
        for row in interviews {
            let numbers = differences.filter { $0.household == row.household }
                .map { "\($0.indicator)" }
            table.append([
                row.household, row.checker, "\(row.askedCount)",
                numbers.isEmpty ? "-" : numbers.joined(separator: " "),
                coverage?.outside.contains(row.household) == true ? yesNo(true) : "-",
            ])
        }
        return table
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
