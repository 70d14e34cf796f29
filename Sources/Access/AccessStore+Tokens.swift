import Cryptography
import GRDB

extension AccessStore {
    /// Last use is noted no more often than this: a busy client must not make each reading a write.
    private static let useInterval: Int64 = 60_000_000

    /// Stores a token; its text is in nobody's hands but the caller's from here on.
    package func add(
        _ text: TokenText,
        person: String,
        scopes: Set<Scope>,
        expiresAt: Int64,
        now: Int64
    ) throws(AccessError) -> Token {
        let names = scopes.map(\.rawValue).sorted().joined(separator: ",")
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO token (id, digest, person, scopes, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    text.id, Hex.encode(text.digest), person, names, now, expiresAt,
                ]
            )
        }
        return Token(
            id: text.id,
            person: person,
            scopes: scopes,
            createdAt: now,
            expiresAt: expiresAt,
            revokedAt: nil,
            lastUsedAt: nil
        )
    }

    /// All tokens, oldest first; revoked and expired ones included.
    package func tokens() throws(AccessError) -> [Token] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM token ORDER BY created_at, id")
                .map { try Token($0) }
        }
    }

    /// Ends a token for good; one that is revoked already stays as it is.
    package func revoke(_ id: String, now: Int64) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: "UPDATE token SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?",
                arguments: [now, id]
            )
            guard db.changesCount == 1 else {
                throw AccessError(.tokenUnknown, "there is no token \(id): see bmn token list")
            }
        }
    }

    /// The token that was presented, if it is one, and valid.
    package func authenticate(_ text: TokenText, now: Int64) throws(AccessError) -> Token? {
        let row = try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM token WHERE id = ?", arguments: [text.id])
        }
        let stored = row.flatMap { String.fromDatabaseValue($0["digest"]) }.flatMap {
            Hex.decode($0)
        }
        // Compared also where there is none, so that the time does not tell which ids there are.
        let isEqual = isEqualInConstantTime(stored ?? Digest.zero.bytes, text.digest)
        guard let row, stored != nil, isEqual else { return nil }
        let token = try Token(row)
        guard token.isValid(at: now) else { return nil }
        if now - (token.lastUsedAt ?? 0) >= Self.useInterval {
            try write { db in
                try db.execute(
                    sql: "UPDATE token SET last_used_at = ? WHERE id = ?",
                    arguments: [now, token.id]
                )
            }
        }
        return token
    }
}

extension Token {
    fileprivate init(_ row: Row) throws(AccessError) {
        // Whoever can write the file can put anything there; GRDB's own conversion would trap.
        guard let id = String.fromDatabaseValue(row["id"]),
            let person = String.fromDatabaseValue(row["person"]),
            let scopes = String.fromDatabaseValue(row["scopes"]),
            let createdAt = Int64.fromDatabaseValue(row["created_at"]),
            let expiresAt = Int64.fromDatabaseValue(row["expires_at"])
        else { throw AccessError(.accessStoreFailed, "a row of the tokens is none") }
        self.init(
            id: id,
            person: person,
            scopes: Set(scopes.split(separator: ",").compactMap { Scope(rawValue: String($0)) }),
            createdAt: createdAt,
            expiresAt: expiresAt,
            revokedAt: Int64.fromDatabaseValue(row["revoked_at"]),
            lastUsedAt: Int64.fromDatabaseValue(row["last_used_at"])
        )
    }
}
