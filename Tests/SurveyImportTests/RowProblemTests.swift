import Survey
import SurveyImport
import Testing

@Suite struct RowProblemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: RowProblem.Code
        let kind: ImportKind
        let bytes: [UInt8]
        let line: Int
        let column: String
        var isStopped = false

        var testDescription: String { "\(code.rawValue) in \(column) of \(kind.rawValue)" }

        init(
            _ code: RowProblem.Code,
            _ kind: ImportKind,
            _ text: String,
            line: Int = 2,
            column: String,
            isStopped: Bool = false
        ) {
            self.code = code
            self.kind = kind
            bytes = Array(text.utf8)
            self.line = line
            self.column = column
            self.isStopped = isStopped
        }

        init(_ code: RowProblem.Code, bytes: [UInt8], line: Int, column: String) {
            self.code = code
            kind = .targets
            self.bytes = bytes
            self.line = line
            self.column = column
        }
    }

    static let member = "นาย|สมชาย|ตัวอย่าง|3380100000012|20/3/2520|ชาย|หัวหน้า|พุทธ|ปกติ"
    static let targetHeader = "cycle,village,lao,households,questionnaires\n"

    static let valueCases: [Case] = [
        Case(.valueMissing, .households, file(.households, ["i31": " "]), column: "i31"),
        Case(.valueMissing, .households, file(.households, ["members": ""]), column: "members"),
        Case(
            .valueMissing,
            .households,
            file(.households, ["members": member.replacing("20/3/2520", with: "")]),
            column: "members[1].birth_date"
        ),
        Case(
            .valueMissing,
            .households,
            file(.households, ["members": member + ";" + member.replacing("สมชาย", with: " ")]),
            column: "members[2].first_name"
        ),
        Case(
            .dateUnreadable,
            .persons,
            file(.persons, ["birth_date": "43179"]),
            column: "birth_date"
        ),
        Case(
            .dateNoSuchDay,
            .households,
            file(.households, ["interviewed_on": "29/2/2561"]),
            column: "interviewed_on"
        ),
        Case(
            .dateTwoDigitYear,
            .persons,
            file(.persons, ["birth_date": "1/2/15"]),
            column: "birth_date"
        ),
        Case(
            .dateAmbiguous,
            .targets,
            file(.targets, ["occurred_on": "3/4/2018"]),
            column: "occurred_on"
        ),
        Case(
            .dateYearOutOfRange,
            .areas,
            file(.areas, ["valid_from": "1/2/1500"]),
            column: "valid_from"
        ),
        Case(
            .numberMalformed,
            .targets,
            file(.targets, ["households": "-1"]),
            column: "households"
        ),
        Case(
            .numberMalformed,
            .targets,
            file(.targets, ["questionnaires": "12345678"]),
            column: "questionnaires"
        ),
        Case(.wordUnknown, .areas, file(.areas, ["level": "Village"]), column: "level"),
        Case(.wordUnknown, .appointments, file(.appointments, ["kind": "x"]), column: "kind"),
        Case(.flagMalformed, .areas, file(.areas, ["synthetic": "maybe"]), column: "synthetic"),
        Case(.codeMalformed, .areas, file(.areas, ["code": "3.8E+07"]), column: "code"),
        Case(.codeMalformed, .targets, file(.targets, ["village": "380101"]), column: "village"),
        Case(
            .codeMalformed,
            .areas,
            file(.areas, ["level": "lao", "code": "380151", "covered_codes": "380101|x"]),
            column: "covered_codes[2]"
        ),
        Case(
            .identifierIsPersonal,
            .persons,
            file(.persons, ["person": "1101700203450"]),
            column: "person"
        ),
        Case(
            .identifierIsPersonal,
            .households,
            file(.households, ["household": "1101700203450"]),
            column: "household"
        ),
        Case(
            .citizenIdMalformed,
            .persons,
            file(.persons, ["citizen_id": "1.1017E+12"]),
            column: "citizen_id"
        ),
        Case(
            .citizenIdRegisterUnknown,
            .persons,
            file(.persons, ["citizen_id": "9000000000004"]),
            column: "citizen_id"
        ),
        Case(
            .citizenIdCheckDigit,
            .households,
            file(.households, ["members": member.replacing("0012|", with: "0013|")]),
            column: "members[1].citizen_id"
        ),
        Case(
            .memberFieldCount,
            .households,
            file(.households, ["members": member + ";" + member + "|x"]),
            column: "members[2]"
        ),
        Case(
            .membersTooMany,
            .households,
            file(
                .households,
                ["members": [String](repeating: member, count: 62).joined(separator: ";")]
            ),
            column: "members"
        ),
        Case(.answerMalformed, .households, file(.households, ["i04": "1/0"]), column: "i04"),
        Case(.answerMalformed, .households, file(.households, ["i04": "-"]), column: "i04"),
        Case(.answerMalformed, .households, file(.households, ["i24": "P"]), column: "i24"),
        Case(.answerMalformed, .households, file(.households, ["i24": "2/"]), column: "i24"),
        Case(.answerFailingExceeds, .households, file(.households, ["i24": "2/3"]), column: "i24"),
        Case(
            .amountMalformed,
            .budget,
            file(.budget, ["amount_baht": "1,5"]),
            column: "amount_baht"
        ),
        Case(.keyMalformed, .users, file(.users, ["public_key": "0a"]), column: "public_key"),
        Case(.answerTooLarge, .households, file(.households, ["i24": "62/0"]), column: "i24"),
    ]

    static let orderCases: [Case] = [
        Case(
            .orderRowsDiffer,
            .appointments,
            file(.appointments, rows: [[:], ["person": "p2", "number": "13/2560"]]),
            line: 3,
            column: "number"
        ),
        Case(
            .orderNotConsecutive,
            .appointments,
            file(.appointments, rows: [[:], ["order": "o2"], ["person": "p2"]]),
            line: 4,
            column: "order"
        ),
        Case(
            .orderTooLong,
            .appointments,
            file(.appointments, rows: [[String: String]](repeating: [:], count: 2_001)),
            line: 2_002,
            column: "order"
        ),
        Case(
            .orderIncomplete,
            .appointments,
            file(.appointments, rows: [[:], ["role": ""]]),
            column: "order"
        ),
    ]

    static let cases = fileCases + valueCases + orderCases

    @Test(arguments: cases)
    func `A bad row is reported with its line, column and code`(bad: Case) {
        let imported = Imported(bad.kind, bytes: bad.bytes, chunkByteCount: 50_000)
        let found = imported.problems.first { $0.code == bad.code && $0.column == bad.column }
        #expect(found?.line == bad.line, "\(imported.problems)")
        #expect(imported.isStopped == bad.isStopped)
        if bad.kind != .appointments {
            #expect(imported.commands.isEmpty)
            #expect(imported.problems.count == 1)
        }
    }

    @Test func `Every code is shown by a bad row`() {
        // EditionColumnTests shows that of a cycle with other columns.
        let shown = Set(Self.cases.map(\.code)).union([.editionOther])
        #expect(shown == Set(RowProblem.Code.allCases))
    }

    @Test func `All problems of a row are reported and the other rows are kept`() {
        let bad = [
            "cycle": "", "village": "x", "interviewed_on": "31/4/2561", "i01": "?", "i24": "1/2",
            "members": "a|b;" + Self.member.replacing("20/3/2520", with: "20/3/20"),
        ]
        let imported = Imported(.households, file(.households, rows: [[:], bad, [:]]))
        #expect(imported.commands.count == 2)
        #expect(imported.lines == [2, 4])
        let expected: Set = [
            "cycle valueMissing", "village codeMalformed", "interviewed_on dateNoSuchDay",
            "i01 answerMalformed", "i24 answerFailingExceeds", "members[1] memberFieldCount",
            "members[2].birth_date dateTwoDigitYear",
        ]
        #expect(Set(imported.problems.map { "\($0.column) \($0.code.rawValue)" }) == expected)
        #expect(imported.problems.allSatisfy { $0.line == 3 })
    }

    @Test func `All problems of a header are reported`() {
        let imported = Imported(.targets, "cycle,colour,cycle,lao,\n")
        #expect(imported.isStopped)
        #expect(
            imported.problems.map { "\($0.column) \($0.code.rawValue)" } == [
                "colour columnUnknown", "cycle columnDuplicate", "#5 columnUnknown",
                "village columnMissing", "households columnMissing",
                "questionnaires columnMissing",
            ]
        )
    }

    @Test func `A file without a header has none of its values quoted`() {
        let imported = Imported(.persons, "p1,นาย,ชื่อลับ,นามลับ,1101700203450\n")
        #expect(imported.isStopped)
        #expect(imported.problems == [RowProblem(line: 1, column: "", code: .headerMissing)])
    }

    @Test func `The problems of one row are bounded`() {
        let codes = String(repeating: "x|", count: 5_000)
        let values = ["level": "lao", "code": "380151", "covered_codes": codes]
        #expect(Imported(.areas, file(.areas, values), chunkByteCount: 999).problems.count == 100)
        let header = Imported(.targets, "cycle" + String(repeating: ",x", count: 5_000) + "\n")
        #expect(header.problems.count == 100)
    }

    @Test(arguments: ImportKind.allCases)
    func `A damaged file gives the same commands and problems in any chunks`(kind: ImportKind) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = Generator(state: seed)
        let original = Array(file(kind, rows: [[:], [:], [:]]).utf8)
        for _ in 0..<200 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            let whole = Imported(kind, bytes: bytes, chunkByteCount: bytes.count)
            let pieces = Imported(kind, bytes: bytes, chunkByteCount: 5)
            #expect(whole.commands == pieces.commands, "seed \(seed)")
            #expect(whole.problems == pieces.problems, "seed \(seed)")
            #expect(!whole.commands.isEmpty || !whole.problems.isEmpty, "seed \(seed)")
        }
    }

    @Test func `No problem quotes personal data`() {
        let secrets = ["1101700203451", "ชื่อลับ", "31/2/2520", "บ้านลับ"]
        let members = "นาย|ชื่อลับ|บ้านลับ|1101700203451|31/2/2520|ชาย|หัวหน้า|พุทธ|ปกติ"
        let imported = Imported(.households, file(.households, ["members": members]))
        #expect(imported.problems.count == 2)
        for problem in imported.problems {
            let text = String(reflecting: problem) + problem.thai + problem.english
            for secret in secrets { #expect(!text.contains(secret)) }
        }
    }

    @Test func `Line numbers count the lines inside quoted fields`() {
        let rows = [["address": "1\n2\r\n3"], ["lao": ""]]
        let imported = Imported(.households, file(.households, rows: rows))
        #expect(imported.lines == [2])
        #expect(imported.problems.map(\.line) == [5])
    }

    @Test func `A file cut at any byte never gives a command that the whole file does not give`() {
        let text = file(.targets, rows: [[:], ["lao": "380152"], ["lao": "380153"]])
        let whole = Imported(.targets, text)
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count {
            let cut = Imported(.targets, bytes: Array(bytes[..<count]))
            #expect(cut.commands == Array(whole.commands.prefix(cut.commands.count)))
        }
    }
}
