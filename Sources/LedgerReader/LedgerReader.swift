package import LMDB
package import Ledger
package import Survey

/// Reads a ledger: consistent snapshots, without ever blocking the writer.
package final class LedgerReader: Sendable {
    package let directory: LedgerDirectory
    package let store: LedgerStore

    @available(*, noasync)
    package init(_ directory: LedgerDirectory) throws(LedgerError) {
        self.directory = directory
        store = try LedgerStore(directory, access: .read)
    }

    /// Reads through a store that is open already: a process opens a file once.
    package init(_ directory: LedgerDirectory, sharing store: LedgerStore) {
        self.directory = directory
        self.store = store
    }

    /// One consistent state of the ledger, for as long as the value lives.
    ///
    /// Hold it no longer than needed: pages that it sees cannot be reused meanwhile.
    @available(*, noasync)
    package func snapshot() throws -> LedgerSnapshot {
        try LedgerSnapshot(store)
    }
}

/// The ledger as one commit left it.
package struct LedgerSnapshot: ~Copyable {
    package let store: LedgerStore
    package let head: LedgerHead
    package let transaction: ReadTransaction
    private let scatteredReads = ScatteredReads()

    init(_ store: LedgerStore) throws {
        let transaction = try store.environment.beginRead()
        let head = try store.head(transaction)
        self.store = store
        self.head = head
        self.transaction = transaction
    }

    package var treeSize: UInt64 { head.treeSize }

    /// Calls `body` with a record's bytes; nil beyond the end.
    package func withRecord<Result>(
        _ index: UInt64,
        _ body: (RawSpan) throws -> Result
    ) throws -> Result? {
        try store.withRecord(index, transaction, body)
    }

    package func recordedEvent(_ index: UInt64) throws -> RecordedEvent? {
        try store.recordedEvent(index, transaction)
    }

    package func forEachRecord(
        from start: UInt64 = 0,
        _ body: (UInt64, RawSpan) throws -> Bool
    ) throws {
        try store.forEachRecord(from: start, transaction, body)
    }

    package func indexes(ofStream stream: String) throws -> [UInt64] {
        try store.indexes(ofStream: stream, transaction)
    }

    package func records(ofStream stream: String) throws -> [RecordedEvent] {
        try store.records(ofStream: stream, transaction)
    }

    package func indexes(ofKind kind: EventKind, from start: UInt64 = 0) throws -> [UInt64] {
        try store.indexes(ofKind: kind, from: start, transaction)
    }

    package func firstIndex(atOrAfter time: RecordTime) throws -> UInt64 {
        try store.firstIndex(atOrAfter: time, transaction)
    }

    package func household(
        stream: String,
        belowVersion: UInt32 = .max
    ) throws -> HouseholdState {
        defer { countScatteredRead() }
        return try store.household(stream: stream, belowVersion: belowVersion, transaction)
    }

    /// Keeps memory flat under reads that jump about; call after each.
    ///
    /// The kernel maps the 16 pages around each page that is touched, so a thousand jumps can make
    /// 64 MiB of the file resident.
    package func countScatteredRead() {
        scatteredReads.count += 1
        guard scatteredReads.count >= ScatteredReads.countPerRelease else { return }
        scatteredReads.count = 0
        // Advice only: when it is refused, nothing but memory use is worse.
        _ = try? store.environment.releaseResidentPages()
    }

    package func state() throws -> State {
        try store.state(transaction)
    }

    package func stateWithoutSums(below treeSize: UInt64) throws -> State {
        try store.stateWithoutSums(below: treeSize, transaction)
    }

    package func cells() throws -> [CellKey: Cell] { try store.cells(transaction) }

    /// The ledger's name, which record 0 gives it.
    package func origin() throws -> String {
        guard case .ledgerCreated(let created) = try recordedEvent(0)?.event.kind else {
            throw LedgerError(.damaged, "record 0 does not create a ledger")
        }
        return created.origin
    }
}

/// How many reads jumped since memory was last released.
private final class ScatteredReads {
    static let countPerRelease = 256
    var count = 0
}
