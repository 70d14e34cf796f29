internal import Survey

/// Columns of defects: one row something that was found wrong.
enum DefectColumn: Int, CaseIterable, ColumnIndex {
    case defect
    case cycle
    case area
    case check
    case severity
    case text
    case household
    case indicator
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    static let severities: [(String, Defect.Severity)] = [("minor", .minor), ("major", .major)]

    private var column: ImportColumn {
        switch self {
        case .defect:
            .required(
                "defect",
                "รหัสข้อบกพร่องที่ตั้งเอง",
                "identifier of the defect",
                "380151-de-1"
            )
        case .cycle: .cycle
        case .area: .required("area", "รหัสพื้นที่ที่พบ", "code of the area it is in", "380151")
        case .check:
            ImportColumn(
                "check",
                th: "รหัสการตรวจสอบที่พบ ถ้ามี",
                en: "the check it was found in, if one",
                example: "3801-check-1"
            )
        case .severity:
            .required(
                "severity",
                "ความรุนแรง: minor หรือ major",
                "severity: minor or major",
                "minor"
            )
        case .text:
            .required(
                "text",
                "ข้อความ เปิดเผยในบันทึก ห้ามมีเลขประจำตัวประชาชน",
                "what is wrong, open in the records; no citizen id",
                "แบบสอบถามไม่มีลายมือชื่อ"
            )
        case .household: .concernedHousehold(example: "38010101-0001")
        case .indicator: .concernedIndicator
        case .occurredOn: .occurredOn(example: "6/3/2561")
        }
    }
}

extension RowForm {
    mutating func defect() -> Command {
        var defect = Defect()
        defect.defect = required(DefectColumn.defect)
        defect.cycle = required(DefectColumn.cycle)
        defect.area = areaCode(DefectColumn.area, lengths: [2, 4, 6, 8])
        defect.check = optional(DefectColumn.check)
        defect.severity = word(DefectColumn.severity, DefectColumn.severities) ?? .unspecified
        defect.text = required(DefectColumn.text)
        defect.household = optionalIdentifier(DefectColumn.household)
        defect.indicator = optionalNumber(DefectColumn.indicator)
        var command = Command()
        command.id = CommandID.make(
            kind: .defects,
            cycle: defect.cycle,
            group: defect.area,
            key: defect.defect
        )
        command.occurredOn = optionalDay(DefectColumn.occurredOn)
        command.reportDefect = defect
        return command
    }
}
