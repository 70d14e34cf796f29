import Cryptography
package import GRDB
package import ProjectionRuntime
import Survey

extension AppointmentReadModel {
    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .personRegistered(let person): try register(person, record, db)
            case .memberKeyRegistered(let key): try register(key, record, db)
            case .memberKeyRevoked(let revocation): try revoke(revocation, record, db)
            case .memberCertificateRegistered(let certificate):
                try register(certificate, record, db)
            case .memberCertificateRevoked(let revocation):
                try revoke(revocation, record, db)
            case .passkeyRegistered(let passkey): try register(passkey, record, db)
            case .passkeyRevoked(let revocation): try revoke(revocation, record, db)
            case .orderIssued(let order): try issue(order, record, db)
            case .orderAmended(let amendment): try amend(amendment, record, db)
            case .orderRevoked(let revocation): try revoke(revocation, record, db)
            case .orderCirculated(let circulation): try circulate(circulation, record, db)
            case .orderSubmitted(let submission): try submit(submission, record, db)
            case .paperWithdrawn(let withdrawal): try withdraw(withdrawal, record, db)
            default: break
            }
        }
    }

    private func register(
        _ person: PersonRegistration,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO appointment_person VALUES (?, ?, ?, ?)",
            [person.person, record.rowIndex, record.day.iso, person.synthetic]
        )
    }

    private func register(
        _ key: MemberKey,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO appointment_key
                (public_key, person, registered_at_index, registered_on)
            VALUES (?, ?, ?, ?)
            """,
            [Hex.encode(Array(key.publicKey)), key.person, record.rowIndex, record.day.iso]
        )
    }

    private func revoke(
        _ revocation: MemberKeyRevocation,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE appointment_key
            SET revoked_at_index = ?, revoked_on = ?, revocation_reason = ?
            WHERE public_key = ? AND person = ?
            """,
            [
                record.rowIndex, record.day.iso, revocation.reason,
                Hex.encode(Array(revocation.publicKey)), revocation.person,
            ]
        )
    }

    private func register(
        _ certificate: MemberCertificate,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO appointment_certificate
                (certificate, person, registered_at_index, registered_on)
            VALUES (?, ?, ?, ?)
            """,
            [
                SHA256.hash(Array(certificate.certificate)).hex, certificate.person,
                record.rowIndex, record.day.iso,
            ]
        )
    }

    private func revoke(
        _ revocation: MemberCertificateRevocation,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE appointment_certificate
            SET revoked_at_index = ?, revoked_on = ?, revocation_reason = ?
            WHERE certificate = ? AND person = ?
            """,
            [
                record.rowIndex, record.day.iso, revocation.reason, revocation.sha256,
                revocation.person,
            ]
        )
    }

    private func issue(_ order: Order, _ record: ProjectedRecord, _ db: Database) throws {
        guard Day(iso: order.validFrom) != nil else { return }
        try db.run(
            """
            INSERT OR REPLACE INTO appointment_order
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0, ?, ?)
            """,
            [
                order.order, order.number, order.date, order.kind.name, order.cycle, order.area,
                order.validFrom, order.validTo.nonEmpty, record.rowIndex, record.rowIndex,
            ]
        )
        for appointment in order.appointments {
            try appoint(
                appointment,
                order: order.order,
                paper: (order.number, order.date),
                from: order.validFrom,
                record,
                db
            )
        }
    }

    /// Kind, cycle, end and the default area are the order's.
    private func appoint(
        _ appointment: Appointment,
        order: String,
        paper: (number: String, date: String),
        from: String,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO appointment
            SELECT order_id, ?, ?, ?, COALESCE(?, area), kind, cycle, ?, ?, ?, valid_to, NULL
            FROM appointment_order WHERE order_id = ?
            """,
            [
                appointment.person, record.rowIndex, appointment.role, appointment.area.nonEmpty,
                paper.number, paper.date, from, order,
            ]
        )
    }

    private func amend(
        _ amendment: OrderAmendment,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        guard let day = Day(iso: amendment.effectiveOn) else { return }
        try db.run(
            """
            UPDATE appointment_order
            SET amendment_count = amendment_count + 1, changed_at_index = ? WHERE order_id = ?
            """,
            [record.rowIndex, amendment.order]
        )
        for person in amendment.removedPersons {
            try end(order: amendment.order, person: person, lastDay: day - 1, record, db)
        }
        for appointment in amendment.added {
            try appoint(
                appointment,
                order: amendment.order,
                paper: (amendment.number, amendment.date),
                from: amendment.effectiveOn,
                record,
                db
            )
        }
    }

    private func revoke(
        _ revocation: OrderRevocation,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        guard let day = Day(iso: revocation.effectiveOn) else { return }
        // Also whom an amendment removes from a later day on: nobody outlasts the order.
        let persons = try String.fetchAll(
            db,
            sql: "SELECT DISTINCT person FROM appointment WHERE order_id = ? ORDER BY person",
            arguments: [revocation.order]
        )
        for person in persons {
            try end(order: revocation.order, person: person, lastDay: day - 1, record, db)
        }
        try db.run(
            """
            UPDATE appointment_order
            SET revoked_on = ?, revocation_reason = ?, changed_at_index = ? WHERE order_id = ?
            """,
            [revocation.effectiveOn, revocation.reason, record.rowIndex, revocation.order]
        )
    }

    /// One that ended before keeps its earlier end.
    private func end(
        order: String,
        person: String,
        lastDay: Day,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE appointment
            SET valid_to = MIN(COALESCE(valid_to, ?1), ?1),
                ended_at_index = COALESCE(ended_at_index, ?2)
            WHERE order_id = ?3 AND person = ?4
            """,
            [lastDay.iso, record.rowIndex, order, person]
        )
    }
}

extension Order.Kind {
    var name: String {
        switch self {
        case .committee: "committee"
        case .collector: "collector"
        case .recorder: "recorder"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
