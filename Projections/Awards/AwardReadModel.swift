package import GRDB
package import ProjectionRuntime
package import Survey

/// Who is nominated for the awards of a district, who won, who decided, and what was reported.
///
/// The evidence behind a nomination is no table: it is what other read models say at the tree size
/// that the nomination names.
package struct AwardReadModel: Projection {
    package let name = "awards"
    package let version = 2
    package let kinds: Set<EventKind> = [
        .nomineeEntered, .awardDecided, .awardsReported, .paperWithdrawn,
    ]
    package let needsHouseholds = false
    package let tables = [nominees, decisions, deciders, reports, withdrawals.table]

    package init() {}

    /// By cycle and district; the part is the award, or the award and its nominee.
    static let withdrawals = WithdrawalTable(name: "award_withdrawal")

    private static let nominees = ProjectionTable(
        name: "award_nominee",
        key: ["cycle", "area", "kind", "nominee"],
        schema: """
            CREATE TABLE award_nominee (
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,           -- the district
                kind TEXT NOT NULL,           -- collector, recorder, lao_award
                nominee TEXT NOT NULL,        -- a person, or an LAO's code
                grounds TEXT NOT NULL,
                tree_size INTEGER NOT NULL,   -- the evidence is what the records below it say
                entered_on TEXT NOT NULL,     -- day of the act
                entered_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, area, kind, nominee)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let decisions = ProjectionTable(
        name: "award_decision",
        key: ["cycle", "area", "kind"],
        schema: """
            CREATE TABLE award_decision (
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                kind TEXT NOT NULL,
                winner TEXT NOT NULL,
                reason TEXT NOT NULL,
                decided_on TEXT NOT NULL,
                decided_at_index INTEGER NOT NULL,
                PRIMARY KEY (cycle, area, kind)
            ) STRICT, WITHOUT ROWID
            """
    )

    private static let deciders = ProjectionTable(
        name: "award_decider",
        key: ["cycle", "area", "kind", "person"],
        schema: """
            CREATE TABLE award_decider (
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                kind TEXT NOT NULL,
                person TEXT NOT NULL,
                PRIMARY KEY (cycle, area, kind, person)
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX award_decider_by_person ON award_decider (person)"]
    )

    private static let reports = ProjectionTable(
        name: "award_report",
        key: ["reported_at_index"],
        schema: """
            CREATE TABLE award_report (
                reported_at_index INTEGER PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                to_area TEXT NOT NULL,
                document_number TEXT,
                reported_on TEXT NOT NULL,
                decided_count INTEGER NOT NULL -- of the awards, then
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX award_report_by_area ON award_report (cycle, area)"]
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .nomineeEntered(let nominee):
                try db.run(
                    "INSERT OR IGNORE INTO award_nominee VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        nominee.cycle, nominee.area, nominee.kind.name, nominee.name,
                        nominee.grounds, Int64(clamping: nominee.treeSize), record.day.iso,
                        record.rowIndex,
                    ]
                )
            case .awardDecided(let decision): try decide(decision, record, db)
            case .awardsReported(let report):
                try db.run(
                    """
                    INSERT INTO award_report SELECT ?1, ?2, ?3, ?4, ?5, ?6, COUNT(*)
                    FROM award_decision WHERE cycle = ?2 AND area = ?3
                    """,
                    [
                        record.rowIndex, report.cycle, report.area, report.toArea,
                        report.documentNumber.nonEmpty, report.reportedOn,
                    ]
                )
            case .paperWithdrawn(let withdrawal): try withdraw(withdrawal, record, db)
            default: break
            }
        }
    }

    private func withdraw(
        _ withdrawal: PaperWithdrawal,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        let award = [withdrawal.cycle, withdrawal.area, withdrawal.paper]
        let part: String
        switch withdrawal.kind {
        case .awardDecision:
            part = withdrawal.paper
            for table in ["award_decision", "award_decider"] {
                try db.run(
                    "DELETE FROM \(table) WHERE cycle = ? AND area = ? AND kind = ?",
                    [award[0], award[1], award[2]]
                )
            }
        case .nomination:
            part = "\(withdrawal.paper) \(withdrawal.part)"
            try db.run(
                """
                DELETE FROM award_nominee
                WHERE cycle = ? AND area = ? AND kind = ? AND nominee = ?
                """,
                [award[0], award[1], award[2], withdrawal.part]
            )
        default: return
        }
        try Self.withdrawals.save(
            withdrawal,
            of: withdrawal.cycle,
            area: withdrawal.area,
            part: part,
            record,
            db
        )
    }

    private func decide(
        _ decision: AwardDecision,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        try db.run(
            "INSERT OR IGNORE INTO award_decision VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                decision.cycle, decision.area, decision.kind.name, decision.winner,
                decision.reason, decision.decidedOn, record.rowIndex,
            ]
        )
        for person in decision.deciders {
            try db.run(
                "INSERT OR IGNORE INTO award_decider VALUES (?, ?, ?, ?)",
                [decision.cycle, decision.area, decision.kind.name, person]
            )
        }
    }
}
