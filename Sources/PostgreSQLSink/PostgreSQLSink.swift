import Cryptography
import GRDB
package import PostgreSQL
package import ProjectionRuntime

/// The read models of one ledger in a PostgreSQL database that many ledgers may share.
///
/// The rows are made by SQLite alone; what is there goes across by COPY, in one transaction with the
/// positions (PROJECTIONS.md).
package struct PostgreSQLSink: Sendable {
    package let connection: Connection
    package let origin: String
    package let projections: [any Projection]

    /// Makes what is missing in the database; what an older version of a projection kept there is
    /// dropped, for every origin.
    package init(
        _ connection: Connection,
        origin: String,
        _ projections: [any Projection]
    ) throws {
        self.connection = connection
        self.origin = origin
        self.projections = projections
        guard try connection.query("SHOW server_encoding").first?.first == "UTF8" else {
            throw ProjectionError(
                .sinkUnusable,
                "the PostgreSQL database is not in UTF-8: make one with ENCODING 'UTF8'"
            )
        }
        try SinkSchema.install(projections, connection)
    }

    /// Keeps every other process from carrying rows of this origin, until the connection ends.
    package func claim() throws {
        // The server may take a moment to see that a process was killed.
        for attempt in 1...10 {
            let answer = try connection.query(
                "SELECT pg_try_advisory_lock(hashtextextended($1, \(SinkSchema.originLock)))::text",
                [origin]
            )
            if answer.first?.first == "true" { return }
            if attempt < 10 { try connection.query("SELECT pg_sleep(0.3)") }
        }
        throw ProjectionError(
            .originBusy,
            "another process carries \(origin) into this database: end it first"
        )
    }

    /// Where this origin's rows stand; a projection without any is left out.
    package func positions() throws -> [ProjectionPosition] {
        try SinkReader(connection).positions(of: origin)
            .filter { position in projections.contains { $0.name == position.name } }
    }

    /// The digests of this origin's rows, of one state of the database.
    package func digests() throws -> [ProjectionDigest] {
        try connection.transaction("ISOLATION LEVEL REPEATABLE READ READ ONLY") {
            try SinkReader(connection).digests(of: origin, projections)
        }
    }

    /// Loads whole projections from SQLite in place of what is there.
    package func load(_ chosen: [any Projection], from database: SurveyDatabase) throws {
        guard !chosen.isEmpty else { return }
        let positions = try ProjectionRunner(chosen, database).positions()
        try connection.transaction {
            // One load at a time: two that both drop the keys of an empty table would wait for each
            // other for ever.
            try connection.execute("SELECT pg_advisory_xact_lock(\(SinkSchema.loadLock))")
            for projection in chosen {
                try database.read { db in
                    for table in projection.tables { try load(SinkTable(table, db), db) }
                }
            }
            for position in positions { try set(position) }
        }
        for table in chosen.flatMap(\.tables) {
            try connection.execute("ANALYZE \(SinkTable.schema).\(Connection.quoted(table.name))")
        }
    }

    private func load(_ table: SinkTable, _ db: Database) throws {
        let isEmpty = try connection.query("SELECT 1 FROM \(table.qualified) LIMIT 1").isEmpty
        if isEmpty {
            // Keys made after the rows cost a fraction of keys kept along the way.
            try table.dropIndexes(connection)
        } else {
            try connection.query("DELETE FROM \(table.qualified) WHERE origin = $1", [origin])
        }
        let columns = table.columns.map { Connection.quoted($0.name) }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT \(columns) FROM \(Connection.quoted(table.name))"
        )
        try connection.copy(into: table.copyTarget) { writer in
            while let row = try rows.next() { try table.append(row, of: origin, to: &writer) }
        }
        if isEmpty { try table.createIndexes(connection) }
    }

    private func set(_ position: ProjectionPosition) throws {
        try connection.query(
            """
            INSERT INTO bmn.projection VALUES ($1, $2, $3::bigint, $4)
            ON CONFLICT (origin, name) DO UPDATE SET position = $3::bigint, head = $4
            """,
            [origin, position.name, "\(position.treeSize)", position.head]
        )
    }
}

extension PostgreSQLSink {
    /// Carries what a transaction of SQLite changed across, with the position.
    ///
    /// It is called before SQLite commits, so after a crash SQLite is never ahead: from its own
    /// position it comes to the same rows again by itself.
    func carry(
        _ tables: [SinkTable],
        _ batch: AppliedBatch,
        _ db: Database
    ) throws {
        try connection.transaction {
            for table in tables where try ChangeNotes.hasChanges(table, db) {
                try carry(table, db)
            }
            let moved = try connection.query(
                """
                UPDATE bmn.projection SET position = $2::bigint, head = $3
                WHERE origin = $1 AND position = $4::bigint AND name = ANY ($5::text[])
                RETURNING name
                """,
                [
                    origin, "\(batch.end)", batch.head.hex, "\(batch.start)",
                    "{" + projections.map(\.name).joined(separator: ",") + "}",
                ]
            )
            guard moved.count == projections.count else {
                throw ProjectionError(
                    .positionMoved,
                    "the PostgreSQL database does not stand at record \(batch.start) of \(origin)"
                        + " any more: follow again"
                )
            }
        }
    }

    private func carry(_ table: SinkTable, _ db: Database) throws {
        let keys = table.columns.filter { table.key.contains($0.name) }
        let types = Dictionary(keys.map { ($0.name, $0.type) }) { first, _ in first }
        let definition = table.key.map { "\(Connection.quoted($0)) \(types[$0] ?? "text")" }
        let changed = "pg_temp." + Connection.quoted("changed_" + table.name)
        try connection.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS \(changed) (\(definition.joined(separator: ", ")))
            ON COMMIT DELETE ROWS
            """
        )
        try connection.copy(into: changed) { writer in
            try ChangeNotes.forEachKey(table, db) { row in
                try writer.beginRow(columnCount: table.key.count)
                for offset in table.key.indices {
                    try SinkTable.append(row[offset], to: &writer) { table.name }
                }
            }
        }
        let same = table.key.map(Connection.quoted).map { "t.\($0) = c.\($0)" }
        try connection.query(
            """
            DELETE FROM \(table.qualified) AS t USING \(changed) AS c
            WHERE t.origin = $1 AND \(same.joined(separator: " AND "))
            """,
            [origin]
        )
        try connection.copy(into: table.copyTarget) { writer in
            try ChangeNotes.forEachRow(table, db) { try table.append($0, of: origin, to: &writer) }
        }
        try ChangeNotes.clear(table, db)
    }
}
