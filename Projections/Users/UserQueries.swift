package import GRDB
import ProjectionRuntime

/// One user's registration in a cycle.
package struct UserRow: ReadModelRow {
    package let cycle: String
    package let person: String
    package let role: String
    package let area: String
    package let publicKey: String?
    package let certificate: String?
    package let registeredOn: String
    package let changedOn: String
    package let disabledOn: String?
    package let reason: String?
    package let registeredAtIndex: Int64
    package let changedAtIndex: Int64
}

extension UserReadModel {
    package static func user(
        _ person: String,
        cycle: String,
        _ db: Database
    ) throws -> UserRow? {
        try UserRow.fetchOne(
            db,
            sql: "SELECT * FROM user_registration WHERE cycle = ? AND person = ?",
            arguments: [cycle, person]
        )
    }
}
