import Foundation
import Survey
import SurveyImport
import Testing

@Suite struct ImportKindTests {
    @Test(arguments: ImportKind.allCases)
    func `Every template is a file that its kind accepts`(kind: ImportKind) {
        let imported = Imported(kind, kind.template)
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        #expect(!imported.commands.isEmpty)
        #expect(imported.commands.first?.actor.user == "admin-1")
        #expect(kind.template.unicodeScalars.first == "\u{FEFF}")
    }

    @Test(arguments: ImportKind.allCases)
    func `Names of columns are unique, also among aliases`(kind: ImportKind) {
        let names = kind.columns.flatMap { [$0.name] + $0.aliases } + kind.ignoredColumns
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: ImportKind.allCases)
    func `The guide documents every column with its meaning and example`(kind: ImportKind) throws {
        let url = Files.root.appending(path: "Sources/SurveyImport/IMPORT.md")
        let guide = try String(contentsOf: url, encoding: .utf8)
        for column in kind.columns {
            let example =
                column.example.isEmpty
                ? "" : "`\(column.example.replacing("|", with: "\\|"))`"
            let row =
                "| `\(column.name)` | \(column.isRequired ? "yes" : "") | "
                + "\(column.meaningTh.replacing("|", with: "\\|")) | "
                + "\(column.meaningEn.replacing("|", with: "\\|")) | \(example) |"
            #expect(guide.contains(row), "IMPORT.md lacks: \(row)")
        }
    }

    @Test(arguments: RowProblem.Code.allCases)
    func `Every code has a sentence in both languages and stands in the guide`(
        code: RowProblem.Code
    ) throws {
        let problem = RowProblem(line: 1, column: "x", code: code, detail: "§")
        #expect(!problem.thai.isEmpty && !problem.thai.contains("{}"))
        #expect(!problem.english.isEmpty && !problem.english.contains("{}"))
        #expect(problem.thai.contains("§") == problem.english.contains("§"))
        let url = Files.root.appending(path: "Sources/SurveyImport/IMPORT.md")
        let guide = try String(contentsOf: url, encoding: .utf8)
        #expect(guide.contains("| `\(code.rawValue)` | \(RowProblem.Code.row(code)) |"))
    }

    @Test func `An area becomes a definition`() throws {
        let text = file(
            .areas,
            [
                "code": "380151", "level": "lao", "parent_code": "3801", "lao_type": "TAO",
                "covered_codes": "380101 | 380110", "valid_to": "5 ส.ค. 2563",
                "occurred_on": "2018-01-02", "synthetic": "TRUE",
            ]
        )
        let command = try #require(Imported(.areas, text).commands.first)
        let area = command.defineArea
        #expect(area.code == "380151")
        #expect(area.level == .lao)
        #expect(area.parentCode == "3801")
        #expect(area.laoType == "TAO")
        #expect(area.coveredCodes == ["380101", "380110"])
        #expect(area.validFrom.isEmpty)
        #expect(area.validTo == "2020-08-05")
        #expect(area.synthetic)
        #expect(command.occurredOn == "2018-01-02")
    }

    @Test func `A person becomes a registration`() throws {
        let text = file(
            .persons,
            ["citizen_id": "3-3801-00000-01-2", "birth_date": "๑๗ ส.ค. ๒๕๑๕"]
        )
        let registration = try #require(Imported(.persons, text).commands.first).registerPerson
        #expect(registration.person == "col-380101-01")
        #expect(registration.identity.firstName == "สมศรี")
        #expect(registration.identity.citizenID == "3380100000012")
        #expect(registration.identity.birthDate == "1972-08-17")
        #expect(!registration.synthetic)
    }

    @Test func `A target keeps village and LAO apart`() throws {
        let command = try #require(Imported(.targets, file(.targets)).commands.first)
        #expect(command.setTarget.cycle == "2561")
        #expect(command.setTarget.village == "38010101")
        #expect(command.setTarget.lao == "380151")
        #expect(command.setTarget.households == 120)
        #expect(command.setTarget.questionnaires == 125)
        #expect(command.occurredOn.isEmpty)
    }

    @Test func `A household becomes a record with its members and answers`() throws {
        let members =
            " นาย|สมชาย|ตัวอย่าง|3380100000012|20/3/2520|ชาย|หัวหน้าครัวเรือน|พุทธ|ปกติ ; "
            + "|เดี่ยว|||29 กุมภาพันธ์ 2559|หญิง|บุตร||พิการ;"
        let text = file(
            .households,
            [
                "members": members, "i01": "0/0", "i02": "-", "i04": "F", "i24": " 61/61 ",
                "address": "หมู่ 1\r\nต.บึงกาฬ, \"ใน\"", "synthetic": "1",
            ]
        )
        let imported = Imported(.households, text)
        #expect(imported.problems.isEmpty)
        let command = try #require(imported.commands.first)
        guard case .recordHousehold(let record) = command.kind else {
            Issue.record("not a household")
            return
        }
        #expect(record.cycle == "2561")
        #expect(record.household == "38010101-0001")
        #expect(record.village == "38010101")
        #expect(record.lao == "380151")
        #expect(record.interviewedOn == "2018-01-15")
        #expect(command.occurredOn == "2018-01-17")
        #expect(record.collector == "col-380101-01")
        #expect(record.synthetic)
        #expect(record.personal.houseNumber == "12/3")
        #expect(record.personal.address == "หมู่ 1\r\nต.บึงกาฬ, \"ใน\"")
        #expect(record.personal.members.map(\.firstName) == ["สมชาย", "เดี่ยว"])
        #expect(record.personal.members.map(\.birthDate) == ["1977-03-20", "2016-02-29"])
        #expect(record.personal.members.map(\.citizenID) == ["3380100000012", ""])
        #expect(record.personal.members.map(\.bodyCondition) == ["ปกติ", "พิการ"])
        let counts = record.indicators.map { [$0.indicator, $0.inScope, $0.failing] }
        #expect(counts.contains([4, 1, 1]))
        #expect(counts.contains([5, 1, 0]))
        #expect(counts.contains([24, 61, 61]))
        #expect(!counts.contains { $0[0] == 1 || $0[0] == 2 })
    }

    @Test func `A household without a day of the act is recorded on the day of recording`() throws {
        for text in [
            file(.households, ["occurred_on": ""]), file(.households, dropping: ["occurred_on"]),
        ] {
            let command = try #require(Imported(.households, text).commands.first)
            #expect(command.occurredOn.isEmpty)
            #expect(command.recordHousehold.interviewedOn == "2018-01-15")
        }
    }

    @Test func `Columns may be in any order and optional ones left out`() {
        let text = "SYNTHETIC, first_name ,last_name,person\ntrue,ก,ข,p1\n"
        let imported = Imported(.persons, text)
        #expect(imported.problems.isEmpty)
        #expect(imported.commands.first?.registerPerson.synthetic == true)
    }

    @Test func `Rows without any value are skipped`() {
        let text = file(.targets) + ",,, ,,\r\n\r\n"
        let imported = Imported(.targets, text)
        #expect(imported.commands.count == 1)
        #expect(imported.problems.isEmpty)
    }
}

extension RowProblem.Code {
    /// The guide's cells for a code.
    static func row(_ code: RowProblem.Code) -> String {
        let problem = RowProblem(line: 1, column: "", code: code, detail: "…")
        return "\(problem.thai.replacing("|", with: "\\|")) | "
            + problem.english.replacing("|", with: "\\|")
    }
}
