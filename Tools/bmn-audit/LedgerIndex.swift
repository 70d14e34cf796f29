import LMDB
import Ledger
import LedgerReader

/// An index of the store that must have one entry for each record and none too many.
///
/// That every record has its entry is looked up record by record; here the entries are counted, by
/// walking them: the number that LMDB keeps is one more thing that damage can change.
struct LedgerIndex {
    /// Index and authentication code, which needs the vault's key and is not checked.
    static let commandValueByteCount = 24

    let database: Database
    let keyByteCounts: ClosedRange<Int>
    let valueByteCount: Int

    static func all(_ store: LedgerStore) -> [LedgerIndex] {
        [
            LedgerIndex(
                database: store.streams,
                keyByteCounts: 6...(RecordLimit.streamByteCount + 5),
                valueByteCount: 8
            ),
            LedgerIndex(
                database: store.commands,
                keyByteCounts: 16...16,
                valueByteCount: commandValueByteCount
            ),
            LedgerIndex(database: store.kinds, keyByteCounts: 9...9, valueByteCount: 0),
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
        if count != reader.treeSize || UInt64(exactly: claimed) != reader.treeSize {
            problems.append(
                "\(database.name) has \(count) entries and claims \(claimed), for"
                    + " \(reader.treeSize) records"
            )
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
