package import GRDB
package import ProjectionRuntime
package import Survey

/// One order with what became of it.
package struct OrderRow: ReadModelRow {
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
    package let issuedAtIndex: Int64
    package let changedAtIndex: Int64
    package let submittedTo: String?
    package let submittedOn: String?
    package let submissionNumber: String?
    package let submittedAtIndex: Int64?
}

/// An area where an order was made known.
package struct CirculationRow: ReadModelRow {
    package let area: String
    package let circulatedOn: String
    package let documentNumber: String?
    package let circulatedAtIndex: Int64
    /// How often the order had been amended: fewer than now, and it was an earlier paper.
    package let amendmentCount: Int
}

/// An area above that an order was sent to.
package struct OrderSubmissionRow: ReadModelRow {
    package let toArea: String
    package let submittedOn: String
    package let documentNumber: String?
    package let submittedAtIndex: Int64
    /// As of a circulation.
    package let amendmentCount: Int
}

/// One person's place in one order; days are inclusive.
package struct AppointmentRow: ReadModelRow {
    package let orderId: String
    package let person: String
    package let appointedAtIndex: Int64
    package let role: String
    package let area: String
    package let kind: String
    package let cycle: String
    package let number: String
    package let date: String
    package let validFrom: String
    package let validTo: String?
    package let endedAtIndex: Int64?
}

/// One registered person; the name is sealed in the ledger.
package struct PersonRow: ReadModelRow {
    package let person: String
    package let registeredAtIndex: Int64
    package let registeredOn: String
    package let synthetic: Bool
}

/// A public key that a person may or might sign with.
package struct MemberKeyRow: ReadModelRow {
    package let publicKey: String
    package let person: String
    package let registeredAtIndex: Int64
    package let registeredOn: String
    package let revokedAtIndex: Int64?
    package let revokedOn: String?
    package let revocationReason: String?
}

/// A certificate that a person may or might sign with; whom it names, the record tells.
package struct MemberCertificateRow: ReadModelRow {
    package let certificate: String
    package let person: String
    package let registeredAtIndex: Int64
    package let registeredOn: String
    package let revokedAtIndex: Int64?
    package let revokedOn: String?
    package let revocationReason: String?
}

extension AppointmentReadModel {
    private static let inForce = "valid_from <= ?1 AND COALESCE(valid_to, ?1) >= ?1"

    /// The appointments in force on a day to exactly this area.
    package static func inForce(
        area: String,
        cycle: String,
        on day: Day,
        _ db: Database
    ) throws -> [AppointmentRow] {
        try AppointmentRow.fetchAll(
            db,
            sql: """
                SELECT * FROM appointment WHERE cycle = ?2 AND area = ?3 AND \(inForce)
                ORDER BY kind, role, person, order_id, appointed_at_index
                """,
            arguments: [day.iso, cycle, area]
        )
    }

    /// The appointments of a person in force on a day.
    package static func inForce(
        person: String,
        on day: Day,
        _ db: Database
    ) throws -> [AppointmentRow] {
        try AppointmentRow.fetchAll(
            db,
            sql: """
                SELECT * FROM appointment WHERE person = ?2 AND \(inForce)
                ORDER BY cycle, kind, order_id, appointed_at_index
                """,
            arguments: [day.iso, person]
        )
    }

    /// Every appointment a person ever had.
    package static func appointments(
        person: String,
        _ db: Database
    ) throws -> [AppointmentRow] {
        try AppointmentRow.fetchAll(
            db,
            sql: """
                SELECT * FROM appointment WHERE person = ? ORDER BY appointed_at_index, order_id
                """,
            arguments: [person]
        )
    }

    /// Everybody whom an order ever appointed.
    package static func appointments(order: String, _ db: Database) throws -> [AppointmentRow] {
        try AppointmentRow.fetchAll(
            db,
            sql: """
                SELECT * FROM appointment WHERE order_id = ? ORDER BY appointed_at_index, person
                """,
            arguments: [order]
        )
    }

    /// SQL: orders, each with where it was sent last as it stands: before an amendment it was
    /// another paper.
    static let withPassage = """
        SELECT appointment_order.*, sent.area AS submitted_to, submitted_on,
            document_number AS submission_number, submitted_at_index
        FROM appointment_order LEFT JOIN appointment_submission AS sent
            ON sent.order_id = appointment_order.order_id
            AND sent.amendment_count = appointment_order.amendment_count
            AND submitted_at_index = (SELECT MAX(submitted_at_index)
                FROM appointment_submission AS any_of
                WHERE any_of.order_id = appointment_order.order_id)
        """

    package static func order(_ id: String, _ db: Database) throws -> OrderRow? {
        try OrderRow.fetchOne(
            db,
            sql: "SELECT * FROM (\(withPassage)) WHERE order_id = ?",
            arguments: [id]
        )
    }

    /// Where an order was made known, the last time in each area, in order of the days.
    package static func circulations(
        order: String,
        _ db: Database
    ) throws -> [CirculationRow] {
        try CirculationRow.fetchAll(
            db,
            sql: """
                SELECT area, circulated_on, document_number, amendment_count,
                    MAX(circulated_at_index) AS circulated_at_index
                FROM appointment_circulation WHERE order_id = ? GROUP BY area
                ORDER BY circulated_on, area
                """,
            arguments: [order]
        )
    }

    package static func withdrawals(
        order: String,
        _ db: Database
    ) throws -> [WithdrawalRow] {
        try withdrawals.rows(.orderCirculation, .orderSubmission, of: order, db)
    }

    /// Where an order was sent, in the order of the records; of all that it was amended to.
    package static func submissions(
        order: String,
        _ db: Database
    ) throws -> [OrderSubmissionRow] {
        try OrderSubmissionRow.fetchAll(
            db,
            sql: """
                SELECT area AS to_area, submitted_on, document_number, submitted_at_index,
                    amendment_count
                FROM appointment_submission WHERE order_id = ? ORDER BY submitted_at_index
                """,
            arguments: [order]
        )
    }

    /// The orders of a cycle, oldest first.
    package static func orders(cycle: String, _ db: Database) throws -> [OrderRow] {
        try OrderRow.fetchAll(
            db,
            sql: "SELECT * FROM (\(withPassage)) WHERE cycle = ? ORDER BY issued_at_index",
            arguments: [cycle]
        )
    }

    package static func person(_ id: String, _ db: Database) throws -> PersonRow? {
        try PersonRow.fetchOne(
            db,
            sql: "SELECT * FROM appointment_person WHERE person = ?",
            arguments: [id]
        )
    }

    /// A person's certificates, revoked ones included.
    package static func certificates(
        person: String,
        _ db: Database
    ) throws -> [MemberCertificateRow] {
        try MemberCertificateRow.fetchAll(
            db,
            sql: """
                SELECT * FROM appointment_certificate WHERE person = ? ORDER BY registered_at_index
                """,
            arguments: [person]
        )
    }

    /// A person's keys, revoked ones included.
    package static func keys(person: String, _ db: Database) throws -> [MemberKeyRow] {
        try MemberKeyRow.fetchAll(
            db,
            sql: "SELECT * FROM appointment_key WHERE person = ? ORDER BY registered_at_index",
            arguments: [person]
        )
    }
}
