package import Cryptography
import GRDB

/// What a projection's rows come to; equal for equal records (PROJECTIONS.md has the format).
package struct ProjectionDigest: Sendable, Hashable {
    package let name: String
    package let version: Int
    package let treeSize: UInt64
    package let digest: Digest
}

extension ProjectionRunner {
    /// The digests of all projections, of one state of the database.
    package func digests() throws -> [ProjectionDigest] {
        try database.read { db in
            try projections.compactMap { projection in
                guard let position = try PositionTable.position(projection.name, db) else {
                    return nil
                }
                return ProjectionDigest(
                    name: projection.name,
                    version: position.version,
                    treeSize: position.treeSize,
                    digest: try DigestWriter.digest(of: projection, db)
                )
            }
        }
    }
}

/// Hashes values so that no two sequences of them have the same bytes.
private struct DigestWriter: ~Copyable {
    private static let flushByteCount = 1 << 16
    private var hasher = SHA256()
    private var buffer: [UInt8] = []

    static func digest(of projection: any Projection, _ db: Database) throws -> Digest {
        var writer = DigestWriter()
        writer.buffer.reserveCapacity(flushByteCount + 4096)
        writer.append(text: "bmn-projection-digest/v1")
        writer.append(text: projection.name)
        writer.append(integer: Int64(projection.version))
        for table in projection.tables { try writer.append(table, db) }
        writer.flush()
        return writer.hasher.finalize()
    }

    private mutating func append(_ table: ProjectionTable, _ db: Database) throws {
        let columns = try db.columns(in: table.name).map(\.name)
        append(tag: Tag.table)
        append(text: table.name)
        append(integer: Int64(columns.count))
        for column in columns { append(text: column) }
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let order = table.key.map { "\"\($0)\"" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT \(list) FROM \"\(table.name)\" ORDER BY \(order)"
        )
        while let row = try rows.next() {
            append(tag: Tag.row)
            for offset in columns.indices {
                try append(row[offset] as DatabaseValue, column: "\(table.name).\(columns[offset])")
            }
            if buffer.count >= Self.flushByteCount { flush() }
        }
    }

    private mutating func append(
        _ value: DatabaseValue,
        column: @autoclosure () -> String
    ) throws {
        switch value.storage {
        case .null: append(tag: Tag.null)
        case .int64(let number): append(integer: number)
        case .string(let text): append(text: text)
        case .blob(let data):
            append(tag: Tag.blob)
            append(bigEndian: UInt64(data.count))
            buffer.append(contentsOf: data)
        case .double:
            throw ProjectionError(.valueNotDigestible, "\(column()) holds a floating-point number")
        }
    }

    private mutating func append(integer: Int64) {
        append(tag: Tag.integer)
        append(bigEndian: UInt64(bitPattern: integer))
    }

    private mutating func append(text: String) {
        append(tag: Tag.text)
        append(bigEndian: UInt64(text.utf8.count))
        buffer.append(contentsOf: text.utf8)
    }

    private mutating func append(tag: UInt8) { buffer.append(tag) }

    private mutating func append(bigEndian number: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            buffer.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func flush() {
        hasher.update(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}

/// The first byte of everything in a digest's input.
private enum Tag {
    static let null: UInt8 = 0x00
    static let integer: UInt8 = 0x01
    static let text: UInt8 = 0x02
    static let blob: UInt8 = 0x03
    static let table: UInt8 = 0x10
    static let row: UInt8 = 0x11
}
