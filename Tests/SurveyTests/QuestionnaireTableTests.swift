import Foundation
import Survey
import Testing

/// The built-in edition against what it was made after.
@Suite struct `The edition of 2560-2564` {
    private static let path = "../shared/data/bmn/indicators-2560-2564.csv"
    private let form = Questionnaire.bmn2560

    /// The fields of each line, quotes around some of them; none of this table has a line break.
    private static func rows() throws -> [[String]] {
        try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map { line in
                var fields = [""]
                var isQuoted = false
                for character in line {
                    switch character {
                    case "\"": isQuoted.toggle()
                    case "," where !isQuoted: fields.append("")
                    default: fields[fields.count - 1].append(character)
                    }
                }
                return fields
            }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: path), "../shared/data is absent"))
    func `names, categories and units are the indicator table's, row by row`() throws {
        let rows = try Self.rows()
        let columns = [
            "number", "category_th", "category_en", "name_th", "name_en", "unit",
        ]
        #expect(Array(rows[0].prefix(6)) == columns)
        #expect(rows.count == form.indicators.count + 1)
        for (row, rule) in zip(rows.dropFirst(), form.indicators) {
            let category = try #require(form.categories.first { $0.category == rule.category })
            #expect(
                Array(row.prefix(6)) == [
                    "\(rule.number)", category.name.th, category.name.en, rule.name.th,
                    rule.name.en, rule.unit == .household ? "household" : "person",
                ]
            )
        }
    }

    @Test func `every answer that must be given is used, or is of the roster`() {
        #expect(form.edition == "2560-2564" && form.indicators.count == 31)
        #expect(form.indicators.count { $0.unit == .household } == 13)
        var used = Set(form.indicators.flatMap { $0.scope.itemNames + $0.pass.itemNames })
        used.formUnion(form.contradictions.flatMap(\.found.itemNames))
        used.formUnion(form.items.flatMap(\.asked.itemNames))
        let required = form.items.filter { !$0.isOptional }.map(\.item)
        #expect(
            Set(required).subtracting(used)
                == ["houseNumber", "firstName", "lastName", "religion", "birthDate", "q2.1"]
        )
    }

    /// Everything that is asked of a person is sealed, and of the household what tells of health,
    /// crime, income or how they live together.
    @Test func `only what tells nothing of anybody is readable without the vault`() {
        let readable = form.items.filter { !$0.isPersonal }.map(\.item)
        #expect(
            readable == [
                "landLivedOn", "landWorked", "q4.1", "q4.2", "q4.3", "q4.4", "q8.1", "q8.2", "q9",
                "q10", "q11.1", "q11.2", "q11.3", "q11.4", "q11.5", "q11.6", "q11.7", "q11.8",
                "q11.5.1", "q11.5.2", "q11.5.3", "q11.5.4", "q12.1", "q12.2", "q12.3", "q12.4",
                "q12.5", "q12.6", "q13.1.1", "q13.1.2", "q13.1.3", "q13.1.4", "q13.2", "q30",
                "q32", "q33",
            ]
        )
    }
}
