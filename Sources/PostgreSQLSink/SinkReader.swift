import Cryptography
package import PostgreSQL
package import ProjectionRuntime

/// What a PostgreSQL database says of the ledgers in it.
package struct SinkReader: Sendable {
    package let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The ledgers that have rows here, each with the least position of its projections.
    package func origins() throws -> [(origin: String, treeSize: UInt64)] {
        guard try isInstalled() else { return [] }
        return try connection.query(
            "SELECT origin, min(position) FROM bmn.projection GROUP BY origin ORDER BY origin"
        ).map { row in (origin: row[0] ?? "", treeSize: try Self.size(row[1])) }
    }

    package func positions(of origin: String) throws -> [ProjectionPosition] {
        guard try isInstalled() else { return [] }
        return try connection.query(
            """
            SELECT name, version, position, head FROM bmn.projection
            JOIN bmn.read_model USING (name) WHERE origin = $1 ORDER BY name
            """,
            [origin]
        ).map { row in
            ProjectionPosition(
                name: row[0] ?? "",
                version: Int(row[1] ?? "") ?? 0,
                treeSize: try Self.size(row[2]),
                head: row[3] ?? ""
            )
        }
    }

    /// Digests of the rows as PostgreSQL has them, framed as those of SQLite; only of projections that
    /// this program knows in that version.
    package func digests(
        of origin: String,
        _ projections: [any Projection]
    ) throws -> [ProjectionDigest] {
        let positions = try positions(of: origin)
        return try projections.compactMap { projection in
            guard
                let position = positions.first(where: {
                    $0.name == projection.name && $0.version == projection.version
                })
            else { return nil }
            var writer = DigestWriter(projection.name, version: projection.version)
            for table in projection.tables { try append(table, of: origin, to: &writer) }
            return ProjectionDigest(
                name: projection.name,
                version: position.version,
                treeSize: position.treeSize,
                digest: writer.finish()
            )
        }
    }

    private func append(
        _ table: ProjectionTable,
        of origin: String,
        to writer: inout DigestWriter
    ) throws {
        let qualified = SinkTable.schema + "." + Connection.quoted(table.name)
        let columns = try connection.query(
            """
            SELECT attname, atttypid::regtype::text FROM pg_attribute
            WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
                AND attname <> 'origin' ORDER BY attnum
            """,
            [qualified]
        ).map { row in (name: row[0] ?? "", type: row[1] ?? "") }
        writer.beginTable(table.name, columns: columns.map(\.name))
        let query = """
            SELECT \(SinkTable.list(columns.map(\.name))) FROM \(qualified)
            WHERE origin = \(try connection.literal(origin)) ORDER BY \(SinkTable.list(table.key))
            """
        try connection.copy(outOf: query) { row in
            writer.beginRow()
            for (column, field) in zip(columns, row.fields) {
                guard let field else {
                    writer.appendNull()
                    continue
                }
                let bytes = row.bytes[field]
                switch column.type {
                case "bigint": writer.append(integerBytes: bytes)
                case "bytea": writer.append(blob: Array(bytes))
                default: writer.append(textBytes: bytes)
                }
            }
        }
    }

    private func isInstalled() throws -> Bool {
        let found = try connection.query("SELECT to_regclass('bmn.projection')::text")
        return found.first?.first.flatMap(\.self) != nil
    }

    private static func size(_ text: String?) throws(ProjectionError) -> UInt64 {
        guard let size = UInt64(text ?? "") else {
            throw ProjectionError(
                .sinkUnusable,
                "a position in the PostgreSQL database is no tree size: replay into it"
            )
        }
        return size
    }
}
