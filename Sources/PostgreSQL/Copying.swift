import CPostgreSQL

/// Rows for `COPY … FROM STDIN (FORMAT binary)`, gathered into large messages.
///
/// The binary form takes no escaping, and its big-endian integers and UTF-8 texts are those of the
/// digests of read models, so nothing is converted twice.
package struct CopyWriter: ~Copyable {
    private static let flushByteCount = 1 << 16
    private let connection: Connection
    private var buffer: [UInt8] = []

    fileprivate init(_ connection: Connection) {
        self.connection = connection
        buffer.reserveCapacity(Self.flushByteCount + 4096)
        buffer += CopyFormat.signature
        // No flags, no extension.
        buffer += [UInt8](repeating: 0, count: 8)
    }

    /// Begins a row; then comes exactly one value a column.
    package mutating func beginRow(columnCount: Int) throws(PostgreSQLError) {
        if buffer.count >= Self.flushByteCount { try flush() }
        append(bigEndian: UInt16(columnCount))
    }

    package mutating func appendNull() { append(bigEndian: UInt32.max) }

    /// For a column of type bigint.
    package mutating func append(_ number: Int64) {
        append(bigEndian: UInt32(8))
        append(bigEndian: UInt64(bitPattern: number))
    }

    /// For a column of type text.
    package mutating func append(_ text: String) {
        append(bigEndian: UInt32(text.utf8.count))
        buffer.append(contentsOf: text.utf8)
    }

    /// For a column of type bytea.
    package mutating func append(_ bytes: [UInt8]) {
        append(bigEndian: UInt32(bytes.count))
        buffer += bytes
    }

    fileprivate mutating func end() throws(PostgreSQLError) {
        append(bigEndian: CopyFormat.trailer)
        try flush()
    }

    private mutating func append(bigEndian number: some FixedWidthInteger) {
        for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
            buffer.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func flush() throws(PostgreSQLError) {
        let status = unsafe buffer.withUnsafeBytes { bytes in
            unsafe PQputCopyData(
                connection.handle,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count)
            )
        }
        buffer.removeAll(keepingCapacity: true)
        guard status == 1 else {
            throw PostgreSQLError(
                .databaseUnreachable,
                unsafe Connection.reason(connection.handle)
            )
        }
    }
}

/// One row of `COPY … TO STDOUT (FORMAT binary)`: where its values lie, nil for NULL.
package struct CopiedRow {
    package let bytes: [UInt8]
    package let fields: [Range<Int>?]
}

private enum CopyFormat {
    static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    /// Instead of a count of columns, after the last row.
    static let trailer = UInt16.max
}

extension Connection {
    /// Copies rows into `target`, a table with its columns in brackets.
    ///
    /// `body` must not use the connection.
    package func copy(
        into target: String,
        _ body: (inout CopyWriter) throws -> Void
    ) throws {
        try execute("COPY \(target) FROM STDIN (FORMAT binary)")
        do {
            var writer = CopyWriter(self)
            try body(&writer)
            try writer.end()
        } catch {
            _ = unsafe PQputCopyEnd(handle, "given up")
            try? finishCopy()
            throw error
        }
        _ = unsafe PQputCopyEnd(handle, nil)
        try finishCopy()
    }

    /// Calls `body` with each row of a query; it must not use the connection.
    package func copy(
        outOf query: String,
        _ body: (CopiedRow) throws -> Void
    ) throws {
        try execute("COPY (\(query)) TO STDOUT (FORMAT binary)")
        var reader = CopyReader()
        var failure: (any Error)?
        var message: UnsafeMutablePointer<CChar>?
        var byteCount = unsafe PQgetCopyData(handle, &message, 0)
        while byteCount > 0 {
            // After a failure the rest is only read away, so that the connection serves on.
            if failure == nil {
                let bytes = unsafe Array(
                    UnsafeRawBufferPointer(start: message, count: Int(byteCount))
                )
                do { try reader.read(bytes, body) } catch { failure = error }
            }
            unsafe PQfreemem(message)
            byteCount = unsafe PQgetCopyData(handle, &message, 0)
        }
        try finishCopy()
        if let failure { throw failure }
    }

    private func finishCopy() throws(PostgreSQLError) {
        var failure: PostgreSQLError?
        while let result = unsafe PQgetResult(handle) {
            do throws(PostgreSQLError) {
                unsafe try check(result)
            } catch {
                failure = failure ?? error
            }
            unsafe PQclear(result)
        }
        if let failure { throw failure }
    }
}

/// Reads the messages of a copy, each of which holds whole rows.
private struct CopyReader {
    private var hasHeader = false

    mutating func read(_ bytes: [UInt8], _ body: (CopiedRow) throws -> Void) throws {
        var offset = 0
        func number(_ byteCount: Int) throws(PostgreSQLError) -> Int {
            guard bytes.count - offset >= byteCount else { throw Self.garbled }
            defer { offset += byteCount }
            return bytes[offset..<offset + byteCount].reduce(0) { $0 << 8 | Int($1) }
        }
        if !hasHeader {
            guard bytes.starts(with: CopyFormat.signature) else { throw Self.garbled }
            offset = CopyFormat.signature.count + 4
            let extensionByteCount = try number(4)
            offset += extensionByteCount
            hasHeader = true
        }
        while offset < bytes.count {
            let columnCount = try number(2)
            guard columnCount != Int(CopyFormat.trailer) else { return }
            var fields: [Range<Int>?] = []
            fields.reserveCapacity(columnCount)
            for _ in 0..<columnCount {
                let byteCount = try number(4)
                guard byteCount != Int(UInt32.max) else {
                    fields.append(nil)
                    continue
                }
                guard bytes.count - offset >= byteCount else { throw Self.garbled }
                fields.append(offset..<offset + byteCount)
                offset += byteCount
            }
            try body(CopiedRow(bytes: bytes, fields: fields))
        }
    }

    private static var garbled: PostgreSQLError {
        PostgreSQLError(.databaseGarbled, "the server sent rows in another form than expected")
    }
}
