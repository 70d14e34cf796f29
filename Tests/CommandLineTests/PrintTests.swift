import Foundation
import FoundationXML
import Testing

/// Papers that an office prints and signs.
@Suite struct `A printed paper` {
    private let survey: SmallSurvey

    init() throws { survey = try SmallSurvey.ofAnOffice() }

    private func print(_ arguments: [String], language: String = "th") throws -> Run {
        let run = try Tool.bmn(["print", survey.ledger] + arguments, language: language)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        return run
    }

    /// Every text of a well-formed page, and the names of its elements.
    private final class Reader: NSObject, XMLParserDelegate {
        var text = ""
        var elements: Set<String> = []

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.insert(name)
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    private func read(_ html: String) throws -> Reader {
        let reader = Reader()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = reader
        let isWellFormed = parser.parse()
        try #require(isWellFormed, "\(String(describing: parser.parserError))\n\(html)")
        return reader
    }

    @Test func `of an order has the form of one, in Thai digits and Buddhist years`() throws {
        let run = try print(
            [
                "order", "o-collector", "--position", "ปลัดอำเภอ 1", "--acting-for",
                "นายอำเภอเมืองบึงกาฬ",
            ]
        )
        let text = try read(run.text).text
        for part in [
            "คำสั่งอำเภอเมืองบึงกาฬ", "ที่ ๑/๒๕๖๐", "แต่งตั้งผู้จัดเก็บข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี ๒๕๖๑",
            "ตามหนังสือสำนักงานพัฒนาชุมชนจังหวัด ที่ ว ๓๘๑ ลงวันที่ ๑๗ ต.ค. ๒๕๖๐ เรื่อง การจัดเก็บข้อมูล จปฐ.",
            "ทั้งนี้ ตั้งแต่วันที่ ๘ พฤศจิกายน ๒๕๖๐ เป็นต้นไป", "สั่ง ณ วันที่ ๘ พฤศจิกายน พ.ศ. ๒๕๖๐",
            "ปลัดอำเภอ ๑", "ปฏิบัติราชการแทนนายอำเภอเมืองบึงกาฬ", "ข้อมูลสมมติ", "col-1", "ผู้จัดเก็บ",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        // Sealed names stay sealed.
        #expect(!text.contains("นายจัดเก็บ"))
        let other = try read(print(["order", "o-committee", "--office", "อบต.บึงกาฬ 2"]).text).text
        #expect(other.contains("คำสั่งอบต.บึงกาฬ ๒"), "\(other)")
        #expect(other.contains("ประธาน"))
        try survey.verify()
    }

    @Test func `names its record, and the command at its foot finds the same hash`() throws {
        let text = try read(print(["order", "o-committee"]).text).text
        let match = try #require(
            text.firstMatch(of: #/ค่าใบไม้ ([0-9a-f]{64}) .*ตรวจด้วย (\{ printf .*sha256sum) /#)
        )
        let command = String(match.2).replacing("bmn log", with: "$BMN log")
            .replacing("LEDGER", with: "'\(survey.ledger)'")
        #expect(try Tool.shell(command).text.hasPrefix(String(match.1)))
        #expect(text.contains("bmn-audit prove LEDGER "), "\(text)")
    }

    @Test func `in English is marked as a translation`() throws {
        let text = try read(print(["order", "o-collector"], language: "en").text).text
        #expect(text.contains("Translation for information; the Thai text is the official one."))
        #expect(text.contains("Order of Mueang Bueng Kan (district 3801)"), "\(text)")
        #expect(text.contains("Given on 8 November 2017"), "\(text)")
    }

    @Test func `says above the order that it was revoked, and below what amended it`() throws {
        let amended = try survey.submit(
            SmallSurvey.act(
                "amendOrder",
                on: "2018-01-20",
                [
                    "order": "o-collector", "number": "4/2561", "date": "2018-01-19",
                    "effectiveOn": "2018-01-22", "reason": "ลาออก", "removedPersons": ["col-1"],
                    "added": [["person": "member-1", "role": "collector"]],
                ]
            )
                + SmallSurvey.act(
                    "revokeOrder",
                    on: "2018-02-10",
                    ["order": "o-collector", "effectiveOn": "2018-02-15", "reason": "ออกใหม่"]
                )
        )
        try #require(amended.status == 0, "\(amended.text)")
        let text = try read(print(["order", "o-collector"]).text).text
        let revoked = try #require(
            text.range(of: "คำสั่งนี้ยกเลิกแล้วตั้งแต่วันที่ ๑๕ กุมภาพันธ์ ๒๕๖๑: ออกใหม่")
        )
        let heading = try #require(
            text.range(of: "ที่ ๑/๒๕๖๐", range: revoked.upperBound..<text.endIndex)
        )
        let below = text[heading.upperBound...]
        #expect(below.contains("คำสั่งที่ ๔/๒๕๖๑ ลงวันที่ ๑๙ มกราคม ๒๕๖๑"), "\(text)")
        #expect(below.contains("ให้พ้น: col-1"), "\(text)")
        try survey.verify()
    }

