import Survey
import SurveyImport
import SwiftProtobuf
import Testing

/// Rows of answers: one a member, those of one household behind each other.
@Suite struct AnswersTests {
    private let columns = ImportKind.answers.columns.map(\.name)

    /// The template's rows as values by column.
    private func template() -> [[String: String]] {
        let lines = ImportKind.answers.template.dropFirst().split(separator: "\r\n")
        return lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return Dictionary(uniqueKeysWithValues: zip(columns, cells.map(String.init)))
        }
    }

    private func imported(
        _ questionnaires: [String: Questionnaire] = [:],
        _ change: (inout [[String: String]]) -> Void
    ) -> Imported {
        var rows = template()
        change(&rows)
        return Imported(.answers, file(.answers, rows: rows), questionnaires: questionnaires)
    }

    @Test func `Rows of one household make one record with all its answers`() throws {
        let imported = imported { rows in
            rows[1]["q24"] = "ใช่"
            rows[1]["citizenID"] = "3-3801-00000-01-2"
            rows.append(rows[0].merging(["household": "38010101-0003"]) { $1 })
        }
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        #expect(imported.lines == [2, 4])
        let command = try #require(imported.commands.first)
        #expect(command.occurredOn == "2018-01-17" && command.actor.user == "admin-1")
        let record = command.recordHousehold
        #expect(record.indicators.isEmpty && record.personal.members.isEmpty)
        #expect(record.household == "38010101-0002" && record.interviewedOn == "2018-01-15")
        #expect(record.personal.address == "หมู่ 1")
        let answers = try Answers(json: record.answers.jsonUTF8Bytes(), .bmn2560)
        #expect(answers.household["q4.1"] == .yesNo(true))
        #expect(answers.household["q12.1"] == .yesNo(false))
        #expect(answers.household["q23.1"] == .number(5_000))
        #expect(answers.household["landWorked"] == nil)
        #expect(answers.members.count == 2)
        // Written "นาย", in words; the dashes of a citizen id are dropped.
        #expect(answers.members[0]["title"] == .choice("mr"))
        #expect(answers.members[1]["citizenID"] == .text("3380100000012"))
        #expect(answers.members[1]["q24"] == .yesNo(true))
        #expect(answers.members[1]["birthDate"] == Day(iso: "1982-08-17").map { .day($0) })
        let day = try #require(Day(iso: "2018-01-01"))
        #expect(Questionnaire.bmn2560.problems(answers, referenceDate: day).isEmpty)
        #expect(Questionnaire.bmn2560.derive(answers, referenceDate: day).isSound)
    }

    @Test func `A cell that is no answer is reported by line and column, and not quoted`() {
        let imported = imported { rows in
            rows[0]["occupation"] = "secret"
            rows[0]["q22.1"] = "-1"
            rows[0]["q9"] = "secret"
            rows[1]["birthDate"] = "29/2/2561"
            rows[1]["citizenID"] = "3380100000013"
            rows[1]["q22.2"] = "1,5"
        }
        #expect(imported.commands.isEmpty)
        #expect(
            imported.problems.map { "\($0.line) \($0.column) \($0.code)" } == [
                "2 occupation answerMalformed", "2 q9 answerMalformed", "2 q22.1 answerMalformed",
                "3 citizenID citizenIdCheckDigit", "3 birthDate dateNoSuchDay",
                "3 q22.2 answerMalformed", "2 household orderIncomplete",
            ]
        )
        #expect(!imported.problems.contains { $0.english.contains("secret") })
    }

    @Test func `What is of the house agrees in all its rows, or stands in the first`() {
        let same = imported { rows in
            rows[1]["village"] = rows[0]["village"]
            rows[1]["q4.1"] = "yes"
            rows[1]["synthetic"] = "false"
        }
        #expect(same.problems.isEmpty && same.commands.count == 1)
        let other = imported { rows in
            rows[1]["village"] = "38010102"
            rows[1]["q4.1"] = "no"
            rows[1]["synthetic"] = "true"
            rows[1]["houseNumber"] = "9"
        }
        #expect(other.commands.isEmpty)
        #expect(
            other.problems.map(\.column) == [
                "village", "synthetic", "houseNumber", "q4.1", "household",
            ]
        )
        #expect(other.codes.dropLast().allSatisfy { $0 == .orderRowsDiffer })
        let first = imported { rows in rows[0]["village"] = "" }
        #expect(first.problems.map(\.column) == ["village", "household"])
        let apart = imported { rows in
            rows.insert(rows[0].merging(["household": "38010101-0003"]) { $1 }, at: 1)
        }
        #expect(apart.codes.contains(.orderNotConsecutive))
    }

    private func form() throws -> Questionnaire {
        var document = QuestionnaireDocument()
        (document.edition, document.titleTh, document.titleEn) = ("2566", "แบบ", "Form")
        document.categories = [
            .with { ($0.category, $0.nameTh, $0.nameEn) = ("all", "ทั้งหมด", "All") }
        ]
        document.items = [
            .with {
                ($0.item, $0.unit, $0.th, $0.en) = ("birthDate", .member, "วันเกิด", "Born")
                $0.day = DayDocument()
            },
            .with {
                ($0.item, $0.unit, $0.th, $0.en) = ("Village", .household, "หมู่บ้าน", "Village")
                $0.text = TextDocument()
            },
        ]
        document.indicators = [
            .with {
                ($0.number, $0.category, $0.unit) = (1, "all", .household)
                ($0.nameTh, $0.nameEn, $0.pass) = ("ก", "A", "true")
                ($0.ruleTh, $0.ruleEn) = ("ผ่าน", "passes")
            }
        ]
        return try Questionnaire(document)
    }

    @Test func `Another edition has its own columns, and files of their own`() throws {
        let later = try form()
        let names = ImportKind.answers.columns(of: later).map(\.name)
        // The name of an item that is another column's gives way to its place.
        #expect(names.suffix(2) == ["birthDate", "item_2"])
        let questionnaires = ["2561": Questionnaire.bmn2560, "2567": later]
        let fixed = "2567,h,38010101,380151,15/1/2561,c,,,"
        let text = names.joined(separator: ",") + "\n\(fixed),20/3/2520,ชื่อ\n"
        let one = Imported(.answers, text, questionnaires: questionnaires)
        #expect(one.problems.isEmpty, "\(one.problems)")
        let answers = try #require(one.commands.first).recordHousehold.answers
        #expect(answers.household.fields["Village"]?.stringValue == "ชื่อ")
        // Read together, both rows would be of "2567/x/y".
        let apart = imported(questionnaires) { rows in
            (rows[0]["cycle"], rows[0]["household"]) = ("2567", "x/y")
            rows.append(rows[0])
            (rows[1]["cycle"], rows[1]["household"]) = ("2567/x", "y")
        }
        #expect(apart.problems.contains { $0.code == .editionOther })
        let mixed = imported(questionnaires) { rows in rows[0]["cycle"] = "2567" }
        #expect(mixed.problems.first?.code == .editionOther)
    }
}
