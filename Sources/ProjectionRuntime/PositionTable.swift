import Cryptography
package import GRDB

/// How far a projection has come.
package struct ProjectionPosition: Sendable, Hashable, Codable {
    package let name: String
    package let version: Int
    /// The tree size whose records are applied.
    package let treeSize: UInt64
    /// Leaf hash of the record just below it, hex; empty at 0.
    ///
    /// It tells a ledger that was replaced from one that grew.
    package let head: String

    package init(name: String, version: Int, treeSize: UInt64, head: String) {
        self.name = name
        self.version = version
        self.treeSize = treeSize
        self.head = head
    }
}

/// The table `projection`; it commits with the rows it speaks of.
enum PositionTable {
    static let schema = """
        CREATE TABLE projection (
            name TEXT PRIMARY KEY,
            version INTEGER NOT NULL,   -- of the projection's code
            position INTEGER NOT NULL,  -- tree size applied: records below it are in the rows
            head TEXT NOT NULL,         -- leaf hash of record position - 1, hex; '' at 0
            tables TEXT NOT NULL        -- its tables, comma-separated, so that any version can drop them
        ) WITHOUT ROWID
        """

    static func position(_ name: String, _ db: Database) throws -> ProjectionPosition? {
        let statement = try db.cachedStatement(
            sql: "SELECT version, position, head FROM projection WHERE name = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [name]) else { return nil }
        // Whoever can write the file can put anything here, and an auditor reads it: GRDB's own
        // conversion would trap.
        guard let version = Int.fromDatabaseValue(row["version"]),
            let treeSize = UInt64.fromDatabaseValue(row["position"]),
            let head = String.fromDatabaseValue(row["head"])
        else {
            throw ProjectionError(
                .notASurveyDatabase,
                "the position of \(name) is none: remove the file and replay"
            )
        }
        return ProjectionPosition(name: name, version: version, treeSize: treeSize, head: head)
    }

    static func move(
        _ name: String,
        to treeSize: UInt64,
        head: Digest,
        _ db: Database
    ) throws {
        try db.run(
            "UPDATE projection SET position = ?, head = ? WHERE name = ?",
            [Int64(clamping: treeSize), head.hex, name]
        )
    }

    /// Makes a projection's empty tables, dropping whatever an earlier version left.
    static func reset(_ projection: any Projection, _ db: Database) throws {
        let old = try String.fetchOne(
            db,
            sql: "SELECT tables FROM projection WHERE name = ?",
            arguments: [projection.name]
        )
        for table in old?.split(separator: ",") ?? [] {
            try db.execute(sql: "DROP TABLE IF EXISTS \"\(table)\"")
        }
        for table in projection.tables { try db.execute(sql: table.schema) }
        try db.execute(
            sql: "INSERT OR REPLACE INTO projection VALUES (?, ?, 0, '', ?)",
            arguments: [
                projection.name, projection.version,
                projection.tables.map(\.name).joined(separator: ","),
            ]
        )
    }

    static func createIndexes(_ projection: any Projection, _ db: Database) throws {
        for index in projection.tables.flatMap(\.indexes) { try db.execute(sql: index) }
    }
}

extension Database {
    /// Runs a statement that is prepared once.
    package func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension String {
    /// Nil for "", which is how records say that a value is not given.
    package var nonEmpty: String? { isEmpty ? nil : self }
}
