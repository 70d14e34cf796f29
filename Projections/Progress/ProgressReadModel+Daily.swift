import GRDB
import ProjectionRuntime
import Survey

/// The progress that people type in day by day (4.1), and what it is compared with.
extension ProgressReadModel {
    static let interviews = ProjectionTable(
        name: "progress_interview",
        key: ["cycle", "village", "lao", "day"],
        schema: """
            -- Recorded households by the day of their interview, as they are now; a row that was
            -- corrected away stays with 0.
            CREATE TABLE progress_interview (
                cycle TEXT NOT NULL,
                village TEXT NOT NULL,
                lao TEXT NOT NULL,
                day TEXT NOT NULL,
                households INTEGER NOT NULL,
                PRIMARY KEY (cycle, village, lao, day)
            ) STRICT, WITHOUT ROWID
            """
    )

    static let reports = ProjectionTable(
        name: "progress_report",
        key: ["cycle", "area", "day"],
        schema: """
            CREATE TABLE progress_report (
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,             -- that typed the figures in
                day TEXT NOT NULL,
                collected_count INTEGER NOT NULL, -- up to the end of the day, as revised last
                recorded_count INTEGER NOT NULL,
                document_number TEXT,
                reported_on TEXT NOT NULL,      -- day of the act
                revision_count INTEGER NOT NULL,
                reason TEXT,                    -- of the last revision
                changed_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, area, day)
            ) STRICT, WITHOUT ROWID
            """
    )

    func report(_ record: ProjectedRecord, _ db: Database) throws {
        switch record.event.kind {
        case .dailyProgressReported(let progress):
            try db.run(
                "INSERT OR IGNORE INTO progress_report VALUES (?, ?, ?, ?, ?, ?, ?, 0, NULL, ?)",
                [
                    progress.cycle, progress.area, progress.day, progress.collectedCount,
                    progress.recordedCount, progress.documentNumber.nonEmpty, record.day.iso,
                    record.rowIndex,
                ]
            )
        case .dailyProgressRevised(let revision):
            try db.run(
                """
                UPDATE progress_report SET collected_count = ?, recorded_count = ?, reason = ?,
                    revision_count = revision_count + 1, changed_at_index = ?
                WHERE cycle = ? AND area = ? AND day = ?
                """,
                [
                    revision.collectedCount, revision.recordedCount, revision.reason,
                    record.rowIndex, revision.cycle, revision.area, revision.day,
                ]
            )
        default: break
        }
    }

    func count(_ household: HouseholdChange, in counts: inout [CellDay: Int64]) {
        func add(_ state: HouseholdState, _ cell: CellKey?, _ sign: Int64) {
            guard state.status == .recorded, let cell, let day = Day(iso: state.interviewedOn)
            else { return }
            counts[CellDay(cell: cell, day: day), default: 0] += sign
        }
        add(household.before, household.cellBefore, -1)
        add(household.after, household.cellAfter, 1)
    }

    func flush(_ counts: [CellDay: Int64], _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO progress_interview VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET households = households + excluded.households
                """
        )
        for (key, count) in counts {
            try statement.execute(
                arguments: [
                    key.cell.cycle, key.cell.village, key.cell.lao, key.day.iso, count,
                ]
            )
        }
    }
}
