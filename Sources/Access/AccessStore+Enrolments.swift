import GRDB

/// A link that lets one person enrol one passkey.
package struct Enrolment: Sendable, Hashable {
    /// Names it in the access log; it opens nothing.
    package let name: String
    package let person: String
    /// Microseconds since 1970.
    package let expiresAt: Int64
}

extension AccessStore {
    /// How long a link can be used where nothing else is said: a day.
    package static let enrolmentMicroseconds: Int64 = 86_400_000_000

    /// Stores a link; its text is in nobody's hands but the caller's from here on.
    ///
    /// `madeBy` is the person whose session or token asked for it; "" for the command line.
    package func addEnrolment(
        _ link: Secret,
        person: String,
        madeBy: String = "",
        expiresAt: Int64,
        now: Int64
    ) throws(AccessError) {
        try write { db in
            // What nobody can use any more says nothing that the access log does not.
            try db.execute(sql: "DELETE FROM enrolment WHERE expires_at <= ?", arguments: [now])
            try db.execute(
                sql: """
                    INSERT INTO enrolment (digest, person, made_by, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [link.digest, person, madeBy, now, expiresAt]
            )
        }
    }

    /// Whom a link is for; nil where it is none, was used, or is over.
    package func enrolment(_ link: Secret, now: Int64) throws(AccessError) -> Enrolment? {
        try read { db in try Self.enrolment(link, now: now, db) }
    }

    /// The same, and nobody can use it again.
    package func useEnrolment(_ link: Secret, now: Int64) throws(AccessError) -> Enrolment? {
        try write { db in
            let found = try Self.enrolment(link, now: now, db)
            try db.execute(
                sql: "UPDATE enrolment SET used_at = COALESCE(used_at, ?) WHERE digest = ?",
                arguments: [now, link.digest]
            )
            return found
        }
    }

    /// Gives a link back that was used at that time, and whose passkey the ledger refused.
    package func returnEnrolment(_ link: Secret, usedAt: Int64) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: "UPDATE enrolment SET used_at = NULL WHERE digest = ? AND used_at = ?",
                arguments: [link.digest, usedAt]
            )
        }
    }

    private static func enrolment(
        _ link: Secret,
        now: Int64,
        _ db: Database
    ) throws -> Enrolment? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT person, expires_at FROM enrolment
                WHERE digest = ? AND used_at IS NULL AND expires_at > ?
                """,
            arguments: [link.digest, now]
        )
        guard let row else { return nil }
        guard let person = String.fromDatabaseValue(row["person"]),
            let expiresAt = Int64.fromDatabaseValue(row["expires_at"])
        else { throw AccessError(.accessStoreFailed, "a row of the links is none") }
        return Enrolment(
            name: "link-\(link.digest.prefix(12))",
            person: person,
            expiresAt: expiresAt
        )
    }
}
