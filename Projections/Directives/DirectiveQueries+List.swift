package import GRDB
import ProjectionRuntime

/// A directive and one of the areas it is addressed to.
package struct AddressedDirectiveRow: ReadModelRow {
    package let directive: String
    package let cycle: String
    package let numberAsRead: String
    package let number: String?
    package let numberCertainty: String
    package let dateAsRead: String
    package let date: String?
    package let dateCertainty: String
    package let fromOffice: String
    package let fromArea: String
    package let signer: String?
    package let capacity: String?
    package let subject: String
    package let issuedAtIndex: Int64
    package let area: String
    package let receivedOn: String?
    package let registerNumber: String?
}

extension DirectiveReadModel {
    /// The directives of a cycle, oldest first, each with one addressee after another.
    package static func forEachAddressee(
        cycle: String,
        _ db: Database,
        _ body: (AddressedDirectiveRow) throws -> Void
    ) throws {
        try AddressedDirectiveRow.forEach(
            db,
            sql: """
                SELECT * FROM directive JOIN directive_addressee USING (directive)
                WHERE cycle = ? ORDER BY issued_at_index, area
                """,
            arguments: [cycle],
            body
        )
    }
}
