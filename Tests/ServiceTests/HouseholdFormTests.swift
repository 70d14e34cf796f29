import Access
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Pages
import Service
import Survey
import SurveyImport
import SwiftProtobuf
import Testing

@Suite(.serialized) struct `A household entered by form` {
    private static let id = "99010101-0007"

    /// What `bmn import answers` makes of the same answers.
    private static func imported(_ answers: Answers, _ form: Questionnaire) throws -> Command {
        let columns = ImportKind.answers.columns(of: form).map(\.name)
        var cells = [
            "cycle": "2561", "household": id, "village": "99010101", "lao": "9981",
            "interviewed_on": "2018-01-15", "collector": "collector-1", "synthetic": "true",
        ]
        let entry = HouseholdEntry(cycle: "2561", answers, .en)
        for (item, text) in entry.household { cells[item] = text }
        for (item, text) in entry.members[0] { cells[item] = text }
        let text = [columns, columns.map { cells[$0] ?? "" }]
            .map { $0.joined(separator: ",") + "\r\n" }.joined()
        var importer = CommandImporter(.answers, actor: Actor(), questionnaires: ["2561": form])
        importer.append(Array(text.utf8))
        importer.finish()
        guard case .command(let given, _)? = importer.next() else {
            Issue.record("the row is refused")
            return Command()
        }
        return given.whole
    }

