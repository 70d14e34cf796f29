package import GRDB
import ProjectionRuntime

/// The target of one village in one LAO.
package struct TargetRow: ReadModelRow {
    package let cycle: String
    package let village: String
    package let lao: String
    package let households: Int
    package let questionnaires: Int
    package let revisionCount: Int
}

extension ProgressReadModel {
    /// The targets of a cycle by village.
    package static func forEachTarget(
        cycle: String,
        _ db: Database,
        _ body: (TargetRow) throws -> Void
    ) throws {
        try TargetRow.forEach(
            db,
            sql: "SELECT * FROM progress_target WHERE cycle = ? ORDER BY village, lao",
            arguments: [cycle],
            body
        )
    }
}
