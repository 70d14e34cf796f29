import LMDB
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Survey
import Testing

/// A printed form serves one household; the store keeps which ones are used.
@Suite struct FormTests {
    let ledger: ScratchLedger

    init() throws { ledger = try ScratchLedger() }

    private static func issue(_ first: UInt32, _ last: UInt32) -> Command {
        var range = SerialRange()
        (range.prefix, range.first, range.last) = ("A-", first, last)
        var issue = QuestionnaireIssue()
        (issue.cycle, issue.area, issue.collector) = ("2561", "9901", "collector-1")
        (issue.ranges, issue.issuedOn) = ([range], "2017-12-01")
        return Sample.command(.issueQuestionnaires(issue))
    }

    private static func record(_ household: String, form: String) -> Command {
        var command = Sample.record(household)
        command.recordHousehold.questionnaire = form
        return command
    }

    private static func correct(_ household: String, form: String) -> Command {
        var command = Sample.correct(household, failing: 0)
        command.correctHousehold.indicators = []
        command.correctHousehold.questionnaire = form
        return command
    }

    @Test func `A form that was used is used after reopening, and free when it is freed`() throws {
        let first = try ledger.writer().run([
            Self.issue(1, 100), Self.issue(101, 101), Self.record("h-1", form: "A-70"),
            Self.record("h-2", form: "A-101"), Self.record("h-3", form: "A-070"),
        ])
        #expect(first.map(\.code) == [nil, nil, nil, nil, .questionnaireUsed])
        let second = try ledger.writer().run([
            Self.record("h-3", form: "A-70"), Self.correct("h-1", form: "A-71"),
            Self.record("h-3", form: "A-70"), Sample.withdraw("h-2"),
        ])
        #expect(second.map(\.code) == [.questionnaireUsed, nil, nil, nil])
        try checkWholeLedger(ledger)
        let writer = try ledger.writer()
        let third = try writer.run([
            Self.record("h-4", form: "A-71"), Self.record("h-4", form: "A-101"),
            Self.correct("h-4", form: ""), Self.record("h-5", form: "A-101"),
        ])
        #expect(third.map(\.code) == [.questionnaireUsed, nil, nil, nil])
        let store = writer.reader.store
        let state = try store.environment.read { try store.state($0) }
        #expect(state.usedForms.values.map { $0.filter { $0 != 0 }.count }.sorted() == [1, 1])
        try checkWholeLedger(writer, ledger)
    }

    @Test func `Forms whose issue is withdrawn are issued again in other ranges`() throws {
        var withdrawal = PaperWithdrawal()
        (withdrawal.kind, withdrawal.paper) = (.questionnaireIssue, "collector-1")
        (withdrawal.cycle, withdrawal.part) = ("2561", "A-1")
        withdrawal.reason = "of another box"
        let withdraw = Sample.command(.withdrawPaper(withdrawal))
        var again = withdraw
        again.id = Sample.command(.withdrawPaper(withdrawal)).id
        let first = try ledger.writer().run([
            Self.issue(1, 100), Self.record("h-1", form: "A-70"), withdraw,
        ])
        #expect(first.map(\.code) == [nil, nil, .questionnaireUsed])
        // In one batch the form is freed and its range withdrawn.
        let second = try ledger.writer().run([Self.correct("h-1", form: ""), again])
        #expect(second.map(\.code) == [nil, nil])
        try checkWholeLedger(ledger)
        // A range of another length begins with the same form.
        let third = try ledger.writer().run([
            Self.issue(1, 10), Self.record("h-2", form: "A-70"), Self.record("h-2", form: "A-7"),
        ])
        #expect(third.map(\.code) == [nil, .questionnaireNotIssued, nil])
        try checkWholeLedger(ledger)
        #expect(try ledger.writer().run(Self.record("h-3", form: "A-7")).code == .questionnaireUsed)
        try checkWholeLedger(ledger)
    }

    @Test func `An index of forms that names a range nobody issued is an error`() throws {
        _ = try ledger.writer().run(Self.issue(1, 10)).get()
        do {
            let store = try LedgerStore(ledger.directory, access: .write)
            let range = FormRange(cycle: "2561", prefix: "B-", first: 1)
            try store.environment.write { transaction in
                let bits = [UInt8](repeating: 0, count: 7) + [1]
                try transaction.put(store.forms, LedgerKey.forms(range), bits)
            }
        }
        #expect(code { _ = try ledger.writer() } == .damaged)
    }
}
