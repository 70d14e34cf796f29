import Cryptography
import GRDB

/// Somebody who signed in with a passkey and has not signed out.
package struct Session: Sendable, Hashable {
    /// Names it in the access log; it opens nothing.
    package let name: String
    package let person: String
    /// The id of the passkey.
    package let credential: [UInt8]
    /// What each form and each script of this session's pages has to send along.
    package let csrf: String

    /// Whether this is the token of this session's pages.
    package func accepts(csrf given: String) -> Bool {
        isEqualInConstantTime(Array(given.utf8), Array(csrf.utf8))
    }
}

extension AccessStore {
    /// A session ends when nothing was asked in it for so long: half an hour.
    package static let sessionIdleMicroseconds: Int64 = 1_800_000_000
    /// And after so long whatever was asked: half a day.
    package static let sessionMicroseconds: Int64 = 43_200_000_000
    /// What was asked last is noted no more often than this.
    private static let seenInterval: Int64 = 60_000_000

    /// Begins a session, under a new secret always: one that a browser brought could be known to
    /// somebody else.
    package func openSession(
        person: String,
        credential: [UInt8],
        now: Int64
    ) throws -> Secret {
        let secret = try Secret.make()
        try write { db in
            try db.execute(sql: "DELETE FROM session WHERE ends_at <= ?", arguments: [now])
            try db.execute(
                sql: """
                    INSERT INTO session (digest, person, credential, created_at, seen_at, ends_at)
                    VALUES (?1, ?2, ?3, ?4, ?4, ?5)
                    """,
                arguments: [
                    secret.digest, person, Hex.encode(credential), now,
                    now + Self.sessionMicroseconds,
                ]
            )
        }
        return secret
    }

    /// The session that this secret opens; nil where there is none, or it has ended.
    ///
    /// `isAsking` tells whether somebody asks for something, which is what keeps a session alive.
    package func session(
        _ secret: Secret,
        now: Int64,
        isAsking: Bool = true
    ) throws(AccessError) -> Session? {
        let row = try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT person, credential, seen_at FROM session
                    WHERE digest = ? AND ended_at IS NULL AND ends_at > ? AND seen_at > ?
                    """,
                arguments: [secret.digest, now, now - Self.sessionIdleMicroseconds]
            )
        }
        guard let row else { return nil }
        guard let person = String.fromDatabaseValue(row["person"]),
            let credential = String.fromDatabaseValue(row["credential"]).flatMap({
                Hex.decode($0)
            }), let seenAt = Int64.fromDatabaseValue(row["seen_at"])
        else { throw AccessError(.accessStoreFailed, "a row of the sessions is none") }
        if isAsking, now - seenAt >= Self.seenInterval {
            try write { db in
                try db.execute(
                    sql: "UPDATE session SET seen_at = ? WHERE digest = ?",
                    arguments: [now, secret.digest]
                )
            }
        }
        return Session(
            name: Self.name(ofSession: secret.digest),
            person: person,
            credential: credential,
            csrf: secret.derived(for: "bmn csrf ")
        )
    }

    package func endSession(_ secret: Secret, now: Int64) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: "UPDATE session SET ended_at = COALESCE(ended_at, ?) WHERE digest = ?",
                arguments: [now, secret.digest]
            )
        }
    }

    /// Ends all sessions of a person, on whichever machine; tells how many that were.
    ///
    /// Also those that were signed out of are gone, so that nothing goes on that was begun in them.
    @discardableResult
    package func endSessions(of person: String, now: Int64) throws(AccessError) -> Int {
        try write { db in
            let count = try Int.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) FROM session
                    WHERE person = ? AND ended_at IS NULL AND ends_at > ?
                    """,
                arguments: [person, now]
            )
            try db.execute(sql: "DELETE FROM session WHERE person = ?", arguments: [person])
            return count ?? 0
        }
    }

    /// Whether what was begun in this session may go on without anybody asking: until its time is
    /// over or all sessions of the person are ended; signing out of it alone ends nothing.
    package func maySessionGoOn(
        _ name: String,
        of person: String,
        now: Int64
    ) throws(AccessError) -> Bool {
        let digests = try read { db in
            try String.fetchAll(
                db,
                sql: "SELECT digest FROM session WHERE person = ? AND ends_at > ?",
                arguments: [person, now]
            )
        }
        return digests.contains { Self.name(ofSession: $0) == name }
    }

    private static func name(ofSession digest: String) -> String {
        "session-\(digest.prefix(12))"
    }

    /// How many sessions of a person there are.
    package func sessionCount(of person: String, now: Int64) throws(AccessError) -> Int {
        try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) FROM session
                    WHERE person = ? AND ended_at IS NULL AND ends_at > ? AND seen_at > ?
                    """,
                arguments: [person, now, now - Self.sessionIdleMicroseconds]
            ) ?? 0
        }
    }
}
