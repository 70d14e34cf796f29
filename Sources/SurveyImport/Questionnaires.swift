internal import Survey

/// Columns of questionnaires: one row a range of forms issued to a collector.
enum QuestionnaireColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case area
    case collector
    case prefix
    case first
    case last
    case issuedOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .area: required("area", "รหัสพื้นที่ที่ใช้", "code of the area they are for", "380101")
        case .collector:
            required(
                "collector",
                "รหัสบุคคลของผู้จัดเก็บ",
                "the collector's person identifier",
                "col-380101-01"
            )
        case .prefix:
            ImportColumn(
                "prefix",
                th: "ตัวอักษรหน้าเลขที่ ถ้ามี",
                en: "what is printed before the number, if anything",
                example: "A-"
            )
        case .first: required("first", "เลขแรก", "first number", "1")
        case .last: required("last", "เลขสุดท้าย", "last number", "200")
        case .issuedOn: required("issued_on", "วันที่จ่าย", "day they were issued", "1/12/2560")
        }
    }

    private func required(
        _ name: String,
        _ th: String,
        _ en: String,
        _ example: String
    ) -> ImportColumn {
        ImportColumn(name, isRequired: true, th: th, en: en, example: example)
    }
}

extension RowForm {
    mutating func questionnaires() -> Command {
        var issue = QuestionnaireIssue()
        issue.cycle = cycle(QuestionnaireColumn.cycle)
        issue.area = areaCode(QuestionnaireColumn.area, lengths: [2, 4, 6, 8])
        issue.collector = identifier(QuestionnaireColumn.collector)
        var range = SerialRange()
        range.prefix = optional(QuestionnaireColumn.prefix)
        range.first = number(QuestionnaireColumn.first)
        range.last = number(QuestionnaireColumn.last)
        issue.ranges = [range]
        issue.issuedOn = requiredDay(QuestionnaireColumn.issuedOn)
        var command = Command()
        command.id = CommandID.make(
            kind: .questionnaires,
            cycle: issue.cycle,
            group: issue.area,
            key: range.prefix,
            "\(range.first)"
        )
        command.occurredOn = issue.issuedOn
        command.issueQuestionnaires = issue
        return command
    }
}
