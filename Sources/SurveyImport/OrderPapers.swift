internal import Survey

/// Columns of amendments: one row a person, consecutive rows of one order and number make one.
enum AmendmentColumn: Int, CaseIterable, ColumnIndex {
    case order
    case number
    case date
    case effectiveOn
    case reason
    case person
    case change
    case role
    case appointmentArea

    static let all: [ImportColumn] = allCases.map(\.column)

    static let changes = [("added", Change.added), ("removed", Change.removed)]

    enum Change {
        case added, removed
    }

    private var column: ImportColumn {
        switch self {
        case .order:
            .required(
                "order",
                "รหัสคำสั่งที่บันทึกแล้ว",
                "identifier of an order that is recorded",
                "3801-rec-2561"
            )
        case .number:
            .required(
                "number",
                "เลขที่คำสั่งแก้ไขตามเอกสาร",
                "number of the amendment as printed",
                "2/2561"
            )
        case .date:
            .required("date", "ลงวันที่", "date of the amendment", "1/2/2561")
        case .effectiveOn:
            .required("effective_on", "มีผลวันที่", "first day it is in force", "5/2/2561")
        case .reason:
            .required(
                "reason",
                "เหตุผล เปิดเผยในบันทึก",
                "why, open in the records",
                "งานบันทึกล่าช้า"
            )
        case .person:
            .required(
                "person",
                "รหัสบุคคลที่ขึ้นทะเบียนแล้ว",
                "identifier of a registered person",
                "col-380101-01"
            )
        case .change:
            .required(
                "change",
                "การเปลี่ยนแปลง: added (แต่งตั้งเพิ่ม) หรือ removed (ให้พ้น)",
                "change: added or removed",
                "added"
            )
        case .role:
            .optional("role", "บทบาท เมื่อแต่งตั้งเพิ่ม", "role, of whoever is added", "recorder")
        case .appointmentArea:
            .optional(
                "appointment_area",
                "พื้นที่ของบุคคลนี้ ถ้าแคบกว่าของคำสั่ง",
                "this person's area, if narrower than the order's"
            )
        }
    }
}

/// Columns of circulations: one row an area that an order was made known to.
enum CirculationColumn: Int, CaseIterable, ColumnIndex {
    case order
    case area
    case circulatedOn
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .order:
            .required(
                "order",
                "รหัสคำสั่งที่บันทึกแล้ว",
                "identifier of an order that is recorded",
                "3801-col-2561"
            )
        case .area:
            .required(
                "area",
                "รหัสพื้นที่ที่แจ้ง",
                "code of an area that it was made known to",
                "380101"
            )
        case .circulatedOn:
            .required("circulated_on", "วันที่แจ้งเวียน", "day it was circulated", "9/11/2560")
        case .documentNumber:
            .optional("document_number", "ที่หนังสือนำส่ง", "number of the letter that took it")
        }
    }
}

/// Columns of submissions: one row an area that an order was sent to.
enum SubmissionColumn: Int, CaseIterable, ColumnIndex {
    case order
    case submittedTo
    case submittedOn
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .order:
            .required(
                "order",
                "รหัสคำสั่งที่บันทึกแล้ว",
                "identifier of an order that is recorded",
                "3801-col-2561"
            )
        case .submittedTo:
            .required(
                "submitted_to",
                "รหัสพื้นที่ที่ส่งถึง ซึ่งอยู่เหนือขึ้นไป",
                "code of the area above that it was sent to",
                "38"
            )
        case .submittedOn:
            .required("submitted_on", "วันที่ส่ง", "day it was sent", "10/11/2560")
        case .documentNumber:
            .optional("document_number", "ที่หนังสือนำส่ง", "number of the letter that took it")
        }
    }
}

extension RowForm {
    mutating func amendment() -> PaperRow {
        var amendment = OrderAmendment()
        amendment.order = required(AmendmentColumn.order)
        amendment.number = required(AmendmentColumn.number)
        amendment.date = requiredDay(AmendmentColumn.date)
        amendment.effectiveOn = requiredDay(AmendmentColumn.effectiveOn)
        amendment.reason = required(AmendmentColumn.reason)
        let person = identifier(AmendmentColumn.person)
        switch word(AmendmentColumn.change, AmendmentColumn.changes) {
        case .removed: amendment.removedPersons = [person]
        case .added, nil:
            var appointment = Appointment()
            appointment.person = person
            appointment.role = required(AmendmentColumn.role)
            appointment.area = areaCode(
                AmendmentColumn.appointmentArea,
                lengths: [2, 4, 6, 8],
                isRequired: false
            )
            amendment.added = [appointment]
        }
        var command = Command()
        command.id = CommandID.make(
            kind: .amendments,
            cycle: "",
            group: amendment.order,
            key: amendment.order,
            amendment.number,
            amendment.date
        )
        command.occurredOn = amendment.date
        command.amendOrder = amendment
        return paper(
            command,
            "\(amendment.order) \(amendment.number)",
            AmendmentColumn.self,
            ownColumns: [.person, .change, .role, .appointmentArea]
        )
    }

    mutating func circulation() -> Command {
        var circulation = OrderCirculation()
        circulation.order = required(CirculationColumn.order)
        circulation.toAreas = [areaCode(CirculationColumn.area, lengths: [2, 4, 6, 8])]
        circulation.circulatedOn = requiredDay(CirculationColumn.circulatedOn)
        circulation.documentNumber = optional(CirculationColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .circulations,
            cycle: "",
            group: circulation.order,
            key: circulation.order,
            circulation.toAreas[0],
            circulation.circulatedOn
        )
        command.occurredOn = circulation.circulatedOn
        command.circulateOrder = circulation
        return command
    }

    mutating func orderSubmission() -> Command {
        var submission = OrderSubmission()
        submission.order = required(SubmissionColumn.order)
        submission.toArea = areaCode(SubmissionColumn.submittedTo, lengths: [2, 4, 6])
        submission.submittedOn = requiredDay(SubmissionColumn.submittedOn)
        submission.documentNumber = optional(SubmissionColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .submissions,
            cycle: "",
            group: submission.order,
            key: submission.order,
            submission.toArea,
            submission.submittedOn
        )
        command.occurredOn = submission.submittedOn
        command.submitOrder = submission
        return command
    }
}
