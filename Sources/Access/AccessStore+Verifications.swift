import Foundation
import GRDB

/// A verification that the service ran, with what the auditor's program said.
package struct StoredVerification: Sendable, Hashable {
    /// Who began it.
    package let person: String
    /// Microseconds since 1970, as is the other.
    package let startedAt: Int64
    package let endedAt: Int64
    /// How it ended; the service's own word.
    package let ending: String
    /// The verdict as JSON; empty where there is none.
    package let verdict: [UInt8]
    /// The report for people as HTML; empty where there is none.
    package let report: [UInt8]

    package init(
        person: String,
        startedAt: Int64,
        endedAt: Int64,
        ending: String,
        verdict: [UInt8],
        report: [UInt8]
    ) {
        self.person = person
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.ending = ending
        self.verdict = verdict
        self.report = report
    }
}

extension AccessStore {
    /// Of more only the newest are kept: each can be had again from the ledger.
    private static let verificationCountMax = 10

    static func addVerifications(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS verification (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    person TEXT NOT NULL,
                    started_at INTEGER NOT NULL,
                    ended_at INTEGER NOT NULL,
                    ending TEXT NOT NULL,
                    verdict BLOB NOT NULL,      -- JSON of bmn-audit verify
                    report BLOB NOT NULL        -- HTML of the same
                ) STRICT
                """
        )
    }

    package func add(_ verification: StoredVerification) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO verification
                        (person, started_at, ended_at, ending, verdict, report)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    verification.person, verification.startedAt, verification.endedAt,
                    verification.ending, Data(verification.verdict), Data(verification.report),
                ]
            )
            try db.execute(
                sql: """
                    DELETE FROM verification WHERE number <= (
                        SELECT number FROM verification ORDER BY number DESC LIMIT 1 OFFSET ?)
                    """,
                arguments: [Self.verificationCountMax]
            )
        }
    }

    /// The newest first.
    package func verifications() throws(AccessError) -> [StoredVerification] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT * FROM verification ORDER BY number DESC"
            )
            return try rows.map { row in
                guard let person = String.fromDatabaseValue(row["person"]),
                    let startedAt = Int64.fromDatabaseValue(row["started_at"]),
                    let endedAt = Int64.fromDatabaseValue(row["ended_at"]),
                    let ending = String.fromDatabaseValue(row["ending"]),
                    let verdict = Data.fromDatabaseValue(row["verdict"]),
                    let report = Data.fromDatabaseValue(row["report"])
                else { throw AccessError(.accessStoreFailed, "a row of verifications is none") }
                return StoredVerification(
                    person: person,
                    startedAt: startedAt,
                    endedAt: endedAt,
                    ending: ending,
                    verdict: Array(verdict),
                    report: Array(report)
                )
            }
        }
    }
}
