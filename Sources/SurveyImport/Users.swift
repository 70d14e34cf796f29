internal import Survey

/// Columns of users of the recording program.
enum UserColumn: Int, CaseIterable, ColumnIndex {
    case cycle
    case person
    case role
    case area
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .cycle: .cycle
        case .person:
            ImportColumn(
                "person",
                isRequired: true,
                th: "รหัสบุคคลที่ขึ้นทะเบียนแล้ว",
                en: "identifier of a registered person",
                example: "rec-3801-1"
            )
        case .role:
            ImportColumn(
                "role",
                isRequired: true,
                th: "recorder, supervisor, committee, auditor หรือ admin",
                en: "recorder, supervisor, committee, auditor or admin",
                example: "recorder"
            )
        case .area:
            ImportColumn(
                "area",
                isRequired: true,
                th: "รหัสพื้นที่ที่ใช้งาน",
                en: "code of the area the user works for",
                example: "3801"
            )
        case .occurredOn:
            ImportColumn(
                "occurred_on",
                isRequired: true,
                th: "วันที่ขึ้นทะเบียน",
                en: "day of the registration",
                example: "9/11/2560"
            )
        }
    }
}

extension RowForm {
    mutating func user() -> Command {
        var user = UserRegistration()
        user.cycle = cycle(UserColumn.cycle)
        user.person = identifier(UserColumn.person)
        user.role = required(UserColumn.role)
        user.area = areaCode(UserColumn.area, lengths: [2, 4, 6, 8])
        var command = Command()
        // Part of the command's id, so that who was disabled can be registered anew: without it the
        // second registration would be taken for the first one, sent again.
        command.occurredOn = requiredDay(UserColumn.occurredOn)
        command.id = CommandID.make(
            kind: .users,
            cycle: user.cycle,
            group: user.area,
            key: user.person,
            command.occurredOn
        )
        command.registerUser = user
        return command
    }
}
