import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// The code of a command is a keyed digest of what it said, and goes with what it said.
@Suite struct ErasedCommandTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    /// The authentication code that is kept of a command.
    private func storedCode(_ id: CommandID, _ writer: LedgerWriter) throws -> [UInt8] {
        let store = writer.reader.store
        let entry = try store.environment.read { transaction in
            try transaction.withValue(store.commands, LedgerKey.command(id)) { $0.byteArray }
        }
        return Array(try #require(entry).dropFirst(8))
    }

    @Test func `After an erasure nobody learns whether a guess under the old id is right`() throws {
        let (id, correctionID) = (CommandID.fresh(), CommandID.fresh())
        let sent = Sample.record("h-1", id: id, firstName: "สมศรี")
        let correction = Sample.correct(
            "h-1",
            failing: 1,
            id: correctionID,
            personal: Sample.personal(firstName: "สมศรี")
        )
        let other = Sample.record("h-2")
        let erasure = Sample.erase("h-1")
        let writer = try ledger.writer()
        for outcome in try writer.run([sent, correction, other]) { _ = try outcome.get() }
        let before = try storedCode(id, writer)
        #expect(try writer.run(sent).get().isRepeated)
        _ = try writer.run(erasure).get()
        #expect(try storedCode(id, writer) == [UInt8](repeating: 0xFF, count: 16))
        #expect(try storedCode(correctionID, writer) == storedCode(id, writer))
        #expect(before != [UInt8](repeating: 0xFF, count: 16))
        let guesses = [sent, Sample.record("h-1", id: id, firstName: "สมชาย"), correction]
        for guess in guesses {
            #expect(
                try writer.run(guess)
                    == .failure(Rejection(.personalDataErased, "household/2561/h-1"))
            )
        }
        // Others find their receipts, and the erasure its own.
        #expect(try writer.run(other).get().isRepeated)
        #expect(try writer.run(erasure).get().isRepeated)
        #expect(
            try writer.run(Sample.record("h-2", id: id, firstName: "x")).code
                == .personalDataErased
        )
        let later = Sample.correct("h-1", failing: 0)
        _ = try writer.run(later).get()
        #expect(try writer.run(later).get().isRepeated)
        try checkWholeLedger(writer, ledger, size: staffedSize + 5)
    }

    @Test func `An erasure that was not appended leaves the codes as they were`() throws {
        let id = CommandID.fresh()
        let sent = Sample.record("h-1", id: id)
        let writer = try ledger.writer()
        _ = try writer.run(sent).get()
        let code = try storedCode(id, writer)
        let outcomes = try writer.run(
            [Sample.erase("h-1"), Sample.erase("h-none")],
            isAtomic: true
        )
        #expect(outcomes.map(\.code) == [.notStored, .personalDataMissing])
        #expect(try storedCode(id, writer) == code)
        #expect(try writer.run(sent).get().isRepeated)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }

    @Test func `A person's registration is erased like a household's`() throws {
        let id = try registrationID()
        let writer = try ledger.writer()
        _ = try writer.run(Sample.erase(person: "collector-1")).get()
        #expect(try storedCode(id, writer) == [UInt8](repeating: 0xFF, count: 16))
        var guess = RegisterPerson()
        guess.person = "collector-1"
        guess.identity.firstName = "Secretname-collector-1"
        guess.synthetic = true
        let command = Sample.command(.registerPerson(guess), id: id)
        #expect(try writer.run(command).code == .personalDataErased)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }

    private func registrationID() throws -> CommandID {
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        let index = try #require(try snapshot.indexes(ofStream: "person/collector-1").first)
        return try #require(try snapshot.recordedEvent(index)?.envelope.commandID)
    }
}
