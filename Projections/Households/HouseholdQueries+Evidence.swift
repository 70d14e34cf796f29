package import GRDB
package import ProjectionRuntime

/// What somebody collected or recorded, and how much of it was corrected since.
package struct HouseholdWorkRow: ReadModelRow {
    package let householdCount: Int64
    package let correctedCount: Int64
}

extension HouseholdReadModel {
    package enum Work: String, Sendable {
        case collector, recorder
    }

    /// Of the households of a place that have a record.
    package static func work(
        _ work: Work,
        of person: String,
        cycle: String,
        in scope: AreaScope,
        _ db: Database
    ) throws -> HouseholdWorkRow? {
        try HouseholdWorkRow.fetchOne(
            db,
            sql: """
                SELECT COUNT(*) AS household_count,
                    COALESCE(SUM(correction_count > 0), 0) AS corrected_count
                FROM household
                WHERE cycle = ? AND \(scope.condition) AND \(work.rawValue) = ?
                    AND status = 'recorded'
                """,
            arguments: StatementArguments([cycle] + scope.arguments + [person])
        )
    }
}
