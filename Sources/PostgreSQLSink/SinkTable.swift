import GRDB
import PostgreSQL
import ProjectionRuntime

/// A projection's table as PostgreSQL has it: the same columns after the origin that a row is of, so
/// that many ledgers share it.
struct SinkTable {
    struct Column {
        let name: String
        let type: String
        let isNotNull: Bool
    }

    struct Index {
        let name: String
        let columns: [String]
    }

    static let schema = "bmn"

    let name: String
    let columns: [Column]
    let key: [String]
    let indexes: [Index]
    /// How SQLite was told to make it, with the comments on its columns.
    let comment: String

    /// Reads the shape from a database that has the table.
    init(_ table: ProjectionTable, _ db: Database) throws {
        name = table.name
        key = table.key
        comment = table.schema
        columns = try db.columns(in: table.name).map { column in
            Column(
                name: column.name,
                type: try Self.type(column.type, "\(table.name).\(column.name)"),
                isNotNull: column.isNotNull || table.key.contains(column.name)
            )
        }
        indexes =
            try table.indexes.isEmpty
            ? []
            : db.indexes(on: table.name).filter { $0.origin == .createIndex }
                .map { Index(name: $0.name, columns: $0.columns) }
    }

    private static func type(_ sqlite: String, _ column: String) throws(ProjectionError) -> String {
        switch sqlite.uppercased() {
        case "INTEGER": "bigint"
        // By bytes, as SQLite orders and compares.
        case "TEXT": "text COLLATE \"C\""
        case "BLOB": "bytea"
        default:
            throw ProjectionError(
                .valueNotDigestible,
                "\(column) is of type \(sqlite), which another database would keep otherwise"
            )
        }
    }

    var qualified: String { Self.schema + "." + Connection.quoted(name) }

    /// The table with its columns, as a copy names it.
    var copyTarget: String {
        qualified + " (" + Self.list(["origin"] + columns.map(\.name)) + ")"
    }

    private var keyName: String { Connection.quoted(name + "_by_origin") }

    private var definition: String {
        let columns = columns.map { column in
            let null = column.isNotNull ? " NOT NULL" : ""
            return "\(Connection.quoted(column.name)) \(column.type)\(null)"
        }
        return (["origin text COLLATE \"C\" NOT NULL"] + columns).joined(separator: ", ")
    }

    /// The table without keys or indexes.
    func create(_ connection: Connection) throws(PostgreSQLError) {
        try connection.execute("CREATE TABLE \(qualified) (\(definition))")
        try connection.execute(
            "COMMENT ON TABLE \(qualified) IS \(try connection.literal(comment))"
        )
    }

    func createIndexes(_ connection: Connection) throws(PostgreSQLError) {
        try connection.execute(
            """
            ALTER TABLE \(qualified) ADD CONSTRAINT \(keyName)
            PRIMARY KEY (\(Self.list(["origin"] + key)))
            """
        )
        for index in indexes {
            try connection.execute(
                """
                CREATE INDEX \(Connection.quoted(index.name)) ON \(qualified)
                (\(Self.list(["origin"] + index.columns)))
                """
            )
        }
    }

    func dropIndexes(_ connection: Connection) throws(PostgreSQLError) {
        try connection.execute("ALTER TABLE \(qualified) DROP CONSTRAINT \(keyName)")
        for index in indexes {
            try connection.execute("DROP INDEX \(Self.schema).\(Connection.quoted(index.name))")
        }
    }

    /// One row of SQLite, with the origin before it.
    func append(
        _ row: Row,
        of origin: String,
        to writer: inout CopyWriter
    ) throws {
        try writer.beginRow(columnCount: columns.count + 1)
        writer.append(origin)
        for offset in columns.indices {
            try SinkTable.append(row[offset], to: &writer) { "\(name).\(columns[offset].name)" }
        }
    }

    static func append(
        _ value: DatabaseValue,
        to writer: inout CopyWriter,
        column: () -> String
    ) throws(ProjectionError) {
        switch value.storage {
        case .null: writer.appendNull()
        case .int64(let number): writer.append(number)
        case .string(let text): writer.append(text)
        case .blob(let data): writer.append([UInt8](data))
        case .double:
            throw ProjectionError(
                .valueNotDigestible,
                "\(column()) holds a floating-point number"
            )
        }
    }

    static func list(_ names: [String]) -> String {
        names.map(Connection.quoted).joined(separator: ", ")
    }
}