    /// Who typed a name may be nobody's friend.
    private static let hostile = "</td><script>alert(1)</script>\" onload='x"

    @Test func `holds hostile names and reasons as text`() throws {
        let lines =
            try SmallSurvey.line(
                "registerPerson",
                [
                    "person": "evil-1",
                    "identity": ["firstName": Self.hostile, "lastName": "&lt;b&gt;"],
                ]
            )
            + SmallSurvey.act(
                "issueOrder",
                on: "2018-01-05",
                [
                    "order": "o-evil", "number": "<i>9</i>/2561", "date": "2018-01-05",
                    "kind": "recorder", "cycle": "2561", "area": "3801",
                    "validFrom": "2018-01-05",
                    "appointments": [["person": "evil-1", "role": "recorder"]],
                ]
            )
        let run = try survey.submit(lines)
        try #require(run.status == 0, "\(run.text)\(run.error)")
        let printed = try print(["order", "o-evil", "--with-names", "--signer", Self.hostile])
        let page = try read(printed.text)
        #expect(page.text.contains(Self.hostile + " &lt;b&gt; (evil-1)"), "\(page.text)")
        #expect(page.text.contains("<i>๙</i>/๒๕๖๑"), "\(page.text)")
        #expect(!page.elements.contains("script") && !page.elements.contains("i"))
        let meeting = try read(print(["meeting", "m-1"]).text)
        #expect(meeting.text.contains("<b>วางแผน</b>") && !meeting.elements.contains("b"))
        try survey.verify()
    }

    @Test func `runs no script, loads nothing and is a new file of its owner's`() throws {
        let path = survey.scratch.path("order.html")
        let run = try print(["order", "o-collector", "-o", path, "--with-names"])
        #expect(run.text == path + "\n")
        #expect(try survey.scratch.permissions("order.html") & 0o777 == 0o600)
        let html = try String(contentsOfFile: path, encoding: .utf8)
        #expect(html.contains("default-src &#39;none&#39;; style-src &#39;sha256-"))
        #expect(html.contains("@page { size: A4;"))
        #expect(try read(html).text.contains("นายจัดเก็บ สมมติ (col-1)"))
        #expect(!html.contains("<script") && !html.contains("http://"))
        let again = try Tool.bmn("print", survey.ledger, "order", "o-collector", "-o", path)
        #expect(again.status == 5 && again.error.contains("alreadyExists"), "\(again.error)")
        let json = try Tool.bmn("print", survey.ledger, "order", "o-collector", "--json").object()
        #expect((json["html"] as? String)?.hasPrefix("<!DOCTYPE html>") == true)
    }

    @Test func `of a meeting lists the committee that sits on its day`() throws {
        let text = try read(print(["meeting", "m-1"]).text).text
        #expect(text.contains("เชิญประชุมคณะกรรมการ อบต.บึงกาฬ"), "\(text)")
        #expect(text.contains("วันที่: ๑๐ มกราคม ๒๕๖๑"), "\(text)")
        #expect(text.contains("chair-1") && text.contains("secretary-1"))
        #expect(!text.contains("rec-1"))
    }

    @Test func `of a certification has the statement as it was signed, and who signed`() throws {
        let survey = try SmallSurvey()
        try survey.certify()
        let run = try Tool.bmn("print", survey.ledger, "certification", "2561-380151-1")
        let text = try read(run.text).text
        let statement = try Tool.bmn("statement", survey.ledger, "2561-380151-1").text
        #expect(text.contains(statement), "\(text)")
        #expect(text.contains("secretary-1"))
        try survey.verify()
    }

    @Test func `of what nobody knows is refused by name`() throws {
        for (kind, code) in [
            "order": "orderUnknown", "certification": "certificationUnknown",
            "meeting": "meetingUnknown",
        ] {
            let run = try Tool.bmn("print", survey.ledger, kind, "none", "--json")
            #expect(run.status == 1)
            #expect(try run.errorCode() == code)
        }
        let wrong = try Tool.bmn("print", survey.ledger, "certification", "x", "--with-names")
        #expect(wrong.status == 2)
    }
}
