import LMDB
import Ledger
import LedgerReader
import Survey

/// An index of the store, of which no entry may be missing and none too many.
///
/// That every record has its entry is looked up record by record; here the entries are counted, by
/// walking them: the number that LMDB keeps is one more thing that damage can change.
struct LedgerIndex {
    /// Index and authentication code, which needs the vault's key and is not checked.
    static let commandValueByteCount = 24

    let database: Database
    let keyByteCounts: ClosedRange<Int>
    let valueByteCount: Int
    /// One entry for each record; the kind index leaves some out, and its entries are followed.
    let listsAllRecords: Bool

    static func all(_ store: LedgerStore) -> [LedgerIndex] {
        [
            LedgerIndex(
                database: store.streams,
                keyByteCounts: 6...(RecordLimit.streamByteCount + 5),
                valueByteCount: 8,
                listsAllRecords: true
            ),
            LedgerIndex(
                database: store.commands,
                keyByteCounts: 16...16,
                valueByteCount: commandValueByteCount,
                listsAllRecords: true
            ),
            LedgerIndex(
                database: store.kinds,
                keyByteCounts: 9...9,
                valueByteCount: 0,
                listsAllRecords: false
            ),
        ]
    }

    func problems(
        in reader: LedgerSourceReader,
        heartbeat: () throws -> Void
    ) throws -> [String] {
        var problems: [String] = []
        var order = KeyOrder()
        var count: UInt64 = 0
        try reader.snapshot.transaction.forEach(database) { key, value in
            guard order.takes(key) else {
                throw LedgerError(.damaged, "\(database.name) is out of order at entry \(count)")
            }
            guard keyByteCounts.contains(key.byteCount), value.byteCount == valueByteCount else {
                problems.append("entry \(count) of \(database.name) has another form")
                return false
            }
            count += 1
            if count.isMultiple(of: 1 << 12) { try heartbeat() }
            return true
        }
        guard problems.isEmpty else { return problems }
        let claimed = try reader.snapshot.transaction.statistics(database).entryCount
        let due = listsAllRecords ? reader.treeSize : count
        if count != due || UInt64(exactly: claimed) != due {
            problems.append(
                "\(database.name) has \(count) entries and claims \(claimed), for"
                    + " \(reader.treeSize) records"
            )
        }
        if !listsAllRecords { problems += try kindProblems(in: reader, heartbeat: heartbeat) }
        return problems
    }

    /// Entries that lead to no record, or to one of another kind.
    private func kindProblems(
        in reader: LedgerSourceReader,
        heartbeat: () throws -> Void
    ) throws -> [String] {
        var problems: [String] = []
        var count: UInt64 = 0
        try reader.snapshot.transaction.forEach(database) { key, _ in
            let key = key.byteArray
            let index = key.dropFirst().reduce(0) { $0 << 8 | UInt64($1) }
            // A record that cannot be scanned is a finding of its own.
            let kind = try reader.snapshot.withRecord(index) { try? RecordScanner.scan($0).kind }
            reader.snapshot.countScatteredRead()
            if (kind ?? nil)?.isInKindIndex != true || (kind ?? nil)?.number != key.first {
                problems.append("\(database.name) lists record \(index) as of another kind")
            }
            count += 1
            if count.isMultiple(of: 1 << 12) { try heartbeat() }
            return problems.isEmpty
        }
        return problems
    }
}

/// Sees that each key of a walk is greater than the one before.
struct KeyOrder {
    private var last: [UInt8]?

    /// Whether `key` comes after all that were taken, as `memcmp` orders them.
    mutating func takes(_ key: RawSpan) -> Bool {
        let bytes = key.byteArray
        defer { last = bytes }
        guard let last else { return true }
        return last.lexicographicallyPrecedes(bytes)
    }
}
