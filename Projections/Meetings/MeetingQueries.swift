package import GRDB
package import ProjectionRuntime
import Survey

/// One meeting with what became of it.
package struct MeetingRow: ReadModelRow {
    package let meeting: String
    package let cycle: String
    package let area: String
    package let status: String
    package let scheduledOn: String
    package let place: String
    package let agenda: String
    package let noticeNumber: String?
    package let calledOn: String
    package let heldOn: String?
    package let guestCount: Int?
    package let memberCount: Int?
    package let presentCount: Int?
    package let quorumCount: Int?
    package let cancelledOn: String?
    package let cancellationReason: String?
    package let calledAtIndex: Int64
    package let closedAtIndex: Int64?

    /// Nil while it was not held.
    package var hasQuorum: Bool? {
        guard let presentCount, let quorumCount else { return nil }
        return presentCount >= quorumCount
    }
}

/// One resolution and how it was voted on.
package struct ResolutionRow: ReadModelRow {
    package let position: Int
    package let text: String
    package let forCount: Int
    package let againstCount: Int
    package let abstainedCount: Int
}

/// Who did not agree with a resolution, and why.
package struct DissentRow: ReadModelRow {
    package let position: Int
    package let person: String
    package let reason: String
}

extension MeetingReadModel {
    package static func meeting(_ id: String, _ db: Database) throws -> MeetingRow? {
        try MeetingRow.fetchOne(
            db,
            sql: "SELECT * FROM meeting WHERE meeting = ?",
            arguments: [id]
        )
    }

    package static func attendees(of id: String, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: "SELECT person FROM meeting_attendee WHERE meeting = ? ORDER BY person",
            arguments: [id]
        )
    }

    package static func resolutions(of id: String, _ db: Database) throws -> [ResolutionRow] {
        try ResolutionRow.fetchAll(
            db,
            sql: "SELECT * FROM meeting_resolution WHERE meeting = ? ORDER BY position",
            arguments: [id]
        )
    }

    package static func dissents(of id: String, _ db: Database) throws -> [DissentRow] {
        try DissentRow.fetchAll(
            db,
            sql: "SELECT * FROM meeting_dissent WHERE meeting = ? ORDER BY position, person",
            arguments: [id]
        )
    }

    package static func documents(of id: String, _ db: Database) throws -> [DocumentRow] {
        try documents.rows(of: id, db)
    }

    package static func withdrawals(of id: String, _ db: Database) throws -> [WithdrawalRow] {
        try withdrawals.rows(.minutes, of: id, db)
    }
}
