import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// Every fault twice: it was not persisted, and it was persisted although nobody was told.
@Suite struct FaultTests {
    let ledger: ScratchLedger
    let faults = Faults()

    init() throws { ledger = try ScratchLedger() }

    /// Lets the next commit fail at one step.
    final class Faults: Sendable {
        private let step = Locked<CommitStep?>(nil)

        func arm(_ step: CommitStep) { self.step.withLock { $0 = step } }

        func observe(_ step: CommitStep) throws {
            let isDue = self.step.withLock { armed in
                guard armed == step else { return false }
                armed = nil
                return true
            }
            if isDue {
                throw LMDBError(.inputOutput, operation: "commit", path: nil, detail: "injected")
            }
        }
    }

    private func open() throws -> LedgerWriter {
        let faults = faults
        return try ledger.writer { try faults.observe($0) }
    }

    @Test(arguments: [CommitStep.aboutToCommit, .durable])
    func `After a failed commit the same commands get the right receipts`(
        _ step: CommitStep
    ) throws {
        let writer = try open()
        _ = try writer.run(Sample.record("h-0")).get()
        let commands = [
            Sample.record("h-1"), Sample.correct("h-0", failing: 1), Sample.record("h-0"),
            Sample.correct("h-1", failing: 1),
        ]
        faults.arm(step)
        #expect(code { _ = try writer.run(commands) } == .storeFailed)
        let wasPersisted = step == .durable
        try checkWholeLedger(writer, ledger, size: staffedSize + (wasPersisted ? 4 : 1))
        let outcomes = try writer.run(commands)
        #expect(outcomes.map(\.code) == [nil, nil, .householdAlreadyRecorded, nil])
        let receipts = outcomes.compactMap { try? $0.get() }
        #expect(receipts.map(\.index) == [staffedSize + 1, staffedSize + 2, staffedSize + 3])
        #expect(receipts.map(\.streamVersion) == [0, 1, 1])
        #expect(receipts.allSatisfy { $0.isRepeated == wasPersisted })
        // Memory agrees with the disk again: sums, head and times go on from there.
        #expect(try writer.run(Sample.withdraw("h-1")).get().index == staffedSize + 4)
        try checkWholeLedger(writer, ledger, size: staffedSize + 5)
    }

    @Test(arguments: [CommitStep.aboutToCommit, .durable])
    func `A failed commit tells every waiting task`(_ step: CommitStep) async throws {
        let writer = try open()
        let prepared = try writer.prepared((0..<20).map { Sample.record("h-\($0)") })
        faults.arm(step)
        let failureCount = await withTaskGroup(of: Bool.self) { group in
            for command in prepared {
                group.addTask {
                    do {
                        return try await writer.submit(command).code != nil
                    } catch {
                        return (error as? LedgerError)?.code == .storeFailed
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failureCount > 0)
        try retry(writer, prepared)
    }

    private func retry(_ writer: LedgerWriter, _ prepared: [PreparedCommand]) throws {
        #expect(try writer.append(prepared).allSatisfy { $0.code == nil })
        try checkWholeLedger(writer, ledger, size: staffedSize + 20)
    }

    @Test(arguments: [CommitStep.aboutToCommit, .durable])
    func `A failed atomic batch can be sent again`(_ step: CommitStep) throws {
        let writer = try open()
        let commands = [Sample.record("h-1"), Sample.record("h-2")]
        faults.arm(step)
        #expect(code { _ = try writer.run(commands, isAtomic: true) } == .storeFailed)
        let outcomes = try writer.run(commands, isAtomic: true)
        #expect(
            try outcomes.map { try $0.get().isRepeated } == [step == .durable, step == .durable]
        )
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test(arguments: [CommitStep.aboutToCommit, .durable])
    func `A writer that dies after a failed commit leaves a whole ledger`(
        _ step: CommitStep
    ) throws {
        let command = Sample.record("h-1")
        do {
            let writer = try open()
            faults.arm(step)
            #expect(code { _ = try writer.run(command) } == .storeFailed)
        }
        try checkWholeLedger(ledger, size: staffedSize + (step == .durable ? 1 : 0))
        let receipt = try ledger.writer().run(command).get()
        #expect(receipt.index == staffedSize)
        #expect(receipt.isRepeated == (step == .durable))
        try checkWholeLedger(ledger, size: staffedSize + 1)
    }
}
