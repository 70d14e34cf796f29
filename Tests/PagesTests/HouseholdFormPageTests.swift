import Foundation
import LedgerReader
import LedgerTestSupport
import Pages
import ProjectionRuntime
import Survey
import Testing

@Suite struct `The form of a household as a page` {
    private static let edition = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Survey/Questionnaire/Editions/2560-2564.json")
    private static let referenceDate = Day(iso: "2018-01-01") ?? Day(daysSinceEpoch: 0)

    private let ledger: ScratchLedger
    private let reader: LedgerReader
    private let pages: Pages

    init() throws {
        ledger = try ScratchLedger(isStaffed: false)
        reader = try LedgerReader(ledger.directory)
        pages = try Pages(
            survey: try SurveyDatabase(path: ledger.directory.surveyFile, use: .live),
            reader: reader,
            origin: Sample.origin,
            address: PlayedSurvey.address
        )
    }

    private func page(
        _ form: Questionnaire,
        _ entry: HouseholdEntry,
        _ language: PageLanguage
    ) throws -> ParsedPage {
        let judgement = EntryJudgement(
            entry,
            form,
            referenceDate: Self.referenceDate,
            isCorrection: false
        )
        var view = HouseholdForm(.new, form, entry, judgement, formID: "f")
        view.isChecked = true
        let request = PageRequest(
            path: [],
            query: [:],
            language: language,
            reader: PlayedSurvey.everything,
            nowSeconds: PlayedSurvey.nowSeconds
        )
        return try ParsedPage(pages.householdForm(view, request), "form \(language)")
    }

    private func verify() throws {
        #expect(try WholeLedger.problems(reader.store, ledger.directory) == [])
    }

    /// The edition with every contradiction found in whatever is answered.
    private static func contradictory() throws -> Questionnaire {
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: edition))
        var document = try #require(json as? [String: Any])
        var rules = try #require(document["contradictions"] as? [[String: Any]])
        for index in rules.indices {
            let found = try #require(rules[index]["found"] as? String)
            rules[index]["found"] = "(\(found)) or memberCount > 0"
        }
        document["contradictions"] = rules
        let bytes = try JSONSerialization.data(withJSONObject: document)
        return try Questionnaire(json: Array(bytes))
    }

    @Test(arguments: [PageLanguage.th, .en])
    func `every contradiction of an edition is told, with a link to its field`(
        language: PageLanguage
    ) throws {
        let form = try Self.contradictory()
        #expect(form.contradictions.count > 20)
        let entry = HouseholdEntry(cycle: "2561", Sample.answers(), language)
        let page = try page(form, entry, language)
        let ids = Set(page.elements.compactMap { $0.attributes["id"] })
        for rule in form.contradictions {
            let words = language == .th ? rule.wording.th : rule.wording.en
            let link = page.all("a").first { $0.text.contains(words) }
            let target = try #require(link?.attributes["href"], "\(rule.contradiction)")
            #expect(target.hasPrefix("#m1.") || target.hasPrefix("#h."), "\(target)")
            // What is not asked of this member has no field to go to.
            let isShown = ids.contains(String(target.dropFirst()))
            let item = String(target.split(separator: ".", maxSplits: 1)[1])
            #expect(isShown || form.item(item)?.asked != .truth(true), "\(target)")
        }
        try verify()
    }

    @Test func `each control has a label, in the order of the questionnaire, with one id`() throws {
        let form = Questionnaire.bmn2560
        let entry = HouseholdEntry(cycle: "2561", Sample.answers(), .th)
        for language in [PageLanguage.th, .en] {
            let page = try page(form, entry, language)
            let controls = page.elements.filter {
                ["input", "select"].contains($0.name) && $0.attributes["type"] != "hidden"
            }
            let names = controls.compactMap { $0.attributes["name"] }
            let labelled = Set(page.all("label").compactMap { $0.attributes["for"] })
            #expect(names.allSatisfy { labelled.contains($0) })
            #expect(Set(names).count == names.count)
            let household = form.items.filter { $0.unit == .household }.map { "h.\($0.item)" }
            let ofHouse = names.filter { $0.hasPrefix("h.") }
            #expect(ofHouse == household.filter { ofHouse.contains($0) })
            // Of who lives alone, and not of a family.
            #expect(ofHouse.contains("h.q31.4") && !ofHouse.contains("h.q31.1"))
            let order = form.items.map { "m1.\($0.item)" }
            let asked = names.filter { $0.hasPrefix("m1.") }
            #expect(asked == order.filter { asked.contains($0) })
            #expect(asked.contains("m1.q6.1") && !asked.contains("m1.q1"))
            // Enter presses the first button, which does nothing.
            let button = page.all("button").first {
                $0.attributes["name"] != nil || $0.attributes["disabled"] != nil
            }
            #expect(button?.attributes["disabled"] == "disabled")
            for control in controls where control.attributes["aria-describedby"] != nil {
                let ids = control.attributes["aria-describedby"]?.split(separator: " ") ?? []
                #expect(
                    ids.allSatisfy { id in
                        page.elements.contains { $0.attributes["id"] == String(id) }
                    }
                )
            }
        }
        try verify()
    }

    @Test func `what was typed is text and never markup, and wrong values are kept`() throws {
        var entry = HouseholdEntry(cycle: "2561")
        entry[.household] = "\"><script>alert(1)</script>"
        entry["firstName", .member(0)] = "<b>'&\u{202E}"
        entry["sex", .member(0)] = "neither"
        entry["birthDate", .member(0)] = "30/2/2561"
        let page = try page(.bmn2560, entry, .en)
        #expect(
            page.all("script").isEmpty
                && !page.elements.contains { $0.name == "b" && $0.text.contains("'&") }
        )
        let input = page.all("input").first { $0.attributes["name"] == "household" }
        #expect(input?.attributes["value"] == "\"><script>alert(1)</script>")
        let sex = page.all("option").first { $0.attributes["value"] == "neither" }
        #expect(sex?.attributes["selected"] == "selected")
        #expect(page.text.contains("There is no such day."))
        try verify()
    }

    @Test(arguments: [
        ("1,200", Int64(1200)), ("๑๒๐๐", 1200), ("12,00", nil), ("1.5", nil), ("-1", nil),
        ("99999999999999999999", nil),
    ])
    func `amounts are read as people type them`(text: String, number: Int64?) {
        var entry = HouseholdEntry(cycle: "2561")
        entry["q22.1", .member(0)] = text
        let judgement = EntryJudgement(
            entry,
            .bmn2560,
            referenceDate: Self.referenceDate,
            isCorrection: false
        )
        let answer = judgement.reading.answers.members[0]["q22.1"]
        #expect(answer == number.map { .number($0) })
    }
}
