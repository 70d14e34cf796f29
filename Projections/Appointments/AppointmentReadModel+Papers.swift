import GRDB
import ProjectionRuntime
import Survey

/// What is done with an order's paper once it is issued.
extension AppointmentReadModel {
    func circulate(
        _ circulation: OrderCirculation,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        for area in circulation.toAreas {
            try db.run(
                """
                INSERT OR REPLACE INTO appointment_circulation
                SELECT order_id, ?, ?, ?, ?, amendment_count FROM appointment_order
                WHERE order_id = ?
                """,
                [
                    area, circulation.circulatedOn, circulation.documentNumber.nonEmpty,
                    record.rowIndex, circulation.order,
                ]
            )
        }
    }

    func submit(
        _ submission: OrderSubmission,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO appointment_submission
            SELECT order_id, ?, ?, ?, ?, amendment_count FROM appointment_order
            WHERE order_id = ?
            """,
            [
                submission.toArea, submission.submittedOn, submission.documentNumber.nonEmpty,
                record.rowIndex, submission.order,
            ]
        )
    }

    /// Takes the last one to the area out; what came before an amendment stays.
    func withdraw(
        _ withdrawal: PaperWithdrawal,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        let (table, index): (String, String)
        switch withdrawal.kind {
        case .orderCirculation:
            (table, index) = ("appointment_circulation", "circulated_at_index")
        case .orderSubmission:
            (table, index) = ("appointment_submission", "submitted_at_index")
        default: return
        }
        try Self.withdrawals.save(withdrawal, record, db)
        try db.run(
            """
            DELETE FROM \(table) WHERE order_id = ?1 AND area = ?2 AND \(index) = (
                SELECT MAX(\(index)) FROM \(table) WHERE order_id = ?1 AND area = ?2)
            """,
            [withdrawal.paper, withdrawal.area]
        )
    }
}
