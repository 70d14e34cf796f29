package import GRDB
import ProjectionRuntime

extension ReviewReadModel {
    /// The presentations of a cycle, oldest first.
    package static func forEachPresentation(
        cycle: String,
        _ db: Database,
        _ body: (PresentationRow) throws -> Void
    ) throws {
        try PresentationRow.forEach(
            db,
            sql: "SELECT * FROM presentation WHERE cycle = ? ORDER BY presented_at_index",
            arguments: [cycle],
            body
        )
    }

    /// The objections of a cycle, oldest first.
    package static func forEachObjection(
        cycle: String,
        _ db: Database,
        _ body: (ObjectionRow) throws -> Void
    ) throws {
        try ObjectionRow.forEach(
            db,
            sql: "SELECT * FROM objection WHERE cycle = ? ORDER BY raised_at_index",
            arguments: [cycle],
            body
        )
    }
}
