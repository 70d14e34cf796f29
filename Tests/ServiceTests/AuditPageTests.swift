import Access
import Cryptography
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Survey
import Testing

extension Visitor {
    /// A form of a page with its fields, as browsers send it where no script helps.
    func post(_ path: String, _ fields: [String: String] = [:]) async throws -> Reply {
        let pairs = fields.merging(["csrf": csrf]) { $1 }.map { name, value in
            let text = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return "\(name)=\(text)"
        }
        return try await ask(
            .POST,
            path,
            [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html"),
                ("Origin", "null"), ("Sec-Fetch-Site", "same-origin"),
            ],
            body: pairs.joined(separator: "&"),
            hasCSRFHeader: false
        )
    }

    /// The page, once nothing goes on there any more.
    func pageWhenOver(_ path: String) async throws -> Reply {
        for _ in 0..<2400 {
            let reply = try await page(path)
            if !reply.text.contains("<progress") { return reply }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(path) goes on for ever")
        return try await page(path)
    }
}

@Suite(.serialized) struct `Auditing in pages` {
    @Test func `an auditor verifies, is told how far it is, and reads and saves the verdict`()
        async throws
    {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record("99010101-0001")).status == 201)
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            let before = try await visitor.page("/audit?lang=en")
            #expect(before.status == 200 && before.text.contains("Nothing was verified here yet"))
            #expect(before.text.contains("verifying itself"))
            #expect(before.text.contains("bmn-audit verify"))
            #expect(try await visitor.page("/audit/verification").status == 404)
            let begun = try await visitor.post("/audit/verification")
            #expect(begun.status == 303, "\(begun.text)")
            #expect(begun.headers.first(name: "Location") == "/audit/verification")
            // Its events end when it does.
            let events = try await visitor.ask(.GET, "/audit/verification/progress")
            #expect(events.headers.first(name: "Content-Type") == "text/event-stream")
            #expect(events.text.contains("event: end\ndata: {\"done\":"))
            let verdict = try await visitor.pageWhenOver("/audit/verification?lang=en")
            #expect(verdict.status == 200)
            #expect(verdict.text.contains("Passed: no sign that any record was altered"))
            #expect(verdict.text.contains("5 rules"))
            let thai = try await visitor.page("/audit/verification?lang=th")
            #expect(thai.text.contains("ผ่าน: ไม่พบว่ามีระเบียนใดถูกแก้ไข"))
            #expect(thai.text.contains("ระบบนี้กำลังตรวจสอบตนเอง"))
            let json = try await visitor.page("/audit/verification/report.json")
            #expect(try json.object()["ok"] as? Bool == true)
            let disposition = json.headers.first(name: "Content-Disposition")
            #expect(disposition == "attachment; filename=\"verification-report.json\"")
            let text = try await visitor.page("/audit/verification/report.txt")
            #expect(text.text.contains("ผ่าน"))
            let html = try await visitor.page("/audit/verification/report.html")
            #expect(html.text.hasPrefix("<!DOCTYPE html>\n<!-- bmn-audit report -->"))
            let api = try await service.ask(.GET, "/v1/verification")
            #expect(try api.object()["ending"] as? String == "verified")
            #expect(!verdict.text.contains("Secretname"))
        }
    }

    @Test func `what is damaged is told in words, with its code and what to do`() async throws {
        try await RunningService.run { service in
            let folder = AttachmentFolder(service.ledger.directory)
            let paper = service.ledger.folder + "/letter.pdf"
            try Data("the letter".utf8).write(to: URL(filePath: paper))
            let content = try #require(try AttachmentFolder.content(of: paper))
            try folder.store(paper, content)
            var document = Document()
            document.sha256 = content.sha256.hex
            document.byteCount = content.byteCount
            document.mediaType = "application/pdf"
            var training = Training()
            (training.training, training.cycle, training.area) = ("training-1", "2561", "9901")
            (training.kind, training.heldOn) = (.collector, Sample.workday)
            training.place = "the hall"
            training.participants = ["collector-1"]
            training.documents = [document]
            let command = Sample.command(.recordTraining(training))
            let recorded = try await service.submit(command, as: "super-1")
            #expect(recorded.status == 201, "\(recorded.text)")
            let index = try #require(try recorded.object()["index"] as? Int)
            let file = folder.file(content.sha256)
            try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
            let visitor = try Visitor(service, "auditor-1")
            try await visitor.arrive()
            #expect(try await visitor.post("/audit/verification").status == 303)
            let english = try await visitor.pageWhenOver("/audit/verification?lang=en")
            #expect(english.text.contains("Not passed: 1 findings."))
            #expect(english.text.contains("<code>attachmentMissing</code>"))
            #expect(english.text.contains("href=\"/records/\(index)\""))
            #expect(english.text.contains("What to do now"))
            let thai = try await visitor.page("/audit/verification?lang=th")
            #expect(thai.text.contains("ไม่ผ่าน: พบสิ่งผิดปกติ 1 ข้อ"))
            #expect(thai.text.contains("สิ่งที่ควรทำตอนนี้"))
            let text = try await visitor.page("/audit/verification/report.txt")
            #expect(text.text.contains("attachmentMissing"))
            try FileManager.default.moveItem(atPath: file + ".away", toPath: file)
        }
    }

    @Test func `only auditors and committees verify, and only auditors read the access log there`()
        async throws
    {
        try await RunningService.run { service in
            for (person, _, _) in RunningService.people.prefix(5) {
                let visitor = try Visitor(service, person)
                try await visitor.arrive()
                let front = try await visitor.page("/?lang=en")
                let isAuditor = person == "auditor-1"
                #expect(front.text.contains(">Audit</a>") == isAuditor, "\(person)")
                #expect(front.text.contains(">Admin</a>") == (person == "admin-1"), "\(person)")
                for path in ["/audit", "/audit/verification", "/audit/verification/progress"] {
                    let status = try await visitor.page(path).status
                    #expect((status == 403) == !isAuditor, "\(person) \(path) \(status)")
                }
                let log = try await visitor.page("/audit/access-log").status
                #expect((log == 200) == (isAuditor || person == "admin-1"), "\(person) \(log)")
                if !isAuditor {
                    #expect(try await visitor.post("/audit/verification").status == 403)
                }
            }
            let told = try service.told()
            #expect(told.contains("recorder-1 POST /audit/verification refused roleMissing"))
            #expect(told.contains("auditor-1 GET /audit/access-log read "))
        }
    }

    @Test func `the access log is searched by person, kind and day, and saved`() async throws {
        try await RunningService.run { service in
            let (visitor, other) = (
                try Visitor(service, "auditor-1"), try Visitor(service, "super-1")
            )
            try await visitor.arrive()
            try await other.arrive()
            let file = "/audit/access-log/access-log"
            let csv = try await visitor.page("\(file).csv?person=super-1&outcome=signedIn")
            #expect(csv.headers.first(name: "Content-Type")?.hasPrefix("text/csv") == true)
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count == 2 && lines[1].contains("super-1"), "\(csv.text)")
            let json = try await visitor.page("\(file).jsonl?person=super-1")
            #expect(try json.objects().allSatisfy { $0["person"] as? String == "super-1" })
            #expect(try !json.objects().isEmpty)
            let page = try await visitor.page("/audit/access-log?lang=en&day=1999-01-01")
            #expect(page.status == 200 && page.text.contains("There is nothing to list."))
            #expect(try await visitor.page("\(file).exe").status == 400)
        }
    }

    @Test func `whoever reads a household's record or searches for one is in the access log`()
        async throws
    {
        try await RunningService.run { service in
            let recorded = try await service.submit(Sample.record("99010101-0001"))
            let index = try #require(try recorded.object()["index"] as? Int)
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            func rows(_ route: String) throws -> Int {
                try service.told().count { $0 == "recorder-1 GET \(route) read " }
            }
            for path in ["/records", "/records?person=&area=", "/records/0"] {
                #expect(try await visitor.page(path).status == 200)
            }
            #expect(try rows("/records") == 0 && rows("/records/{index}") == 0)
            #expect(try await visitor.page("/records?person=recorder-1").status == 200)
            #expect(try await visitor.page("/records?area=99010101").status == 200)
            #expect(try rows("/records") == 2)
            #expect(try await visitor.page("/records/\(index)").status == 200)
            #expect(try await visitor.page("/records/\(index)/bytes").status == 200)
            #expect(try rows("/records/{index}") == 1 && rows("/records/{index}/bytes") == 1)
            let csv = try await visitor.page("/records/file/records.csv")
            #expect(csv.text.contains("household/2561/99010101-0001"))
            #expect(csv.text.hasPrefix("index,kind,stream,"))
            #expect(try rows("/records/file/{file}") == 1)
            let lines = try await visitor.page("/records/file/records.jsonl?kind=cycleDefined")
            #expect(try lines.objects().map { $0["kind"] as? String } == ["cycleDefined"])
            #expect(try rows("/records/file/{file}") == 1)
            #expect(!(try service.told().contains { $0.contains("99010101") }))
            try service.breakAccessLog()
            #expect(try await visitor.page("/records/\(index)").status == 503)
            #expect(try await visitor.page("/records?area=99010101").status == 503)
            #expect(try await visitor.page("/records/0").status == 200)
        }
    }
}
