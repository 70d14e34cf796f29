package import GRDB
package import ProjectionRuntime
package import Survey

/// The letters that ask for a survey, as read and as understood, and who received them when.
package struct DirectiveReadModel: Projection {
    package let name = "directives"
    package let version = 1
    package let kinds: Set<EventKind> = [.directiveIssued, .directiveReceived]
    package let needsHouseholds = false
    package let tables = [directives, addressees, citations, documents.table]

    package init() {}

    static let documents = DocumentTable(name: "directive_document")

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

    private static let citations = ProjectionTable(
        name: "directive_citation",
        key: ["directive", "position"],
        schema: """
            CREATE TABLE directive_citation (
                directive TEXT NOT NULL,
                position INTEGER NOT NULL,
                as_read TEXT NOT NULL,
                as_understood TEXT,
                certainty TEXT NOT NULL,
                note TEXT,
                PRIMARY KEY (directive, position)
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
            default: break
            }
        }
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
        for (position, cited) in directive.cites.enumerated() {
            try db.run(
                "INSERT OR REPLACE INTO directive_citation VALUES (?, ?, ?, ?, ?, ?)",
                [
                    directive.directive, position, cited.asRead, cited.asUnderstood.nonEmpty,
                    cited.certainty.name, cited.note.nonEmpty,
                ]
            )
        }
        try Self.documents.save(directive.documents, of: directive.directive, record, db)
    }
}
