internal import Survey

/// Columns of directives: one row an addressee, consecutive rows of one `directive` make one letter.
enum DirectiveColumn: Int, CaseIterable, ColumnIndex {
    case directive
    case cycle
    case number
    case numberAsRead
    case numberCertainty
    case date
    case dateAsRead
    case dateCertainty
    case fromOffice
    case fromArea
    case area
    case subject
    case signer
    case capacity
    case occurredOn

    static let all: [ImportColumn] = allCases.map(\.column)

    static let certainties: [(String, Reading.Certainty)] = [
        ("certain", .certain), ("likely", .likely), ("unknown", .unknown),
    ]

    private var column: ImportColumn {
        switch self {
        case .directive:
            .required(
                "directive",
                "รหัสหนังสือที่ตั้งเอง",
                "identifier of the letter",
                "letter-381"
            )
        case .cycle: .cycle
        case .number:
            .required(
                "number",
                "ที่ ตามที่เข้าใจ",
                "number, as it is understood",
                "บก 0019.4/ว 381"
            )
        case .numberAsRead:
            .optional(
                "number_as_read",
                "ที่ ตามที่อ่านได้ ถ้าต่างจากที่เข้าใจ",
                "number, as it is read, where that is something else",
                "บก ๐๐๙.๔/ ว ๓๘๑"
            )
        case .numberCertainty:
            .optional(
                "number_certainty",
                "ความแน่ชัด: certain (เมื่อเว้นว่าง), likely หรือ unknown",
                "certainty: certain (where it is empty), likely or unknown",
                "likely"
            )
        case .date:
            .required(
                "date",
                "ลงวันที่: วัน หรือเพียงเดือนหรือปี ค.ศ. เช่น 2017-10",
                "date: a day, or a month or year of C.E. alone, like 2017-10",
                "2017-10"
            )
        case .dateAsRead:
            .optional(
                "date_as_read",
                "ลงวันที่ ตามที่อ่านได้ ถ้าต่างจากที่เข้าใจ",
                "date, as it is read, where that is something else",
                "๗๗ ตุลาคม ๒๕๖๐"
            )
        case .dateCertainty:
            .optional(
                "date_certainty",
                "ความแน่ชัด: certain (เมื่อเว้นว่าง), likely หรือ unknown",
                "certainty: certain (where it is empty), likely or unknown",
                "unknown"
            )
        case .fromOffice:
            .required(
                "from_office",
                "หน่วยงานเจ้าของหนังสือ",
                "the office it is from",
                "สำนักงานพัฒนาชุมชนจังหวัดบึงกาฬ"
            )
        case .fromArea:
            .required(
                "from_area",
                "รหัสพื้นที่ที่ออกหนังสือ",
                "code of the area that issued it",
                "38"
            )
        case .area:
            .required("area", "รหัสพื้นที่ที่ส่งถึง", "code of an area it is addressed to", "3801")
        case .subject:
            .required("subject", "เรื่อง", "subject", "การจัดเก็บข้อมูล จปฐ. ปี 2561")
        case .signer:
            .optional("signer", "ผู้ลงนาม", "who signed it")
        case .capacity:
            .optional(
                "capacity",
                "ลงนามในฐานะ",
                "in which capacity",
                "ปฏิบัติราชการแทนผู้ว่าราชการจังหวัด"
            )
        case .occurredOn: .occurredOn(example: "30/10/2560")
        }
    }
}

/// Columns of receipts: one row a letter that an area received.
enum DirectiveReceiptColumn: Int, CaseIterable, ColumnIndex {
    case directive
    case area
    case receivedOn
    case registerNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .directive:
            .required(
                "directive",
                "รหัสหนังสือที่บันทึกแล้ว",
                "identifier of a letter that is recorded",
                "letter-381"
            )
        case .area:
            .required("area", "รหัสพื้นที่ที่รับ", "code of the area that received it", "3801")
        case .receivedOn:
            .required("received_on", "วันที่รับ", "day it was received", "31/10/2560")
        case .registerNumber:
            .optional(
                "register_number",
                "เลขรับ",
                "number in the register of incoming letters",
                "1201"
            )
        }
    }
}

extension RowForm {
    mutating func directive() -> PaperRow {
        var directive = Directive()
        directive.directive = required(DirectiveColumn.directive)
        directive.cycle = cycle(DirectiveColumn.cycle)
        directive.number = reading(
            required(DirectiveColumn.number),
            as: DirectiveColumn.numberAsRead,
            DirectiveColumn.numberCertainty
        )
        directive.date = dateReading()
        directive.fromOffice = required(DirectiveColumn.fromOffice)
        directive.fromArea = areaCode(DirectiveColumn.fromArea, lengths: [2, 4, 6, 8])
        directive.toAreas = [areaCode(DirectiveColumn.area, lengths: [2, 4, 6, 8])]
        directive.subject = required(DirectiveColumn.subject)
        directive.signer = optional(DirectiveColumn.signer)
        directive.capacity = optional(DirectiveColumn.capacity)
        var command = Command()
        command.id = CommandID.make(
            kind: .directives,
            cycle: directive.cycle,
            group: directive.fromArea,
            key: directive.directive
        )
        command.occurredOn = optionalDay(DirectiveColumn.occurredOn)
        command.issueDirective = directive
        return paper(command, directive.directive, DirectiveColumn.self, ownColumns: [.area])
    }

    /// As understood, as read and how sure; what is not said apart is read as it is understood.
    private mutating func reading(
        _ asUnderstood: String,
        as asReadColumn: DirectiveColumn,
        _ certaintyColumn: DirectiveColumn
    ) -> Reading {
        var reading = Reading()
        let asRead = optional(asReadColumn)
        reading.asRead = asRead.isEmpty ? asUnderstood : asRead
        reading.certainty =
            range(certaintyColumn).isEmpty
            ? .certain : word(certaintyColumn, DirectiveColumn.certainties) ?? .unspecified
        // A list has what was read in place of what nobody could understand.
        let isNotUnderstood = reading.certainty == .unknown && asUnderstood == reading.asRead
        reading.asUnderstood = isNotUnderstood ? "" : asUnderstood
        return reading
    }

    /// A day in any form that people write; a month or a year of the common era as it is.
    private mutating func dateReading() -> Reading {
        var reading = reading(
            required(DirectiveColumn.date),
            as: DirectiveColumn.dateAsRead,
            DirectiveColumn.dateCertainty
        )
        let parts = reading.asUnderstood.split(separator: "-", omittingEmptySubsequences: false)
        let isShort =
            (1...2).contains(parts.count) && parts[0].utf8.count == 4
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        if !reading.asUnderstood.isEmpty, !isShort {
            reading.asUnderstood = optionalDay(DirectiveColumn.date)
        }
        return reading
    }

    mutating func directiveReceipt() -> Command {
        var receipt = DirectiveReceipt()
        receipt.directive = required(DirectiveReceiptColumn.directive)
        receipt.area = areaCode(DirectiveReceiptColumn.area, lengths: [2, 4, 6, 8])
        receipt.receivedOn = requiredDay(DirectiveReceiptColumn.receivedOn)
        receipt.registerNumber = optional(DirectiveReceiptColumn.registerNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .directiveReceipts,
            cycle: "",
            group: receipt.directive,
            key: receipt.directive,
            receipt.area,
            receipt.receivedOn
        )
        command.occurredOn = receipt.receivedOn
        command.receiveDirective = receipt
        return command
    }
}
