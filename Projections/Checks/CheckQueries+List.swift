package import GRDB
import ProjectionRuntime

/// One quality check with what was asked again in it.
package struct ListedCheckRow: ReadModelRow {
    package let checkId: String
    package let cycle: String
    package let area: String
    package let level: String
    package let stage: String
    package let sample: String?
    package let outcome: String
    package let findings: String?
    package let checkedOn: String
    /// Separated by spaces, in their order.
    package let checkers: String?
    package let askedCount: Int
    package let differingCount: Int
    package let defectCount: Int
}

/// One sample with how many of its households were asked again.
package struct ListedSampleRow: ReadModelRow {
    package let sample: String
    package let cycle: String
    package let area: String
    package let level: String
    package let stage: String
    package let size: Int
    package let population: Int
    package let treeSize: Int?
    package let drawnOn: String?
    package let askedCount: Int
}

extension CheckReadModel {
    /// The checks of a cycle, oldest first.
    package static func forEachCheck(
        cycle: String,
        _ db: Database,
        _ body: (ListedCheckRow) throws -> Void
    ) throws {
        try ListedCheckRow.forEach(
            db,
            sql: """
                SELECT quality_check.*,
                    (SELECT GROUP_CONCAT(person, ' ') FROM (SELECT person FROM quality_checker
                        WHERE quality_checker.check_id = quality_check.check_id ORDER BY person))
                        AS checkers,
                    (SELECT COUNT(*) FROM reinterview
                        WHERE reinterview.check_id = quality_check.check_id) AS asked_count,
                    (SELECT COUNT(*) FROM reinterview
                        WHERE reinterview.check_id = quality_check.check_id
                            AND differing_count > 0) AS differing_count,
                    (SELECT COUNT(*) FROM defect
                        WHERE defect.check_id = quality_check.check_id) AS defect_count
                FROM quality_check WHERE cycle = ? ORDER BY checked_at_index
                """,
            arguments: [cycle],
            body
        )
    }

    /// The samples of a cycle.
    package static func forEachSample(
        cycle: String,
        _ db: Database,
        _ body: (ListedSampleRow) throws -> Void
    ) throws {
        try ListedSampleRow.forEach(
            db,
            sql: """
                SELECT sample.*,
                    (SELECT COUNT(DISTINCT household) FROM reinterview
                        JOIN quality_check USING (check_id)
                        WHERE quality_check.sample = sample.sample) AS asked_count
                FROM sample WHERE cycle = ? ORDER BY sample
                """,
            arguments: [cycle],
            body
        )
    }

    /// The defects of a cycle, oldest first.
    package static func forEachDefect(
        cycle: String,
        _ db: Database,
        _ body: (DefectRow) throws -> Void
    ) throws {
        try DefectRow.forEach(
            db,
            sql: "SELECT * FROM defect WHERE cycle = ? ORDER BY found_at_index",
            arguments: [cycle],
            body
        )
    }
}
