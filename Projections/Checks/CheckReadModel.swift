package import ProjectionRuntime
package import Survey

/// Samples, quality checks with the households that were asked again, and defects.
package struct CheckReadModel: Projection {
    package let name = "checks"
    package let version = 2
    package let kinds: Set<EventKind> = [
        .sampleAnnounced, .sampleDrawn, .qualityCheckDone, .householdReinterviewed, .defectFound,
        .defectResolved,
    ]
    package let needsHouseholds = false
    package let tables = [
        samples, sampleCheckers, checks, checkers, documents.table, interviews, answers, defects,
    ]

    package init() {}

    static let documents = DocumentTable(name: "quality_check_document")

    private static let samples = ProjectionTable(
        name: "sample",
        key: ["sample"],
        schema: """
            CREATE TABLE sample (
                sample TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                level TEXT NOT NULL,            -- of the committee that checks
                stage TEXT NOT NULL,            -- collecting, recording, processing, certifying
                size INTEGER NOT NULL,
                per_mille INTEGER,              -- NULL: the size was given
                population INTEGER NOT NULL,    -- households recorded below announced_at_index
                announced_on TEXT NOT NULL,     -- day of the act
                announced_at_index INTEGER NOT NULL,
                tree_size INTEGER,              -- of the checkpoint; NULL from here: not drawn yet
                root_hash TEXT,
                seed TEXT,
                drawn_on TEXT,                  -- day of the act
                drawn_at_index INTEGER
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let sampleCheckers = ProjectionTable(
        name: "sample_checker",
        key: ["sample", "person"],
        schema: """
            CREATE TABLE sample_checker (
                sample TEXT NOT NULL,
                person TEXT NOT NULL,
                PRIMARY KEY (sample, person)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let checks = ProjectionTable(
        name: "quality_check",
        key: ["check_id"],
        schema: """
            CREATE TABLE quality_check (
                check_id TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                level TEXT NOT NULL,            -- of the committee that checks
                stage TEXT NOT NULL,
                sample TEXT,
                outcome TEXT NOT NULL,          -- sound, defective
                findings TEXT,
                checked_on TEXT NOT NULL,       -- day of the act
                checked_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX quality_check_by_area ON quality_check (area)"]
    )

    private static let checkers = ProjectionTable(
        name: "quality_checker",
        key: ["check_id", "person"],
        schema: """
            CREATE TABLE quality_checker (
                check_id TEXT NOT NULL,
                person TEXT NOT NULL,
                PRIMARY KEY (check_id, person)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let interviews = ProjectionTable(
        name: "reinterview",
        key: ["check_id", "cycle", "household"],
        schema: """
            CREATE TABLE reinterview (
                check_id TEXT NOT NULL,
                cycle TEXT NOT NULL,
                household TEXT NOT NULL,
                checker TEXT NOT NULL,
                asked_count INTEGER NOT NULL,     -- indicators that were asked
                differing_count INTEGER NOT NULL, -- of them, answered otherwise than recorded then
                asked_on TEXT NOT NULL,           -- day of the act
                asked_at_index INTEGER NOT NULL,
                PRIMARY KEY (check_id, cycle, household)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let answers = ProjectionTable(
        name: "reinterview_answer",
        key: ["check_id", "cycle", "household", "indicator"],
        schema: """
            CREATE TABLE reinterview_answer (
                check_id TEXT NOT NULL,
                cycle TEXT NOT NULL,
                household TEXT NOT NULL,
                indicator INTEGER NOT NULL,
                in_scope INTEGER NOT NULL,
                failing INTEGER NOT NULL,
                differs INTEGER NOT NULL,       -- 1: from what was recorded then
                PRIMARY KEY (check_id, cycle, household, indicator)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let defects = ProjectionTable(
        name: "defect",
        key: ["defect"],
        schema: """
            CREATE TABLE defect (
                defect TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                check_id TEXT,                  -- in which it was found
                severity TEXT NOT NULL,         -- minor, major
                text TEXT NOT NULL,
                household TEXT,
                household_village TEXT,         -- where it lay when the defect was found
                household_lao TEXT,
                indicator INTEGER,
                found_on TEXT NOT NULL,         -- day of the act
                outcome TEXT,                   -- corrected, no_fault, accepted; NULL: open
                resolved_on TEXT,
                reason TEXT,
                found_at_index INTEGER NOT NULL,
                resolved_at_index INTEGER
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX defect_by_area ON defect (area)"]
    )
}
