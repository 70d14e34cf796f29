package import GRDB
package import ProjectionRuntime
package import Survey

/// The letters that ask for a survey, as read and as understood, and who received them when.
package struct DirectiveReadModel: Projection {
    package let name = "directives"
    package let version = 3
    package let kinds: Set<EventKind> = [
        .directiveIssued, .directiveReceived, .directiveRevised, .paperWithdrawn,
    ]
    package let needsHouseholds = false
    package let tables = [
        directives, revisions, addressees, citations.table, documents.table, withdrawals.table,
    ]

    package init() {}

    static let citations = CitationTable(name: "directive_citation")
    static let documents = DocumentTable(name: "directive_document")
    static let withdrawals = WithdrawalTable(name: "directive_withdrawal")

    private static let directives = ProjectionTable(
        name: "directive",
        key: ["directive"],
        schema: """
            CREATE TABLE directive (
                directive TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                number_as_read TEXT NOT NULL,
                number TEXT,                 -- as understood; NULL: nobody can say
                number_certainty TEXT NOT NULL, -- certain, likely, unknown
                number_note TEXT,
                date_as_read TEXT NOT NULL,
                date TEXT,                   -- as understood: an ISO day, month or year
                date_certainty TEXT NOT NULL,
                date_note TEXT,
                from_office TEXT NOT NULL,
                from_area TEXT NOT NULL,
                subject TEXT NOT NULL,
                signer TEXT,
                capacity TEXT,               -- of the signer, "acting for the governor"
                issued_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX directive_by_cycle ON directive (cycle)"]
    )

    private static let revisions = ProjectionTable(
        name: "directive_revision",
        key: ["directive", "revised_at_index", "field"],
        schema: """
            CREATE TABLE directive_revision (
                directive TEXT NOT NULL,
                revised_at_index INTEGER NOT NULL,
                field TEXT NOT NULL,         -- number, date, subject
                as_read TEXT NOT NULL,       -- before the revision, as the other columns are
                as_understood TEXT,
                certainty TEXT,              -- NULL: of the subject nobody says it
                note TEXT,
                revised_on TEXT NOT NULL,    -- day of the act
                reason TEXT NOT NULL,
                PRIMARY KEY (directive, revised_at_index, field)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let addressees = ProjectionTable(
        name: "directive_addressee",
        key: ["directive", "area"],
        schema: """
            CREATE TABLE directive_addressee (
                directive TEXT NOT NULL,
                area TEXT NOT NULL,
                received_on TEXT,            -- NULL: not received yet, as far as it is told
                register_number TEXT,
                received_at_index INTEGER,
                PRIMARY KEY (directive, area)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .directiveIssued(let directive): try issue(directive, record, db)
            case .directiveReceived(let receipt):
                try db.run(
                    """
                    UPDATE directive_addressee
                    SET received_on = ?, register_number = ?, received_at_index = ?
                    WHERE directive = ? AND area = ?
                    """,
                    [
                        receipt.receivedOn, receipt.registerNumber.nonEmpty, record.rowIndex,
                        receipt.directive, receipt.area,
                    ]
                )
            case .directiveRevised(let revision): try revise(revision, record, db)
            case .paperWithdrawn(let withdrawal) where withdrawal.kind == .directiveReceipt:
                try Self.withdrawals.save(withdrawal, record, db)
                try db.run(
                    """
                    UPDATE directive_addressee
                    SET received_on = NULL, register_number = NULL, received_at_index = NULL
                    WHERE directive = ? AND area = ?
                    """,
                    [withdrawal.paper, withdrawal.area]
                )
            default: break
            }
        }
    }

    /// What was read before is kept beside the row, which has the new reading.
    private func revise(
        _ revision: DirectiveRevision,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        let id = revision.directive
        for (field, reading) in [
            ("number", revision.hasNumber ? revision.number : nil),
            ("date", revision.hasDate ? revision.date : nil),
        ] {
            guard let reading else { continue }
            try db.run(
                """
                INSERT INTO directive_revision
                SELECT directive, ?, '\(field)', \(field)_as_read, \(field), \(field)_certainty,
                    \(field)_note, ?, ? FROM directive WHERE directive = ?
                """,
                [record.rowIndex, record.day.iso, revision.reason, id]
            )
            try db.run(
                """
                UPDATE directive SET \(field)_as_read = ?, \(field) = ?,
                    \(field)_certainty = ?, \(field)_note = ? WHERE directive = ?
                """,
                [
                    reading.asRead, reading.asUnderstood.nonEmpty, reading.certainty.name,
                    reading.note.nonEmpty, id,
                ]
            )
        }
        guard revision.hasSubject else { return }
        try db.run(
            """
            INSERT INTO directive_revision
            SELECT directive, ?, 'subject', subject, NULL, NULL, NULL, ?, ? FROM directive
            WHERE directive = ?
            """,
            [record.rowIndex, record.day.iso, revision.reason, id]
        )
        try db.run(
            "UPDATE directive SET subject = ? WHERE directive = ?",
            [revision.subject, id]
        )
    }

    private func issue(
        _ directive: Directive,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        let (number, date) = (directive.number, directive.date)
        try db.run(
            """
            INSERT OR REPLACE INTO directive
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                directive.directive, directive.cycle, number.asRead,
                number.asUnderstood.nonEmpty, number.certainty.name, number.note.nonEmpty,
                date.asRead, date.asUnderstood.nonEmpty, date.certainty.name, date.note.nonEmpty,
                directive.fromOffice, directive.fromArea, directive.subject,
                directive.signer.nonEmpty, directive.capacity.nonEmpty, record.rowIndex,
            ]
        )
        for area in directive.toAreas {
            try db.run(
                "INSERT OR IGNORE INTO directive_addressee VALUES (?, ?, NULL, NULL, NULL)",
                [directive.directive, area]
            )
        }
        try Self.citations.save(directive.cites, of: directive.directive, db)
        try Self.documents.save(directive.documents, of: directive.directive, record, db)
    }
}
