import Cryptography
import Foundation
import LedgerTestSupport
import Pages
import Survey
import Testing

/// What single pages say.
@Suite struct `The pages of a played survey` {
    private let survey: PlayedSurvey

    init() throws { survey = try PlayedSurvey() }

    private func page(_ path: String, _ language: PageLanguage = .th) throws -> ParsedPage {
        try ParsedPage(try survey.ask(path, language).body, path)
    }

    @Test func `the overview tells what is late in words, progress, and the ledger's health`()
        throws
    {
        let text = try page("/", .en).text
        for words in [
            "days late", "Progress by district", "The last ten records", "Origin", Sample.origin,
            "all are up to date", "1 behind, 0 cosignatures",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(try page("/").text.contains("เลยกำหนด"))
        let bars = try #require(try page("/").all("svg").first)
        #expect(bars.attributes["role"] == "img")
        #expect(try page("/").all("desc").count == 1)
        // 4 recorded or refused of 200; two of them are withdrawn or not collected.
        #expect(try page("/").all("rect").contains { $0.attributes["class"] == "part" })
        let days = try page("/").all("time")
        #expect(days.contains { $0.attributes["datetime"] == "2018-04-01" })
        #expect(days.contains { $0.text == "1 เมษายน 2561" })
        try survey.verify()
    }

    @Test func `a ledger without a cycle has an overview`() throws {
        let empty = try EmptyLedger()
        let page = try ParsedPage(try empty.ask().body, "/")
        #expect(page.text.contains("ยังไม่มีรอบปี"))
        #expect(page.text.contains("ยังไม่มีจุดตรวจ"))
        #expect(page.all("svg").isEmpty)
        #expect(try empty.ask("households").status == 404)
        #expect(try empty.ask("records", "0").status == 200)
        try empty.verify()
    }

    @Test func `an area shows indicators beside its parent's, open matters and people`() throws {
        let text = try page("/areas/99010102", .en).text
        for words in ["o-1", "Results by indicator", "990101 passed (%)", "Open matters"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(try page("/areas/9981", .en).text.contains("chair-1"))
        #expect(try page("/areas/9901").all("nav").count == 2)
        try survey.verify()
    }

    @Test func `a household tells who changed what, from what to what, and why`() throws {
        let page = try page("/households/h-1")
        #expect(page.all("del").map(\.text).contains { $0.contains("0") })
        #expect(page.all("ins").map(\.text).contains { $0.contains("1") })
        #expect(page.text.contains("อ่านแบบสอบถามผิด \"4\""))
        #expect(page.text.contains("recorder-1"))
        let failing = try self.page("/households/h-4", .en).text
        #expect(failing.contains("failed: 1 of 1 do not meet the rule"))
        let sealed = try self.page("/households/h-2")
        #expect(sealed.all("ins").map(\.text).contains("(ปิดผนึก)"))
        #expect(try self.page("/households/h-5").text.contains("ไม่มีคนอยู่"))
        try survey.verify()
    }

    @Test func `a household is there only for those who may read it`() throws {
        let narrow = PlayedSurvey.reader { _, village, _ in village == "99010102" }
        let refused = try survey.ask("/households/h-1", reader: narrow)
        let unknown = try survey.ask("/households/h-999", reader: narrow)
        #expect(refused.status == 404 && unknown.status == 404)
        let words = { (answer: PageAnswer) in
            String(decoding: answer.body, as: UTF8.self).replacing("h-999", with: "h-1")
        }
        #expect(words(refused) == words(unknown))
        #expect(try survey.ask("/households/h-4", reader: narrow).status == 200)
        let list = try ParsedPage(try survey.ask("/households", reader: narrow).body, "list")
        #expect(list.links.filter { $0.hasPrefix("/households/") }.count == 2)
        try survey.verify()
    }

    @Test func `households are found by area, state, failed indicator and id`() throws {
        func ids(_ query: String) throws -> [String] {
            try page("/households?" + query).links.filter { $0.hasPrefix("/households/") }
                .compactMap { $0.split(separator: "/").last?.split(separator: "?").first }
                .map { String($0) }
        }
        #expect(try ids("area=9981") == ["h-1", "h-2", "h-3", "h-6"])
        #expect(try ids("area=99010102&status=notCollected") == ["h-5"])
        #expect(try ids("status=withdrawn") == ["h-3"])
        // One more was corrected to failing, and then back.
        #expect(try ids("indicator=4") == ["h-4"])
        #expect(try ids("after=h-4") == ["h-5", "h-6"])
        let answer = try survey.ask("/households?id=h-2")
        #expect(answer.status == 303)
        #expect(answer.location == "/households/h-2?cycle=2561")
        try survey.verify()
    }

    @Test func `certifications are found by state, with whose signature is missing`() throws {
        func ids(_ query: String) throws -> [String] {
            try page("/certifications?" + query).links.filter { $0.hasPrefix("/certifications/") }
        }
        #expect(try ids("").count == 2)
        #expect(try ids("state=superseded") == ["/certifications/2561-9981-1"])
        #expect(try ids("state=missing") == ["/certifications/2561-990151-1"])
        #expect(try ids("level=district") == [])
        let text = try page("/certifications?state=missing", .en).text
        #expect(text.contains("secretary") && text.contains("2 more signatures"))
        #expect(try page("/certifications").links.contains("/areas/9901"))
        try survey.verify()
    }

    @Test func `a certification shows the statement as it was signed, and a place to sign`() throws
    {
        let page = try page("/certifications/2561-990151-1")
        let statement = try #require(page.all("pre").first).text
        #expect(statement.hasPrefix("bmn-ledger certification statement"))
        let digest = SHA256.hash(Array(statement.utf8)).hex
        #expect(page.text.contains(digest))
        let file = try survey.ask("/certifications/2561-990151-1/statement")
        #expect(file.body == Array(statement.utf8) && file.name == "statement.txt")
        let slot = try #require(page.elements.first { $0.attributes["id"] == "sign" })
        #expect(slot.attributes["data-sha256"] == digest)
        #expect(slot.attributes["data-certification"] == "2561-990151-1")
        #expect(slot.text.contains("bmn sign statement.txt"))
        #expect(page.links.contains("/certifications/2561-990151-1/sign"))
        let issued = try self.page("/certifications/2561-9981-1", .en)
        #expect(!issued.elements.contains { $0.attributes["id"] == "sign" })
        #expect(issued.text.contains("The data changed after it"))
        try survey.verify()
    }

    @Test func `the form has Thai digits and dates, its number, and the way to the proof`() throws {
        let page = try page("/certifications/2561-9981-1/form")
        let heading = try #require(page.all("h1").first).text
        #expect(heading.contains("แบบ ๑"))
        #expect(page.text.contains("๒๕๖๑"))
        let paper = try #require(page.all("dl").first).text
        #expect(!paper.unicodeScalars.contains { ("0"..."9").contains($0) }, "\(paper)")
        #expect(page.all("td").filter { $0.attributes["class"] == "number" }.count > 100)
        let code = try #require(page.all("svg").first)
        #expect(code.attributes["class"] == "qr")
        let address = try #require(page.all("code").map(\.text).last)
        #expect(address.hasPrefix(PlayedSurvey.address + "/records/"))
        let path = String(address.dropFirst(PlayedSurvey.address.count))
        #expect(try self.page(path).text.contains("certificationPrepared"))
        #expect(try self.page("/certifications/2561-9981-1/form", .en).text.contains("Translation"))
        try survey.verify()
    }

    @Test func `lists tell of orders, people and objections`() throws {
        #expect(try page("/lists/orders").text.contains("9/2560"))
        #expect(try page("/lists/appointments").text.contains("secretary-1"))
        let objections = try page("/lists/objections", .en)
        #expect(objections.text.contains("o-1") && objections.text.contains("open"))
        #expect(try page("/lists/meetings").text.contains("ไม่มีรายการ"))
        #expect(try page("/lists").links.filter { $0.hasPrefix("/lists/") }.count == 25)
        #expect(try survey.ask("/lists/nothing").status == 404)
        #expect(try survey.ask("/lists/households").status == 404)
        let open = try page("/lists/objections?state=open&area=99", .en)
        #expect(open.text.contains("o-1"))
        #expect(try !page("/lists/objections?state=resolved", .en).text.contains("o-1"))
        #expect(try survey.ask("/lists/objections?area=77").status == 404)
        let file = try survey.ask("/lists/objections.csv")
        #expect(file.name == "objections-2561.csv")
        let text = String(decoding: file.body, as: UTF8.self)
        #expect(text.hasPrefix("\u{FEFF}cycle,objection,area,presentation,"))
        try survey.verify()
    }

    @Test func `records are found by person, area, kind and day, each once`() throws {
        func indexes(_ query: String) throws -> [Int] {
            var (found, next): ([Int], String?) = ([], "/records?" + query)
            while let path = next {
                let page = try page(path)
                found += page.all("th").filter { $0.attributes["scope"] == "row" }
                    .compactMap { Int($0.text) }
                next = page.all("a").first { $0.attributes["rel"] == "next" }?.attributes["href"]
            }
            return found
        }
        let all = try indexes("")
        #expect(all.count > 40 && all == (0..<all.count).reversed())
        #expect(try indexes("kind=certificationSigned").count == 4)
        #expect(try indexes("kind=householdRecorded").count == 5)
        #expect(try indexes("person=secretary-1").count > 2)
        #expect(try indexes("person=secretary-").isEmpty)
        #expect(try indexes("area=99010102&kind=targetSet").count == 1)
        #expect(try indexes("from=2018-04-02").isEmpty)
        #expect(try indexes("to=2018-03-31").isEmpty == false)
        #expect(try indexes("from=2018-04-01").count + indexes("to=2018-03-31").count == all.count)
        try survey.verify()
    }

    @Test func `a record has its bytes, its leaf hash, a proof and the command`() throws {
        let page = try page("/records/3", .en)
        let blocks = page.all("pre").map(\.text)
        let stored = try #require(blocks.first { $0.hasPrefix("{\"index\":\"3\"") })
        let leafHash = SHA256.hash([0] + Array(stored.utf8)).hex
        #expect(page.all("code").map(\.text).contains(leafHash))
        let file = try survey.ask("/records/3/bytes")
        #expect(file.body == Array(stored.utf8) && file.name == "record-3.json")
        #expect(blocks.contains { $0.contains("bmn log LEDGER --from 3 --to 3") })
        #expect(blocks.contains { $0.hasPrefix(Sample.origin + "\n") })
        let laidOut = try #require(blocks.first)
        #expect(laidOut.hasPrefix("{\n  \"index\": \"3\",\n"))
        let same = try JSONSerialization.jsonObject(with: Data(laidOut.utf8)) as? NSDictionary
        #expect(try same == JSONSerialization.jsonObject(with: Data(stored.utf8)) as? NSDictionary)
        try survey.verify()
    }

    @Test func `what is not there is 404 with a sentence`() throws {
        for path in [
            "/areas/12", "/households/none", "/certifications/none", "/certifications/none/form",
            "/records/9999999", "/records/-1", "/records/01", "/nothing", "/areas/99/more",
            "/?cycle=2499", "/areas/99?cycle=2499", "/households?area=12",
        ] {
            let answer = try survey.ask(path)
            #expect(answer.status == 404, "\(path)")
            let page = try ParsedPage(answer.body, path)
            #expect(page.all("p").contains { $0.text.contains("ไม่มี") }, "\(path)")
            #expect(page.links.contains("/"), "\(path)")
        }
        try survey.verify()
    }

    @Test func `nobody who is not signed in sees a page`() throws {
        for path in ["/", "/areas", "/records/0", "/households"] {
            let answer = try survey.ask(path, reader: nil)
            #expect(answer.status == 404)
            let page = try ParsedPage(answer.body, path)
            #expect(page.all("form").isEmpty)
            #expect(page.all("nav").isEmpty)
        }
        try survey.verify()
    }
}
