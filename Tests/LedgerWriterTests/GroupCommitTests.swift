import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

@Suite struct GroupCommitTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    @Test func `Many tasks at once each get their own receipts`() async throws {
        let commits = Counter()
        let taskCount = 64
        let commandCount = 50
        try await submit(taskCount, commandCount) { step in
            if case .durable = step { commits.increment() }
        }
        let commitCount = commits.value
        // Commands that wait share a commit.
        #expect(commitCount < taskCount * commandCount)
        print("group commit: \(taskCount * commandCount) commands in \(commitCount) commits")
        try checkWholeLedger(ledger, size: staffedSize + UInt64(taskCount * commandCount))
    }

    private func submit(
        _ taskCount: Int,
        _ commandCount: Int,
        observer: @escaping CommitObserver
    ) async throws {
        let writer = try open(observer)
        let receipts = try await withThrowingTaskGroup(of: [Receipt].self) { group in
            for task in 0..<taskCount {
                group.addTask {
                    var receipts: [Receipt] = []
                    for number in 0..<commandCount {
                        // Every second command corrects the one before it.
                        let household = "h-\(task)-\(number / 2)"
                        let command =
                            number.isMultiple(of: 2)
                            ? Sample.record(household, place: task % 2)
                            : Sample.correct(household, failing: 1)
                        let prepared = try writer.prepared([command])
                        let receipt = try await writer.submit(prepared[0]).get()
                        #expect(receipt.commandID.text == command.id)
                        #expect(receipt.streamVersion == UInt32(number % 2))
                        receipts.append(receipt)
                    }
                    return receipts
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(receipts.map(\.index)).count == taskCount * commandCount)
        try check(writer, receipts)
    }

    private func open(_ observer: @escaping CommitObserver) throws -> LedgerWriter {
        try ledger.writer(observer: observer)
    }

    private func check(_ writer: LedgerWriter, _ receipts: [Receipt]) throws {
        let snapshot = try writer.reader.snapshot()
        for receipt in receipts {
            let record = try snapshot.recordedEvent(receipt.index)
            #expect(record?.envelope.commandID == receipt.commandID)
            #expect(record?.envelope.recordedAt == receipt.recordedAt)
        }
    }

    @Test func `A batch gets its turn while others keep submitting`() async throws {
        let writer = try open { _ in }
        let rounds = Counter()
        try await withThrowingTaskGroup { group in
            for task in 0..<16 {
                group.addTask {
                    var number = 0
                    while rounds.value < 10 {
                        let prepared = try writer.prepared([Sample.record("t-\(task)-\(number)")])
                        _ = try await writer.submit(prepared[0]).get()
                        number += 1
                    }
                }
            }
            group.addTask {
                for number in 0..<10 {
                    let outcomes = try self.batch(writer, number)
                    #expect(outcomes.allSatisfy { $0.code == nil })
                    rounds.increment()
                }
            }
            try await group.waitForAll()
        }
        try checkOpen(writer)
    }

    private func batch(_ writer: LedgerWriter, _ number: Int) throws -> [Outcome] {
        try writer.run((0..<20).map { Sample.record("b-\(number)-\($0)") }, isAtomic: true)
    }

    private func checkOpen(_ writer: LedgerWriter) throws {
        try checkWholeLedger(writer, ledger)
    }
}
