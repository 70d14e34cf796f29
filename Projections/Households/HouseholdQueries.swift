package import GRDB
package import ProjectionRuntime
import Survey

/// One household as it is now.
package struct HouseholdRow: ReadModelRow {
    package let cycle: String
    package let household: String
    package let status: String
    package let village: String
    package let lao: String
    package let collector: String
    package let recorder: String
    package let interviewedOn: String?
    package let personCount: Int?
    package let ages: String?
    package let inScope: String?
    package let failing: String?
    /// Nil where counts were recorded and no answers.
    package let warningCount: Int?
    package let visitedOn: String?
    package let notCollectedReason: String?
    package let correctionCount: Int
    package let erasedOn: String?
    package let synthetic: Bool
    package let firstIndex: Int64
    package let changedAtIndex: Int64
    package let questionnaire: String?
    package let recordedOn: String
}

/// How many households have a status.
package struct HouseholdStatusRow: ReadModelRow {
    package let status: String
    package let householdCount: Int64
    package let syntheticCount: Int64
}

extension HouseholdReadModel {
    package static func household(
        _ household: String,
        cycle: String,
        _ db: Database
    ) throws -> HouseholdRow? {
        try HouseholdRow.fetchOne(
            db,
            sql: "SELECT * FROM household WHERE cycle = ? AND household = ?",
            arguments: [cycle, household]
        )
    }

    /// Households in order of their ids, a page at a time.
    ///
    /// `after` is the last id of the page before.
    package static func households(
        cycle: String,
        in scope: AreaScope? = nil,
        status: String? = nil,
        after: String = "",
        limit: Int = 100,
        _ db: Database
    ) throws -> [HouseholdRow] {
        var conditions = ["cycle = ?", "household > ?"]
        var arguments: [any DatabaseValueConvertible] = [cycle, after]
        if let scope {
            conditions.append(scope.condition)
            arguments += scope.arguments
        }
        if let status {
            conditions.append("status = ?")
            arguments.append(status)
        }
        return try HouseholdRow.fetchAll(
            db,
            sql: """
                SELECT * FROM household WHERE \(conditions.joined(separator: " AND "))
                ORDER BY household LIMIT ?
                """,
            arguments: StatementArguments(arguments + [limit])
        )
    }

    /// The ids of all that are recorded in a place.
    package static func recorded(
        cycle: String,
        in scope: AreaScope,
        _ db: Database
    ) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT household FROM household
                WHERE cycle = ? AND status = 'recorded' AND \(scope.condition) ORDER BY household
                """,
            arguments: StatementArguments([cycle] + scope.arguments)
        )
    }

    /// How many households of a cycle have which status.
    package static func statusCounts(
        cycle: String,
        _ db: Database
    ) throws -> [HouseholdStatusRow] {
        try HouseholdStatusRow.fetchAll(
            db,
            sql: """
                SELECT status, COUNT(*) AS household_count, SUM(synthetic) AS synthetic_count
                FROM household WHERE cycle = ? GROUP BY status ORDER BY status
                """,
            arguments: [cycle]
        )
    }
}
