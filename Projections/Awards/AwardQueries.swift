package import GRDB
package import ProjectionRuntime

/// One nomination.
package struct NomineeRow: ReadModelRow {
    package let kind: String
    package let nominee: String
    package let grounds: String
    package let treeSize: Int64
    package let enteredOn: String
    package let enteredAtIndex: Int64
}

/// Who won an award, and why.
package struct AwardDecisionRow: ReadModelRow {
    package let kind: String
    package let winner: String
    package let reason: String
    package let decidedOn: String
    package let decidedAtIndex: Int64
}

/// Who decided an award.
package struct AwardDeciderRow: ReadModelRow {
    package let kind: String
    package let person: String
}

/// One report of a district's awards.
package struct AwardReportRow: ReadModelRow {
    package let toArea: String
    package let documentNumber: String?
    package let reportedOn: String
    package let decidedCount: Int
    package let reportedAtIndex: Int64
}

extension AwardReadModel {
    package static func nominees(
        of area: String,
        cycle: String,
        _ db: Database
    ) throws -> [NomineeRow] {
        try NomineeRow.fetchAll(
            db,
            sql: """
                SELECT * FROM award_nominee WHERE cycle = ? AND area = ?
                ORDER BY kind, entered_at_index
                """,
            arguments: [cycle, area]
        )
    }

    package static func decisions(
        of area: String,
        cycle: String,
        _ db: Database
    ) throws -> [AwardDecisionRow] {
        try AwardDecisionRow.fetchAll(
            db,
            sql: "SELECT * FROM award_decision WHERE cycle = ? AND area = ? ORDER BY kind",
            arguments: [cycle, area]
        )
    }

    package static func deciders(
        of area: String,
        cycle: String,
        _ db: Database
    ) throws -> [AwardDeciderRow] {
        try AwardDeciderRow.fetchAll(
            db,
            sql: """
                SELECT * FROM award_decider WHERE cycle = ? AND area = ? ORDER BY kind, person
                """,
            arguments: [cycle, area]
        )
    }

    package static func withdrawals(
        of area: String,
        cycle: String,
        _ db: Database
    ) throws -> [WithdrawalRow] {
        try withdrawals.rows(of: cycle, in: [area], db)
    }

    /// Oldest first.
    package static func reports(
        of area: String,
        cycle: String,
        _ db: Database
    ) throws -> [AwardReportRow] {
        try AwardReportRow.fetchAll(
            db,
            sql: """
                SELECT * FROM award_report WHERE cycle = ? AND area = ?
                ORDER BY reported_at_index
                """,
            arguments: [cycle, area]
        )
    }
}
