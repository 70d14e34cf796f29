import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// Drafts are made before the turn; another command may come first.
@Suite struct OvertakenTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    @Test func `A record and its correction go together in one batch`() throws {
        let writer = try ledger.writer()
        let personal = Sample.personal(firstName: "สมหญิง")
        let outcomes = try writer.run([
            Sample.record("h-1"),
            Sample.correct("h-1", failing: 1, personal: personal),
            Sample.correct("h-1", failing: 0),
            Sample.withdraw("h-1"),
            Sample.record("h-1", place: 1),
        ])
        #expect(outcomes.map(\.code) == [nil, nil, nil, nil, nil])
        #expect(try outcomes.map { try $0.get().streamVersion } == [0, 1, 2, 3, 4])
        let events = try (0..<5).map { try event(writer, staffedSize + $0) }
        let keyID = events[0].sealed?.keyID
        #expect(keyID != nil)
        // One key for the household, however often it is sealed.
        #expect(events[1].sealed?.keyID == keyID)
        #expect(events[4].sealed?.keyID == keyID)
        try checkWholeLedger(writer, ledger, size: staffedSize + 5)
    }

    private func event(_ writer: LedgerWriter, _ index: UInt64) throws -> Event {
        try #require(try writer.reader.snapshot().recordedEvent(index)).event
    }

    @Test func `Of two corrections prepared at once the second sees the first`() throws {
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record("h-1")).get()
        let racing = try writer.prepared([
            Sample.correct("h-1", failing: 1), Sample.correct("h-1", failing: 1, place: 1),
        ])
        let outcomes = try writer.append(racing)
        #expect(outcomes.map(\.code) == [nil, nil])
        let changes = try event(writer, staffedSize + 2).householdCorrected.changes
        // Drafted anew: indicator 4 had changed already, the village had not.
        #expect(changes.map(\.field) == ["village", "lao"])
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    @Test func `A correction that another one made pointless is refused`() throws {
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record("h-1")).get()
        let racing = try writer.prepared([
            Sample.correct("h-1", failing: 1), Sample.correct("h-1", failing: 1),
        ])
        #expect(try writer.append(racing).map(\.code) == [nil, .correctionEmpty])
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `A correction prepared before its household is drafted in its turn`() throws {
        let writer = try ledger.writer()
        let correction = try writer.prepared([Sample.correct("h-1", failing: 1)])
        _ = try writer.run(Sample.record("h-1")).get()
        #expect(try writer.append(correction).map(\.code) == [nil])
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `A household prepared before its cycle is drafted in its turn`() throws {
        let bare = try ScratchLedger(isStaffed: false)
        let writer = try bare.writer()
        let record = try writer.prepared([Sample.record("h-1")])
        #expect(try writer.append(record).map(\.code) == [.cycleUnknown])
        for outcome in try writer.run(Sample.setup) { _ = try outcome.get() }
        #expect(try writer.append(record).map(\.code) == [nil])
        try checkWholeLedger(writer, bare, size: staffedSize + 1)
    }
}
