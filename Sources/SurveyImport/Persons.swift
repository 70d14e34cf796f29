internal import Survey

/// Columns of persons: who holds, or will hold, an appointment.
enum PersonColumn: Int, CaseIterable, ColumnIndex {
    case person
    case title
    case firstName
    case lastName
    case citizenID
    case birthDate
    case synthetic
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .person:
            ImportColumn(
                "person",
                isRequired: true,
                th: "รหัสบุคคลที่ตั้งเอง เปิดเผยในบันทึก ห้ามใช้เลขประจำตัวประชาชน",
                en: "identifier of your choice, open in the records: never a citizen id",
                example: "col-380101-01"
            )
        case .title:
            ImportColumn("title", th: "คำนำหน้า", en: "title", example: "นาง")
        case .firstName:
            ImportColumn(
                "first_name",
                isRequired: true,
                th: "ชื่อ",
                en: "first name",
                example: "สมศรี"
            )
        case .lastName:
            ImportColumn(
                "last_name",
                isRequired: true,
                th: "นามสกุล",
                en: "last name",
                example: "ตัวอย่าง"
            )
        case .citizenID:
            ImportColumn(
                "citizen_id",
                th: "เลขประจำตัวประชาชน 13 หลัก",
                en: "citizen id, 13 digits",
                example: "3380100000012"
            )
        case .birthDate:
            ImportColumn(
                "birth_date",
                th: "วันเกิด",
                en: "birth date",
                example: "17/8/2515"
            )
        case .synthetic: .synthetic
        case .occurredOn: .occurredOn
        }
    }
}

extension RowForm {
    mutating func person() -> Command {
        var registration = RegisterPerson()
        registration.person = identifier(PersonColumn.person)
        var identity = Member()
        identity.title = optional(PersonColumn.title)
        identity.firstName = required(PersonColumn.firstName)
        // Some people have one name only.
        identity.lastName = optional(PersonColumn.lastName)
        identity.citizenID = citizenID(in: range(PersonColumn.citizenID), PersonColumn.citizenID)
        identity.birthDate = optionalDay(PersonColumn.birthDate)
        registration.identity = identity
        registration.synthetic = flag(PersonColumn.synthetic)

        var command = Command()
        command.id = CommandID.make(
            kind: .persons,
            cycle: "",
            group: "",
            key: registration.person
        )
        command.occurredOn = optionalDay(PersonColumn.occurredOn)
        command.registerPerson = registration
        return command
    }

    /// A citizen id, which may be absent; the spaces and dashes of its printed form are dropped.
    mutating func citizenID(
        in range: Range<Int>,
        _ column: some ColumnIndex,
        part: @autoclosure () -> String = ""
    ) -> String {
        guard !range.isEmpty else { return "" }
        var digits = text(in: range)
        if digits.utf8.count != 13 {
            digits.removeAll { $0 == "-" || $0 == " " }
        }
        switch CitizenID.problem(of: digits) {
        case nil: return digits
        case .notThirteenDigits?: report(.citizenIdMalformed, column, part: part())
        case .unknownRegister?: report(.citizenIdRegisterUnknown, column, part: part())
        case .wrongCheckDigit?: report(.citizenIdCheckDigit, column, part: part())
        }
        return ""
    }
}
