import ArgumentParser
import Console
import Ledger
import LedgerReader
import Survey

/// The command `bmn log`.
struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "แสดงระเบียน · Print records as they are stored, one a line.",
        usage: """
            bmn log LEDGER [--stream S] [--type T] [--from N] [--to N] [--since TIME]
            """,
        discussion: """
            Prints the exact bytes that are hashed: SHA-256 of a zero byte and a line without its \
            end is the record's leaf hash, which the next line names as "previous".

            Examples:
              bmn log L | head
              bmn log L --stream household/2561/38010101-0001
              bmn log L --type certificationSigned --since 2018-03-01
              bmn log L --from 10 --to 20 | jq .event
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "เฉพาะสายข้อมูล · One stream only, such as area/3801.")
    var stream: String?

    @Option(help: "เฉพาะชนิด · One type of event only, such as householdRecorded.")
    var type: EventKind?

    @Option(help: "ตั้งแต่ลำดับ · First record index.")
    var from: UInt64 = 0

    @Option(help: "ถึงลำดับ · Last record index.")
    var to: UInt64 = .max

    @Option(help: "ตั้งแต่เวลา · Recorded at or after a day or an RFC 3339 time in UTC.")
    var since: Moment?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let reader = try Composition.reader(directory)
        let results = Output()
        let walk = LogWalk(reader: reader, results: results)
        var start = from
        if let since {
            start = max(start, try reader.snapshot().firstIndex(atOrAfter: since.time))
        }
        switch (stream, type) {
        case (let stream?, let type):
            // Longer than any stream's name is none.
            let indexes =
                stream.utf8.count <= RecordLimit.streamByteCount
                ? try reader.snapshot().indexes(ofStream: stream) : []
            try walk.write(indexes.filter { $0 >= start && $0 <= to }, type)
        case (nil, let type?):
            let indexes = try reader.snapshot().indexes(ofKind: type, from: start)
            try walk.write(indexes.filter { $0 <= to }, nil)
        case (nil, nil): try walk.write(from: start, through: to)
        }
        try results.flush()
    }
}

/// Writes records, in many short snapshots: whoever reads a page of it in `less` and goes home must
/// not keep the writer from reusing pages all night.
///
/// Records never change, so several snapshots give the same lines as one would have; the end is
/// fixed at the beginning.
struct LogWalk {
    let reader: LedgerReader
    let results: Output

    private static let snapshotByteCount = 1 << 20
    private static let snapshotRecordCount = 4096

    func write(from start: UInt64, through last: UInt64) throws {
        let treeSize = try reader.snapshot().treeSize
        var next = start
        let end = last < treeSize ? last + 1 : treeSize
        while next < end {
            try results.append { bytes in
                var copied = 0
                let snapshot = try reader.snapshot()
                try snapshot.forEachRecord(from: next) { index, record in
                    guard index < end, copied < Self.snapshotByteCount else { return false }
                    Self.append(record, to: &bytes)
                    copied += record.byteCount + 1
                    next = index + 1
                    return true
                }
                // Nothing found although the head says there is more.
                if copied == 0 { throw Self.missing(next) }
            }
        }
    }

    /// Writes the records at these indexes, of one kind only if it is given.
    func write(_ indexes: [UInt64], _ kind: EventKind?) throws {
        var rest = indexes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.snapshotRecordCount)
            rest = rest.dropFirst(part.count)
            try results.append { bytes in
                let snapshot = try reader.snapshot()
                for index in part {
                    let found: Void? = try snapshot.withRecord(index) { record in
                        if let kind, try RecordScanner.scan(record).kind != kind { return }
                        Self.append(record, to: &bytes)
                    }
                    if found == nil { throw Self.missing(index) }
                }
            }
        }
    }

    private static func append(_ record: RawSpan, to bytes: inout [UInt8]) {
        unsafe record.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func missing(_ index: UInt64) -> LedgerError {
        LedgerError(.damaged, "record \(index) is missing")
    }
}
