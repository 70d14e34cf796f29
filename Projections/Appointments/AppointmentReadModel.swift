import GRDB
package import ProjectionRuntime
package import Survey

/// Who was appointed to what, by which order, from when to when; and who may sign with which key.
///
/// Names are sealed in the ledger and not here.
package struct AppointmentReadModel: Projection {
    package let name = "appointments"
    package let version = 5
    package let kinds: Set<EventKind> = [
        .personRegistered, .memberKeyRegistered, .memberKeyRevoked, .orderIssued, .orderAmended,
        .orderRevoked, .orderCirculated, .orderSubmitted, .memberCertificateRegistered,
        .memberCertificateRevoked, .passkeyRegistered, .passkeyRevoked, .paperWithdrawn,
    ]
    package let needsHouseholds = false
    package let tables = [
        orders, circulations, submissions, appointments, persons, keys, certificates,
        passkeys, withdrawals.table,
    ]

    package init() {}

    static let withdrawals = WithdrawalTable(name: "appointment_withdrawal")

    private static let orders = ProjectionTable(
        name: "appointment_order",
        key: ["order_id"],
        schema: """
            CREATE TABLE appointment_order (
                order_id TEXT PRIMARY KEY,
                number TEXT NOT NULL,       -- as printed on the order
                date TEXT NOT NULL,
                kind TEXT NOT NULL,         -- committee, collector, recorder
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                valid_from TEXT NOT NULL,   -- ISO days, inclusive
                valid_to TEXT,
                revoked_on TEXT,            -- the first day without it
                revocation_reason TEXT,
                amendment_count INTEGER NOT NULL,
                issued_at_index INTEGER NOT NULL,
                changed_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX appointment_order_by_area ON appointment_order (cycle, area)"]
    )

    private static let circulations = ProjectionTable(
        name: "appointment_circulation",
        key: ["order_id", "area", "circulated_at_index"],
        schema: """
            CREATE TABLE appointment_circulation (
                order_id TEXT NOT NULL,
                area TEXT NOT NULL,         -- where the order was made known
                circulated_on TEXT NOT NULL,
                document_number TEXT,
                circulated_at_index INTEGER NOT NULL,
                amendment_count INTEGER NOT NULL, -- of the order then
                PRIMARY KEY (order_id, area, circulated_at_index)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let submissions = ProjectionTable(
        name: "appointment_submission",
        key: ["order_id", "area", "submitted_at_index"],
        schema: """
            CREATE TABLE appointment_submission (
                order_id TEXT NOT NULL,
                area TEXT NOT NULL,         -- above its own, that the order was sent to
                submitted_on TEXT NOT NULL,
                document_number TEXT,
                submitted_at_index INTEGER NOT NULL,
                amendment_count INTEGER NOT NULL, -- of the order then
                PRIMARY KEY (order_id, area, submitted_at_index)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let appointments = ProjectionTable(
        name: "appointment",
        key: ["order_id", "person", "appointed_at_index"],
        schema: """
            CREATE TABLE appointment (
                order_id TEXT NOT NULL,
                person TEXT NOT NULL,
                appointed_at_index INTEGER NOT NULL, -- of the order or of its amendment
                role TEXT NOT NULL,
                area TEXT NOT NULL,
                kind TEXT NOT NULL,
                cycle TEXT NOT NULL,
                number TEXT NOT NULL,                -- of the paper that appointed: order or amendment
                date TEXT NOT NULL,
                valid_from TEXT NOT NULL,            -- ISO days, inclusive, as amended and revoked
                valid_to TEXT,
                ended_at_index INTEGER,              -- of the amendment or revocation that ended it
                PRIMARY KEY (order_id, person, appointed_at_index)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: [
            "CREATE INDEX appointment_by_area ON appointment (cycle, area)",
            "CREATE INDEX appointment_by_person ON appointment (person)",
        ]
    )

    private static let persons = ProjectionTable(
        name: "appointment_person",
        key: ["person"],
        schema: """
            CREATE TABLE appointment_person (
                person TEXT PRIMARY KEY,
                registered_at_index INTEGER NOT NULL,
                registered_on TEXT NOT NULL,
                synthetic INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let keys = ProjectionTable(
        name: "appointment_key",
        key: ["public_key"],
        schema: """
            CREATE TABLE appointment_key (
                public_key TEXT PRIMARY KEY, -- Ed25519, 64 hex digits
                person TEXT NOT NULL,
                registered_at_index INTEGER NOT NULL,
                registered_on TEXT NOT NULL,
                revoked_at_index INTEGER,    -- NULL: it may sign
                revoked_on TEXT,
                revocation_reason TEXT
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX appointment_key_by_person ON appointment_key (person)"]
    )

    private static let certificates = ProjectionTable(
        name: "appointment_certificate",
        key: ["certificate"],
        schema: """
            CREATE TABLE appointment_certificate (
                certificate TEXT PRIMARY KEY, -- SHA-256 of its DER, 64 hex digits
                person TEXT NOT NULL,
                registered_at_index INTEGER NOT NULL,
                registered_on TEXT NOT NULL,
                revoked_at_index INTEGER,     -- NULL: it may sign while it is valid and trusted
                revoked_on TEXT,
                revocation_reason TEXT
            ) STRICT, WITHOUT ROWID
            """,
        indexes: [
            """
            CREATE INDEX appointment_certificate_by_person ON appointment_certificate (person)
            """
        ]
    )
}
