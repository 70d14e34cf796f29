package import Cryptography
import LedgerReader
import Survey
import TransparencyLog

/// The records that one transaction applies: all of `start..<end` that somebody wants.
struct RecordBatch: Sendable {
    let start: UInt64
    let end: UInt64
    /// Leaf hash of record `end - 1`.
    let head: Digest
    let records: [ProjectedRecord]
    /// Which there are among them.
    private let kinds: Set<EventKind>

    init(start: UInt64, end: UInt64, head: Digest, records: [ProjectedRecord]) {
        (self.start, self.end, self.head, self.records) = (start, end, head, records)
        var kinds: Set<EventKind> = []
        var last: EventKind?
        // Most follow one of their own kind.
        for record in records where record.kind != last {
            kinds.insert(record.kind)
            last = record.kind
        }
        self.kinds = kinds
    }

    /// The records of these kinds from an index on.
    ///
    /// Nearly all records are households, which most projections do not want: each that would look
    /// at them all the same makes a copy of every event.
    func records(
        from index: UInt64,
        of wanted: Set<EventKind>
    ) -> ArraySlice<ProjectedRecord> {
        let rest = records(from: index)
        if kinds.isSubset(of: wanted) { return rest }
        if kinds.isDisjoint(with: wanted) { return [] }
        var last: (kind: EventKind, isWanted: Bool)?
        return rest.filter { record in
            if let last, last.kind == record.kind { return last.isWanted }
            let isWanted = wanted.contains(record.kind)
            last = (record.kind, isWanted)
            return isWanted
        }[...]
    }

    /// The records from an index on.
    private func records(from index: UInt64) -> ArraySlice<ProjectedRecord> {
        if index <= start { return records[...] }
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return records[low...]
    }
}

extension EventSource where Self: ~Copyable {
    /// Cuts `start..<end` into batches.
    ///
    /// A record that cannot be read ends the walk with an error that names it, after the records
    /// before it have been handed out.
    func forEachBatch(
        from start: UInt64,
        upTo end: UInt64,
        recordCount: Int,
        for projections: [any Projection],
        _ body: (RecordBatch) throws -> Void
    ) throws {
        guard start < end else { return }
        var decoder = RecordDecoder(projections)
        var records: [ProjectedRecord] = []
        var batchStart = start
        var next = start
        var failure: (any Error)?
        try forEachRecord(from: start) { index, bytes in
            do {
                guard index == next else { throw missing(next) }
                let record = try decoder.decode(index, bytes) { stream, version in
                    try household(stream: stream, belowVersion: version)
                }
                if let record { records.append(record) }
            } catch {
                failure = error
                return false
            }
            next += 1
            if next == end || next - batchStart == UInt64(recordCount) {
                let head = MerkleTree.leafHash(of: bytes)
                try body(
                    RecordBatch(start: batchStart, end: next, head: head, records: records)
                )
                batchStart = next
                records = []
                records.reserveCapacity(recordCount)
                try releaseMemory()
            }
            return next < end
        }
        if batchStart < next {
            try body(
                RecordBatch(
                    start: batchStart,
                    end: next,
                    head: try leafHash(next - 1),
                    records: records
                )
            )
        }
        if let failure { throw failure }
        if next < end { throw missing(next) }
    }

    /// The leaf hash of one record.
    package func leafHash(_ index: UInt64) throws -> Digest {
        var hash: Digest?
        try forEachRecord(from: index) { found, bytes in
            if found == index { hash = MerkleTree.leafHash(of: bytes) }
            return false
        }
        guard let hash else { throw missing(index) }
        return hash
    }

    private func missing(_ index: UInt64) -> ProjectionError {
        ProjectionError(.recordUnreadable, index: index, "it is missing from the ledger")
    }
}
