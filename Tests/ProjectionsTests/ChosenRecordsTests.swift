import HouseholdsProjection
import Ledger
import LedgerReader
import ProjectionRuntime
import Survey
import Synchronization
import Testing

/// One household's page without a walk over everybody's records.
@Suite struct ChosenRecordsTests {
    /// Counts the records that are handed out.
    private struct CountingSource: EventSource {
        let records: MemorySource
        let count = Counter()

        final class Counter: Sendable {
            let value = Mutex(0)
        }

        var treeSize: UInt64 { records.treeSize }

        func forEachRecord(
            from start: UInt64,
            _ body: (UInt64, RawSpan) throws -> Bool
        ) throws {
            try records.forEachRecord(from: start) { index, bytes in
                count.value.withLock { $0 += 1 }
                return try body(index, bytes)
            }
        }

        func household(stream: String, belowVersion: UInt32) throws -> HouseholdState {
            try records.household(stream: stream, belowVersion: belowVersion)
        }

        func firstIndex(atOrAfter time: RecordTime) throws -> UInt64 {
            try records.firstIndex(atOrAfter: time)
        }

        func releaseMemory() throws {}
    }

    private func row(_ database: SurveyDatabase, _ household: String) throws -> HouseholdRow? {
        try database.read { db in
            try HouseholdReadModel.household(household, cycle: World.cycle, db)
        }
    }

    @Test func `A household's rows are built from its own records alone, and are the same`() throws
    {
        var world = try World.staffed()
        for number in 0..<40 {
            try world.record("other-\(number)", 0, on: "2018-02-01")
            if number == 10 || number == 30 { try world.record("h-\(number)", 0, on: "2018-02-02") }
        }
        try world.withdraw("h-10", on: "2018-02-05")
        try world.record("h-10", 0, on: "2018-02-06")
        let source = CountingSource(records: world.source)
        var chosen: [UInt64] = []
        try world.source.forEachRecord(from: 0) { index, bytes in
            if try EventCodec.decode(bytes).envelope.stream.hasSuffix("/h-10") {
                chosen.append(index)
            }
            return true
        }
        #expect(chosen.count == 3)
        for end in [source.treeSize, chosen[1] + 1, chosen[1]] {
            source.count.value.withLock { $0 = 0 }
            let few = try SurveyDatabase()
            try ProjectionRunner([HouseholdReadModel()], few).build(from: chosen, upTo: end, source)
            // Its own, and the last one below the tree size for the position.
            let own = chosen.count { $0 < end }
            #expect(source.count.value.withLock(\.self) == own + 1)
            let all = try SurveyDatabase()
            let runner = ProjectionRunner([HouseholdReadModel()], all)
            try runner.catchUp(world.source, upTo: end)
            #expect(try row(few, "h-10") == row(all, "h-10"))
            #expect(try row(few, "h-10") != nil && row(few, "h-30") == nil)
            #expect(
                try ProjectionRunner([HouseholdReadModel()], few).positions()
                    == runner.positions()
            )
        }
    }
}
