package import GRDB
package import ProjectionRuntime

/// One range of forms as it was issued, with what became of its forms.
package struct QuestionnaireRangeRow: ReadModelRow {
    package let prefix: String
    package let firstNumber: Int64
    package let lastNumber: Int64
    package let collector: String
    package let area: String
    package let issuedOn: String
    package let issuedCount: Int64
    /// Named by the record of a household.
    package let usedCount: Int64
    package let returnedCount: Int64
    package let spoiledCount: Int64

    /// With the collector still, as far as the records tell.
    package var leftCount: Int64 { issuedCount - usedCount - returnedCount - spoiledCount }
}

/// A form of which the records tell two things: named by several households, or by one although it
/// was returned or spoiled.
package struct QuestionnaireConflictRow: ReadModelRow {
    package let prefix: String
    package let number: Int64
    /// Separated by commas.
    package let households: String
    /// returned, spoiled; nil for a form that was neither.
    package let outcome: String?
}

extension QuestionnaireReadModel {
    /// The forms issued for any of the areas, by area and collector.
    package static func ranges(
        of areas: [String],
        cycle: String,
        _ db: Database
    ) throws -> [QuestionnaireRangeRow] {
        func closed(_ outcome: String) -> String {
            """
            (SELECT COALESCE(SUM(MIN(closed.last_number, part.last_number)
                    - MAX(closed.first_number, part.first_number) + 1), 0)
                FROM questionnaire_closed AS closed
                WHERE closed.cycle = part.cycle AND closed.prefix = part.prefix
                    AND closed.first_number <= part.last_number
                    AND closed.last_number >= part.first_number AND outcome = '\(outcome)')
            """
        }
        return try QuestionnaireRangeRow.fetchAll(
            db,
            sql: """
                SELECT part.*, last_number - first_number + 1 AS issued_count,
                    (SELECT COUNT(DISTINCT number) FROM questionnaire_used AS used
                        WHERE used.cycle = part.cycle AND used.prefix = part.prefix
                            AND number BETWEEN first_number AND last_number) AS used_count,
                    \(closed("returned")) AS returned_count,
                    \(closed("spoiled")) AS spoiled_count
                FROM questionnaire_range AS part
                WHERE cycle = ?1 AND area IN (SELECT value FROM json_each(?2))
                ORDER BY area, collector, prefix, first_number
                """,
            arguments: [cycle, try areas.jsonArray]
        )
    }

    package static func withdrawals(
        of areas: [String],
        cycle: String,
        _ db: Database
    ) throws -> [WithdrawalRow] {
        try withdrawals.rows(of: cycle, in: areas, db)
    }

    /// Of the same forms.
    package static func conflicts(
        of areas: [String],
        cycle: String,
        _ db: Database
    ) throws -> [QuestionnaireConflictRow] {
        try QuestionnaireConflictRow.fetchAll(
            db,
            sql: """
                WITH named AS (
                    SELECT prefix, number, COUNT(*) AS household_count,
                        GROUP_CONCAT(household) AS households
                    FROM (SELECT * FROM questionnaire_used WHERE cycle = ?1
                        ORDER BY prefix, number, household)
                    GROUP BY prefix, number
                )
                SELECT named.prefix, number, households, closed.outcome
                FROM named
                JOIN questionnaire_range AS part
                    ON part.cycle = ?1 AND part.prefix = named.prefix
                    AND number BETWEEN part.first_number AND part.last_number
                LEFT JOIN questionnaire_closed AS closed
                    ON closed.cycle = ?1 AND closed.prefix = named.prefix
                    AND number BETWEEN closed.first_number AND closed.last_number
                WHERE part.area IN (SELECT value FROM json_each(?2))
                    AND (household_count > 1 OR closed.outcome IS NOT NULL)
                ORDER BY named.prefix, number
                """,
            arguments: [cycle, try areas.jsonArray]
        )
    }
}
