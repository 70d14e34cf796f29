import Cryptography
import GRDB

extension AccessStore {
    /// Gives `verify` the counter that this passkey had last, and keeps the one it returns.
    ///
    /// Nobody else comes between: of two answers with one counter only one is taken.
    package func countUse<Refusal: Error>(
        of credential: [UInt8],
        now: Int64,
        _ verify: (UInt32) throws(Refusal) -> UInt32
    ) throws(AccessError) -> Result<UInt32, Refusal> {
        try write { db -> Result<UInt32, Refusal> in
            let id = Hex.encode(credential)
            let last = try Int64.fetchOne(
                db,
                sql: "SELECT sign_count FROM passkey_use WHERE credential = ?",
                arguments: [id]
            )
            let count: UInt32
            do throws(Refusal) {
                count = try verify(last.flatMap { UInt32(exactly: $0) } ?? 0)
            } catch {
                return .failure(error)
            }
            try db.execute(
                sql: """
                    INSERT INTO passkey_use (credential, sign_count, used_at) VALUES (?1, ?2, ?3)
                    ON CONFLICT (credential) DO UPDATE SET sign_count = ?2, used_at = ?3
                    """,
                arguments: [id, Int64(count), now]
            )
            return .success(count)
        }
    }

    /// Lets a person run the service, whatever the ledger says: the first admin of a new one.
    package func addOperator(_ person: String, now: Int64) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: "INSERT INTO operator (person, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [person, now]
            )
        }
    }

    package func isOperator(_ person: String) throws(AccessError) -> Bool {
        try read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT COUNT(*) FROM operator WHERE person = ?",
                arguments: [person]
            ) == 1
        }
    }

    /// Takes from a person what only this file gives: sessions, links, and the operator's right.
    package func withdraw(
        _ person: String,
        now: Int64
    ) throws(AccessError) -> (sessionCount: Int, linkCount: Int, wasOperator: Bool) {
        let sessionCount = try endSessions(of: person, now: now)
        return try write { db in
            // One in use is given back by the time of its use where the ledger refuses the passkey:
            // a microsecond later is as true, and gives nothing back.
            try db.execute(
                sql: "UPDATE enrolment SET used_at = used_at + 1 WHERE person = ?",
                arguments: [person]
            )
            try db.execute(
                sql: """
                    UPDATE enrolment SET used_at = ?1
                    WHERE person = ?2 AND used_at IS NULL AND expires_at > ?1
                    """,
                arguments: [now, person]
            )
            let linkCount = db.changesCount
            try db.execute(sql: "DELETE FROM operator WHERE person = ?", arguments: [person])
            return (sessionCount, linkCount, db.changesCount == 1)
        }
    }
}
