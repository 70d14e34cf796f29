import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// Every way of finding records against a walk over all of them.
@Suite struct ReaderTests {
    let ledger: ScratchLedger
    let all: [RecordedEvent]

    init() throws {
        ledger = try ScratchLedger()
        let clock = TestClock(TestClock.start + 1_000_000)
        let writer = try ledger.writer(clock: clock)
        for number in 0..<12 {
            let name = "h-\(number)"
            let commands = [
                Sample.record(name, place: number % 2), Sample.correct(name, failing: 1),
                Sample.notCollected("n-\(number)"),
            ]
            // Batches share a time, and some follow a clock that stepped back.
            clock.step(microseconds: number % 3 == 0 ? -500_000 : 700_000)
            for outcome in try writer.run(commands) { _ = try outcome.get() }
        }
        var all: [RecordedEvent] = []
        try writer.reader.snapshot().forEachRecord { index, bytes in
            let event = try EventCodec.decode(bytes)
            #expect(event.index == index)
            all.append(event)
            return true
        }
        self.all = all
    }

    @Test func `By index`() throws {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        #expect(snapshot.treeSize == UInt64(all.count))
        for expected in all {
            let found = try snapshot.recordedEvent(expected.index)
            #expect(found?.envelope == expected.envelope && found?.event == expected.event)
        }
        for index in [UInt64(all.count), UInt64(all.count) + 1, .max] {
            #expect(try snapshot.recordedEvent(index) == nil)
        }
        for start in [0, 5, all.count - 1, all.count, all.count + 7] {
            var seen: [UInt64] = []
            try snapshot.forEachRecord(from: UInt64(start)) { index, _ in
                seen.append(index)
                return true
            }
            #expect(seen == all.map(\.index).filter { $0 >= start })
        }
        var count = 0
        try snapshot.forEachRecord { _, _ in
            count += 1
            return count < 3
        }
        #expect(count == 3)
        try checkWholeLedger(snapshot.store.environment, snapshot.store)
    }

    private func checkWholeLedger(_: Environment, _ store: LedgerStore) throws {
        let problems = try WholeLedger.problems(store, ledger.directory)
        #expect(problems == [])
    }

    @Test func `By stream`() throws {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        let streams = Set(all.map(\.envelope.stream))
        #expect(streams.count > 30)
        for stream in streams.union(["", "household", "household/2561/h-", "household/2561/h-1/"]) {
            let expected = all.filter { $0.envelope.stream == stream }.map(\.index)
            #expect(try snapshot.indexes(ofStream: stream) == expected)
        }
    }

    @Test func `By kind`() throws {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        for kind in EventKind.allCases {
            let expected = all.filter { $0.event.eventKind == kind }.map(\.index)
            for start in [0, 1, 10, UInt64(all.count / 2), UInt64(all.count), .max] {
                let found = try snapshot.indexes(ofKind: kind, from: start)
                #expect(found == expected.filter { $0 >= start })
            }
        }
    }

    @Test func `By time`() throws {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        let times = Set(all.map(\.envelope.recordedAt.unixMicroseconds))
        #expect(times.count > 5 && times.count < all.count)
        for time in times.union([0, TestClock.start * 2]) {
            for offset in [-1, 0, 1] {
                guard let wanted = RecordTime(unixMicroseconds: time + Int64(offset)) else {
                    continue
                }
                let expected = all.first { $0.envelope.recordedAt >= wanted }?.index
                let found = try snapshot.firstIndex(atOrAfter: wanted)
                #expect(found == expected ?? UInt64(all.count))
            }
        }
    }

    @Test func `A household as it was at any version`() throws {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        for version in 0...3 {
            var expected = HouseholdState()
            for event in all.filter({ $0.envelope.stream == "household/2561/h-3" }).prefix(version)
            {
                let envelope = event.envelope
                expected.evolve(event.event, on: envelope.day, by: envelope.actor.user)
            }
            let found = try snapshot.household(
                stream: "household/2561/h-3",
                belowVersion: UInt32(version)
            )
            #expect(found == expected)
        }
    }

    @Test func `A snapshot sees nothing that comes later`() throws {
        let writer = try ledger.writer()
        let snapshot = try writer.reader.snapshot()
        _ = try writer.run(Sample.record("later")).get()
        #expect(snapshot.treeSize == UInt64(all.count))
        #expect(try snapshot.recordedEvent(UInt64(all.count)) == nil)
        #expect(try snapshot.indexes(ofStream: "household/2561/later") == [])
        #expect(try writer.reader.snapshot().treeSize == UInt64(all.count) + 1)
    }

    @Test func `An index that points nowhere is an error`() throws {
        do {
            let environment = try Environment(path: ledger.directory.ledgerFile)
            let streams = try environment.openDatabase("streams")
            try environment.write { transaction in
                let key = LedgerKey.stream("household/2561/h-1", 2)
                try transaction.put(streams, key, BigEndianKey(1_000_000))
                try transaction.put(
                    streams,
                    LedgerKey.stream("household/2561/h-2", 2),
                    [1] as [UInt8]
                )
            }
        }
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        for household in ["h-1", "h-2"] {
            let error = #expect(throws: LedgerError.self) {
                try snapshot.household(stream: "household/2561/\(household)")
            }
            #expect(error?.code == .damaged)
        }
        let problems = try WholeLedger.problems(snapshot.store, ledger.directory)
        #expect(problems == ["the stream index differs"])
    }
}
