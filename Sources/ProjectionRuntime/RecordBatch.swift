package import Cryptography
import LedgerReader
import TransparencyLog

/// The records that one transaction applies: all of `start..<end` that somebody wants.
struct RecordBatch: Sendable {
    let start: UInt64
    let end: UInt64
    /// Leaf hash of record `end - 1`.
    let head: Digest
    let records: [ProjectedRecord]

    /// The records from an index on.
    func records(from index: UInt64) -> ArraySlice<ProjectedRecord> {
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
