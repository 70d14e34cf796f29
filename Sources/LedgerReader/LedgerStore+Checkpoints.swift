package import LMDB
import Ledger
package import Survey
package import TransparencyLog

/// What the store keeps beside the records because it does not follow from them.
extension LedgerStore {
    /// The checkpoint of the least tree size from `treeSize` on.
    package func checkpoint(
        from treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> StoredCheckpoint? {
        var found: (UInt64, [UInt8])?
        try transaction.forEach(checkpoints, from: BigEndianKey(treeSize)) { key, value in
            found = try entry(key, value)
            return false
        }
        return try found.map { try withEvidence($0, $1, transaction) }
    }

    /// The checkpoint of the largest tree size below a bound.
    package func checkpoint(
        below treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> StoredCheckpoint? {
        var found: (UInt64, [UInt8])?
        try transaction.forEachReversed(checkpoints) { key, value in
            let entry = try entry(key, value)
            guard entry.0 < treeSize else { return true }
            found = entry
            return false
        }
        return try found.map { try withEvidence($0, $1, transaction) }
    }

    private func entry(_ key: RawSpan, _ value: RawSpan) throws -> (UInt64, [UInt8]) {
        guard let size = BigEndianKey(key)?.value else {
            throw LedgerError(.damaged, "a key of the checkpoints is not 8 bytes")
        }
        return (size, value.byteArray)
    }

    private func withEvidence(
        _ treeSize: UInt64,
        _ noteBytes: [UInt8],
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> StoredCheckpoint {
        StoredCheckpoint(
            treeSize: treeSize,
            noteBytes: noteBytes,
            cosignatureLines: try evidence(cosignatures, treeSize, transaction),
            timestamps: try evidence(timestamps, treeSize, transaction)
        )
    }

    /// No more than this of each kind belongs to one checkpoint.
    package static let evidenceCountMax = 60

    /// How many cosignatures or time-stamps of one checkpoint there are.
    package func evidenceCount(
        _ database: Database,
        _ treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> Int {
        var count = 0
        try forEachEvidence(database, treeSize, transaction) { _ in count += 1 }
        return count
    }

    private func evidence(
        _ database: Database,
        _ treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable
    ) throws -> [[UInt8]] {
        var values: [[UInt8]] = []
        try forEachEvidence(database, treeSize, transaction) { value in
            guard values.count < Self.evidenceCountMax else {
                throw LedgerError(.damaged, "\(database.name) has too many of one checkpoint")
            }
            values.append(value.byteArray)
        }
        return values
    }

    private func forEachEvidence(
        _ database: Database,
        _ treeSize: UInt64,
        _ transaction: borrowing some Transaction & ~Copyable,
        _ body: (RawSpan) throws -> Void
    ) throws {
        try transaction.forEach(database, from: BigEndianKey(treeSize)) { key, value in
            guard key.byteCount == LedgerKey.evidenceByteCount else {
                throw LedgerError(.damaged, "a key of \(database.name) is not 16 bytes")
            }
            guard BigEndianKey(key.extracting(0..<8))?.value == treeSize else { return false }
            try body(value)
            return true
        }
    }
}

extension LedgerSnapshot {
    package func checkpoint(from treeSize: UInt64) throws -> StoredCheckpoint? {
        try store.checkpoint(from: treeSize, transaction)
    }

    package func latestCheckpoint() throws -> StoredCheckpoint? {
        try store.checkpoint(below: .max, transaction)
    }

    package func checkpoint(below treeSize: UInt64) throws -> StoredCheckpoint? {
        try store.checkpoint(below: treeSize, transaction)
    }

    /// The checkpoint of exactly this tree size.
    package func checkpoint(treeSize: UInt64) throws -> StoredCheckpoint? {
        guard let found = try checkpoint(from: treeSize), found.treeSize == treeSize else {
            return nil
        }
        return found
    }

    /// The log's keys, each with the least tree size that it signs.
    package func logKeys() throws -> [LogKeyTerm] { try store.logKeys(transaction) }
}
