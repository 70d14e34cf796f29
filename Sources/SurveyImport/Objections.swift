internal import Survey

/// Columns of objections: one row what somebody objected to.
enum ObjectionColumn: Int, CaseIterable, ColumnIndex {
    case objection
    case cycle
    case area
    case presentation
    case raisedBy
    case text
    case household
    case village
    case indicator
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    static let kinds: [(String, Attendance.Kind)] = [
        ("local_executive", .localExecutive), ("village_head", .villageHead),
        ("community_leader", .communityLeader), ("resident", .resident), ("official", .official),
        ("others", .others),
    ]

    private var column: ImportColumn {
        switch self {
        case .objection:
            .required(
                "objection",
                "รหัสข้อคัดค้านที่ตั้งเอง",
                "identifier of the objection",
                "380151-ob-1"
            )
        case .cycle: .cycle
        case .area:
            .required("area", "รหัสพื้นที่ที่คัดค้าน", "code of the area it is about", "380151")
        case .presentation:
            ImportColumn(
                "presentation",
                th: "รหัสการนำเสนอที่คัดค้าน ถ้ามี",
                en: "the presentation it was raised against, if one"
            )
        case .raisedBy:
            .required(
                "raised_by",
                "ผู้คัดค้านเป็นกลุ่มใด: local_executive, village_head, community_leader, resident,"
                    + " official หรือ others",
                "who raised it: local_executive, village_head, community_leader, resident, official"
                    + " or others",
                "resident"
            )
        case .text:
            .required(
                "text",
                "ข้อความ เปิดเผยในบันทึก ห้ามมีเลขประจำตัวประชาชน",
                "what was objected to, open in the records; no citizen id",
                "บ้านหลังนี้มีส้วมแล้ว"
            )
        case .household: .concernedHousehold(example: "38010101-0001")
        case .village:
            ImportColumn(
                "village",
                th: "รหัสหมู่บ้านที่เกี่ยวข้อง ถ้ามี",
                en: "the village it is about, if one",
                example: "38010101"
            )
        case .indicator: .concernedIndicator
        case .occurredOn: .occurredOn(example: "6/3/2561")
        }
    }
}

extension ImportColumn {
    static func required(
        _ name: String,
        _ th: String,
        _ en: String,
        _ example: String,
        aliases: [String] = []
    ) -> ImportColumn {
        ImportColumn(name, aliases: aliases, isRequired: true, th: th, en: en, example: example)
    }

    static func optional(
        _ name: String,
        _ th: String,
        _ en: String,
        _ example: String = "",
        aliases: [String] = []
    ) -> ImportColumn {
        ImportColumn(name, aliases: aliases, th: th, en: en, example: example)
    }

    static func concernedHousehold(example: String) -> ImportColumn {
        ImportColumn(
            "household",
            th: "รหัสครัวเรือนที่เกี่ยวข้อง ถ้ามี",
            en: "the household it is about, if one",
            example: example
        )
    }

    static let concernedIndicator = ImportColumn(
        "indicator",
        th: "เลขตัวชี้วัดที่เกี่ยวข้อง ถ้ามี",
        en: "number of the indicator it is about, if one",
        example: "8"
    )
}

extension RowForm {
    mutating func objection() -> Command {
        var objection = Objection()
        objection.objection = required(ObjectionColumn.objection)
        objection.cycle = required(ObjectionColumn.cycle)
        objection.area = areaCode(ObjectionColumn.area, lengths: [2, 4, 6, 8])
        objection.presentation = optional(ObjectionColumn.presentation)
        objection.raisedBy = word(ObjectionColumn.raisedBy, ObjectionColumn.kinds) ?? .unspecified
        objection.text = required(ObjectionColumn.text)
        objection.household = optionalIdentifier(ObjectionColumn.household)
        objection.village = areaCode(ObjectionColumn.village, lengths: [8], isRequired: false)
        objection.indicator = optionalNumber(ObjectionColumn.indicator)
        var command = Command()
        command.id = CommandID.make(
            kind: .objections,
            cycle: objection.cycle,
            group: objection.area,
            key: objection.objection
        )
        command.occurredOn = optionalDay(ObjectionColumn.occurredOn)
        command.raiseObjection = objection
        return command
    }

    /// Like `identifier`, or empty.
    mutating func optionalIdentifier(_ column: some ColumnIndex) -> String {
        range(column).isEmpty ? "" : identifier(column)
    }

    /// 0 where the cell is empty.
    mutating func optionalNumber(_ column: some ColumnIndex) -> UInt32 {
        range(column).isEmpty ? 0 : number(column)
    }
}
