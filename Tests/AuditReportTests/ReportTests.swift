import Audit
import AuditReport
import Console
import Cryptography
import Survey
import Testing

@Suite struct `A report` {
    @Test func `of a clean ledger says so first, in Thai`() throws {
        let page = try Samples.page(.judged(Samples.verdict()), .thai)
        #expect(page.elements.first?.attributes["lang"] == "th")
        #expect(page.texts("h1") == ["รายงานผลการตรวจสอบบัญชีข้อมูล จปฐ."])
        #expect(page.texts("title") == page.texts("h1"))
        let verdict = page.all("p").first
        #expect(verdict?.attributes["class"] == "verdict passed")
        #expect(verdict?.text.hasPrefix("ผ่าน: ") == true)
        #expect(
            page.texts("h2") == [
                "สิ่งที่ตรวจ", "ระดับการตรวจ", "สิ่งที่การตรวจนี้แสดงไม่ได้", "วิธีตรวจซ้ำ",
            ]
        )
        #expect(page.text.contains("23 พฤศจิกายน 2569 10:04:05 น. (2026-11-23T03:04:05Z)"))
        #expect(page.all("time").first?.attributes["datetime"] == "2026-11-23T03:04:05Z")
        #expect(page.text.contains("7 ข้อมูลประมวลผล"))
        #expect(page.texts("td").contains("ไม่ได้ตรวจ"))
    }

    @Test func `of a clean ledger names what was verified, in English`() throws {
        let page = try Samples.page(.judged(Samples.verdict()), .english)
        #expect(page.elements.first?.attributes["lang"] == "en")
        #expect(page.all("p").first?.text.hasPrefix("Passed: ") == true)
        let root = SHA256.hash([1]).hex
        let grouped = page.texts("code").first { $0.hasPrefix(root.prefix(8)) }
        #expect(grouped?.split(separator: " ").map(\.count) == Array(repeating: 8, count: 8))
        #expect(grouped?.replacing(" ", with: "") == root)
        let facts = [
            "23 November 2026 10:04:05 Bangkok time (2026-11-23T03:04:05Z)", "example.org/bmn/99",
            "5,630",
            "survey.sqlite, ledger.head", "bmn-audit 9.8.7",
        ]
        for fact in facts { #expect(page.text.contains(fact), "\(fact)") }
        #expect(page.texts("pre") == ["bmn-audit verify D --report report.html"])
        #expect(!page.text.contains("SYNTHETIC"))
    }

    @Test(arguments: Language.allCases)
    func `of a clean ledger is short enough for one sheet of A4`(_ language: Language) throws {
        let page = try Samples.page(.judged(Samples.verdict()), language)
        // About 55 lines of some 100 characters; headings, cells and list items end a line each.
        let blocks = ["h1", "h2", "tr", "li", "p", "pre"].flatMap(page.texts)
        let lineCount = blocks.reduce(0) { $0 + $1.count / 100 + 1 }
        #expect(lineCount <= 48, "\(lineCount)")
    }

    @Test func `loads nothing and allows only its own style sheet`() throws {
        let verdict = Samples.verdict([Finding(.chainBroken, 6, "previous is wrong")])
        let html = try Samples.html(.judged(verdict), .thai)
        let page = try Page(html)
        let style = try #require(page.texts("style").first)
        let hash = Base64.encode(SHA256.hash(Array(style.utf8)).bytes)
        let policies = page.all("meta").filter {
            $0.attributes["http-equiv"] == "Content-Security-Policy"
        }
        let content =
            "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
        #expect(policies.map { $0.attributes["content"] } == [content])
        for name in ["script", "img", "link", "a", "iframe", "form", "object", "svg"] {
            #expect(page.all(name).isEmpty, "\(name)")
        }
        let attributes = Set(page.elements.flatMap(\.attributes.keys))
        #expect(attributes.isDisjoint(with: ["src", "href", "style", "onclick", "onload"]))
        for word in ["url(", "@import", "javascript:"] { #expect(!html.contains(word)) }
        #expect(html.hasPrefix(VerificationReport.beginning))
        #expect(html.hasPrefix("<!DOCTYPE html>\n"))
    }

    @Test func `can be read aloud`() throws {
        let verdict = Samples.verdict([Finding(.chainBroken, 6, "previous is wrong")])
        let page = try Samples.page(.judged(verdict), .english)
        #expect(page.all("main").count == 1 && page.all("h1").count == 1)
        for cell in page.all("th") {
            #expect(["row", "col"].contains(cell.attributes["scope"]), "\(cell)")
        }
        // What is wrong is said in words, too.
        let states = page.all("span").filter { $0.attributes["class"] == "wrong" }
        #expect(states.map(\.text) == ["findings: 1"])
        #expect(page.all("bdi").contains { $0.text == "previous is wrong" })
    }

    @Test(arguments: FindingCode.allCases, Language.allCases)
    func `explains each finding`(_ code: FindingCode, _ language: Language) throws {
        let verdict = Samples.verdict([Finding(code, 41, "the reason")], checks: Check.allCases)
        let page = try Samples.page(.judged(verdict), language)
        #expect(page.all("p").first?.attributes["class"] == "verdict failed")
        #expect(page.texts("h3") == [code.explanation.title.text(language)])
        for phrase in code.explanation.phrases {
            #expect(page.text.contains(phrase.text(language)))
        }
        #expect(page.texts("code").contains(code.rawValue))
        #expect(page.texts("code").contains("bmn log D --from 41 --to 41"))
        #expect(page.text.contains("the reason"))
    }

    @Test func `groups findings in the order of levels and counts what it does not list`() throws {
        let tree = [Finding(.storedTreeWrong, nil, "the stored tree is not the tree")]
        let chain = (0..<25).map { Finding(.chainBroken, UInt64($0), "reason \($0) of the chain") }
        let page = try Samples.page(.judged(Samples.verdict(tree + chain)), .english)
        let codes: [FindingCode] = [.chainBroken, .storedTreeWrong]
        #expect(page.texts("h3") == codes.map(\.explanation.title.english))
        #expect(page.text.contains("reason 9 of the chain"))
        #expect(!page.text.contains("reason 10 of the chain"))
        #expect(page.text.contains("Level 2 chain; places: 25; code chainBroken"))
        #expect(page.text.contains("and 15 more"))
        #expect(page.text.contains("26 findings."))
        #expect(page.text.contains("whole ledger"))
    }

    @Test func `says when a level was not run, and when nobody bounds the size`() throws {
        var verdict = Samples.verdict(checks: [.chain])
        verdict.witnesses = []
        verdict.rootHash = nil
        let page = try Samples.page(.judged(verdict), .english)
        #expect(page.all("p").first?.text.hasPrefix("Passed as far as it was checked") == true)
        #expect(page.texts("td").count { $0 == "not run" } == 6)
        #expect(page.text.contains("nothing outside: a tail cut off would not show"))
        #expect(page.text.contains("nothing outside bounds their number"))
        #expect(page.text.contains("not computed"))
    }

    @Test(arguments: Language.allCases)
    func `of an unreadable ledger is neither a pass nor a failure`(_ language: Language) throws {
        let page = try Samples.page(.unreadable(reason: "damaged: signal 11"), language)
        #expect(page.all("p").first?.attributes["class"] == "verdict unreadable")
        #expect(page.text.contains("damaged: signal 11"))
        #expect(page.text.contains(FindingCode.couldNotRead.explanation.action.text(language)))
        #expect(page.texts("pre").count == 1)
        #expect(!page.text.contains("5,630"))
    }

    @Test func `says that the data are invented only where the ledger does`() throws {
        var verdict = Samples.verdict()
        verdict.isSynthetic = true
        #expect(try Samples.page(.judged(verdict), .english).text.contains("SYNTHETIC"))
        #expect(try Samples.page(.judged(verdict), .thai).text.contains("ข้อมูลสมมติ"))
    }
}
