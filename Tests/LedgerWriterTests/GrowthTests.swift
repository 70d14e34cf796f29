import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

@Suite struct GrowthTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    @Test func `The map grows in the middle of a batch and nothing is doubled`() throws {
        let writer = try ledger.writer(mapByteCount: 64 << 10)
        let before = try writer.reader.store.environment.information().mapByteCount
        let outcomes = try writer.run((0..<1500).map { Sample.record("h-\($0)", place: $0 % 2) })
        #expect(outcomes.allSatisfy { $0.code == nil })
        #expect(try outcomes.map { try $0.get().index } == Array(staffedSize..<staffedSize + 1500))
        let after = try writer.reader.store.environment.information().mapByteCount
        #expect(after > before)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1500)
    }

    @Test func `The map grows under many commits with readers beside them`() throws {
        let writer = try ledger.writer(mapByteCount: 64 << 10)
        for number in 0..<150 {
            let commands = (0..<5).flatMap { household in
                let name = "h-\(number)-\(household)"
                return [Sample.record(name), Sample.correct(name, failing: 1)]
            }
            for outcome in try writer.run(commands) { _ = try outcome.get() }
            let count = try writer.reader.snapshot().treeSize
            #expect(count == staffedSize + UInt64(number + 1) * 10)
        }
        try checkWholeLedger(writer, ledger, size: staffedSize + 1500)
    }
}
