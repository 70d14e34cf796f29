package import GRDB
package import ProjectionRuntime
package import Survey

/// Results that were presented, how they were reviewed, and what was objected.
package struct ReviewReadModel: Projection {
    package let name = "reviews"
    package let version = 2
    package let kinds: Set<EventKind> = [
        .resultsPresented, .publicReviewHeld, .objectionRaised, .objectionResolved,
    ]
    package let needsHouseholds = false
    package let tables = [
        presentations, reviews, attendance, persons, documents.table, objections, households,
    ]

    package init() {}

    static let documents = DocumentTable(name: "presentation_document")

    private static let presentations = ProjectionTable(
        name: "presentation",
        key: ["presentation"],
        schema: """
            CREATE TABLE presentation (
                presentation TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                place TEXT NOT NULL,
                presenter TEXT NOT NULL,
                presented_on TEXT NOT NULL,     -- day of the act
                tree_size INTEGER NOT NULL,     -- figures are those of the records below it
                root_hash TEXT NOT NULL,
                figures_digest TEXT NOT NULL,
                confirmed_on TEXT,              -- NULL: not confirmed
                presented_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX presentation_by_area ON presentation (area, cycle)"]
    )

    private static let reviews = ProjectionTable(
        name: "presentation_review",
        key: ["held_at_index"],
        schema: """
            CREATE TABLE presentation_review (
                held_at_index INTEGER PRIMARY KEY,
                presentation TEXT NOT NULL,
                held_on TEXT NOT NULL,          -- day of the act
                outcome TEXT NOT NULL           -- confirmed, objected
            ) STRICT, WITHOUT ROWID
            """,
        indexes: [
            "CREATE INDEX presentation_review_by_name ON presentation_review (presentation)"
        ]
    )

    private static let attendance = ProjectionTable(
        name: "presentation_attendance",
        key: ["held_at_index", "kind"],
        schema: """
            CREATE TABLE presentation_attendance (
                held_at_index INTEGER NOT NULL, -- of the review
                kind TEXT NOT NULL,             -- local_executive, village_head, community_leader,
                                                -- resident, official, others
                attendee_count INTEGER NOT NULL,
                PRIMARY KEY (held_at_index, kind)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let persons = ProjectionTable(
        name: "presentation_person",
        key: ["held_at_index", "person"],
        schema: """
            CREATE TABLE presentation_person (
                held_at_index INTEGER NOT NULL, -- of the review
                person TEXT NOT NULL,
                PRIMARY KEY (held_at_index, person)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let objections = ProjectionTable(
        name: "objection",
        key: ["objection"],
        schema: """
            CREATE TABLE objection (
                objection TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                presentation TEXT,
                raised_by TEXT NOT NULL,        -- a class of people, never a name
                raised_on TEXT NOT NULL,        -- day of the act
                text TEXT NOT NULL,
                household TEXT,
                household_village TEXT,         -- where it lay when the objection was raised
                household_lao TEXT,
                village TEXT,
                indicator INTEGER,
                outcome TEXT,                   -- accepted, rejected; NULL: open
                resolved_on TEXT,
                reason TEXT,
                raised_at_index INTEGER NOT NULL,
                resolved_at_index INTEGER
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX objection_by_area ON objection (area)"]
    )

    private static let households = ProjectionTable(
        name: "objection_household",
        key: ["objection", "household"],
        schema: """
            -- Those that were corrected for it.
            CREATE TABLE objection_household (
                objection TEXT NOT NULL,
                household TEXT NOT NULL,
                PRIMARY KEY (objection, household)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .resultsPresented(let presentation): try present(presentation, record, db)
            case .publicReviewHeld(let review): try hold(review, record, db)
            case .objectionRaised(let objection): try raise(objection, record, db)
            case .objectionResolved(let resolution): try resolve(resolution, record, db)
            default: break
            }
        }
    }

    private func present(
        _ presentation: ResultsPresentation,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO presentation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            [
                presentation.presentation, presentation.cycle, presentation.area,
                presentation.place, presentation.presenter, record.day.iso,
                Int64(clamping: presentation.treeSize), presentation.rootHash,
                presentation.figuresDigest, record.rowIndex,
            ]
        )
        let owner = presentation.presentation
        try Self.documents.save(presentation.documents, of: owner, record, db)
    }

    private func hold(
        _ review: PublicReview,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR REPLACE INTO presentation_review VALUES (?, ?, ?, ?)",
            [record.rowIndex, review.presentation, record.day.iso, review.outcome.name]
        )
        if review.outcome == .confirmed {
            try db.run(
                "UPDATE presentation SET confirmed_on = ? WHERE presentation = ?",
                [record.day.iso, review.presentation]
            )
        }
        for part in review.attendance {
            try db.run(
                "INSERT OR REPLACE INTO presentation_attendance VALUES (?, ?, ?)",
                [record.rowIndex, part.kind.name, part.count]
            )
        }
        for person in review.persons {
            try db.run(
                "INSERT OR IGNORE INTO presentation_person VALUES (?, ?)",
                [record.rowIndex, person]
            )
        }
        // One presentation may have several reviews, each with papers of its own.
        let owner = "\(review.presentation)/\(record.rowIndex)"
        try Self.documents.save(review.documents, of: owner, record, db)
    }

    private func raise(
        _ objection: Objection,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO objection (objection, cycle, area, presentation, raised_by,
                raised_on, text, household, household_village, household_lao, village, indicator,
                raised_at_index)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                objection.objection, objection.cycle, objection.area,
                objection.presentation.nonEmpty, objection.raisedBy.name, record.day.iso,
                objection.text, objection.household.nonEmpty,
                objection.householdVillage.nonEmpty, objection.householdLao.nonEmpty,
                objection.village.nonEmpty,
                objection.indicator == 0 ? nil : objection.indicator, record.rowIndex,
            ]
        )
    }

    private func resolve(
        _ resolution: ObjectionResolution,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE objection SET outcome = ?, resolved_on = ?, reason = ?, resolved_at_index = ?
            WHERE objection = ?
            """,
            [
                resolution.outcome.name, record.day.iso, resolution.reason, record.rowIndex,
                resolution.objection,
            ]
        )
        for household in resolution.households {
            try db.run(
                "INSERT OR IGNORE INTO objection_household VALUES (?, ?)",
                [resolution.objection, household]
            )
        }
    }
}
