package import GRDB
package import ProjectionRuntime

/// How many households a collector visited on a day, as they are now.
package struct CollectorDayRow: ReadModelRow {
    package let cycle: String
    package let day: String
    package let householdCount: Int
}

/// A recorder's work on one day: records, visits and corrections.
package struct RecorderDayRow: ReadModelRow {
    package let cycle: String
    package let day: String
    package let actCount: Int
}

/// A person's work of one kind in a place on one day, by the households as they are now.
package struct PlaceWorkRow: ReadModelRow {
    /// Collector or recorder.
    package let kind: String
    package let person: String
    package let day: String
    package let householdCount: Int
}

extension HouseholdReadModel {
    /// Who collected and who recorded the households of a place, by day.
    package static func workDays(
        cycle: String,
        in scope: AreaScope,
        _ db: Database
    ) throws -> [PlaceWorkRow] {
        try PlaceWorkRow.fetchAll(
            db,
            sql: """
                WITH live AS (
                    SELECT * FROM household
                    WHERE cycle = ? AND \(scope.condition) AND status <> 'withdrawn'
                )
                SELECT 'collector' AS kind, collector AS person,
                    COALESCE(interviewed_on, visited_on) AS day, COUNT(*) AS household_count
                FROM live GROUP BY person, day
                UNION ALL
                SELECT 'recorder', recorder, recorded_on, COUNT(*)
                FROM live GROUP BY recorder, recorded_on
                ORDER BY kind, person, day
                """,
            arguments: StatementArguments([cycle] + scope.arguments)
        )
    }

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

    /// On which days a person recorded or corrected what is not withdrawn since.
    package static func recorderDays(
        person: String,
        _ db: Database
    ) throws -> [RecorderDayRow] {
        try RecorderDayRow.fetchAll(
            db,
            sql: """
                SELECT cycle, day, SUM(act_count) AS act_count FROM (
                    SELECT cycle, recorded_on AS day, 1 AS act_count
                    FROM household WHERE recorder = ?1 AND status <> 'withdrawn'
                    UNION ALL
                    SELECT cycle, day, act_count FROM household_correction_day WHERE person = ?1
                ) GROUP BY cycle, day ORDER BY cycle, day
                """,
            arguments: [person]
        )
    }
}
