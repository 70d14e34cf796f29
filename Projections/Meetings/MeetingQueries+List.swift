package import GRDB
import ProjectionRuntime

extension MeetingReadModel {
    /// The meetings of a cycle by day.
    package static func forEachMeeting(
        cycle: String,
        _ db: Database,
        _ body: (MeetingRow) throws -> Void
    ) throws {
        try MeetingRow.forEach(
            db,
            sql: """
                SELECT * FROM meeting WHERE cycle = ?
                ORDER BY COALESCE(held_on, scheduled_on), meeting
                """,
            arguments: [cycle],
            body
        )
    }
}
