package import GRDB
import ProjectionRuntime

extension UserReadModel {
    /// Everybody registered in a cycle, by area and role.
    package static func forEachUser(
        cycle: String,
        _ db: Database,
        _ body: (UserRow) throws -> Void
    ) throws {
        try UserRow.forEach(
            db,
            sql: "SELECT * FROM user_registration WHERE cycle = ? ORDER BY area, role, person",
            arguments: [cycle],
            body
        )
    }
}
