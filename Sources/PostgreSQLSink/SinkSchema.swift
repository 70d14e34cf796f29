import GRDB
import PostgreSQL
import ProjectionRuntime

/// The schema `bmn` of a PostgreSQL database.
enum SinkSchema {
    /// Numbers of advisory locks; others may use theirs in the same database.
    static let installLock = "4777538"
    static let loadLock = "4777539"
    /// A seed: the lock of an origin follows from its name.
    static let originLock = "4777540"

    private static let control = """
        CREATE SCHEMA IF NOT EXISTS bmn;
        CREATE TABLE IF NOT EXISTS bmn.read_model (
            name text COLLATE "C" PRIMARY KEY,
            version bigint NOT NULL,
            tables text NOT NULL
        );
        CREATE TABLE IF NOT EXISTS bmn.projection (
            origin text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL REFERENCES bmn.read_model,
            position bigint NOT NULL,
            head text NOT NULL,
            PRIMARY KEY (origin, name)
        );
        COMMENT ON TABLE bmn.read_model IS
            'Which version of a projection made the tables, for all origins.';
        COMMENT ON TABLE bmn.projection IS
            'The tree size that is applied, and the leaf hash of the record just below it.';
        """

    static func install(
        _ projections: [any Projection],
        _ connection: Connection
    ) throws {
        let shapes = try shapes(projections)
        try connection.transaction {
            try connection.execute("SELECT pg_advisory_xact_lock(\(installLock))")
            try connection.execute(control)
            for (projection, tables) in zip(projections, shapes) {
                try install(projection, tables, connection)
            }
        }
    }

    /// What SQLite makes of the tables of each projection.
    static func shapes(_ projections: [any Projection]) throws -> [[SinkTable]] {
        let database = try SurveyDatabase()
        return try database.write { db in
            try projections.map { projection in
                try projection.tables.map { table in
                    try db.execute(sql: table.schema)
                    for index in table.indexes { try db.execute(sql: index) }
                    return try SinkTable(table, db)
                }
            }
        }
    }

    private static func install(
        _ projection: any Projection,
        _ tables: [SinkTable],
        _ connection: Connection
    ) throws {
        let found = try connection.query(
            "SELECT version, tables FROM bmn.read_model WHERE name = $1",
            [projection.name]
        ).first
        if let found {
            let version = Int(found[0] ?? "") ?? 0
            guard version <= projection.version else {
                throw ProjectionError(
                    .sinkNewer,
                    "the PostgreSQL database has version \(version) of \(projection.name), this"
                        + " program knows \(projection.version): use a newer one"
                )
            }
            guard version < projection.version else { return }
            // The rows of all origins: each is loaded whole again when it is next followed.
            for table in (found[1] ?? "").split(separator: ",") {
                let name = SinkTable.schema + "." + Connection.quoted(String(table))
                try connection.execute("DROP TABLE IF EXISTS \(name)")
            }
            for table in ["projection", "read_model"] {
                try connection.query("DELETE FROM bmn.\(table) WHERE name = $1", [projection.name])
            }
        }
        for table in tables {
            try table.create(connection)
            try table.createIndexes(connection)
        }
        try connection.query(
            "INSERT INTO bmn.read_model VALUES ($1, $2::bigint, $3)",
            [
                projection.name, "\(projection.version)",
                tables.map(\.name).joined(separator: ","),
            ]
        )
    }
}
