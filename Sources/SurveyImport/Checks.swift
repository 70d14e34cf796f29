internal import Survey

/// Columns of checks: one row a checker, consecutive rows of one `check` make one check.
enum CheckColumn: Int, CaseIterable, ColumnIndex {
    case check
    case cycle
    case area
    case level
    case stage
    case sample
    case checker
    case outcome
    case findings
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    static let levels: [(String, Area.Level)] = [
        ("province", .province), ("district", .district), ("tambon", .tambon),
        ("village", .village), ("lao", .lao),
    ]
    static let stages: [(String, QualityCheck.Stage)] = [
        ("collecting", .collecting), ("recording", .recording), ("processing", .processing),
        ("certifying", .certifying),
    ]
    static let outcomes: [(String, QualityCheck.Outcome)] = [
        ("sound", .sound), ("defective", .defective),
    ]

    private var column: ImportColumn {
        switch self {
        case .check:
            .required(
                "check",
                "รหัสการตรวจสอบที่ตั้งเอง",
                "identifier of the check",
                "3801-check-1"
            )
        case .cycle: .cycle
        case .area:
            .required("area", "รหัสพื้นที่ที่ตรวจ", "code of the area that was checked", "3801")
        case .level:
            .required(
                "level",
                "คณะกรรมการระดับใดตรวจ: province, district, tambon, village หรือ lao",
                "whose committee checked: province, district, tambon, village or lao",
                "district"
            )
        case .stage:
            .required(
                "stage",
                "ขั้นตอน: collecting, recording, processing หรือ certifying",
                "stage: collecting, recording, processing or certifying",
                "recording"
            )
        case .sample:
            ImportColumn(
                "sample",
                th: "รหัสตัวอย่างที่สุ่มแล้ว ถ้ามี",
                en: "the sample that was drawn for it, if one"
            )
        case .checker:
            .required(
                "checker",
                "รหัสบุคคลของผู้ตรวจสอบที่ขึ้นทะเบียนแล้ว",
                "the person identifier of a checker",
                "chair-380151"
            )
        case .outcome:
            .required("outcome", "ผล: sound หรือ defective", "outcome: sound or defective", "sound")
        case .findings:
            ImportColumn(
                "findings",
                th: "สิ่งที่พบ ต้องกรอกเมื่อผลเป็น defective",
                en: "what was found; must be filled in where the outcome is defective"
            )
        case .occurredOn: .occurredOn(example: "5/3/2561")
        }
    }
}

/// A check with the checkers of its rows so far.
struct CheckRow: AssembledRow {
    static let keyColumn = CheckColumn.check
    let keyColumnName = "check"

    var check: QualityCheck
    let occurredOn: String

    var key: String { check.check }
    var rowCount: Int { check.checkers.count }

    mutating func append(_ row: CheckRow) { check.checkers += row.check.checkers }

    func reportDifferences(from first: CheckRow, in form: inout RowForm) {
        func compare(_ column: CheckColumn, _ isSame: Bool) {
            if !isSame { form.report(.orderRowsDiffer, column) }
        }
        compare(.cycle, check.cycle == first.check.cycle)
        compare(.area, check.area == first.check.area)
        compare(.level, check.level == first.check.level)
        compare(.stage, check.stage == first.check.stage)
        compare(.sample, check.sample == first.check.sample)
        compare(.outcome, check.outcome == first.check.outcome)
        compare(.findings, check.findings == first.check.findings)
        compare(.occurredOn, occurredOn == first.occurredOn)
    }

    func command() -> Command {
        var command = Command()
        command.id = CommandID.make(
            kind: .checks,
            cycle: check.cycle,
            group: check.area,
            key: check.check
        )
        command.occurredOn = occurredOn
        command.recordQualityCheck = check
        return command
    }
}

extension RowForm {
    mutating func check() -> CheckRow {
        var check = QualityCheck()
        check.check = required(CheckColumn.check)
        check.cycle = required(CheckColumn.cycle)
        check.area = areaCode(CheckColumn.area, lengths: [2, 4, 6, 8])
        check.level = word(CheckColumn.level, CheckColumn.levels) ?? .unspecified
        check.stage = word(CheckColumn.stage, CheckColumn.stages) ?? .unspecified
        check.sample = optional(CheckColumn.sample)
        check.checkers = [identifier(CheckColumn.checker)]
        check.outcome = word(CheckColumn.outcome, CheckColumn.outcomes) ?? .unspecified
        check.findings = optional(CheckColumn.findings)
        return CheckRow(check: check, occurredOn: optionalDay(CheckColumn.occurredOn))
    }
}
