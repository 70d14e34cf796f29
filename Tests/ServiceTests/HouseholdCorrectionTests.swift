import Access
import Foundation
import Ledger
import LedgerTestSupport
import Service
import Survey
import Testing

@Suite(.serialized) struct `A household corrected by form` {
    private static let id = "99010101-0009"
    private static let path = "/households/\(id)/correct"

    private static func recorded(_ service: RunningService) async throws -> Visitor {
        let reply = try await service.submit(Sample.record(id, answers: Sample.answers()))
        #expect(reply.status == 201, "\(reply.text)")
        let visitor = try Visitor(service, "recorder-1")
        try await visitor.arrive()
        return visitor
    }

    /// The form as a browser has it: what the page shows is what is sent.
    private static func form(_ page: Reply, _ changes: [String: String?]) throws -> TypedForm {
        var form = try TypedForm(of: page)
        form.answer(Sample.answers())
        form.fields["interviewedOn"] = "2018-01-15"
        for (name, value) in changes { form.fields[name] = value }
        return form
    }

    @Test func `it is filled with the answers on record, shows what changes, and records it`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try await Self.recorded(service)
            let page = try await visitor.english(Self.path)
            #expect(page.status == 200, "\(page.text)")
            #expect(page.text.contains("value=\"1980-05-05\""))
            #expect(page.text.contains("value=\"12/3\""))
            var form = try Self.form(page, ["h.q4.1": "no"])
            let unexplained = try await visitor.press("record", form, at: Self.path)
            #expect(unexplained.status == 422)
            #expect(unexplained.text.contains("id=\"reason-fault\""))
            form.fields["reason"] = "อ่านแบบสอบถามผิด"
            // Not before it was shown.
            let shown = try await visitor.press("record", form, at: Self.path)
            #expect(shown.status == 422)
            #expect(shown.text.contains("<del>yes</del>"), "\(shown.text)")
            #expect(shown.text.contains("<ins>no</ins>"))
            try form.goOn(from: shown)
            let done = try await visitor.press("record", form, at: Self.path)
            #expect(done.status == 200, "\(done.text)")
            #expect(done.text.contains("The household is corrected"))
            let records = try service.records("household/2561/\(Self.id)")
            #expect(records.count == 2)
            let correction = records[1].event.householdCorrected
            #expect(correction.reason == "อ่านแบบสอบถามผิด")
            #expect(correction.changes.map(\.field) == ["indicator.4", "personal"])
            let again = try await visitor.press("record", form, at: Self.path)
            #expect(again.status == 200 && again.text.contains("not recorded twice"))
            #expect(try service.records("household/2561/\(Self.id)").count == 2)
            let answers = try await visitor.english("/households/\(Self.id)/answers")
            #expect(answers.status == 200)
            #expect(answers.text.contains("<del>yes</del>"))
            #expect(answers.text.contains("<ins>no</ins>"))
            let told = try service.told()
            #expect(told.contains("recorder-1 GET /households/{id}/correct read "))
            #expect(told.contains("recorder-1 POST /households/{id}/correct read "))
            #expect(told.contains("recorder-1 GET /households/{id}/answers read "))
            #expect(!told.contains { $0.contains(Self.id) })
        }
    }

    @Test func `what moved alone leaves the sealed answers as they are`() async throws {
        try await RunningService.run { service in
            let visitor = try await Self.recorded(service)
            let page = try await visitor.english(Self.path)
            var form = try Self.form(
                page,
                ["reason": "วันสัมภาษณ์ผิด", "interviewedOn": "16/1/2561"]
            )
            try form.goOn(from: try await visitor.press("check", form, at: Self.path))
            let done = try await visitor.press("record", form, at: Self.path)
            #expect(done.status == 200, "\(done.text)")
            let correction = try service.records("household/2561/\(Self.id)")[1].event
                .householdCorrected
            #expect(correction.changes.map(\.field) == ["interviewedOn"])
            #expect(!correction.hasSealed)
            // The same again changes nothing.
            let next = try await visitor.english(Self.path)
            let same = try Self.form(
                next,
                ["reason": "อีกครั้ง", "interviewedOn": "16/1/2561"]
            )
            let empty = try await visitor.press("record", same, at: Self.path)
            #expect(empty.status == 422)
            #expect(empty.text.contains("Nothing is other than on record."))
        }
    }

    @Test func `of two at once the later is told, and sees what is on record by now`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try await Self.recorded(service)
            let page = try await visitor.english(Self.path)
            var mine = try Self.form(page, ["reason": "ผิด", "h.q4.1": "no"])
            try mine.goOn(from: try await visitor.press("check", mine, at: Self.path))
            var answers = Sample.answers()
            answers.household["q9"] = .yesNo(false)
            let first = try await service.submit(Sample.correct(Self.id, answers: answers))
            #expect(first.status == 201, "\(first.text)")
            let late = try await visitor.press("record", mine, at: Self.path)
            #expect(late.status == 409)
            #expect(late.text.contains("Somebody changed this household"))
            // What the other one changed would go back, and is shown to.
            #expect(late.text.contains("<del>no</del>"))
            #expect(try service.records("household/2561/\(Self.id)").count == 2)
            let told = try service.told()
            #expect(told.contains("recorder-1 POST /households/{id}/correct read "))
            try mine.goOn(from: late)
            let done = try await visitor.press("record", mine, at: Self.path)
            #expect(done.status == 200, "\(done.text)")
            #expect(try service.records("household/2561/\(Self.id)").count == 3)
        }
    }

    @Test func `a draft of one is found again, and what is elsewhere opens for nobody`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try await Self.recorded(service)
            let page = try await visitor.english(Self.path)
            var form = try Self.form(page, ["reason": "ผิด", "h.q4.1": "no"])
            try form.goOn(from: try await visitor.press("save", form, at: Self.path))
            let draft = try #require(form.fields["draft"])
            let again = try await visitor.english("\(Self.path)?cycle=2561&draft=\(draft)")
            #expect(again.status == 200)
            #expect(again.text.contains("value=\"ผิด\""))
            // A draft of a correction is no new household.
            #expect(try await visitor.english("/households/new?draft=\(draft)").status == 404)
            let elsewhere = try Visitor(service, "elsewhere-1")
            try await elsewhere.arrive()
            for path in ["correct", "answers", "withdraw"] {
                let known = try await elsewhere.english("/households/\(Self.id)/\(path)")
                let unknown = try await elsewhere.english("/households/nothing/\(path)")
                #expect(known.status == 403 && unknown.status == 403)
                #expect(!known.text.contains("12/3"))
            }
            #expect(try await elsewhere.press("record", form, at: Self.path).status == 403)
            let erased = try await service.submit(Sample.erase(Self.id), as: "district-1")
            #expect(erased.status == 201)
            for path in ["correct", "answers"] {
                let gone = try await visitor.english("/households/\(Self.id)/\(path)")
                #expect(gone.status == 422 && gone.text.contains("personalDataErased"))
            }
        }
    }
}
