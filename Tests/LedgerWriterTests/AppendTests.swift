import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import Survey
import Testing

@testable import LedgerWriter

@Suite struct AppendTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    @Test func `What was appended is there after reopening`() throws {
        let receipts = try ledger.writer().run([Sample.record("h-1"), Sample.record("h-2")])
            .map { try $0.get() }
        #expect(receipts.map(\.index) == [staffedSize, staffedSize + 1])
        #expect(receipts.map(\.stream) == ["household/2561/h-1", "household/2561/h-2"])
        let writer = try ledger.writer()
        let third = try writer.run(Sample.correct("h-1", failing: 1)).get()
        #expect(third.index == staffedSize + 2)
        #expect(third.streamVersion == 1)
        let snapshot = try writer.reader.snapshot()
        let household = try snapshot.household(stream: "household/2561/h-1")
        #expect(household.version == 2 && household.counts.failing(4) == 1)
        let before = try snapshot.household(stream: "household/2561/h-1", belowVersion: 1)
        #expect(before.counts.failing(4) == 0)
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    @Test func `The days of acts are known again after reopening`() throws {
        var key = MemberKey()
        key.person = "recorder-1"
        key.publicKey = Data(
            try Ed25519PrivateKey(seed: [UInt8](repeating: 7, count: 32)).publicKey.rawBytes
        )
        var registration = Sample.command(.registerMemberKey(key))
        registration.occurredOn = "2018-01-20"
        var record = Sample.record("h-1")
        record.occurredOn = "2018-01-30"
        for outcome in try ledger.writer().run([registration, record]) { _ = try outcome.get() }
        let writer = try ledger.writer()
        let store = writer.reader.store
        let state = try store.environment.read { try store.state($0) }
        let keys = state.persons["recorder-1"]?.publicKeys
        #expect(keys == [Array(key.publicKey): try #require(Day(iso: "2018-01-20"))])
        var withdrawal = Sample.withdraw("h-1")
        withdrawal.occurredOn = "2018-01-29"
        #expect(
            try writer.run(withdrawal)
                == .failure(Rejection(.actBeforePrevious, "h-1 2018-01-30"))
        )
        withdrawal.occurredOn = "2018-01-30"
        _ = try writer.run(withdrawal).get()
    }

    @Test func `A correction of personal data alone leaves the cells as they were`() throws {
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record("h-1")).get()
        let store = writer.reader.store
        let cells = try store.environment.read { try store.cells($0) }
        var correction = Sample.correct(
            "h-1",
            failing: 0,
            personal: Sample.personal(firstName: "สมหมาย")
        )
        correction.correctHousehold.indicators = []
        _ = try writer.run(correction).get()
        #expect(try store.environment.read { try store.cells($0) } == cells)
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `Every kind of household event keeps the sums of its cells`() throws {
        let writer = try ledger.writer()
        let commands = [
            Sample.record("h-1"),
            Sample.notCollected("h-2"),
            // Found at home later, and in the other village.
            Sample.record("h-2", place: 1),
            Sample.correct("h-1", failing: 1, place: 1),
            Sample.notCollected("h-3", place: 1),
            Sample.withdraw("h-3"),
            Sample.withdraw("h-1"),
            Sample.record("h-1"),
        ]
        for command in commands {
            _ = try writer.run(command).get()
            try checkWholeLedger(writer, ledger)
        }
        try checkWholeLedger(writer, ledger, size: staffedSize + 8)
    }

    @Test func `A command sent twice gives its first receipt again`() throws {
        let command = Sample.record("h-1")
        var first: Receipt?
        do {
            let writer = try ledger.writer()
            let outcomes = try writer.run([command, Sample.record("h-2"), command])
            first = try outcomes[0].get()
            try expectRepeated(try outcomes[2].get(), first)
            try expectRepeated(try writer.run(command).get(), first)
            // Nothing but the command itself decides, neither its version nor later events.
            _ = try writer.run(Sample.correct("h-1", failing: 1)).get()
            try expectRepeated(try writer.run(command).get(), first)
        }
        let writer = try ledger.writer()
        try expectRepeated(try writer.run(command).get(), first)
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    private func expectRepeated(_ receipt: Receipt, _ first: Receipt?) throws {
        let first = try #require(first)
        #expect(receipt.isRepeated && !first.isRepeated)
        #expect(receipt.index == first.index)
        #expect(receipt.leafHashHex == first.leafHashHex)
        #expect(receipt.commandID == first.commandID)
        #expect(receipt.recordedAt == first.recordedAt)
        #expect(receipt.stream == first.stream && receipt.streamVersion == first.streamVersion)
    }

    @Test func `A command that expects another version is refused with the current one`() throws {
        let writer = try ledger.writer()
        let stream = Sample.record("h-1", expectedVersion: 0)
        #expect(try writer.run(stream).code == nil)
        let early = try writer.run(Sample.correct("h-1", failing: 1, expectedVersion: 0))
        #expect(early == .failure(Rejection(.versionConflict, "1")))
        #expect(try writer.run(Sample.correct("h-1", failing: 1, expectedVersion: 1)).code == nil)
        let late = try writer.run(Sample.record("h-1", expectedVersion: 0))
        #expect(late == .failure(Rejection(.versionConflict, "2")))
        let new = try writer.run(Sample.record("h-2", expectedVersion: 1))
        #expect(new == .failure(Rejection(.versionConflict, "0")))
        // A retry is a retry, whatever the version is now.
        #expect(try writer.run(stream).get().isRepeated)
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `The same command id with other content is refused`() throws {
        let id = CommandID.fresh()
        let writer = try ledger.writer()
        let outcomes = try writer.run([
            Sample.record("h-1", id: id), Sample.record("h-2", id: id),
        ])
        #expect(outcomes[0].code == nil)
        #expect(outcomes[1] == .failure(Rejection(.commandIdReused, id.text)))
        // Only the sealed part differs.
        let renamed = Sample.record("h-1", id: id, firstName: "สมหมาย")
        #expect(try writer.run(renamed).code == .commandIdReused)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }

    @Test func `The id of record 0 belongs to no command`() throws {
        let writer = try ledger.writer()
        let id = try #require(try writer.reader.snapshot().recordedEvent(0)).envelope.commandID
        #expect(try writer.run(Sample.record("h-1", id: id)).code == .commandIdReused)
        try checkWholeLedger(writer, ledger, size: staffedSize)
    }

    @Test(arguments: [
        "", "1", "0190163D-8694-7391-8F0A-0B1C2D3E4F50", "0190163d86947391-8f0a-0b1c2d3e4f5000",
        "{0190163d-8694-7391-8f0a-0b1c2d3e4f50}", "0190163d-8694-7391-8f0a-0b1c2d3e4f5g",
        "0190163d-8694-7391-8f0a-0b1c2d3e4f50 ", "๐190163d-8694-7391-8f0a-0b1c2d3e4f50",
    ])
    func `A command id that is no lower-case UUID is refused`(_ id: String) throws {
        let writer = try ledger.writer()
        var command = Sample.record("h-1")
        command.id = id
        #expect(try writer.run(command).code == .commandIdMalformed)
        try checkWholeLedger(writer, ledger, size: staffedSize)
    }

    @Test func `A malformed command is refused before its turn`() throws {
        let writer = try ledger.writer()
        var command = Sample.record("h-1")
        command.correlationID = "x"
        #expect(
            try writer.run(command) == .failure(Rejection(.identifierMalformed, "correlationId"))
        )
        command = Sample.record("h-1")
        command.occurredOn = "2561-02-01"
        #expect(try writer.run(command) == .failure(Rejection(.dateLooksBuddhist, "occurredOn")))
        command.occurredOn = "2018-02-29"
        #expect(try writer.run(command) == .failure(Rejection(.dateMalformed, "occurredOn")))
        #expect(try writer.run(Sample.command(.recordHousehold(RecordHousehold()))).code != nil)
        var empty = Sample.record("h-1")
        empty.kind = nil
        #expect(try writer.run(empty).code == .kindUnknown)
        for household in ["", "a b", "บ้าน", "\0", String(repeating: "h", count: 600), "\"", "a/b"] {
            #expect(try writer.run(Sample.record(household)).code != nil, "\(household)")
            let correction = Sample.correct(household, failing: 1)
            #expect(try writer.run(correction).code != nil, "\(household)")
        }
        try checkWholeLedger(writer, ledger, size: staffedSize)
    }

    @Test func `A record over 65,535 bytes is refused before anything is stored`() throws {
        let writer = try ledger.writer()
        let small = try writer.prepared([Sample.record("h-1")])[0]
        let early = try #require(small.early)
        // The rules keep events far below the limit, so one is padded with what JSON ignores.
        func padded(_ byteCount: Int) -> PreparedCommand {
            let spaces = [UInt8](repeating: 0x20, count: byteCount - early.recordTail.count)
            return PreparedCommand(
                command: small.command,
                commandID: small.commandID,
                correlationID: nil,
                causationID: nil,
                occurredOn: small.occurredOn,
                authenticationCode: small.authenticationCode,
                early: EarlyDraft(
                    event: early.event,
                    recordTail: early.recordTail + spaces,
                    stream: early.stream,
                    household: early.household
                )
            )
        }
        let large = try writer.append([padded(66_000)])
        #expect(large == [.failure(Rejection(.recordTooLarge, "household/2561/h-1"))])
        try checkWholeLedger(writer, ledger, size: staffedSize)
        // The id is still free: the refusal left nothing behind.
        #expect(try writer.append([small]).map(\.code) == [nil])
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }

    @Test func `An atomic batch with one refusal stores nothing`() throws {
        let writer = try ledger.writer()
        let first = Sample.record("h-1")
        let batch = [first, Sample.correct("h-9", failing: 1), Sample.record("h-2")]
        let outcomes = try writer.run(batch, isAtomic: true)
        #expect(outcomes.map(\.code) == [.notStored, .householdNotRecorded, .notStored])
        try checkWholeLedger(writer, ledger, size: staffedSize)
        // What memory learnt from the refused batch is forgotten.
        #expect(try writer.run(Sample.correct("h-1", failing: 1)).code == .householdNotRecorded)
        let again = try writer.run([first, Sample.record("h-2")], isAtomic: true)
        #expect(again.map(\.code) == [nil, nil])
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `A batch that is not atomic keeps what was accepted`() throws {
        let writer = try ledger.writer()
        let outcomes = try writer.run([
            Sample.record("h-1"), Sample.record("h-1"), Sample.record("h-2"),
        ])
        #expect(outcomes.map(\.code) == [nil, .householdAlreadyRecorded, nil])
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }

    @Test func `An empty batch changes nothing`() throws {
        let writer = try ledger.writer()
        #expect(try writer.run([]) == [])
        try checkWholeLedger(writer, ledger, size: staffedSize)
    }
}
