import Foundation
import Survey
import Testing

/// The later form, known by its indicators' names alone, and by no code.
///
/// What passes is not public, so each indicator is asked for its result.
@Suite struct `The edition of 2566, loaded without code` {
    private static let path = "../shared/data/bmn/indicators-2566.csv"

    /// Number and name of each row; the fields used have no quotes but around the name.
    private static func rows() throws -> [(number: Int, name: String)] {
        try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
            .dropFirst().map {
                line in
                let fields = line.split(separator: ",", maxSplits: 2)
                let number = try #require(Int(fields[0]))
                let rest = fields[2]
                let name =
                    rest.first == "\""
                    ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != "," }
                return (number, String(name))
            }
    }

    private static func document(_ rows: [(number: Int, name: String)]) throws -> [UInt8] {
        var items: [[String: Any]] = [
            ["item": "birthDate", "unit": "member", "th": "วันเกิด", "en": "Born", "day": [:]]
        ]
        var indicators: [[String: Any]] = []
        for row in rows {
            items.append([
                "item": "r\(row.number)", "unit": "household", "th": row.name, "en": "Result",
                "choice": "result",
            ])
            indicators.append([
                "number": row.number, "category": "all", "unit": "household", "nameTh": row.name,
                "nameEn": "Indicator \(row.number)", "scope": "r\(row.number) != \"none\"",
                "pass": "r\(row.number) = \"pass\"", "ruleTh": "ตามที่ตอบ", "ruleEn": "as answered",
            ])
        }
        let choices = [("pass", "ผ่าน"), ("fail", "ไม่ผ่าน"), ("none", "ไม่มี")].map {
            ["code": $0.0, "th": $0.1, "en": $0.0]
        }
        let document: [String: Any] = [
            "edition": "2566", "titleTh": "จปฐ. 2566", "titleEn": "BMN 2566",
            "categories": [["category": "all", "nameTh": "ทั้งหมด", "nameEn": "All"]],
            "choiceLists": [["list": "result", "choices": choices]], "items": items,
            "indicators": indicators,
        ]
        return Array(try JSONSerialization.data(withJSONObject: document))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: path), "../shared/data is absent"))
    func `has 37 indicators, the number 37 left out, and derives them`() throws {
        let rows = try Self.rows()
        #expect(rows.count == 37)
        let form = try Questionnaire(json: try Self.document(rows))
        #expect(form.indicators.map(\.number) == Array(1...36) + [38])
        var answers = Answers(members: [[:]])
        for row in rows { answers.household["r\(row.number)"] = .choice("pass") }
        answers.household["r38"] = .choice("fail")
        answers.household["r1"] = .choice("none")
        let results = form.derive(answers, referenceDate: Household.referenceDate).results
        #expect(results.map(\.inScopeCount).reduce(0, +) == 36)
        #expect(results.filter { $0.failingCount > 0 }.map(\.number) == [38])
    }
}
