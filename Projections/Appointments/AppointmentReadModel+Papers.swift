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
                "INSERT OR REPLACE INTO appointment_circulation VALUES (?, ?, ?, ?, ?)",
                [
                    circulation.order, area, circulation.circulatedOn,
                    circulation.documentNumber.nonEmpty, record.rowIndex,
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
            UPDATE appointment_order SET submitted_to = ?, submitted_on = ?,
                submission_number = ?, submitted_at_index = ? WHERE order_id = ?
            """,
            [
                submission.toArea, submission.submittedOn, submission.documentNumber.nonEmpty,
                record.rowIndex, submission.order,
            ]
        )
    }
}
