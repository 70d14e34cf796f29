import Cryptography
import Foundation
import GRDB

extension DraftStore {
    /// Saves a draft anew, or over one of the same person; returns its id.
    ///
    /// Throws `draftsTooMany` where the person has as many as there may be, `draftTooLarge`.
    @discardableResult
    package func save(
        _ content: [UInt8],
        over id: String? = nil,
        of person: String,
        cycle: String,
        household: String,
        now: Int64
    ) throws(AccessError) -> String {
        guard content.count <= Self.contentByteCountMax else {
            throw AccessError(.draftTooLarge, "a draft of \(content.count) bytes")
        }
        return try write { db in
            try removeExpired(now, db)
            // One that is gone meanwhile, such as by an erasure, does not come back under its id.
            let former = try id.flatMap { id in
                try String.fetchOne(
                    db,
                    sql: "SELECT id FROM draft WHERE id = ? AND person = ?",
                    arguments: [id, person]
                )
            }
            if let former {
                try db.execute(sql: "DELETE FROM draft WHERE id = ?", arguments: [former])
            }
            let count = try Int.fetchOne(
                db,
                sql: "SELECT COUNT(*) FROM draft WHERE person = ?",
                arguments: [person]
            )
            guard (count ?? 0) < Self.countMax else {
                throw AccessError(.draftsTooMany, "\(Self.countMax) drafts of one person")
            }
            let id = try former ?? Hex.encode(SecureRandom.bytes(count: 16))
            try db.execute(
                sql: """
                    INSERT INTO draft (id, person, cycle, household, saved_at, sealed)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, person, cycle, tag(cycle, household), now,
                    Data(try seal(content, id, person, cycle)),
                ]
            )
            return id
        }
    }

    /// Those of one person, the latest first; nobody else's are ever opened.
    package func drafts(of person: String, now: Int64) throws(AccessError) -> [SavedDraft] {
        let rows = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, cycle, saved_at, sealed FROM draft
                    WHERE person = ? AND saved_at > ? ORDER BY saved_at DESC, id
                    """,
                arguments: [person, oldest(now)]
            )
        }
        do {
            return try rows.map { try draft($0, of: person) }
        } catch {
            throw AccessError(caught: error, path: "drafts.sqlite")
        }
    }

    /// Nil where there is none of this person's under this id.
    package func draft(
        _ id: String,
        of person: String,
        now: Int64
    ) throws(AccessError) -> SavedDraft? {
        try drafts(of: person, now: now).first { $0.id == id }
    }

    private func draft(_ row: Row, of person: String) throws -> SavedDraft {
        guard let id = String.fromDatabaseValue(row["id"]),
            let cycle = String.fromDatabaseValue(row["cycle"]),
            let savedAt = Int64.fromDatabaseValue(row["saved_at"]),
            let sealed = Data.fromDatabaseValue(row["sealed"])
        else { throw AccessError(.accessStoreFailed, "a row of the drafts is none") }
        return SavedDraft(
            id: id,
            cycle: cycle,
            savedAt: savedAt,
            content: try open(Array(sealed), id, person, cycle)
        )
    }

    // MARK: the end of drafts

    package func remove(_ id: String, of person: String) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: "DELETE FROM draft WHERE id = ? AND person = ?",
                arguments: [id, person]
            )
        }
    }

    /// Those of a household that was recorded: by one person, or where nobody is named by all.
    package func remove(
        cycle: String,
        household: String,
        of person: String? = nil
    ) throws(AccessError) {
        guard !household.isEmpty else { return }
        let tag = tag(cycle, household)
        try write { db in
            try db.execute(
                sql: "DELETE FROM draft WHERE household = ?1 AND (?2 IS NULL OR person = ?2)",
                arguments: [tag, person]
            )
        }
    }

    package func remove(of person: String, cycle: String) throws(AccessError) {
        try write { db in
            try db.execute(
                sql: "DELETE FROM draft WHERE person = ? AND cycle = ?",
                arguments: [person, cycle]
            )
        }
    }

    package func removeExpired(now: Int64) throws(AccessError) {
        try write { db in try removeExpired(now, db) }
    }

    private func removeExpired(_ now: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM draft WHERE saved_at <= ?", arguments: [oldest(now)])
    }

    private func oldest(_ now: Int64) -> Int64 { now - Int64(days) * Self.microsecondsOfDay }

    /// When each draft of a file was saved, in microseconds since 1970; nothing is opened, so this
    /// takes no key.
    package static func times(ofFile path: String) throws(AccessError) -> [Int64] {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return try queue.read { db in
                try Int64.fetchAll(db, sql: "SELECT saved_at FROM draft ORDER BY saved_at")
            }
        } catch {
            throw AccessError(caught: error, path: path)
        }
    }

    /// The tree size below which the ledger's erasures are carried out here.
    package func erasedBelow() throws(AccessError) -> UInt64 {
        try read { db in
            UInt64(max(0, try Int64.fetchOne(db, sql: "SELECT tree_size FROM done") ?? 0))
        }
    }

    package func setErasedBelow(_ treeSize: UInt64) throws(AccessError) {
        try write { db in
            try db.execute(sql: "UPDATE done SET tree_size = ?", arguments: [Int64(treeSize)])
        }
    }
}
