import GRDB
import PostgreSQL
import ProjectionRuntime

/// Notes the keys of the rows that a transaction changes, by triggers of the connection's own.
///
/// They lie in SQLite's temporary database: the file knows nothing of them, they are undone with the
/// transaction, and they end with the connection.
enum ChangeNotes {
    private static func notes(_ table: SinkTable) -> String { quoted("changed_" + table.name) }

    private static func quoted(_ name: String) -> String { Connection.quoted(name) }

    private static func keyList(_ table: SinkTable, _ prefix: String = "") -> String {
        table.key.map { prefix + quoted($0) }.joined(separator: ", ")
    }

    /// Begins to note, on a database that has the tables.
    static func begin(_ tables: [SinkTable], _ db: Database) throws {
        // Without it a row that REPLACE overwrites under another key would go unnoticed.
        try db.execute(sql: "PRAGMA recursive_triggers = ON")
        for table in tables {
            let key = keyList(table)
            try db.execute(
                sql: """
                    CREATE TEMP TABLE \(notes(table)) (\(key), PRIMARY KEY (\(key))) WITHOUT ROWID
                    """
            )
            try begin("insert", "INSERT", ["NEW."], table, db)
            try begin("update", "UPDATE", ["OLD.", "NEW."], table, db)
            try begin("delete", "DELETE", ["OLD."], table, db)
        }
    }

    private static func begin(
        _ name: String,
        _ event: String,
        _ rows: [String],
        _ table: SinkTable,
        _ db: Database
    ) throws {
        // ON CONFLICT, not OR IGNORE: the statement that fires a trigger overrides the latter.
        let inserts = rows.map { row in
            "INSERT INTO \(notes(table)) VALUES (\(keyList(table, row))) ON CONFLICT DO NOTHING;"
        }
        try db.execute(
            sql: """
                CREATE TEMP TRIGGER \(quoted("note_\(name)_\(table.name)"))
                AFTER \(event) ON main.\(quoted(table.name))
                BEGIN \(inserts.joined(separator: " ")) END
                """
        )
    }

    /// Whether anything of a table changed since the notes were last cleared.
    static func hasChanges(_ table: SinkTable, _ db: Database) throws -> Bool {
        try db.makeStatement(sql: "SELECT 1 FROM temp.\(notes(table)) LIMIT 1").isFilled()
    }

    /// The keys of rows that were made, changed or removed.
    static func forEachKey(
        _ table: SinkTable,
        _ db: Database,
        _ body: (Row) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT \(keyList(table)) FROM temp.\(notes(table))")
        )
        while let row = try rows.next() { try body(row) }
    }

    /// Those of them that are there, as they are now.
    static func forEachRow(
        _ table: SinkTable,
        _ db: Database,
        _ body: (Row) throws -> Void
    ) throws {
        let columns = table.columns.map { "now.\(quoted($0.name))" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM temp.\(notes(table)) AS noted
                    CROSS JOIN main.\(quoted(table.name)) AS now USING (\(keyList(table)))
                    """
            )
        )
        while let row = try rows.next() { try body(row) }
    }

    static func clear(_ table: SinkTable, _ db: Database) throws {
        try db.run("DELETE FROM temp.\(notes(table))", [])
    }
}

extension Statement {
    fileprivate func isFilled() throws -> Bool { try Int.fetchOne(self) != nil }
}
