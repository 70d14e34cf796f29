import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

@Suite struct ClockTests {
    let ledger: ScratchLedger
    let clock = TestClock(TestClock.start + 60_000_000)

    init() throws { ledger = try ScratchLedger() }

    @Test func `A clock that steps back does not reorder time and is said`() throws {
        let writer = try ledger.writer(clock: clock)
        let first = try writer.run(Sample.record("h-1")).get()
        #expect(first.clockBehindMicroseconds == 0)
        clock.step(microseconds: -10_000_000)
        let batch = try writer.run([Sample.record("h-2"), Sample.record("h-3")])
            .map { try $0.get() }
        for receipt in batch {
            #expect(receipt.recordedAt == first.recordedAt)
            // One microsecond passed with the reading itself.
            #expect(receipt.clockBehindMicroseconds == 9_999_999)
        }
        clock.step(microseconds: 20_000_000)
        let last = try writer.run(Sample.record("h-4")).get()
        #expect(last.recordedAt > first.recordedAt)
        #expect(last.clockBehindMicroseconds == 0)
        try checkWholeLedger(writer, ledger, size: staffedSize + 4)
    }

    @Test func `The last time is known after reopening`() throws {
        let first = try ledger.writer(clock: clock).run(Sample.record("h-1")).get()
        let writer = try ledger.writer(clock: TestClock(TestClock.start))
        let second = try writer.run(Sample.record("h-2")).get()
        #expect(second.recordedAt == first.recordedAt)
        #expect(second.clockBehindMicroseconds > 59_000_000)
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `A commit has one time`() throws {
        let writer = try ledger.writer(clock: clock)
        let receipts = try writer.run((0..<5).map { Sample.record("h-\($0)") }).map { try $0.get() }
        #expect(Set(receipts.map(\.recordedAt)).count == 1)
        try checkWholeLedger(writer, ledger, size: staffedSize + 5)
    }

    @Test(arguments: [Int64.min, -1, 13_569_465_600_000_000, Int64.max - 9])
    func `A clock beyond all years is an error and stores nothing`(_ time: Int64) throws {
        do {
            let writer = try ledger.writer(clock: TestClock(time == -1 ? -2 : time))
            let failure = code { _ = try writer.run(Sample.record("h-1")) }
            #expect(failure == .storeFailed)
        }
        try checkWholeLedger(ledger, size: staffedSize)
    }

    @Test func `The day of the act is named where it differs from the day of recording`() throws {
        let writer = try ledger.writer(clock: clock)
        var yesterday = Sample.record("h-1")
        yesterday.occurredOn = "2018-01-31"
        var today = Sample.record("h-2")
        today.occurredOn = "2018-02-01"
        var unsaid = Sample.record("h-3")
        unsaid.occurredOn = ""
        var tomorrow = Sample.record("h-4")
        tomorrow.occurredOn = "2018-02-02"
        let outcomes = try writer.run([yesterday, today, unsaid, tomorrow])
        #expect(outcomes.map(\.code) == [nil, nil, nil, .actInFuture])
        let days = try (0..<3).map {
            try writer.reader.snapshot().recordedEvent(staffedSize + $0)?.envelope.occurredOn?.iso
        }
        #expect(days == ["2018-01-31", nil, nil])
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }
}
