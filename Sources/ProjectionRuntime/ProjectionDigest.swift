package import Cryptography
import Foundation
import GRDB

/// What a projection's rows come to; equal for equal records (PROJECTIONS.md has the format).
package struct ProjectionDigest: Sendable, Hashable {
    package let name: String
    package let version: Int
    package let treeSize: UInt64
    package let digest: Digest

    package init(name: String, version: Int, treeSize: UInt64, digest: Digest) {
        self.name = name
        self.version = version
        self.treeSize = treeSize
        self.digest = digest
    }
}

extension ProjectionRunner {
    /// The digests of all projections, of one state of the database.
    package func digests() throws -> [ProjectionDigest] {
        try database.read { db in
            try projections.compactMap { try Self.digest(of: $0, db) }
        }
    }

    /// Nil for one that was never built.
    static func digest(of projection: any Projection, _ db: Database) throws -> ProjectionDigest? {
        guard let position = try PositionTable.position(projection.name, db) else { return nil }
        var writer = DigestWriter(projection.name, version: projection.version)
        for table in projection.tables { try append(table, to: &writer, db) }
        return ProjectionDigest(
            name: projection.name,
            version: position.version,
            treeSize: position.treeSize,
            digest: writer.finish()
        )
    }

    private static func append(
        _ table: ProjectionTable,
        to writer: inout DigestWriter,
        _ db: Database
    ) throws {
        let columns = try db.columns(in: table.name).map(\.name)
        writer.beginTable(table.name, columns: columns)
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let order = table.key.map { "\"\($0)\"" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT \(list) FROM \"\(table.name)\" ORDER BY \(order)"
        )
        while let row = try rows.next() {
            writer.beginRow()
            for offset in columns.indices {
                switch (row[offset] as DatabaseValue).storage {
                case .null: writer.appendNull()
                case .int64(let number): writer.append(integer: number)
                case .string(let text): writer.append(text: text)
                case .blob(let data): writer.append(blob: Array(data))
                case .double:
                    throw ProjectionError(
                        .valueNotDigestible,
                        "\(table.name).\(columns[offset]) holds a floating-point number"
                    )
                }
            }
        }
    }
}
