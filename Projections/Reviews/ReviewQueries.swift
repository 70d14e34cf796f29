package import GRDB
package import ProjectionRuntime

/// Results that were presented in an area.
package struct PresentationRow: ReadModelRow {
    package let presentation: String
    package let cycle: String
    package let area: String
    package let place: String
    package let presenter: String
    package let presentedOn: String
    package let treeSize: Int64
    package let rootHash: String
    package let figuresDigest: String
    package let confirmedOn: String?
    package let presentedAtIndex: Int64
}

/// One review of a presentation.
package struct PublicReviewRow: ReadModelRow {
    package let heldAtIndex: Int64
    package let presentation: String
    package let heldOn: String
    package let outcome: String
}

/// How many of one class attended a review.
package struct AttendanceRow: ReadModelRow {
    package let heldAtIndex: Int64
    package let kind: String
    package let attendeeCount: Int
}

/// An objection and what became of it.
package struct ObjectionRow: ReadModelRow {
    package let objection: String
    package let cycle: String
    package let area: String
    package let presentation: String?
    package let raisedBy: String
    package let raisedOn: String
    package let text: String
    package let household: String?
    package let householdVillage: String?
    package let householdLao: String?
    package let village: String?
    package let indicator: Int?
    package let outcome: String?
    package let resolvedOn: String?
    package let reason: String?
    package let raisedAtIndex: Int64
    package let resolvedAtIndex: Int64?
}

extension ReviewReadModel {
    package static func presentation(_ id: String, _ db: Database) throws -> PresentationRow? {
        try PresentationRow.fetchOne(
            db,
            sql: "SELECT * FROM presentation WHERE presentation = ?",
            arguments: [id]
        )
    }

    /// Those of exactly that area, the last one first; with a digest only those that showed these
    /// figures and were confirmed.
    package static func presentations(
        area: String,
        cycle: String? = nil,
        confirming figuresDigest: String? = nil,
        _ db: Database
    ) throws -> [PresentationRow] {
        try PresentationRow.fetchAll(
            db,
            sql: """
                SELECT * FROM presentation
                WHERE area = ?1 AND (?2 IS NULL OR cycle = ?2)
                    AND (?3 IS NULL OR (figures_digest = ?3 AND confirmed_on IS NOT NULL))
                ORDER BY presented_at_index DESC
                """,
            arguments: [area, cycle, figuresDigest]
        )
    }

    package static func reviews(
        of presentation: String,
        _ db: Database
    ) throws -> [PublicReviewRow] {
        try PublicReviewRow.fetchAll(
            db,
            sql: """
                SELECT * FROM presentation_review WHERE presentation = ? ORDER BY held_at_index
                """,
            arguments: [presentation]
        )
    }

    /// Of all reviews of a presentation.
    package static func attendance(
        of presentation: String,
        _ db: Database
    ) throws -> [AttendanceRow] {
        try AttendanceRow.fetchAll(
            db,
            sql: """
                SELECT presentation_attendance.* FROM presentation_attendance
                JOIN presentation_review USING (held_at_index)
                WHERE presentation = ? ORDER BY held_at_index, kind
                """,
            arguments: [presentation]
        )
    }

    /// Registered persons who attended any of its reviews.
    package static func persons(of presentation: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT person FROM presentation_person
                JOIN presentation_review USING (held_at_index)
                WHERE presentation = ? ORDER BY person
                """,
            arguments: [presentation]
        )
    }

    /// Of the presentation, then of its reviews in their order.
    package static func documents(
        of presentation: String,
        _ db: Database
    ) throws -> [DocumentRow] {
        var rows = try documents.rows(of: presentation, db)
        for review in try reviews(of: presentation, db) {
            rows += try documents.rows(of: "\(presentation)/\(review.heldAtIndex)", db)
        }
        return rows
    }

    package static func objection(_ id: String, _ db: Database) throws -> ObjectionRow? {
        try ObjectionRow.fetchOne(
            db,
            sql: "SELECT * FROM objection WHERE objection = ?",
            arguments: [id]
        )
    }

    package static func households(ofObjection id: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT household FROM objection_household WHERE objection = ? ORDER BY household
                """,
            arguments: [id]
        )
    }

    /// Those that are open in a cycle; which areas each concerns, its place tells.
    package static func openObjections(
        cycle: String,
        _ db: Database
    ) throws -> [ObjectionRow] {
        try ObjectionRow.fetchAll(
            db,
            sql: """
                SELECT * FROM objection WHERE resolved_at_index IS NULL AND cycle = ?
                ORDER BY raised_at_index
                """,
            arguments: [cycle]
        )
    }
}
