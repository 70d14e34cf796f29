package import GRDB
package import ProjectionRuntime

extension HouseholdReadModel {
    /// The households of a place, or of the whole cycle, in order of their ids.
    package static func forEachHousehold(
        cycle: String,
        in scope: AreaScope?,
        status: String?,
        _ db: Database,
        _ body: (HouseholdRow) throws -> Void
    ) throws {
        var conditions = ["cycle = ?"]
        var arguments: [any DatabaseValueConvertible] = [cycle]
        if let scope {
            conditions.append(scope.condition)
            arguments += scope.arguments
        }
        if let status {
            conditions.append("status = ?")
            arguments.append(status)
        }
        try HouseholdRow.forEach(
            db,
            sql: """
                SELECT * FROM household WHERE \(conditions.joined(separator: " AND "))
                ORDER BY household
                """,
            arguments: StatementArguments(arguments),
            body
        )
    }

    /// Everybody who collected households of a cycle.
    package static func collectors(cycle: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT collector FROM household
                WHERE cycle = ? AND status <> 'withdrawn' ORDER BY collector
                """,
            arguments: [cycle]
        )
    }

    /// Everybody who recorded or corrected households of a cycle that are not withdrawn since.
    package static func recorders(cycle: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT recorder FROM household WHERE cycle = ?1 AND status <> 'withdrawn'
                UNION SELECT person FROM household_correction_day WHERE cycle = ?1
                ORDER BY 1
                """,
            arguments: [cycle]
        )
    }
}
