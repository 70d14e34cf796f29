package import GRDB
import ProjectionRuntime

/// One person's place in one order, beside the area that the order is for.
package struct ListedAppointmentRow: ReadModelRow {
    package let orderId: String
    package let number: String
    package let date: String
    package let kind: String
    package let cycle: String
    package let orderArea: String
    package let person: String
    package let role: String
    package let area: String
    package let validFrom: String
    package let validTo: String?
    /// Ended by an amendment or a revocation, not by the end that the order gave it.
    package let isEndedEarly: Bool
}

/// One order, and how many persons and areas it reached.
package struct ListedOrderRow: ReadModelRow {
    package let orderId: String
    package let number: String
    package let date: String
    package let kind: String
    package let cycle: String
    package let area: String
    package let validFrom: String
    package let validTo: String?
    package let revokedOn: String?
    package let revocationReason: String?
    package let amendmentCount: Int
    package let personCount: Int
    package let circulationCount: Int
    package let submittedTo: String?
    package let submittedOn: String?
    package let submissionNumber: String?
}

extension AppointmentReadModel {
    /// Every appointment of a cycle, also those that ended, by area and kind.
    package static func forEachAppointment(
        cycle: String,
        _ db: Database,
        _ body: (ListedAppointmentRow) throws -> Void
    ) throws {
        try ListedAppointmentRow.forEach(
            db,
            sql: """
                SELECT appointment.*, appointment_order.area AS order_area,
                    appointment.ended_at_index IS NOT NULL AS is_ended_early
                FROM appointment
                JOIN appointment_order ON appointment_order.order_id = appointment.order_id
                WHERE appointment.cycle = ?
                ORDER BY appointment.area, appointment.kind, appointment.order_id,
                    appointed_at_index, person
                """,
            arguments: [cycle],
            body
        )
    }

    /// The orders of a cycle by area, oldest first.
    package static func forEachOrder(
        cycle: String,
        _ db: Database,
        _ body: (ListedOrderRow) throws -> Void
    ) throws {
        try ListedOrderRow.forEach(
            db,
            sql: """
                SELECT appointment_order.*,
                    (SELECT COUNT(DISTINCT person) FROM appointment
                        WHERE appointment.order_id = appointment_order.order_id) AS person_count,
                    (SELECT COUNT(DISTINCT area) FROM appointment_circulation
                        WHERE appointment_circulation.order_id = appointment_order.order_id)
                        AS circulation_count
                FROM (\(withPassage)) AS appointment_order
                WHERE cycle = ? ORDER BY area, issued_at_index
                """,
            arguments: [cycle],
            body
        )
    }
}
