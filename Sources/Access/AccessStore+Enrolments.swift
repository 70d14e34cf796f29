import GRDB

/// A link that lets one person enrol one passkey.
package struct Enrolment: Sendable, Hashable {
    /// Names it in the access log; it opens nothing.
    package let name: String
    package let person: String
    /// Microseconds since 1970.
    package let expiresAt: Int64
}

/// A link as it is listed: it opens nothing.
package struct ListedEnrolment: Sendable, Hashable {
    package let name: String
    package let person: String
    /// "" for the command line.
    package let madeBy: String
    /// Times are microseconds since 1970.
    package let createdAt: Int64
    package let expiresAt: Int64
    /// Or ended before it was used.
    package let usedAt: Int64?

    package func isOpen(at now: Int64) -> Bool { usedAt == nil && now < expiresAt }
}

extension Secret {
    /// What names a link in the access log and in lists.
    package var linkName: String { "link-\(digest.prefix(12))" }
}

extension AccessStore {
    /// How long a link can be used where nothing else is said: a day.
    package static let enrolmentMicroseconds: Int64 = 86_400_000_000

    /// How long one is listed that can be used no more: 30 days.
    private static let enrolmentShownMicroseconds: Int64 = 30 * 86_400_000_000

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
            // What nobody can use any more is shown for a while, then the access log has it alone.
            try db.execute(
                sql: "DELETE FROM enrolment WHERE expires_at <= ?",
                arguments: [now - Self.enrolmentShownMicroseconds]
            )
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
            name: link.linkName,
            person: person,
            expiresAt: expiresAt
        )
    }

    /// Links, the newest first: those that can be used, and those of the last 30 days that cannot.
    package func enrolments(limit: Int = 200) throws(AccessError) -> [ListedEnrolment] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT * FROM enrolment ORDER BY created_at DESC, digest LIMIT ?",
                arguments: [limit]
            )
            return try rows.map { row in
                func text(_ column: String) -> String? { String.fromDatabaseValue(row[column]) }
                guard let digest = text("digest"), let person = text("person"),
                    let madeBy = text("made_by"),
                    let createdAt = Int64.fromDatabaseValue(row["created_at"]),
                    let expiresAt = Int64.fromDatabaseValue(row["expires_at"])
                else { throw AccessError(.accessStoreFailed, "a row of the links is none") }
                return ListedEnrolment(
                    name: "link-\(digest.prefix(12))",
                    person: person,
                    madeBy: madeBy,
                    createdAt: createdAt,
                    expiresAt: expiresAt,
                    usedAt: Int64.fromDatabaseValue(row["used_at"])
                )
            }
        }
    }

    /// Ends the link of that name, if it can still be used; says whether there was one.
    ///
    /// One that is in use just now does not come back, either.
    package func endEnrolment(named name: String, now: Int64) throws(AccessError) -> Bool {
        try write { db in
            let isNamed = "'link-' || substr(digest, 1, 12) = ?2 AND expires_at > ?1"
            // It is given back only while its time of use is what it was.
            try db.execute(
                sql: """
                    UPDATE enrolment SET used_at = used_at + 1
                    WHERE \(isNamed) AND used_at IS NOT NULL
                    """,
                arguments: [now, name]
            )
            try db.execute(
                sql: "UPDATE enrolment SET used_at = ?1 WHERE \(isNamed) AND used_at IS NULL",
                arguments: [now, name]
            )
            return db.changesCount > 0
        }
    }
}
