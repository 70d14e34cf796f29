import Foundation
import Testing

/// A later form, given as a document, is asked in a later cycle of the same ledger.
@Suite struct EditionTests {
    private static let path = "../shared/data/bmn/indicators-2566.csv"
    static let isPresent = FileManager.default.fileExists(atPath: path)

    private let survey: SmallSurvey
    private let rows: [(number: Int, name: String)]
    private var ledger: String { survey.ledger }

    init() throws {
        survey = try SmallSurvey()
        rows = Self.isPresent ? try Self.rows() : []
    }

    /// Number and name of each row; the fields used have no quotes but around the name.
    private static func rows() throws -> [(number: Int, name: String)] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let fields = line.split(separator: ",", maxSplits: 2)
            let rest = fields[2]
            let name =
                rest.first == "\""
                ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != "," }
            return (try #require(Int(fields[0])), String(name))
        }
    }

    /// What passes is not public, so each indicator is asked for its result.
    private func document() throws -> String {
        var items: [[String: Any]] = [
            ["item": "birthDate", "unit": "member", "th": "วันเกิด", "en": "Born", "day": [:]]
        ]
        for row in rows {
            items.append([
                "item": "r\(row.number)", "unit": "household", "th": row.name, "en": "Result",
                "choice": "result",
            ])
        }
        let choices = [("pass", "ผ่าน"), ("fail", "ไม่ผ่าน"), ("none", "ไม่มี")].map {
            ["code": $0.0, "th": $0.1, "en": $0.0]
        }
        let document: [String: Any] = [
            "edition": "2566", "titleTh": "จปฐ. 2566", "titleEn": "BMN 2566",
            "categories": [["category": "all", "nameTh": "ทั้งหมด", "nameEn": "All"]],
            "choiceLists": [["list": "result", "choices": choices]], "items": items,
            "indicators": rows.map { row in
                [
                    "number": row.number, "category": "all", "unit": "household",
                    "nameTh": row.name, "nameEn": "Indicator \(row.number)",
                    "scope": "r\(row.number) != \"none\"", "pass": "r\(row.number) = \"pass\"",
                    "ruleTh": "ตามที่ตอบ", "ruleEn": "as answered",
                ] as [String: Any]
            },
        ]
        let data = try JSONSerialization.data(withJSONObject: document)
        return String(decoding: data, as: UTF8.self)
    }

    private func define() throws -> Run {
        let file = try survey.scratch.write("2566.json", document())
        return try Tool.bmn("questionnaire", "define", ledger, file, "--reason", "a new form")
    }

    private func succeed(_ run: Run) throws {
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    private func importing(_ kind: String, _ text: String) throws {
        let file = try survey.scratch.write("\(kind)-2567.csv", text)
        try succeed(
            Tool.bmn("import", kind, ledger, file, "--user", "rec-1", "--capacity", "recorder")
        )
    }

    /// Two households in the cycle 2567; the second fails 36, and 1 does not concern it.
    private func collect() throws {
        try succeed(try define())
        let defaults = try Tool.bmn("cycle", "defaults", "--year", "2561", "--province", "38")
        var cycle = try #require(try defaults.object()["defineCycle"] as? [String: Any])
        (cycle["cycle"], cycle["edition"]) = ("2567", "2566")
        (cycle["referenceDate"], cycle["requiresFullCoverage"]) = ("2024-01-01", false)
        try succeed(survey.submit(SmallSurvey.line("defineCycle", cycle)))
        let orders = SmallSurvey.appointments.replacing("o-", with: "n-")
        try importing("appointments", orders.replacing(",2561,", with: ",2567,"))
        try importing("targets", SmallSurvey.targets.replacing("2561,", with: "2567,"))
        let start = SmallSurvey.householdHeader.prefix { $0 != "\n" }
            .split(separator: ",").filter { Int($0.dropFirst()) == nil }
        let columns = rows.map { $0.number < 10 ? "i0\($0.number)" : "i\($0.number)" }
        var text = (start.map(String.init) + columns).joined(separator: ",") + "\n"
        for id in ["38010101-0001", "38010101-0002"] {
            let fields = SmallSurvey.household(id).dropLast()
                .split(separator: ",", omittingEmptySubsequences: false).prefix(start.count)
            let answers = rows.map { row in
                guard id.hasSuffix("2") else { return "P" }
                return row.number == 1 ? "-" : row.number == 36 ? "F" : "P"
            }
            text +=
                (["2567"] + fields.dropFirst().map(String.init) + answers)
                .joined(separator: ",") + "\n"
        }
        try importing("households", text)
    }

    @Test(.enabled(if: isPresent, "../shared/data is absent"))
    func `a form is defined once and can be read back from the ledger`() throws {
        let run = try define()
        try succeed(run)
        #expect(run.text == "2566\n")
        let shown = try Tool.bmn(
            "questionnaire",
            "show",
            ledger,
            "--edition",
            "2566",
            "--json"
        ).object()
        let indicators = try #require(shown["indicators"] as? [[String: Any]])
        #expect(indicators.map { $0["number"] as? Int } == rows.map(\.number))
        #expect(indicators.map { $0["th"] as? String } == rows.map(\.name))
        let again = try define()
        #expect(again.status == 1)
        #expect(again.error.contains("2566"))
    }

    @Test(.enabled(if: isPresent, "../shared/data is absent"))
    func `its households are recorded by its columns, certified, verified and replayed`() throws {
        try collect()
        let record = try #require(
            try Tool.bmn("log", ledger, "--stream", "household/2567/38010101-0002").lines.last
        )
        let tail = String(repeating: "1", count: 35) + "01"
        #expect(record.contains("\"inScope\":\"0\(tail)\""))
        let preparation = ["cycle": "2567", "area": "380151"]
        try succeed(survey.submit(SmallSurvey.line("prepareCertification", preparation)))
        let statement = try Tool.bmn("statement", ledger, "2567-380151-1").text
        #expect(statement.contains("\n38. Indicator 38: surveyed 2, passed 2 (100.00 %)"))
        #expect(statement.contains("\nindicator 38: surveyed 2, passed 2, failed 0\n"))
        #expect(statement.contains("\n๓๘. \(rows.last?.name ?? "")\n   สำรวจ ๒ "))
        #expect(statement.contains("\n36. "))
        #expect(!statement.contains("\n37. "))
        let verify = try Tool.shell("$BMN_AUDIT verify '\(ledger)'")
        #expect(verify.status == 0, "\(verify.text)\(verify.error)")
        try succeed(Tool.bmn("replay", ledger))
        let household = try Tool.bmn("show", ledger, "household", "38010101-0002").text
        #expect(household.contains("\n36\tIndicator 36\t1\t1\tfailed\n"))
        #expect(household.contains("\n1\tIndicator 1\t0\t0\t-\n"))
    }

    @Test(.enabled(if: isPresent, "../shared/data is absent"))
    func `two cycles stand side by side by the names of their indicators`() throws {
        try collect()
        let run = try Tool.bmn(
            ["show", ledger, "figures", "38", "--cycle", "2567", "--compare", "2561"]
        )
        try succeed(run)
        // 36 of 2566 and 31 of 2560-2564 have one name, ครอบครัวมีความอบอุ่น.
        #expect(run.text.contains("\nIndicator 36\t36\t1/2\t50.00\t31\t2/2\t100.00\n"))
        #expect(run.text.contains("\nIndicator 1\t1\t1/1\t100.00\t-\t-\t-\n"))
        #expect(run.text.contains("30 minutes a day\t-\t-\t-\t7\t4/4\t100.00\n"))
        let wrong = try Tool.bmn(["show", ledger, "figures", "38", "--compare", "2599"])
        #expect(wrong.status == 1)
        #expect(try Tool.bmn(["show", ledger, "area", "38", "--compare", "2561"]).status == 2)
    }

    @Test func `what is no form or too large is refused with the place or the size`() throws {
        let file = try survey.scratch.write("bad.json", "{\"edition\":\"66\"}")
        let define = ["questionnaire", "define", ledger, file, "--reason", "a new form"]
        #expect(try Tool.bmn(define).status == 4)
        let builtIn = try String(
            contentsOf: Self.root.appending(
                path: "Sources/Survey/Questionnaire/Editions/2560-2564.json"
            ),
            encoding: .utf8
        )
        try survey.scratch.write("bad.json", builtIn)
        #expect(try Tool.bmn(define + ["--json"]).errorCode() == "editionAlreadyDefined")
        let long = String(repeating: "ก", count: 100)
        let large = builtIn.replacing("\"2560-2564\"", with: "\"2566\"")
            .replacing("\"en\": \"", with: "\"en\": \"\(long)")
        try survey.scratch.write("bad.json", large)
        #expect(try Tool.bmn(define + ["--json"]).errorCode() == "editionTooLarge")
    }

    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
