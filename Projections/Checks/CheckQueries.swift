package import GRDB
package import ProjectionRuntime
import Survey

/// A sample as it was announced and drawn; which households are in it follows from the ledger.
package struct SampleRow: ReadModelRow {
    package let sample: String
    package let cycle: String
    package let area: String
    package let level: String
    package let stage: String
    package let size: Int64
    package let perMille: Int?
    package let population: Int64
    package let announcedOn: String
    package let announcedAtIndex: Int64
    /// Of the checkpoint; nil, like all that follows, until the sample is drawn.
    package let treeSize: Int64?
    package let rootHash: String?
    package let seed: String?
    package let drawnOn: String?
    package let drawnAtIndex: Int64?

    /// The households in the order in which they are drawn from all that were recorded at the
    /// announcement; none before the draw.
    package func selection(from households: [String]) -> [String] {
        guard let seed else { return [] }
        var draw = SampleDraw()
        (draw.seed, draw.size) = (seed, UInt32(clamping: size))
        return draw.selection(from: households)
    }
}

package struct CheckRow: ReadModelRow {
    package let checkId: String
    package let cycle: String
    package let area: String
    package let level: String
    package let stage: String
    package let sample: String?
    package let outcome: String
    package let findings: String?
    package let checkedOn: String
    package let checkedAtIndex: Int64
}

/// A household that was asked again.
package struct ReinterviewRow: ReadModelRow {
    package let checkId: String
    package let cycle: String
    package let household: String
    package let checker: String
    package let askedCount: Int
    package let differingCount: Int
    package let askedOn: String
    package let askedAtIndex: Int64
}

/// What it answered otherwise than was recorded.
package struct DifferenceRow: ReadModelRow {
    package let household: String
    package let indicator: Int
    package let inScope: Int
    package let failing: Int
}

package struct DefectRow: ReadModelRow {
    package let defect: String
    package let cycle: String
    package let area: String
    package let checkId: String?
    package let severity: String
    package let text: String
    package let household: String?
    package let householdVillage: String?
    package let householdLao: String?
    package let indicator: Int?
    package let foundOn: String
    package let outcome: String?
    package let resolvedOn: String?
    package let reason: String?
    package let foundAtIndex: Int64
    package let resolvedAtIndex: Int64?
}

extension CheckReadModel {
    package static func sample(_ id: String, _ db: Database) throws -> SampleRow? {
        try SampleRow.fetchOne(db, sql: "SELECT * FROM sample WHERE sample = ?", arguments: [id])
    }

    /// Who is to check a sample.
    package static func checkers(ofSample sample: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT person FROM sample_checker WHERE sample = ? ORDER BY person",
            arguments: [sample]
        )
    }

    package static func check(_ id: String, _ db: Database) throws -> CheckRow? {
        try CheckRow.fetchOne(
            db,
            sql: "SELECT * FROM quality_check WHERE check_id = ?",
            arguments: [id]
        )
    }

    /// The checks of an area and, by its code, of those below it in a cycle, oldest first.
    package static func checks(
        in area: String,
        cycle: String,
        _ db: Database
    ) throws -> [CheckRow] {
        try CheckRow.fetchAll(
            db,
            sql: """
                SELECT * FROM quality_check WHERE area >= ?1 AND area < ?1 || ':' AND cycle = ?2
                ORDER BY checked_at_index
                """,
            arguments: [area, cycle]
        )
    }

    package static func checkers(of check: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT person FROM quality_checker WHERE check_id = ? ORDER BY person",
            arguments: [check]
        )
    }

    package static func documents(of check: String, _ db: Database) throws -> [DocumentRow] {
        try documents.rows(of: check, db)
    }

    package static func interviews(of check: String, _ db: Database) throws -> [ReinterviewRow] {
        try ReinterviewRow.fetchAll(
            db,
            sql: "SELECT * FROM reinterview WHERE check_id = ? ORDER BY household",
            arguments: [check]
        )
    }

    /// The interviews of all checks that a sample was drawn for.
    package static func interviews(
        ofSample sample: String,
        _ db: Database
    ) throws -> [ReinterviewRow] {
        try ReinterviewRow.fetchAll(
            db,
            sql: """
                SELECT * FROM reinterview
                WHERE check_id IN (SELECT check_id FROM quality_check WHERE sample = ?)
                ORDER BY household, asked_at_index
                """,
            arguments: [sample]
        )
    }

    package static func differences(of check: String, _ db: Database) throws -> [DifferenceRow] {
        try DifferenceRow.fetchAll(
            db,
            sql: """
                SELECT household, indicator, in_scope, failing FROM reinterview_answer
                WHERE check_id = ? AND differs ORDER BY household, indicator
                """,
            arguments: [check]
        )
    }

    package static func defect(_ id: String, _ db: Database) throws -> DefectRow? {
        try DefectRow.fetchOne(db, sql: "SELECT * FROM defect WHERE defect = ?", arguments: [id])
    }

    /// What was found in a check.
    package static func defects(of check: String, _ db: Database) throws -> [DefectRow] {
        try DefectRow.fetchAll(
            db,
            sql: "SELECT * FROM defect WHERE check_id = ? ORDER BY found_at_index",
            arguments: [check]
        )
    }

    /// All of a cycle, oldest first.
    package static func defects(cycle: String, _ db: Database) throws -> [DefectRow] {
        try DefectRow.fetchAll(
            db,
            sql: "SELECT * FROM defect WHERE cycle = ? ORDER BY found_at_index",
            arguments: [cycle]
        )
    }

    /// Those that are open in a cycle; which areas each concerns, its place tells.
    package static func openDefects(cycle: String, _ db: Database) throws -> [DefectRow] {
        try DefectRow.fetchAll(
            db,
            sql: """
                SELECT * FROM defect WHERE resolved_at_index IS NULL AND cycle = ?
                ORDER BY found_at_index
                """,
            arguments: [cycle]
        )
    }
}
