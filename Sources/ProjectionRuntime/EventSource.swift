import LMDB
package import Ledger
package import LedgerReader
package import Survey

/// Where records come from: one consistent state of a ledger.
///
/// A seam, so that read models are tested on records in memory and can follow a ledger over the
/// network later (style.md 3: the event source earns a protocol).
package protocol EventSource: ~Copyable {
    /// How many records there are.
    var treeSize: UInt64 { get }

    /// Walks records in order of their indexes until `body` says false.
    func forEachRecord(from start: UInt64, _ body: (UInt64, RawSpan) throws -> Bool) throws

    /// One household as the first `belowVersion` events of its stream tell it.
    func household(stream: String, belowVersion: UInt32) throws -> HouseholdState

    /// The first record at or after a time; `treeSize` when there is none.
    func firstIndex(atOrAfter time: RecordTime) throws -> UInt64

    /// Gives back memory that a long walk has made resident; called between batches.
    func releaseMemory() throws
}

extension LedgerSnapshot: EventSource {
    package func releaseMemory() throws {
        try store.environment.releaseResidentPages()
    }
}

/// Up to where a read model shall know the records.
package enum AsOf: Sendable, Hashable {
    /// The records below this tree size.
    case treeSize(UInt64)
    /// The records of this day, as it was in Thailand, and of all days before.
    case day(Day)
}

extension EventSource where Self: ~Copyable {
    /// The tree size that a point in the past stands for.
    package func treeSize(asOf point: AsOf) throws -> UInt64 {
        switch point {
        case .treeSize(let size):
            guard size <= treeSize else {
                throw ProjectionError(
                    .treeSizeBeyondLedger,
                    "the ledger has \(treeSize) records, not \(size)"
                )
            }
            return size
        case .day(let day):
            // Midnight in Thailand (UTC+7) after that day; outside the years of record times it is
            // before the first record or after the last.
            let microseconds = (Int64(day.daysSinceEpoch) + 1) * 86_400_000_000 - 25_200_000_000
            guard microseconds > 0 else { return 0 }
            guard let midnight = RecordTime(unixMicroseconds: microseconds) else { return treeSize }
            return try firstIndex(atOrAfter: midnight)
        }
    }
}
