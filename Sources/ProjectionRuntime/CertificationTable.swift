import GRDB
package import Survey

/// Certifications with their standing, in tables of whichever projection needs them.
///
/// Progress, calendar and certifications each keep their own copy under their own prefix: projections
/// never read each other's tables, and a copy has a row per certification only.
package struct CertificationTable: Sendable {
    package static let kinds: Set<EventKind> = [
        .areaDefined, .areaRevised, .targetSet, .targetRevised, .householdRecorded,
        .householdCorrected, .householdNotCollected, .householdWithdrawn, .certificationPrepared,
        .certificationIssued, .certificationSubmitted, .certificationWithdrawn,
    ]

    /// SQL: neither withdrawn nor overtaken by a change of its data.
    package static let isStanding = "(withdrawn_at_index IS NULL AND superseded_at_index IS NULL)"

    package let name: String
    package let areaName: String
    package let cellName: String
    private let cellColumns: String

    /// `cellColumns` is SQL for what the projection itself keeps of a cell, with defaults, because
    /// `CertificationWriter` makes the rows.
    package init(name: String, areaName: String, cellName: String, cellColumns: String = "") {
        self.name = name
        self.areaName = areaName
        self.cellName = cellName
        self.cellColumns = cellColumns
    }

    package var tables: [ProjectionTable] {
        [
            ProjectionTable(
                name: areaName,
                key: ["area"],
                schema: """
                    CREATE TABLE \(areaName) (
                        area TEXT PRIMARY KEY,
                        level TEXT NOT NULL,   -- province, district, tambon, village, lao
                        parent TEXT NOT NULL,  -- '' above a province
                        valid_from TEXT,       -- ISO days, inclusive; NULL: without limit
                        valid_to TEXT
                    ) STRICT, WITHOUT ROWID
                    """
            ),
            ProjectionTable(
                name: cellName,
                key: ["cycle", "village", "lao"],
                schema: """
                    -- Every cell that ever had a target or a household.
                    CREATE TABLE \(cellName) (
                        cycle TEXT NOT NULL,
                        village TEXT NOT NULL,
                        lao TEXT NOT NULL,\(cellColumns)
                        PRIMARY KEY (cycle, village, lao)
                    ) STRICT, WITHOUT ROWID
                    """
            ),
            ProjectionTable(
                name: name,
                key: ["certification"],
                schema: """
                    CREATE TABLE \(name) (
                        certification TEXT PRIMARY KEY,
                        cycle TEXT NOT NULL,
                        area TEXT NOT NULL,
                        level TEXT NOT NULL,
                        parent TEXT NOT NULL,         -- the area above, which it is submitted to
                        tree_size INTEGER NOT NULL,   -- figures are those of the records below it
                        root_hash TEXT NOT NULL,
                        figures_digest TEXT NOT NULL,
                        target_households INTEGER NOT NULL,
                        collected INTEGER NOT NULL,
                        not_collected INTEGER NOT NULL,
                        persons INTEGER NOT NULL,
                        status TEXT NOT NULL,         -- prepared, issued, submitted, withdrawn
                        prepared_at_index INTEGER NOT NULL,
                        prepared_on TEXT NOT NULL,    -- day of the act
                        issued_at_index INTEGER,
                        issued_on TEXT,
                        submitted_at_index INTEGER,
                        submitted_on TEXT,
                        submitted_to TEXT,
                        document_number TEXT,
                        withdrawn_at_index INTEGER,
                        withdrawn_on TEXT,
                        withdrawal_reason TEXT,
                        -- the first later record that changed the data below it
                        superseded_at_index INTEGER
                    ) STRICT, WITHOUT ROWID
                    """,
                indexes: ["CREATE INDEX \(name)_by_area ON \(name) (cycle, area)"]
            ),
        ]
    }
}

/// One certification with its standing.
package struct CertificationRow: ReadModelRow {
    package let certification: String
    package let cycle: String
    package let area: String
    package let level: String
    package let parent: String
    package let treeSize: Int64
    package let rootHash: String
    package let figuresDigest: String
    package let targetHouseholds: Int64
    package let collected: Int64
    package let notCollected: Int64
    package let persons: Int64
    package let status: String
    package let preparedAtIndex: Int64
    package let preparedOn: String
    package let issuedAtIndex: Int64?
    package let issuedOn: String?
    package let submittedAtIndex: Int64?
    package let submittedOn: String?
    package let submittedTo: String?
    package let documentNumber: String?
    package let withdrawnAtIndex: Int64?
    package let withdrawnOn: String?
    package let withdrawalReason: String?
    package let supersededAtIndex: Int64?

    /// Whether it still speaks for the data as they are.
    package var isStanding: Bool { withdrawnAtIndex == nil && supersededAtIndex == nil }
}
