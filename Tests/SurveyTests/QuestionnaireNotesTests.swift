import Foundation
import Survey
import Testing

/// What QUESTIONNAIRE.md shows is so.
@Suite struct `The notes on the questionnaire` {
    private let notes: String

    init() throws {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Survey/Questionnaire/QUESTIONNAIRE.md")
        notes = try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `their example is read, and derives what they say`() throws {
        let start = try #require(notes.firstRange(of: "```json\n")).upperBound
        let end = try #require(notes[start...].firstRange(of: "```")).lowerBound
        let form = Questionnaire.bmn2560
        let answers = try Answers(json: Array(notes[start..<end].utf8), form)
        #expect(answers.members.count == 2 && answers.household.count == 5)
        #expect(answers.members[0]["citizenID"] == .text("1101700203450"))
        let referenceDate = Household.day("2018-01-01")
        #expect(form.problems(answers, referenceDate: referenceDate) == [])
        let results = form.derive(answers, referenceDate: referenceDate).results
        #expect(results[3].isDecided && results[3].failingCount == 1)
        for number in [20, 22] {
            let result = results[number - 1]
            #expect(result.isDecided && result.inScopeCount == 1 && result.failingCount == 0)
        }
        #expect(!results[18].isDecided)
    }

    @Test func `they name every form of the grammar's values, and the bounds`() {
        for part in [
            "every( condition [ where condition ] )", "sum( sum [ where condition ] )",
            "at most 4096\nbytes", "9007199254740991", "61 at most", "500 bytes",
        ] { #expect(notes.contains(part), "\(part)") }
    }
}
