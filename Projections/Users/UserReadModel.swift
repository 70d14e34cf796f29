import Cryptography
package import GRDB
package import ProjectionRuntime
package import Survey

/// The register of the recording program's users, as it stands.
package struct UserReadModel: Projection {
    package let name = "users"
    package let version = 2
    package let kinds: Set<EventKind> = [
        .userRegistered, .userRegistrationUpdated, .userDisabled,
    ]
    package let needsHouseholds = false
    package let tables = [
        ProjectionTable(
            name: "user_registration",
            key: ["cycle", "person"],
            schema: """
                CREATE TABLE user_registration (
                    cycle TEXT NOT NULL,
                    person TEXT NOT NULL,
                    role TEXT NOT NULL,        -- recorder, supervisor, committee, auditor, admin
                    area TEXT NOT NULL,
                    public_key TEXT,           -- that the user signs with, as far as it was named:
                    certificate TEXT,          -- Ed25519, or SHA-256 of a certificate; 64 hex digits
                    registered_on TEXT NOT NULL, -- last; days of the acts
                    changed_on TEXT NOT NULL,
                    disabled_on TEXT,          -- NULL: registered
                    reason TEXT,               -- of the last change
                    registered_at_index INTEGER NOT NULL,
                    changed_at_index INTEGER NOT NULL,
                    PRIMARY KEY (cycle, person)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: ["CREATE INDEX user_registration_by_person ON user_registration (person)"]
        )
    ]

    package init() {}

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            let day = record.day.iso
            switch record.event.kind {
            case .userRegistered(let user):
                try db.run(
                    """
                    INSERT OR REPLACE INTO user_registration
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, NULL, NULL, ?8, ?8)
                    """,
                    [
                        user.cycle, user.person, user.role, user.area,
                        Hex.encode(Array(user.publicKey)).nonEmpty, user.certificate.nonEmpty,
                        day, record.rowIndex,
                    ]
                )
            case .userRegistrationUpdated(let update):
                try db.run(
                    """
                    UPDATE user_registration SET role = ?, area = ?, public_key = ?,
                        certificate = ?, changed_on = ?, reason = ?, changed_at_index = ?
                    WHERE cycle = ? AND person = ?
                    """,
                    [
                        update.role, update.area, Hex.encode(Array(update.publicKey)).nonEmpty,
                        update.certificate.nonEmpty, day, update.reason, record.rowIndex,
                        update.cycle, update.person,
                    ]
                )
            case .userDisabled(let disabling):
                try db.run(
                    """
                    UPDATE user_registration SET changed_on = ?1, disabled_on = ?1, reason = ?2,
                        changed_at_index = ?3 WHERE cycle = ?4 AND person = ?5
                    """,
                    [day, disabling.reason, record.rowIndex, disabling.cycle, disabling.person]
                )
            default: break
            }
        }
    }
}
