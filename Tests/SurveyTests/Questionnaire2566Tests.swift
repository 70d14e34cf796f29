import Foundation
import Survey
import Testing

/// The later form, known by its indicators' names alone, and by no code.
///
/// What passes is not public, so each indicator is asked for its result, of the household or of each
/// member of an age that the name says.
@Suite struct `The edition of 2566, loaded without code` {
    private static let table = "../shared/data/bmn/indicators-2566.csv"

    private let form: Questionnaire

    init() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Editions/2566.json")
        form = try Questionnaire(json: Array(Data(contentsOf: url)))
    }

    /// Number and name of each row; the fields used have no quotes but around the name.
    private static func rows() throws -> [(number: Int, name: String)] {
        try String(contentsOfFile: table, encoding: .utf8).split(whereSeparator: \.isNewline)
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

    @Test(.enabled(if: FileManager.default.fileExists(atPath: table), "../shared/data is absent"))
    func `has the numbers and names of the indicator table`() throws {
        let rows = try Self.rows()
        #expect(form.indicators.map(\.number) == rows.map(\.number))
        #expect(form.indicators.map(\.name.th) == rows.map(\.name))
    }

    @Test func `has 37 indicators, the number 37 left out, and derives them`() {
        #expect(form.indicators.map(\.number) == Array(1...36) + [38])
        var answers = Answers(
            members: [30, 10].map { ["birthDate": .day(Household.day("\(2018 - $0)-01-01"))] }
        )
        for item in form.items where item.unit == .household {
            answers.household[item.item] = .choice("pass")
        }
        answers.household["q38"] = .choice("fail")
        answers.household["q1"] = .choice("none")
        for item in ["q9", "q25", "q27"] { answers.members[0][item] = .yesNo(true) }
        answers.members[1]["q9"] = .yesNo(false)
        answers.members[1]["q23"] = .yesNo(true)
        #expect(form.problems(answers, referenceDate: Household.referenceDate) == [])
        let derivation = form.derive(answers, referenceDate: Household.referenceDate)
        #expect(derivation.isSound)
        let failing = derivation.results.filter { $0.failingCount > 0 }.map(\.number)
        #expect(failing == [9, 38])
        let exercise = derivation.results[8]
        #expect(exercise.inScopeCount == 2 && exercise.failingCount == 1)
        // Nobody is 35 or 60, and 1 is said to be of nobody.
        let empty = derivation.results.filter { $0.inScopeCount == 0 }.map(\.number)
        #expect(empty == [1, 12, 28])
    }
}
