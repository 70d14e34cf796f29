package import GRDB
import Ledger
package import ProjectionRuntime
package import Survey

/// Certifications with their signatures, their standing and whether they came in time.
package struct CertificationReadModel: Projection {
    package let name = "certifications"
    package let version = 4
    package let kinds = CertificationTable.kinds.union([
        .cycleDefined, .deadlineChanged, .certificationSigned,
    ])
    package let needsHouseholds = true
    package let tables = certifications.tables + [signatures, deadlines, rules]

    static let certifications = CertificationTable(
        name: "certification",
        areaName: "certification_area",
        cellName: "certification_cell"
    )

    package init() {}

    private static let signatures = ProjectionTable(
        name: "certification_signature",
        key: ["certification", "person"],
        schema: """
            CREATE TABLE certification_signature (
                certification TEXT NOT NULL,
                person TEXT NOT NULL,
                role TEXT NOT NULL,
                public_key TEXT,               -- Ed25519, hex; NULL: signed otherwise
                certificate TEXT,              -- SHA-256 of the X.509 certificate, hex
                passkey TEXT,                  -- credential id, base64url
                signed_at_index INTEGER NOT NULL,
                signed_on TEXT NOT NULL,       -- day of the act
                actor TEXT NOT NULL,           -- who handed the signature in
                PRIMARY KEY (certification, person)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let deadlines = ProjectionTable(
        name: "certification_deadline",
        key: ["cycle", "deadline"],
        schema: """
            -- The cycle's deadlines for submitting certifications.
            CREATE TABLE certification_deadline (
                cycle TEXT NOT NULL,
                deadline TEXT NOT NULL,
                level TEXT NOT NULL,           -- of the areas that must submit
                due TEXT NOT NULL,             -- last day, as changed
                PRIMARY KEY (cycle, deadline)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let rules = ProjectionTable(
        name: "certification_rule",
        key: ["cycle", "level"],
        schema: """
            CREATE TABLE certification_rule (
                cycle TEXT NOT NULL,
                level TEXT NOT NULL,
                required_roles TEXT NOT NULL,  -- comma-separated; each must have signed
                minimum_signatures INTEGER NOT NULL,
                PRIMARY KEY (cycle, level)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        var certifications = try CertificationWriter(Self.certifications, db)
        try records.forEachRecord { record in
            try certifications.apply(record)
            guard record.household == nil else { return }
            switch record.event.kind {
            case .cycleDefined(let cycle): try define(cycle, db)
            case .deadlineChanged(let change):
                try db.run(
                    """
                    UPDATE certification_deadline SET due = ? WHERE cycle = ? AND deadline = ?
                    """,
                    [change.due, change.cycle, change.deadline]
                )
            case .certificationSigned(let signature): try sign(signature, record, db)
            default: break
            }
        }
    }

    private func define(_ cycle: Cycle, _ db: Database) throws {
        for deadline in cycle.deadlines where deadline.act == .certificationSubmitted {
            try db.run(
                "INSERT OR REPLACE INTO certification_deadline VALUES (?, ?, ?, ?)",
                [cycle.cycle, deadline.deadline, deadline.fromLevel.name, deadline.due]
            )
        }
        for rule in cycle.certificationRules {
            try db.run(
                "INSERT OR REPLACE INTO certification_rule VALUES (?, ?, ?, ?)",
                [
                    cycle.cycle, rule.level.name, rule.requiredRoles.joined(separator: ","),
                    rule.minimumSignatures,
                ]
            )
        }
    }

    private func sign(
        _ signature: CertificationSignature,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO certification_signature VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                signature.certification, signature.person, signature.role,
                signature.publicKeyHex, signature.certificateHex, signature.passkeyText,
                record.rowIndex, record.day.iso, record.envelope.actor.user,
            ]
        )
    }
}
