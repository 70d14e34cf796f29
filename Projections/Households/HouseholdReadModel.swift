package import GRDB
import Ledger
package import ProjectionRuntime
package import Survey

/// Households as they are now: one row each, without personal data, which is sealed.
package struct HouseholdReadModel: Projection {
    package let name = "households"
    package let version = 4
    package let kinds: Set<EventKind> = [
        .householdRecorded, .householdCorrected, .householdNotCollected, .householdWithdrawn,
        .personalDataErased,
    ]
    package let needsHouseholds = true

    package init() {}

    package let tables = [
        ProjectionTable(
            name: "household",
            key: ["cycle", "household"],
            schema: """
                CREATE TABLE household (
                    cycle TEXT NOT NULL,
                    household TEXT NOT NULL,
                    status TEXT NOT NULL,         -- recorded, notCollected, withdrawn
                    village TEXT NOT NULL,        -- where it is now, or was last
                    lao TEXT NOT NULL,
                    collector TEXT NOT NULL,
                    recorder TEXT NOT NULL,       -- who made the last record or visit known
                    -- Answers, while it is recorded:
                    interviewed_on TEXT,
                    person_count INTEGER,
                    ages TEXT,                    -- whole years at the reference date, "34,62,5"
                    in_scope TEXT,                -- base-62 digits by indicator number, from 1
                    failing TEXT,
                    warning_count INTEGER,        -- contradictions that warn; of counts without answers none
                    -- Why there are none, while it is not collected:
                    visited_on TEXT,
                    not_collected_reason TEXT,    -- absent, refused, vacant, moved, not_found, other
                    correction_count INTEGER NOT NULL, -- of its whole stream
                    erased_on TEXT,               -- day its personal data was erased, until new came
                    synthetic INTEGER NOT NULL,   -- 1: the last record was invented for a demonstration
                    first_index INTEGER NOT NULL, -- record index of its first event
                    changed_at_index INTEGER NOT NULL,
                    questionnaire TEXT,           -- serial of its form, while it is recorded
                    recorded_on TEXT NOT NULL,    -- day of the act that made the last record or visit known
                    PRIMARY KEY (cycle, household)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: [
                "CREATE INDEX household_by_village ON household (cycle, village)",
                "CREATE INDEX household_by_lao ON household (cycle, lao)",
                "CREATE INDEX household_by_collector ON household (collector)",
            ]
        ),
        ProjectionTable(
            name: "household_correction_day",
            key: ["cycle", "household", "person", "day"],
            schema: """
                CREATE TABLE household_correction_day (
                    cycle TEXT NOT NULL,
                    household TEXT NOT NULL,      -- that is not withdrawn
                    person TEXT NOT NULL,         -- user of the corrections
                    day TEXT NOT NULL,            -- of the acts
                    act_count INTEGER NOT NULL,
                    PRIMARY KEY (cycle, household, person, day)
                ) STRICT, WITHOUT ROWID
                """,
            indexes: [
                "CREATE INDEX household_correction_day_by_person"
                    + " ON household_correction_day (person)"
            ]
        ),
    ]

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            if record.kind == .personalDataErased,
                case .personalDataErased(let erasure) = record.event.kind
            {
                return try erase(erasure, record, db)
            }
            guard let household = record.household else { return }
            switch record.event.kind {
            case .householdRecorded(let event):
                try save(household, record, synthetic: event.synthetic, visit: nil, db)
            case .householdNotCollected(let visit):
                try save(household, record, synthetic: false, visit: visit, db)
            case .householdCorrected: try correct(household, record, db)
            case .householdWithdrawn: try withdraw(household, record, db)
            default: break
            }
        }
    }

    private func save(
        _ household: HouseholdChange,
        _ record: ProjectedRecord,
        synthetic: Bool,
        visit: HouseholdNotCollected?,
        _ db: Database
    ) throws {
        let state = household.after
        let isRecorded = visit == nil
        let statement = try db.cachedStatement(sql: Self.upsert)
        // All arguments match the statement, which is ours: no need to check them per row.
        statement.setUncheckedArguments([
            household.cycle, household.household, isRecorded ? "recorded" : "notCollected",
            state.village, state.lao, state.collector, record.envelope.actor.user,
            isRecorded ? state.interviewedOn : nil, isRecorded ? state.ages.count : nil,
            isRecorded ? HouseholdField.text(state.ages) : nil,
            isRecorded ? state.counts.inScopeDigits : nil,
            isRecorded ? state.counts.failingDigits : nil,
            isRecorded && state.hasAnswers ? state.warningCount : nil,
            visit?.visitedOn, visit?.reason.name, synthetic, record.rowIndex,
            state.questionnaire.nonEmpty, record.day.iso,
        ])
        try statement.execute()
    }

    private static let upsert = """
        INSERT INTO household
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, NULL, ?16, ?17,
            ?17, ?18, ?19)
        ON CONFLICT DO UPDATE SET status = ?3, village = ?4, lao = ?5, collector = ?6, recorder = ?7,
            interviewed_on = ?8, person_count = ?9, ages = ?10, in_scope = ?11, failing = ?12,
            warning_count = ?13, visited_on = ?14, not_collected_reason = ?15, synthetic = ?16,
            changed_at_index = ?17, questionnaire = ?18, recorded_on = ?19,
            erased_on = CASE ?3 WHEN 'recorded' THEN NULL ELSE erased_on END
        """

    private func correct(
        _ household: HouseholdChange,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        let state = household.after
        try db.run(
            """
            UPDATE household SET village = ?, lao = ?, collector = ?, interviewed_on = ?,
                person_count = ?, ages = ?, in_scope = ?, failing = ?, warning_count = ?,
                questionnaire = ?, correction_count = correction_count + 1, changed_at_index = ?
            WHERE cycle = ? AND household = ?
            """,
            [
                state.village, state.lao, state.collector, state.interviewedOn, state.ages.count,
                HouseholdField.text(state.ages), state.counts.inScopeDigits,
                state.counts.failingDigits, state.hasAnswers ? state.warningCount : nil,
                state.questionnaire.nonEmpty, record.rowIndex, household.cycle,
                household.household,
            ]
        )
        try db.run(
            """
            INSERT INTO household_correction_day VALUES (?, ?, ?, ?, 1)
            ON CONFLICT DO UPDATE SET act_count = act_count + 1
            """,
            [
                household.cycle, household.household, record.envelope.actor.user,
                record.day.iso,
            ]
        )
    }

    private func withdraw(
        _ household: HouseholdChange,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            UPDATE household SET status = 'withdrawn', interviewed_on = NULL, person_count = NULL,
                ages = NULL, in_scope = NULL, failing = NULL, warning_count = NULL,
                visited_on = NULL, not_collected_reason = NULL, questionnaire = NULL,
                changed_at_index = ?
            WHERE cycle = ? AND household = ?
            """,
            [record.rowIndex, household.cycle, household.household]
        )
        try db.run(
            "DELETE FROM household_correction_day WHERE cycle = ? AND household = ?",
            [household.cycle, household.household]
        )
    }
}

extension HouseholdReadModel {
    private func erase(
        _ erasure: Erasure,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        // A person's names no household, and so no row.
        try db.run(
            """
            UPDATE household SET erased_on = ?, changed_at_index = ?
            WHERE cycle = ? AND household = ?
            """,
            [
                record.envelope.day.iso, record.rowIndex, erasure.cycle, erasure.household,
            ]
        )
    }
}

extension HouseholdNotCollected.Reason {
    /// The reason's one name, as in the schema.
    var name: String {
        switch self {
        case .absent: "absent"
        case .refused: "refused"
        case .vacant: "vacant"
        case .moved: "moved"
        case .notFound: "not_found"
        case .other: "other"
        case .unspecified, .UNRECOGNIZED: "unspecified"
        }
    }
}
