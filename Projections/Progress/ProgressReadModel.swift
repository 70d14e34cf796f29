package import GRDB
package import ProjectionRuntime
package import Survey

/// Targets and what was done towards them, by village, LAO and day.
package struct ProgressReadModel: Projection {
    package let name = "progress"
    package let version = 3
    package let kinds = CertificationTable.kinds.union([
        .dailyProgressReported, .dailyProgressRevised,
    ])
    package let needsHouseholds = true
    package let tables =
        [targets, days, interviews, reports] + certifications.tables

    static let certifications = CertificationTable(
        name: "progress_certification",
        areaName: "progress_area",
        cellName: "progress_cell"
    )

    package init() {}

    private static let targets = ProjectionTable(
        name: "progress_target",
        key: ["cycle", "village", "lao"],
        schema: """
            CREATE TABLE progress_target (
                cycle TEXT NOT NULL,
                village TEXT NOT NULL,
                lao TEXT NOT NULL,
                households INTEGER NOT NULL,
                questionnaires INTEGER NOT NULL,
                revision_count INTEGER NOT NULL,
                set_at_index INTEGER NOT NULL,
                changed_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, village, lao)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let days = ProjectionTable(
        name: "progress_day",
        key: ["cycle", "village", "lao", "day"],
        schema: """
            -- The net change that one day's acts made; the days of a cell add up to what it has.
            -- Numbers may be negative: a household that moves or is withdrawn leaves its cell on
            -- the day of that act.
            CREATE TABLE progress_day (
                cycle TEXT NOT NULL,
                village TEXT NOT NULL,
                lao TEXT NOT NULL,
                day TEXT NOT NULL,              -- day of the act, ISO
                collected INTEGER NOT NULL,     -- households that have a record
                corrected INTEGER NOT NULL,     -- acts of correction, where the household is afterwards
                not_collected INTEGER NOT NULL, -- households that have a reason instead
                persons INTEGER NOT NULL,
                warnings INTEGER NOT NULL,      -- contradictions of answers that only warn
                PRIMARY KEY (cycle, village, lao, day)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        var certifications = try CertificationWriter(Self.certifications, db)
        var sums: [CellDay: DaySum] = [:]
        var interviewCounts: [CellDay: Int64] = [:]
        try records.forEachRecord { record in
            try certifications.apply(record)
            if let household = record.household {
                add(household, record, to: &sums)
                count(household, in: &interviewCounts)
            } else {
                try setTarget(record, db)
                try report(record, db)
            }
        }
        try flush(sums, db)
        try flush(interviewCounts, db)
    }

    private func setTarget(_ record: ProjectedRecord, _ db: Database) throws {
        let target: Target
        switch record.event.kind {
        case .targetSet(let set): target = set
        case .targetRevised(let revision): target = revision.target
        default: return
        }
        try db.run(
            """
            INSERT INTO progress_target VALUES (?, ?, ?, ?, ?, 0, ?, ?)
            ON CONFLICT DO UPDATE SET households = excluded.households,
                questionnaires = excluded.questionnaires, revision_count = revision_count + 1,
                changed_at_index = excluded.changed_at_index
            """,
            [
                target.cycle, target.village, target.lao, target.households,
                target.questionnaires, record.rowIndex, record.rowIndex,
            ]
        )
    }
}

extension ProgressReadModel {
    struct CellDay: Hashable {
        let cell: CellKey
        let day: Day
    }

    private struct DaySum {
        var collected: Int64 = 0
        var corrected: Int64 = 0
        var notCollected: Int64 = 0
        var persons: Int64 = 0
        var warnings: Int64 = 0

        mutating func add(_ household: HouseholdState, sign: Int64) {
            switch household.status {
            case .recorded:
                collected += sign
                persons += sign * Int64(household.ages.count)
                warnings += sign * Int64(household.warningCount)
            case .notCollected: notCollected += sign
            case .absent: break
            }
        }
    }

    /// A cell that was touched gets its row even when the day's sums come to nothing: rows must not
    /// depend on how the records are cut into batches.
    private func add(
        _ household: HouseholdChange,
        _ record: ProjectedRecord,
        to sums: inout [CellDay: DaySum]
    ) {
        let day = record.day
        if let cell = household.cellBefore {
            sums[CellDay(cell: cell, day: day), default: DaySum()]
                .add(household.before, sign: -1)
        }
        if let cell = household.cellAfter {
            let key = CellDay(cell: cell, day: day)
            sums[key, default: DaySum()].add(household.after, sign: 1)
            if record.kind == .householdCorrected { sums[key]?.corrected += 1 }
        }
    }

    private func flush(_ sums: [CellDay: DaySum], _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO progress_day VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET collected = collected + excluded.collected,
                    corrected = corrected + excluded.corrected,
                    not_collected = not_collected + excluded.not_collected,
                    persons = persons + excluded.persons,
                    warnings = warnings + excluded.warnings
                """
        )
        for (key, sum) in sums {
            try statement.execute(
                arguments: [
                    key.cell.cycle, key.cell.village, key.cell.lao, key.day.iso, sum.collected,
                    sum.corrected, sum.notCollected, sum.persons, sum.warnings,
                ]
            )
        }
    }
}