    @Test func `it is the command that an import makes, and its record says the same`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let page = try await visitor.english("/households/new?cycle=2561")
            #expect(page.status == 200)
            var form = try TypedForm(of: page)
            form.answer(Sample.answers(), household: Self.id)
            let done = try await visitor.press("record", form)
            #expect(done.status == 200, "\(done.text)")
            #expect(done.text.contains("The household is recorded"))
            let stream = "household/2561/\(Self.id)"
            let records = try service.records(stream)
            let record = try #require(records.first)
            #expect(records.count == 1)
            #expect(done.text.contains("/records/\(record.envelope.index)"))
            #expect(record.envelope.actor.capacity == "recorder")
            #expect(record.envelope.actor.authentication == "passkey")
            // By itself in another ledger, what the import makes is the same event.
            let command = try Self.imported(Sample.answers(), .bmn2560)
            let other = try ScratchLedger()
            var given = command
            given.actor = Sample.actor()
            given.occurredOn = Sample.workday
            let writer = try other.writer()
            _ = try writer.run(given).get()
            let recorded = try RunningService.records(stream, writer.reader)
            var events = [record, recorded[0]].map(\.event.householdRecorded)
            let opened = try [
                RunningService.opened(record, service.writer),
                RunningService.opened(recorded[0], writer),
            ]
            #expect(opened[0] == opened[1])
            for offset in events.indices { events[offset].clearSealed() }
            #expect(events[0] == events[1])
            #expect(EventKind.householdRecorded == record.event.eventKind)
        }
    }

    @Test func `a form that is sent twice is recorded once, and the next keeps the place`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            var form = try TypedForm(of: try await visitor.english("/households/new"))
            form.answer(Sample.answers(), household: Self.id)
            let first = try await visitor.press("record", form)
            let second = try await visitor.press("record", form)
            #expect(first.status == 200 && second.status == 200)
            #expect(second.text.contains("not recorded twice"))
            #expect(try service.records("household/2561/\(Self.id)").count == 1)
            let next = try #require(
                first.text.firstMatch(of: /href="(\/households\/new[^"]*village[^"]*)"/)
            )
            let page = try await visitor.english(
                String(next.1).replacingOccurrences(of: "&amp;", with: "&")
            )
            #expect(page.text.contains("value=\"99010101\""))
            #expect(page.text.contains("value=\"collector-1\""))
            #expect(try TypedForm(of: page).fields["form"] != form.fields["form"])
            // Somebody else's household of the same id is refused by the ledger, and what was typed stays.
            form.fields["form"] = try TypedForm(of: page).fields["form"]
            let refused = try await visitor.press("record", form)
            #expect(refused.status == 422)
            #expect(refused.text.contains("12/3"))
        }
    }

    @Test func `members are added and removed, and only what is asked of them is shown`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let page = try await visitor.english("/households/new")
            #expect(page.text.contains("name=\"m1.birthDate\""))
            #expect(!page.text.contains("name=\"m1.q1\""))
            #expect(!page.text.contains("name=\"m1.q6.1\""))
            var form = try TypedForm(of: page)
            form.fields["m1.birthDate"] = "5/5/2523"
            let grown = try await visitor.press("add", form)
            #expect(grown.text.contains("name=\"m1.q6.1\""))
            #expect(!grown.text.contains("name=\"m1.q1\""))
            #expect(grown.text.contains("name=\"m2.birthDate\""))
            form.fields["members"] = "2"
            form.fields["m2.birthDate"] = "2017-12-25"
            form.fields["m2.firstName"] = "เล็ก"
            let baby = try await visitor.press("update", form)
            #expect(baby.text.contains("name=\"m2.q1\""))
            #expect(!baby.text.contains("name=\"m2.q6.1\""))
            let alone = try await visitor.press("remove-1", form)
            #expect(alone.text.contains("name=\"m1.q1\""))
            #expect(alone.text.contains("value=\"เล็ก\""))
            #expect(!alone.text.contains("m2.birthDate"))
        }
    }

    @Test func `each indicator is explained, and what is missing is told at its field`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            var form = try TypedForm(of: try await visitor.english("/households/new"))
            form.answer(Sample.answers(["q26": .yesNo(false)]), household: Self.id)
            form.fields["h.q4.1"] = nil
            form.fields["interviewedOn"] = "32/1/2561"
            let page = try await visitor.press("check", form)
            #expect(page.status == 200)
            #expect(page.text.contains("href=\"#h.q4.1\""))
            #expect(page.text.contains("id=\"h.q4.1-fault\""))
            #expect(page.text.contains("href=\"#interviewedOn\""))
            #expect(page.text.contains("aria-invalid=\"true\""))
            #expect(page.text.contains("undecided"))
            #expect(page.text.contains("fails"))
            let refused = try await visitor.press("record", form)
            #expect(refused.status == 422)
            #expect(try service.records("household/2561/\(Self.id)").isEmpty)
        }
    }

    /// Whose occupation is studying, and who does not study: that warns.
    private static let student = Sample.answers([
        "occupation": .choice("student"), "q20": .choice("incomeOnly"),
    ])

    @Test func `what warns is shown before it is recorded, and the record counts it`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            var form = try TypedForm(of: try await visitor.english("/households/new"))
            form.answer(Self.student, household: Self.id)
            let warned = try await visitor.press("record", form)
            #expect(warned.status == 422, "\(warned.text)")
            #expect(warned.text.contains("the answer is not studying"), "\(warned.text)")
            #expect(try service.records("household/2561/\(Self.id)").isEmpty)
            try form.goOn(from: warned)
            let done = try await visitor.press("record", form)
            #expect(done.status == 200, "\(done.text)")
            let record = try #require(try service.records("household/2561/\(Self.id)").first)
            #expect(record.event.householdRecorded.warningCount == 1)
        }
    }

    @Test func `other areas, other roles and other pages' forms are refused`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "elsewhere-1")
            try await visitor.arrive()
            var form = try TypedForm(of: try await visitor.english("/households/new"))
            form.answer(Sample.answers(), household: Self.id)
            let elsewhere = try await visitor.press("record", form)
            #expect(elsewhere.status == 403)
            #expect(elsewhere.text.contains("outsideOwnAreas"))
            let forged = try await visitor.sendForm(
                "/households/new",
                form.body(csrf: "00", pressing: "record")
            )
            #expect(forged.status == 403)
            for person in ["auditor-1", "admin-1"] {
                let other = try Visitor(service, person)
                try await other.arrive()
                for path in [
                    "/households/new", "/households/drafts", "/households/not-collected",
                    "/households/\(Self.id)/correct", "/households/\(Self.id)/answers",
                    "/households/\(Self.id)/withdraw",
                ] {
                    #expect(try await other.english(path).status == 403, "\(person) \(path)")
                }
                #expect(try await other.press("record", form).status == 403)
            }
            #expect(try service.records("household/2561/\(Self.id)").isEmpty)
            let log = service.log.text
            #expect(!log.contains("สมมุติ") && !log.contains(Self.id))
        }
    }

    @Test func `one that was not collected is recorded by its short form, and withdrawn`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let path = "/households/not-collected"
            let page = try await visitor.english(path)
            #expect(page.status == 200)
            var form = try TypedForm(of: page)
            form.fields["household"] = Self.id
            form.fields["interviewedOn"] = "15/1/2561"
            form.fields["members"] = nil
            let wrong = try await visitor.press("record", form, at: path)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("id=\"why-fault\""))
            form.fields["why"] = "moved"
            let done = try await visitor.press("record", form, at: path)
            #expect(done.status == 200, "\(done.text)")
            let visit = try service.records("household/2561/\(Self.id)")[0]
            #expect(visit.event.householdNotCollected.reason == .moved)
            let withdrawal = "/households/\(Self.id)/withdraw"
            var short = try TypedForm(of: try await visitor.english(withdrawal))
            let empty = try await visitor.press("record", short, at: withdrawal)
            #expect(empty.status == 422)
            short.fields["reason"] = "บันทึกซ้ำ"
            let gone = try await visitor.press("record", short, at: withdrawal)
            #expect(gone.status == 200, "\(gone.text)")
            #expect(try service.records("household/2561/\(Self.id)").count == 2)
        }
    }
}

extension RunningService {
    func records(_ stream: String) throws -> [RecordedEvent] {
        try Self.records(stream, writer.reader)
    }

    static func records(_ stream: String, _ reader: LedgerReader) throws -> [RecordedEvent] {
        try reader.snapshot().records(ofStream: stream)
    }

    /// What a record of a household sealed.
    static func opened(_ record: RecordedEvent, _ writer: LedgerWriter) throws -> [UInt8]? {
        try writer.vault.open(
            record.event.householdRecorded.sealed,
            stream: record.envelope.stream,
            commandID: record.envelope.commandID
        )
    }
}
