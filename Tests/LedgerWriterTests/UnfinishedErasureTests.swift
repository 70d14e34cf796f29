import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// What is recorded is recorded, whatever becomes of the key; and the key is tried until it is gone.
@Suite struct UnfinishedErasureTests {
    let ledger: ScratchLedger
    private let disk = FullDisk()
    private let faults = FaultTests.Faults()

    init() throws {
        ledger = try ScratchLedger()
        for outcome in try ledger.writer().run([Sample.record("h-1"), Sample.record("h-2")]) {
            _ = try outcome.get()
        }
    }

    /// No rewriting of the vault comes to its end until somebody made room.
    private final class FullDisk: Sendable {
        private let isFull = Locked(true)

        func makeRoom() { isFull.withLock { $0 = false } }

        func observe(_ step: VaultStep) throws {
            guard step == .drafted, isFull.withLock({ $0 }) else { return }
            throw LedgerError(.diskFull, "injected")
        }
    }

    private func open() throws -> LedgerWriter {
        let (disk, faults) = (disk, faults)
        return try ledger.writer(
            observer: { try faults.observe($0) },
            vaultObserver: { try disk.observe($0) }
        )
    }

    /// Whether the key that h-1 was sealed with is gone.
    private func isDestroyed(_ writer: LedgerWriter) throws -> Bool {
        let snapshot = try writer.reader.snapshot()
        let index = try #require(try snapshot.indexes(ofStream: "household/2561/h-1").first)
        let sealed = try #require(try snapshot.recordedEvent(index)?.event.sealed)
        return try writer.vault.key(sealed.keyID) == nil
    }

    @Test func `A failed rewriting takes no receipt away and every commit tries again`() throws {
        let writer = try open()
        let erase = Sample.erase("h-1")
        let outcomes = try writer.run([erase, Sample.record("h-3")])
        #expect(outcomes.map(\.code) == [nil, nil])
        #expect(writer.unfinishedErasure?.code == .erasureUnfinished)
        #expect(writer.unfinishedErasure?.reason.contains("injected") == true)
        #expect(try !isDestroyed(writer))
        // Sent again it is the same erasure, and still not carried out.
        #expect(try writer.run(erase).get().isRepeated)
        #expect(writer.unfinishedErasure != nil)
        #expect(try !isDestroyed(writer))
        disk.makeRoom()
        _ = try writer.run(Sample.record("h-4")).get()
        #expect(writer.unfinishedErasure == nil)
        #expect(try isDestroyed(writer))
        try checkWholeLedger(writer, ledger, size: staffedSize + 5)
    }

    @Test func `An opening that cannot carry out an erasure says so and appends all the same`()
        throws
    {
        do {
            let writer = try open()
            _ = try writer.run(Sample.erase("h-1")).get()
        }
        do {
            let writer = try open()
            #expect(writer.unfinishedErasure?.code == .erasureUnfinished)
            #expect(try writer.run(Sample.record("h-3")).code == nil)
            #expect(try !isDestroyed(writer))
        }
        let writer = try ledger.writer()
        #expect(writer.unfinishedErasure == nil)
        #expect(try isDestroyed(writer))
        try checkWholeLedger(writer, ledger, size: staffedSize + 4)
    }

    @Test(arguments: [CommitStep.aboutToCommit, .durable])
    func `A commit that failed is followed by the erasure only if it was persisted`(
        _ step: CommitStep
    ) throws {
        disk.makeRoom()
        let writer = try open()
        let erase = Sample.erase("h-1")
        faults.arm(step)
        #expect(code { _ = try writer.run(erase) } == .storeFailed)
        #expect(try isDestroyed(writer) == (step == .durable))
        #expect(try writer.run(erase).get().isRepeated == (step == .durable))
        #expect(try isDestroyed(writer))
        #expect(writer.unfinishedErasure == nil)
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    @Test func `A retry that only finds its first receipt destroys the key`() throws {
        let writer = try open()
        let erase = Sample.erase("h-1")
        faults.arm(.durable)
        #expect(code { _ = try writer.run(erase) } == .storeFailed)
        #expect(writer.unfinishedErasure != nil)
        disk.makeRoom()
        #expect(try writer.run(erase).get().isRepeated)
        #expect(try isDestroyed(writer))
        #expect(writer.unfinishedErasure == nil)
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    @Test func `Erasures not carried out are counted without the master key`() throws {
        func unfinishedCount(_ origin: String = Sample.origin) throws -> Int? {
            let snapshot = try LedgerReader(ledger.directory).snapshot()
            return VaultInspection(ledger.directory, origin: origin, snapshot)?
                .unfinishedErasureCount
        }
        #expect(try unfinishedCount() == 0)
        do {
            let writer = try open()
            _ = try writer.run([Sample.erase("h-1"), Sample.erase("h-2")])
        }
        #expect(try unfinishedCount() == 2)
        _ = try ledger.writer()
        #expect(try unfinishedCount() == 0)
        #expect(try unfinishedCount("example.org/other") == nil)
        try checkWholeLedger(ledger, size: staffedSize + 4)
    }
}
