import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import SwiftProtobuf
import Testing

/// Households that gave their answers, in the store.
@Suite struct AnswersTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    private func answers(of receipt: Receipt) throws -> Answers? {
        try personalData(of: receipt).answers(to: .bmn2560)
    }

    private func personalData(of receipt: Receipt) throws -> PersonalData {
        let vault = try Vault.open(ledger.directory)
        let snapshot = try LedgerReader(ledger.directory).snapshot()
        let record = try #require(try snapshot.recordedEvent(receipt.index))
        let bytes = try vault.open(
            try #require(record.event.sealed),
            stream: record.envelope.stream,
            commandID: record.envelope.commandID
        )
        return try PersonalData(serializedBytes: try #require(bytes))
    }

    @Test func `Answers are sealed record by record, and each opens as it was given`() throws {
        let first = Sample.answers(["firstName": .text("Secretanswer"), "q24": .yesNo(true)])
        let second = Sample.answers(["firstName": .text("Secretanswer")])
        let (recorded, corrected): (Receipt, Receipt)
        do {
            let writer = try ledger.writer()
            recorded = try writer.run(Sample.record("h-1", answers: first)).get()
            corrected = try writer.run(Sample.correct("h-1", answers: second)).get()
            let state = try writer.reader.snapshot().household(stream: recorded.stream)
            #expect(state.hasAnswers && state.ages == [37] && state.counts.failing(24) == 0)
        }
        #expect(try answers(of: recorded) == first)
        #expect(try answers(of: corrected) == second)
        let file = try Data(contentsOf: URL(filePath: ledger.directory.ledgerFile))
        #expect(file.range(of: Data("Secretanswer".utf8)) == nil)
        #expect(file.range(of: Data("farmer".utf8)) == nil)
        try checkWholeLedger(ledger, size: staffedSize + 2)
    }

    /// The form does not ask for it, so answers that are given anew say nothing of it.
    @Test func `A correction by answers keeps the address unless it gives what lies beside them`()
        throws
    {
        var first = Sample.record("h-1", answers: Sample.answers())
        first.recordHousehold.personal.address = "หมู่ 1"
        let kept = Sample.correct("h-1", answers: Sample.answers(["q24": .yesNo(true)]))
        var moved = Sample.correct("h-1", answers: Sample.answers())
        moved.correctHousehold.personal.address = "หมู่ 2"
        var removed = Sample.correct("h-1", answers: Sample.answers(["q24": .yesNo(true)]))
        removed.correctHousehold.personal = PersonalData()
        var addressed = Sample.record("h-2")
        addressed.recordHousehold.personal.address = "หมู่ 3"
        let answered = Sample.correct("h-2", answers: Sample.answers())
        let receipts: [Receipt]
        do {
            let writer = try ledger.writer()
            var taken = try [first, kept, moved].map { try writer.run($0).get() }
            // In one batch the second is drafted in its turn, as the first has moved the household.
            let again = Sample.correct("h-1", answers: Sample.answers())
            for outcome in try writer.run([kept.renewed, again]) { taken.append(try outcome.get()) }
            taken.append(try writer.run(removed).get())
            for command in [addressed, answered] { taken.append(try writer.run(command).get()) }
            // What is kept is no part of what was sent.
            #expect(try writer.run(kept).get().isRepeated)
            receipts = taken
        }
        let addresses = try receipts.map { try personalData(of: $0).address }
        #expect(
            addresses == [
                "หมู่ 1", "หมู่ 1", "หมู่ 2", "หมู่ 2", "หมู่ 2", "", "หมู่ 3", "หมู่ 3",
            ]
        )
        try checkWholeLedger(ledger, size: staffedSize + 8)
    }

    @Test func `The same answers under the same id are the same command, others are not`() throws {
        let writer = try ledger.writer()
        let id = CommandID.fresh()
        _ = try writer.run(Sample.record("h-1", answers: Sample.answers(), id: id)).get()
        for _ in 0..<20 {
            // A map built anew is laid out anew.
            let again = Sample.record("h-1", answers: Sample.answers(), id: id)
            #expect(try writer.run(again).get().isRepeated)
        }
        let others = Sample.answers(["q24": .yesNo(true)])
        let changed = Sample.record("h-1", answers: others, id: id)
        #expect(try writer.run(changed).code == .commandIdReused)
        try checkWholeLedger(writer, ledger, size: staffedSize + 1)
    }

    @Test func `Answers read before are sealed like others, and are the same command`() throws {
        let whole = Sample.record("h-1", answers: Sample.answers())
        var command = whole
        command.recordHousehold.clearAnswers()
        let given = GivenCommand(command, answers: AnswerSheet(Sample.answers(), .bmn2560))
        let recorded: Receipt
        do {
            let writer = try ledger.writer()
            recorded = try writer.append([writer.prepare(given).get()])[0].get()
            #expect(!recorded.isRepeated)
            #expect(try writer.run(whole).get().isRepeated)
            #expect(try writer.append([writer.prepare(given).get()])[0].get().isRepeated)
        }
        #expect(try answers(of: recorded) == Sample.answers())
        try checkWholeLedger(ledger, size: staffedSize + 1)
    }

    /// Before the turn nothing is known of a cycle that is defined in the same batch.
    @Test func `Answers read before are judged in the turn where they could not be earlier`() throws
    {
        let writer = try ledger.writer()
        let first = Sample.record("h-1", answers: Sample.answers())
        var command = Sample.record("h-1", answers: Sample.answers())
        command.recordHousehold.clearAnswers()
        let given = GivenCommand(command, answers: AnswerSheet(Sample.answers(), .bmn2560))
        let prepared = try [
            writer.prepare(first).get(), writer.prepare(Sample.withdraw("h-1")).get(),
            writer.prepare(given).get(),
        ]
        let outcomes = try writer.append(prepared)
        #expect(outcomes.map(\.code) == [nil, nil, nil])
        try checkWholeLedger(writer, ledger, size: staffedSize + 3)
    }

    @Test func `What the answers lack is refused in the store as by the rules`() throws {
        let writer = try ledger.writer()
        var answers = Sample.answers()
        answers.members[0]["q24"] = nil
        #expect(try writer.run(Sample.record("h-1", answers: answers)).code == .answerMissing)
        _ = try writer.run(Sample.record("h-2")).get()
        _ = try writer.run(Sample.correct("h-2", answers: Sample.answers())).get()
        #expect(try writer.run(Sample.correct("h-2", failing: 1)).code == .answersRequired)
        try checkWholeLedger(writer, ledger, size: staffedSize + 2)
    }
}

extension Command {
    /// The same under another id.
    fileprivate var renewed: Command {
        var command = self
        command.id = CommandID.fresh().text
        return command
    }
}
