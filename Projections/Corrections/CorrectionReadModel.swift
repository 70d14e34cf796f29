package import GRDB
import Ledger
package import ProjectionRuntime
package import Survey

/// Who changed which answer, when, from what to what, and why: one row per changed field.
package struct CorrectionReadModel: Projection {
    package let name = "corrections"
    package let version = 1
    package let kinds: Set<EventKind> = [.householdCorrected]
    package let needsHouseholds = false

    package init() {}

    package let tables = [
        ProjectionTable(
            name: "correction",
            key: ["record_index", "position"],
            schema: """
                CREATE TABLE correction (
                    record_index INTEGER NOT NULL,
                    position INTEGER NOT NULL,  -- of the change within its record, from 0
                    cycle TEXT NOT NULL,
                    household TEXT NOT NULL,
                    recorded_at TEXT NOT NULL,  -- RFC 3339, UTC
                    acted_on TEXT NOT NULL,     -- day of the act, ISO, Asia/Bangkok
                    actor TEXT NOT NULL,
                    capacity TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    field TEXT NOT NULL,        -- village, lao, interviewedOn, collector, questionnaire, ages, indicator.N, personal
                    old_value TEXT NOT NULL,    -- '' for personal: its values are sealed
                    new_value TEXT NOT NULL,
                    PRIMARY KEY (record_index, position)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: ["CREATE INDEX correction_by_household ON correction (cycle, household)"]
        )
    ]

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            guard case .householdCorrected(let correction) = record.event.kind else { return }
            let envelope = record.envelope
            let recordedAt = envelope.recordedAt.text
            for (position, change) in correction.changes.enumerated() {
                try db.run(
                    "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        record.rowIndex, position, correction.cycle, correction.household,
                        recordedAt, record.day.iso, envelope.actor.user, envelope.actor.capacity,
                        correction.reason, change.field, change.old, change.new,
                    ]
                )
            }
        }
    }
}

/// One changed field.
package struct CorrectionRow: ReadModelRow {
    package let recordIndex: Int64
    package let position: Int
    package let cycle: String
    package let household: String
    package let recordedAt: String
    package let actedOn: String
    package let actor: String
    package let capacity: String
    package let reason: String
    package let field: String
    package let oldValue: String
    package let newValue: String
}

extension CorrectionReadModel {
    /// Everything that was changed in one household, oldest first.
    package static func corrections(
        household: String,
        cycle: String,
        _ db: Database
    ) throws -> [CorrectionRow] {
        try CorrectionRow.fetchAll(
            db,
            sql: """
                SELECT * FROM correction WHERE cycle = ? AND household = ?
                ORDER BY record_index, position
                """,
            arguments: [cycle, household]
        )
    }

    /// The latest corrections of a cycle, newest first, a page at a time.
    ///
    /// `before` is the lowest record index of the page before.
    package static func latest(
        cycle: String,
        before: Int64 = .max,
        limit: Int = 100,
        _ db: Database
    ) throws -> [CorrectionRow] {
        try CorrectionRow.fetchAll(
            db,
            sql: """
                SELECT * FROM correction WHERE cycle = ? AND record_index < ?
                ORDER BY record_index DESC, position LIMIT ?
                """,
            arguments: [cycle, before, limit]
        )
    }

    /// How many households and fields of a cycle were ever corrected.
    package static func counts(
        cycle: String,
        _ db: Database
    ) throws -> (householdCount: Int, fieldCount: Int) {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT COUNT(DISTINCT household), COUNT(*) FROM correction WHERE cycle = ?",
            arguments: [cycle]
        )
        return (row?[0] ?? 0, row?[1] ?? 0)
    }
}
