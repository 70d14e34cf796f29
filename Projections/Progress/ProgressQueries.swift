package import GRDB
package import ProjectionRuntime
package import Survey

/// How far one area has come.
package struct ProgressRow: ReadModelRow {
    package let area: String
    package let target: Int64
    package let questionnaires: Int64
    package let collected: Int64
    /// Acts of correction.
    package let corrected: Int64
    package let notCollected: Int64
    /// Target less collected and not collected; negative when more were found than expected.
    package let remaining: Int64
    package let persons: Int64
    /// Contradictions of the households' answers that only warn.
    package let warnings: Int64
    /// Collected households that lie in LAOs whose certification is issued and stands.
    package let certified: Int64
    /// The area's own certification, where one is issued and stands (LAO and district).
    package let certification: String?
}

/// One day of an area: the net change its acts made, negative when more was taken back than added.
package struct ProgressDayRow: ReadModelRow {
    package let day: String
    package let collected: Int64
    package let corrected: Int64
    package let notCollected: Int64
    package let persons: Int64
    /// Up to and including this day.
    package let collectedTotal: Int64
    package let notCollectedTotal: Int64
    /// Collected households of the area that standing LAO certifications issued on this day speak
    /// for; nil for a tambon or village, which certifications do not follow.
    package let certified: Int64?
}

extension ProgressReadModel {
    /// Progress of every area of a level that has a target or a household, in order of codes.
    ///
    /// A village may lie in two LAOs and an LAO in several tambons: each level adds up by itself.
    /// Targets and certifications are as they are now, also where `upTo` cuts the days.
    package static func progress(
        cycle: String,
        level: Area.Level,
        within scope: AreaScope? = nil,
        upTo day: Day? = nil,
        _ db: Database
    ) throws -> [ProgressRow] {
        let code = AreaScope.code(of: level)
        let condition = scope.map { " AND \($0.condition)" } ?? ""
        let scoped: [any DatabaseValueConvertible] = [cycle] + (scope?.arguments ?? [])
        let standing = """
            \(CertificationTable.isStanding) AND status IN ('issued', 'submitted')
            """
        return try ProgressRow.fetchAll(
            db,
            sql: """
                WITH part AS (
                    SELECT \(code) AS area, lao, households AS target, questionnaires,
                        0 AS collected, 0 AS corrected, 0 AS not_collected, 0 AS persons,
                        0 AS warnings
                    FROM progress_target WHERE cycle = ?\(condition)
                    UNION ALL
                    SELECT \(code), lao, 0, 0, collected, corrected, not_collected, persons,
                        warnings
                    FROM progress_day WHERE cycle = ?\(condition) AND day <= ?
                ), standing AS (
                    SELECT area, MAX(certification) AS certification FROM progress_certification
                    WHERE cycle = ? AND \(standing) GROUP BY area
                )
                SELECT part.area AS area, SUM(target) AS target,
                    SUM(questionnaires) AS questionnaires, SUM(collected) AS collected,
                    SUM(corrected) AS corrected, SUM(not_collected) AS not_collected,
                    SUM(target) - SUM(collected) - SUM(not_collected) AS remaining,
                    SUM(persons) AS persons, SUM(warnings) AS warnings,
                    SUM(CASE WHEN lower.area IS NULL THEN 0 ELSE collected END) AS certified,
                    own.certification AS certification
                FROM part
                LEFT JOIN standing AS lower ON lower.area = part.lao
                LEFT JOIN standing AS own ON own.area = part.area
                GROUP BY part.area ORDER BY part.area
                """,
            arguments: StatementArguments(scoped + scoped + [day?.iso ?? "9999", cycle])
        )
    }

    /// The days of an area on which something was done, oldest first.
    package static func days(
        cycle: String,
        of scope: AreaScope,
        _ db: Database
    ) throws -> [ProgressDayRow] {
        let hasCertified = [.lao, .district, .province].contains(scope.level)
        // The condition's placeholders are numbered here, as those around it are.
        let condition =
            scope.level == .lao ? "lao = ?2" : "village >= ?2 AND village < ?2 || ':'"
        return try ProgressDayRow.fetchAll(
            db,
            sql: """
                WITH standing AS (
                    SELECT area, issued_on FROM progress_certification
                    WHERE cycle = ?1 AND level = 'lao' AND status IN ('issued', 'submitted')
                        AND \(CertificationTable.isStanding)
                ), part AS (
                    SELECT day, collected, corrected, not_collected, persons, 0 AS certified
                    FROM progress_day WHERE cycle = ?1 AND \(condition)
                    UNION ALL
                    -- The cells of what stands are as they were certified, so they tell what of it
                    -- lies in this area.
                    SELECT issued_on, 0, 0, 0, 0, collected
                    FROM progress_day JOIN standing ON standing.area = lao
                    WHERE cycle = ?1 AND \(condition)
                )
                SELECT day, SUM(collected) AS collected, SUM(corrected) AS corrected,
                    SUM(not_collected) AS not_collected, SUM(persons) AS persons,
                    SUM(SUM(collected)) OVER (ORDER BY day) AS collected_total,
                    SUM(SUM(not_collected)) OVER (ORDER BY day) AS not_collected_total,
                    \(hasCertified ? "SUM(certified)" : "NULL") AS certified
                FROM part GROUP BY day ORDER BY day
                """,
            arguments: [cycle, scope.code]
        )
    }
}
