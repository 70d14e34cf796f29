package import GRDB
package import ProjectionRuntime
package import Survey

/// The printed forms by their serials: who has which, and what became of them.
package struct QuestionnaireReadModel: Projection {
    package let name = "questionnaires"
    package let version = 2
    package let kinds: Set<EventKind> = [
        .questionnairesIssued, .questionnairesReturned, .questionnairesSpoiled,
        .householdRecorded, .householdCorrected, .householdNotCollected, .householdWithdrawn,
        .paperWithdrawn,
    ]
    package let needsHouseholds = true
    package let tables = [ranges, closed, used, withdrawals.table]

    package init() {}

    /// By cycle and area; the part is the collector and the range.
    static let withdrawals = WithdrawalTable(name: "questionnaire_withdrawal")

    private static let ranges = ProjectionTable(
        name: "questionnaire_range",
        key: ["cycle", "prefix", "first_number"],
        schema: """
            CREATE TABLE questionnaire_range (
                cycle TEXT NOT NULL,
                prefix TEXT NOT NULL,        -- of the serials
                first_number INTEGER NOT NULL,
                last_number INTEGER NOT NULL,
                collector TEXT NOT NULL,     -- the person who has them
                area TEXT NOT NULL,
                issued_on TEXT NOT NULL,
                issued_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, prefix, first_number)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX questionnaire_range_by_area ON questionnaire_range (cycle, area)"]
    )

    private static let closed = ProjectionTable(
        name: "questionnaire_closed",
        key: ["cycle", "prefix", "first_number"],
        schema: """
            CREATE TABLE questionnaire_closed (
                cycle TEXT NOT NULL,
                prefix TEXT NOT NULL,
                first_number INTEGER NOT NULL,
                last_number INTEGER NOT NULL,
                collector TEXT NOT NULL,
                outcome TEXT NOT NULL,       -- returned, spoiled
                closed_on TEXT NOT NULL,
                reason TEXT,                 -- why they are spoiled
                closed_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, prefix, first_number)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let used = ProjectionTable(
        name: "questionnaire_used",
        key: ["cycle", "prefix", "number", "household"],
        schema: """
            CREATE TABLE questionnaire_used (
                cycle TEXT NOT NULL,
                prefix TEXT NOT NULL,
                number INTEGER NOT NULL,
                household TEXT NOT NULL,     -- whose record names it
                used_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, prefix, number, household)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            if let household = record.household { return try use(household, record, db) }
            switch record.event.kind {
            case .questionnairesIssued(let issue): try save(issue, record, db)
            case .questionnairesReturned(let returned):
                for range in returned.ranges {
                    try close(
                        range,
                        [returned.cycle, returned.collector, "returned", returned.returnedOn, nil],
                        record,
                        db
                    )
                }
            case .questionnairesSpoiled(let spoiling):
                for range in spoiling.ranges {
                    try close(
                        range,
                        [
                            spoiling.cycle, spoiling.collector, "spoiled", spoiling.spoiledOn,
                            spoiling.reason,
                        ],
                        record,
                        db
                    )
                }
            case .paperWithdrawn(let withdrawal) where withdrawal.kind == .questionnaireIssue:
                try withdraw(withdrawal, record, db)
            default: break
            }
        }
    }

    private func withdraw(
        _ withdrawal: PaperWithdrawal,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        guard let serial = Serial(withdrawal.part) else { return }
        let range = "WHERE cycle = ? AND prefix = ? AND first_number = ?"
        let key: StatementArguments = [withdrawal.cycle, serial.prefix, serial.number]
        guard
            let issued = try Row.fetchOne(
                db,
                sql: "SELECT area, last_number FROM questionnaire_range \(range)",
                arguments: key
            )
        else { return }
        let last: Int64 = issued["last_number"]
        try Self.withdrawals.save(
            withdrawal,
            of: withdrawal.cycle,
            area: issued["area"],
            part: "\(withdrawal.paper) \(serial.text)-\(last)",
            record,
            db
        )
        try db.run("DELETE FROM questionnaire_range \(range)", key)
    }

    private func save(
        _ issue: QuestionnaireIssue,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        for range in issue.ranges {
            try db.run(
                "INSERT OR IGNORE INTO questionnaire_range VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    issue.cycle, range.prefix, range.first, range.last, issue.collector,
                    issue.area, issue.issuedOn, record.rowIndex,
                ]
            )
        }
    }

    /// `facts` are cycle, collector, outcome, day and reason.
    private func close(
        _ range: SerialRange,
        _ facts: [String?],
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT OR IGNORE INTO questionnaire_closed (cycle, collector, outcome, closed_on,
                reason, prefix, first_number, last_number, closed_at_index)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                facts[0], facts[1], facts[2], facts[3], facts[4], range.prefix, range.first,
                range.last, record.rowIndex,
            ]
        )
    }

    private func use(
        _ household: HouseholdChange,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        let (before, after) = (household.before.questionnaire, household.after.questionnaire)
        guard before != after else { return }
        if let serial = Serial(before) {
            try db.run(
                """
                DELETE FROM questionnaire_used
                WHERE cycle = ? AND prefix = ? AND number = ? AND household = ?
                """,
                [household.cycle, serial.prefix, serial.number, household.household]
            )
        }
        if let serial = Serial(after) {
            try db.run(
                "INSERT OR REPLACE INTO questionnaire_used VALUES (?, ?, ?, ?, ?)",
                [
                    household.cycle, serial.prefix, serial.number, household.household,
                    record.rowIndex,
                ]
            )
        }
    }
}
