package import GRDB
import ProjectionRuntime

/// How many households a collector visited on a day, as they are now.
package struct CollectorDayRow: ReadModelRow {
    package let cycle: String
    package let day: String
    package let householdCount: Int
}

extension HouseholdReadModel {
    package static func collectorDays(
        person: String,
        _ db: Database
    ) throws -> [CollectorDayRow] {
        try CollectorDayRow.fetchAll(
            db,
            sql: """
                SELECT cycle, COALESCE(interviewed_on, visited_on) AS day,
                    COUNT(*) AS household_count
                FROM household WHERE collector = ? AND status <> 'withdrawn'
                GROUP BY cycle, day ORDER BY cycle, day
                """,
            arguments: [person]
        )
    }
}
