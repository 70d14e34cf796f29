internal import Survey

/// Joins consecutive rows of one order into one command.
///
/// An order is issued whole or not at all: with a bad row left out it would lack somebody whom the
/// paper names.
struct OrderAssembly: Sendable {
    /// The ledger's record is bounded (64 KiB) long before this; the limit bounds memory.
    static let appointmentLimit = 2_000

    private var pending: Pending?
    private var finishedOrders: Set<String> = []
    // An unreadable row may belong to the order before it or to the one after it.
    private var nextIsIncomplete = false

    private struct Pending {
        var order: Order
        let line: Int
        var isIncomplete: Bool
    }

    /// Adds a row; returns what became complete by it.
    mutating func add(_ row: AppointmentRow, _ form: RowForm) -> [CommandImporter.Item] {
        var form = form
        let line = form.row.line
        if var current = pending, current.order.order == row.order.order {
            pending = nil
            form.reportDifferences(row.order, from: current.order)
            if current.order.appointments.count == OrderAssembly.appointmentLimit {
                let limit = "\(OrderAssembly.appointmentLimit)"
                form.report(.orderTooLong, AppointmentColumn.order, detail: limit)
            }
            if form.problems.isEmpty {
                current.order.appointments.append(row.appointment)
            } else {
                current.isIncomplete = true
            }
            nextIsIncomplete = false
            pending = current
            return form.problems.isEmpty ? [] : [.problems(form.problems)]
        }
        var items = finish()
        if finishedOrders.contains(row.order.order) {
            form.report(.orderNotConsecutive, AppointmentColumn.order)
        }
        var order = row.order
        order.appointments = [row.appointment]
        pending = Pending(
            order: order,
            line: line,
            isIncomplete: nextIsIncomplete || !form.problems.isEmpty
        )
        nextIsIncomplete = false
        if !form.problems.isEmpty { items.append(.problems(form.problems)) }
        return items
    }

    /// Notes a row that could not be read at all.
    mutating func addUnreadableRow() {
        pending?.isIncomplete = true
        nextIsIncomplete = true
    }

    /// Ends the pending order.
    mutating func finish() -> [CommandImporter.Item] {
        guard let ended = pending else { return [] }
        pending = nil
        finishedOrders.insert(ended.order.order)
        guard !ended.isIncomplete else {
            let problem = RowProblem(line: ended.line, column: "order", code: .orderIncomplete)
            return [.problems([problem])]
        }
        var command = Command()
        command.id = CommandID.make(
            kind: .appointments,
            cycle: ended.order.cycle,
            group: ended.order.area,
            key: ended.order.order
        )
        command.occurredOn = ended.order.date
        command.issueOrder = ended.order
        return [.command(command, line: ended.line)]
    }
}

extension RowForm {
    /// Reports every order-level value that differs from the order's first row.
    fileprivate mutating func reportDifferences(_ order: Order, from first: Order) {
        if order.number != first.number { report(.orderRowsDiffer, AppointmentColumn.number) }
        if order.date != first.date { report(.orderRowsDiffer, AppointmentColumn.date) }
        if order.kind != first.kind { report(.orderRowsDiffer, AppointmentColumn.kind) }
        if order.cycle != first.cycle { report(.orderRowsDiffer, AppointmentColumn.cycle) }
        if order.area != first.area { report(.orderRowsDiffer, AppointmentColumn.area) }
        if order.validFrom != first.validFrom {
            report(.orderRowsDiffer, AppointmentColumn.validFrom)
        }
        if order.validTo != first.validTo { report(.orderRowsDiffer, AppointmentColumn.validTo) }
    }
}
