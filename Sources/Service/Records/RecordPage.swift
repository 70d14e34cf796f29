import Ledger
import LedgerReader
import Survey

/// A page of records, one a line, and where the next one begins.
struct RecordPage: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Nil at the end of the ledger as it is.
    private(set) var next: UInt64?

    /// However few of them are asked for, no page looks at more records than this: it ends short
    /// then, and says where to go on.
    private static let lookedAtCountMax = 20_000
    private static let byteCountMax = 4 * 1024 * 1024

    init(
        from start: UInt64,
        limit: Int,
        stream: String?,
        kind: EventKind?,
        _ form: RecordForm,
        _ snapshot: borrowing LedgerSnapshot
    ) throws {
        if stream == nil, kind == nil {
            try walk(from: start, limit: limit, kind: nil, form, snapshot)
        } else if let stream {
            // Longer than any stream's name is none.
            let indexes =
                stream.utf8.count <= RecordLimit.streamByteCount
                ? try snapshot.indexes(ofStream: stream).filter { $0 >= start } : []
            try take(indexes, limit: limit, kind: kind, form, snapshot)
        } else if let kind, kind.isInKindIndex {
            let indexes = try snapshot.indexes(ofKind: kind, from: start)
            try take(indexes, limit: limit, kind: nil, form, snapshot)
        } else {
            try walk(from: start, limit: limit, kind: kind, form, snapshot)
        }
    }

    private mutating func take(
        _ indexes: [UInt64],
        limit: Int,
        kind: EventKind?,
        _ form: RecordForm,
        _ snapshot: borrowing LedgerSnapshot
    ) throws {
        var count = 0
        for index in indexes {
            guard count < limit, bytes.count < Self.byteCountMax else {
                next = index
                return
            }
            let line = try snapshot.withRecord(index) { record in
                if let kind, try RecordScanner.scan(record).kind != kind { return [UInt8]() }
                return try form.bytes(record)
            }
            guard let line else { throw LedgerError(.damaged, "record \(index) is missing") }
            guard !line.isEmpty else { continue }
            append(line)
            count += 1
        }
    }

    private mutating func walk(
        from start: UInt64,
        limit: Int,
        kind: EventKind?,
        _ form: RecordForm,
        _ snapshot: borrowing LedgerSnapshot
    ) throws {
        var count = 0
        var lookedAtCount = 0
        var lines: [UInt8] = []
        var stop: UInt64?
        try snapshot.forEachRecord(from: start) { index, record in
            guard count < limit, lines.count < Self.byteCountMax,
                lookedAtCount < Self.lookedAtCountMax
            else {
                stop = index
                return false
            }
            lookedAtCount += 1
            if let kind, try RecordScanner.scan(record).kind != kind { return true }
            lines += try form.bytes(record)
            lines.append(UInt8(ascii: "\n"))
            count += 1
            return true
        }
        bytes = lines
        next = stop
    }

    /// The same records as one JSON array.
    var array: [UInt8] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        return Array("[".utf8) + lines.joined(separator: ",\n".utf8) + Array("]\n".utf8)
    }

    private mutating func append(_ line: [UInt8]) {
        bytes += line
        bytes.append(UInt8(ascii: "\n"))
    }
}
