internal import Survey

/// Columns of targets: households to be visited, by village and LAO.
enum TargetColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case village
    case lao
    case households
    case questionnaires
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .village: .village
        case .lao: .lao
        case .households:
            ImportColumn(
                "households",
                isRequired: true,
                th: "จำนวนครัวเรือนเป้าหมาย",
                en: "households to be visited",
                example: "120"
            )
        case .questionnaires:
            ImportColumn(
                "questionnaires",
                isRequired: true,
                th: "จำนวนแบบสอบถาม",
                en: "questionnaires needed",
                example: "125"
            )
        case .occurredOn: .occurredOn
        }
    }
}

extension ImportColumn {
    static let cycle = ImportColumn(
        "cycle",
        isRequired: true,
        th: "ปี พ.ศ. ของการจัดเก็บ",
        en: "the survey's B.E. year",
        example: "2561"
    )

    static let village = ImportColumn(
        "village",
        isRequired: true,
        th: "รหัสหมู่บ้าน 8 หลัก",
        en: "village code, 8 digits",
        example: "38010101"
    )

    static let lao = ImportColumn(
        "lao",
        isRequired: true,
        th: "รหัส อปท. (ตำบลหนึ่งอาจมีหลาย อปท.)",
        en: "code of the LAO (a tambon may be divided between several)",
        example: "380151"
    )
}

extension RowForm {
    mutating func target() -> Command {
        var target = Target()
        target.cycle = cycle(TargetColumn.cycle)
        target.village = areaCode(TargetColumn.village, lengths: [8])
        target.lao = areaCode(TargetColumn.lao, lengths: [4, 6])
        target.households = number(TargetColumn.households)
        target.questionnaires = number(TargetColumn.questionnaires)

        var command = Command()
        command.id = CommandID.make(
            kind: .targets,
            cycle: target.cycle,
            group: target.village,
            key: target.village,
            target.lao
        )
        command.occurredOn = optionalDay(TargetColumn.occurredOn)
        command.setTarget = target
        return command
    }
}
