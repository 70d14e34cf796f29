package import GRDB
package import ProjectionRuntime
import Survey

/// One directive; numbers and dates as read and, where anybody can say, as understood.
package struct DirectiveRow: ReadModelRow {
    package let directive: String
    package let cycle: String
    package let numberAsRead: String
    package let number: String?
    package let numberCertainty: String
    package let numberNote: String?
    package let dateAsRead: String
    package let date: String?
    package let dateCertainty: String
    package let dateNote: String?
    package let fromOffice: String
    package let fromArea: String
    package let subject: String
    package let signer: String?
    package let capacity: String?
    package let issuedAtIndex: Int64
}

/// An area that a directive is addressed to, and when it received it.
package struct AddresseeRow: ReadModelRow {
    package let area: String
    package let receivedOn: String?
    package let registerNumber: String?
    package let receivedAtIndex: Int64?
}

/// What was read of a directive before a revision.
package struct DirectiveRevisionRow: ReadModelRow {
    package let revisedAtIndex: Int64
    package let field: String
    package let asRead: String
    package let asUnderstood: String?
    package let certainty: String?
    package let note: String?
    package let revisedOn: String
    package let reason: String
}

extension DirectiveReadModel {
    package static func directive(_ id: String, _ db: Database) throws -> DirectiveRow? {
        try DirectiveRow.fetchOne(
            db,
            sql: "SELECT * FROM directive WHERE directive = ?",
            arguments: [id]
        )
    }

    package static func addressees(of id: String, _ db: Database) throws -> [AddresseeRow] {
        try AddresseeRow.fetchAll(
            db,
            sql: "SELECT * FROM directive_addressee WHERE directive = ? ORDER BY area",
            arguments: [id]
        )
    }

    package static func citations(of id: String, _ db: Database) throws -> [CitationRow] {
        try citations.rows(of: id, db)
    }

    package static func documents(of id: String, _ db: Database) throws -> [DocumentRow] {
        try documents.rows(of: id, db)
    }

    /// The readings before the present one, oldest first.
    package static func revisions(
        of id: String,
        _ db: Database
    ) throws -> [DirectiveRevisionRow] {
        try DirectiveRevisionRow.fetchAll(
            db,
            sql: """
                SELECT * FROM directive_revision WHERE directive = ?
                ORDER BY revised_at_index, field
                """,
            arguments: [id]
        )
    }

    package static func withdrawals(of id: String, _ db: Database) throws -> [WithdrawalRow] {
        try withdrawals.rows(.directiveReceipt, of: id, db)
    }
}
