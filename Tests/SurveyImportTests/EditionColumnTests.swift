import Survey
import SurveyImport
import SwiftProtobuf
import Testing

/// Households answer what their cycle's edition asks.
@Suite struct EditionColumnTests {
    /// Three indicators, of which the number 2 is left out and 3 asks households with somebody old.
    private static func form(_ edition: String, numbers: [UInt32]) throws -> Questionnaire {
        var document = QuestionnaireDocument()
        document.edition = edition
        (document.titleTh, document.titleEn) = ("แบบสอบถาม", "Form")
        document.categories = [
            .with { ($0.category, $0.nameTh, $0.nameEn) = ("all", "ทั้งหมด", "All") }
        ]
        document.items = [
            .with {
                ($0.item, $0.unit, $0.th, $0.en) = ("birthDate", .member, "วันเกิด", "Born")
                $0.day = DayDocument()
            }
        ]
        document.indicators = numbers.map { number in
            .with {
                ($0.number, $0.category) = (number, "all")
                ($0.nameTh, $0.nameEn) = ("ตัวชี้วัด \(number)", "Indicator \(number)")
                ($0.pass, $0.ruleTh, $0.ruleEn) = ("true", "ผ่าน", "passes")
                $0.unit = number == 4 ? .member : .household
                if number == 3 { $0.scope = "some(age >= 60)" }
            }
        }
        return try Questionnaire(document)
    }

    private let former = Questionnaire.bmn2560
    private let later: Questionnaire
    private var questionnaires: [String: Questionnaire] { ["2561": former, "2567": later] }

    init() throws { later = try Self.form("2566", numbers: [1, 3, 4]) }

    private func file(_ form: Questionnaire, _ rows: [[String: String]]) -> String {
        let columns = ImportKind.households.columns(of: form)
        let lines =
            [columns.map(\.name)]
            + rows.map { row in
                columns.map { CSVWriter.field(row[$0.name] ?? $0.example) }
            }
        return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    @Test func `A file has the columns of the edition that its cycle asks`() throws {
        let text = file(later, [["cycle": "2567", "i03": "-"], ["cycle": "2567", "i03": "F"]])
        let imported = Imported(.households, text, questionnaires: questionnaires)
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        let answers = imported.commands.map { $0.recordHousehold.indicators }
        #expect(answers.map { $0.map(\.indicator) } == [[1, 4], [1, 3, 4]])
        #expect(answers.last?.map(\.failing) == [0, 1, 0])
        let earlier = Imported(.households, file(former, [[:]]), questionnaires: questionnaires)
        #expect(earlier.problems.isEmpty && earlier.commands.count == 1)
    }

    @Test func `A household indicator has a dash only where not every household is asked`() {
        let bad = file(later, [["cycle": "2567", "i01": "-", "i03": "x"]])
        let imported = Imported(.households, bad, questionnaires: questionnaires)
        #expect(imported.problems.map(\.column) == ["i01", "i03"])
        #expect(imported.problems.map(\.detail) == ["P, F", "P, F, -"])
    }

    @Test func `A row of a cycle that asks other numbers is refused, the others are kept`() {
        let text = file(later, [["cycle": "2567"], ["cycle": "2561"]])
        let imported = Imported(.households, text, questionnaires: questionnaires)
        #expect(imported.commands.count == 1)
        #expect(
            imported.problems == [
                RowProblem(line: 3, column: "cycle", code: .editionOther, detail: "2560-2564")
            ]
        )
    }

    @Test func `Where two editions have the same numbers each row is read by its own`() throws {
        let third = try Self.form("2571", numbers: [1, 3, 4])
        let text = file(later, [["cycle": "2567"], ["cycle": "2571"]])
        let imported = Imported(
            .households,
            text,
            questionnaires: ["2567": later, "2571": third]
        )
        #expect(imported.problems.isEmpty && imported.commands.count == 2)
    }

    @Test func `A header of no edition is refused by the newest edition's columns`() {
        let text = file(later, [["cycle": "2567"]]).replacing("i03", with: "i33")
        let imported = Imported(.households, text, questionnaires: questionnaires)
        #expect(imported.isStopped)
        #expect(imported.problems.map(\.column) == ["i33", "i03"])
    }
}
