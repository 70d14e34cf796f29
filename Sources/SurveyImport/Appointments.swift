internal import Survey

/// Columns of appointments: one row a person, consecutive rows of one `order` make one order.
enum AppointmentColumn: Int, CaseIterable, ColumnIndex {
    case order
    case number
    case date
    case kind
    case cycle
    case area
    case person
    case role
    case appointmentArea
    case validFrom
    case validTo

    static let all: [ImportColumn] = allCases.map(\.column)

    static let kinds: [(String, Order.Kind)] = [
        ("committee", .committee), ("collector", .collector), ("recorder", .recorder),
    ]

    private var column: ImportColumn {
        switch self {
        case .order:
            required("order", "รหัสคำสั่งที่ตั้งเอง", "identifier of the order", "3801-col-2561")
        case .number:
            required("number", "เลขที่คำสั่งตามเอกสาร", "number as printed", "12/2560")
        case .date:
            required("date", "ลงวันที่", "date of the order", "8/11/2560")
        case .kind:
            required(
                "kind",
                "ชนิดคำสั่ง: committee, collector หรือ recorder",
                "kind of order: committee, collector or recorder",
                "collector"
            )
        case .cycle: .cycle
        case .area:
            required("area", "รหัสพื้นที่ที่คำสั่งมีผล", "code of the area it is in force", "3801")
        case .person:
            required(
                "person",
                "รหัสบุคคลที่ขึ้นทะเบียนแล้ว",
                "identifier of a registered person",
                "col-380101-01"
            )
        case .role:
            required("role", "บทบาท", "role in the order", "collector")
        case .appointmentArea:
            ImportColumn(
                "appointment_area",
                th: "พื้นที่ของบุคคลนี้ ถ้าแคบกว่าของคำสั่ง",
                en: "this person's area, if narrower than the order's",
                example: "380101"
            )
        case .validFrom:
            ImportColumn(
                "valid_from",
                th: "มีผลตั้งแต่",
                en: "first day in force",
                example: "8/11/2560"
            )
        case .validTo:
            ImportColumn("valid_to", th: "มีผลถึง", en: "last day in force", example: "30/9/2561")
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

/// An order with the appointments of its rows so far.
struct AppointmentRow: AssembledRow {
    static let keyColumn = AppointmentColumn.order
    let keyColumnName = "order"

    var order: Order

    var key: String { order.order }
    var rowCount: Int { order.appointments.count }

    mutating func append(_ row: AppointmentRow) { order.appointments += row.order.appointments }

    func reportDifferences(from first: AppointmentRow, in form: inout RowForm) {
        let first = first.order
        if order.number != first.number {
            form.report(.orderRowsDiffer, AppointmentColumn.number)
        }
        if order.date != first.date { form.report(.orderRowsDiffer, AppointmentColumn.date) }
        if order.kind != first.kind { form.report(.orderRowsDiffer, AppointmentColumn.kind) }
        if order.cycle != first.cycle { form.report(.orderRowsDiffer, AppointmentColumn.cycle) }
        if order.area != first.area { form.report(.orderRowsDiffer, AppointmentColumn.area) }
        if order.validFrom != first.validFrom {
            form.report(.orderRowsDiffer, AppointmentColumn.validFrom)
        }
        if order.validTo != first.validTo {
            form.report(.orderRowsDiffer, AppointmentColumn.validTo)
        }
    }

    func command() -> Command {
        var command = Command()
        command.id = CommandID.make(
            kind: .appointments,
            cycle: order.cycle,
            group: order.area,
            key: order.order
        )
        command.occurredOn = order.date
        command.issueOrder = order
        return command
    }
}

extension RowForm {
    mutating func appointment() -> AppointmentRow {
        var order = Order()
        order.order = required(AppointmentColumn.order)
        order.number = required(AppointmentColumn.number)
        order.date = requiredDay(AppointmentColumn.date)
        order.kind = word(AppointmentColumn.kind, AppointmentColumn.kinds) ?? .unspecified
        order.cycle = cycle(AppointmentColumn.cycle)
        order.area = areaCode(AppointmentColumn.area, lengths: [2, 4, 6, 8])
        order.validFrom = optionalDay(AppointmentColumn.validFrom)
        order.validTo = optionalDay(AppointmentColumn.validTo)
        var appointment = Appointment()
        appointment.person = identifier(AppointmentColumn.person)
        appointment.role = required(AppointmentColumn.role)
        appointment.area = areaCode(
            AppointmentColumn.appointmentArea,
            lengths: [2, 4, 6, 8],
            isRequired: false
        )
        order.appointments = [appointment]
        return AppointmentRow(order: order)
    }
}
