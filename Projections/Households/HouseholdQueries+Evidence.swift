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

    /// Whether a household was last known as collected or recorded by that person, in that place.
    ///
    /// Also where it was withdrawn since: what is wrong with it was wrong when it was made.
    package static func isWork(
        _ work: Work,
        of person: String,
        household: String,
        cycle: String,
        in scope: AreaScope,
        _ db: Database
    ) throws -> Bool {
        try isKnown(
            household,
            cycle: cycle,
            in: scope,
            "AND \(work.rawValue) = ?",
            [person],
            db
        )
    }

    /// Whether a household was last known in that place.
    package static func lies(
        _ household: String,
        cycle: String,
        in scope: AreaScope,
        _ db: Database
    ) throws -> Bool {
        try isKnown(household, cycle: cycle, in: scope, "", [], db)
    }

    private static func isKnown(
        _ household: String,
        cycle: String,
        in scope: AreaScope,
        _ condition: String,
        _ arguments: [String],
        _ db: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM household
                    WHERE cycle = ? AND household = ? AND \(scope.condition) \(condition))
                """,
            arguments: StatementArguments([cycle, household] + scope.arguments + arguments)
        ) ?? false
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
