import Cryptography
package import GRDB
import ProjectionRuntime
import Survey

/// A member's passkey: what it is known by, and whether it may sign.
package struct MemberPasskeyRow: ReadModelRow {
    /// Its credential id, in base64url as browsers write it.
    package let credentialId: String
    package let person: String
    /// The domain that it was made for.
    package let rpId: String
    /// What its holder calls it.
    package let label: String?
    package let registeredAtIndex: Int64
    package let registeredOn: String
    package let revokedAtIndex: Int64?
    package let revokedOn: String?
    package let revocationReason: String?
}

extension AppointmentReadModel {
    static let passkeys = ProjectionTable(
        name: "appointment_passkey",
        key: ["credential_id"],
        schema: """
            CREATE TABLE appointment_passkey (
                credential_id TEXT PRIMARY KEY, -- base64url
                person TEXT NOT NULL,
                rp_id TEXT NOT NULL,            -- the domain that it was made for
                label TEXT,                     -- what its holder calls it
                registered_at_index INTEGER NOT NULL,
                registered_on TEXT NOT NULL,
                revoked_at_index INTEGER,       -- NULL: it may sign
                revoked_on TEXT,
                revocation_reason TEXT
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX appointment_passkey_by_person ON appointment_passkey (person)"]
    )

    func register(_ passkey: Passkey, _ record: ProjectedRecord, _ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO appointment_passkey
                (credential_id, person, rp_id, label, registered_at_index, registered_on)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                Base64URL.encode(Array(passkey.credentialID)), passkey.person, passkey.rpID,
                passkey.label.nonEmpty, record.rowIndex, record.day.iso,
            ]
        )
    }

    func revoke(
        _ revocation: PasskeyRevocation,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE appointment_passkey
            SET revoked_at_index = ?, revoked_on = ?, revocation_reason = ?
            WHERE credential_id = ? AND person = ?
            """,
            [
                record.rowIndex, record.day.iso, revocation.reason,
                Base64URL.encode(Array(revocation.credentialID)), revocation.person,
            ]
        )
    }

    /// A person's passkeys, revoked ones included.
    package static func passkeys(
        person: String,
        _ db: Database
    ) throws -> [MemberPasskeyRow] {
        try MemberPasskeyRow.fetchAll(
            db,
            sql: """
                SELECT * FROM appointment_passkey WHERE person = ? ORDER BY registered_at_index
                """,
            arguments: [person]
        )
    }
}
