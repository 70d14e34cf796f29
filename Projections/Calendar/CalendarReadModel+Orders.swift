import GRDB
import ProjectionRuntime
import Survey

/// What deadlines ask about orders: whom they appoint where, and whether they still stand.
extension CalendarReadModel {
    func saveOrder(_ record: ProjectedRecord, _ db: Database) throws {
        switch record.event.kind {
        case .orderIssued(let order):
            try db.run(
                "INSERT OR REPLACE INTO calendar_order VALUES (?, ?, ?, ?, NULL)",
                [order.order, order.cycle, order.kind.name, order.area]
            )
            guard order.kind == .committee else {
                return try seat(in: order.area, of: order.order, record, db)
            }
            for appointment in order.appointments {
                try seat(in: appointment.area.nonEmpty ?? order.area, of: order.order, record, db)
            }
        case .orderAmended(let amendment):
            for appointment in amendment.added {
                try seatCommittee(appointment, of: amendment.order, record, db)
            }
        case .orderRevoked(let revocation):
            try db.run(
                "UPDATE calendar_order SET revoked_on = ? WHERE order_id = ?",
                [revocation.effectiveOn, revocation.order]
            )
        case .orderSubmitted(let submission):
            try db.run(
                "INSERT OR IGNORE INTO calendar_order_submission VALUES (?, ?, ?, ?)",
                [
                    submission.order, submission.toArea, submission.submittedOn,
                    record.rowIndex,
                ]
            )
        default: break
        }
    }

    /// For the first time: whoever joins later changes nothing of when it was made.
    private func seat(
        in area: String,
        of order: String,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR IGNORE INTO calendar_order_area VALUES (?, ?, ?, ?)",
            [order, area, record.day.iso, record.rowIndex]
        )
    }

    /// An amendment may seat a committee where the order had none.
    private func seatCommittee(
        _ appointment: Appointment,
        of order: String,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR IGNORE INTO calendar_order_area
            SELECT order_id, COALESCE(?, area), ?, ? FROM calendar_order
            WHERE order_id = ? AND kind = 'committee'
            """,
            [appointment.area.nonEmpty, record.day.iso, record.rowIndex, order]
        )
    }
}
