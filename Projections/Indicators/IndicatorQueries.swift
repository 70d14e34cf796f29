package import GRDB
package import ProjectionRuntime
package import Survey

/// One indicator in one area.
package struct IndicatorRow: ReadModelRow {
    package let area: String
    package let indicator: Int
    package let surveyed: Int64
    package let failed: Int64

    package var passed: Int64 { surveyed - failed }

    /// Two places, half up; "-" when nobody was surveyed.
    ///
    /// 38 failures among 899,118 print as 100.00: show the counts beside it.
    package var percentPassed: String { percent(passed) }
    package var percentFailed: String { percent(failed) }

    private func percent(_ part: Int64) -> String {
        Percentage.text(part: UInt64(clamping: part), whole: UInt64(clamping: surveyed))
    }
}

extension IndicatorReadModel {
    /// All indicators of one area, rolled up; empty when nothing was recorded there.
    package static func results(
        cycle: String,
        area: AreaScope,
        _ db: Database
    ) throws -> [IndicatorRow] {
        try IndicatorRow.fetchAll(
            db,
            sql: """
                SELECT ? AS area, indicator, SUM(surveyed) AS surveyed, SUM(failed) AS failed
                FROM indicator WHERE cycle = ? AND \(area.condition)
                GROUP BY indicator ORDER BY indicator
                """,
            arguments: StatementArguments([area.code, cycle] + area.arguments)
        )
    }

    /// Every area of a level, by area and indicator.
    ///
    /// With an indicator only that one.
    package static func results(
        cycle: String,
        level: Area.Level,
        within scope: AreaScope? = nil,
        indicator: Int? = nil,
        _ db: Database
    ) throws -> [IndicatorRow] {
        var conditions = ["cycle = ?"]
        var arguments: [any DatabaseValueConvertible] = [cycle]
        if let scope {
            conditions.append(scope.condition)
            arguments += scope.arguments
        }
        if let indicator {
            conditions.append("indicator = ?")
            arguments.append(indicator)
        }
        return try IndicatorRow.fetchAll(
            db,
            sql: """
                SELECT \(AreaScope.code(of: level)) AS area, indicator, SUM(surveyed) AS surveyed,
                    SUM(failed) AS failed
                FROM indicator WHERE \(conditions.joined(separator: " AND "))
                GROUP BY 1, indicator ORDER BY 1, indicator
                """,
            arguments: StatementArguments(arguments)
        )
    }
}
