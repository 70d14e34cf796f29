import Survey
import SurveyImport
import Testing

/// Rows of forms and of typed progress.
@Suite struct FormImportTests {
    @Test func `A range of forms becomes an issue on its day`() throws {
        let imported = Imported(.questionnaires, file(.questionnaires))
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        let command = try #require(imported.commands.first)
        let issue = command.issueQuestionnaires
        #expect([issue.cycle, issue.area, issue.collector] == ["2561", "380101", "col-380101-01"])
        #expect(issue.ranges.map(\.prefix) == ["A-"])
        #expect(issue.ranges.map { [$0.first, $0.last] } == [[1, 200]])
        #expect(command.occurredOn == "2017-12-01")
        #expect(issue.issuedOn == "2017-12-01")
        let next = Imported(.questionnaires, file(.questionnaires, ["first": "201", "last": "x"]))
        #expect(next.commands.isEmpty)
        #expect(next.problems.map(\.column) == ["last"])
    }

    @Test func `A day's progress becomes a report of that day`() throws {
        let command = try #require(
            Imported(.progress, file(.progress, ["recorded": "0"])).commands.first
        )
        let progress = command.reportDailyProgress
        #expect([progress.area, progress.day] == ["3801", "2018-01-17"])
        #expect([progress.collectedCount, progress.recordedCount] == [1, 0])
        #expect(command.occurredOn == "2018-01-17")
        let other = try #require(
            Imported(.progress, file(.progress, ["day": "18/1/2561"])).commands.first
        )
        #expect(other.id != command.id)
    }

    @Test func `A household may name its form`() throws {
        let command = try #require(
            Imported(.households, file(.households, ["questionnaire": "A-0007"])).commands.first
        )
        #expect(command.recordHousehold.questionnaire == "A-0007")
    }

    @Test(arguments: [
        ("๑๒๐๐", UInt32(1200)), ("1,200", 1200), ("๑,๒๐๐,๐๐๐", 1_200_000), ("0012", 12),
    ])
    func `A count may have Thai digits, and commas between thousands`(
        text: String,
        count: UInt32
    )
        throws
    {
        let imported = Imported(.progress, file(.progress, ["recorded": text, "cycle": "๒๕๖๑"]))
        let progress = try #require(imported.commands.first).reportDailyProgress
        #expect(progress.recordedCount == count)
        #expect(progress.cycle == "2561")
    }

    @Test(arguments: ["1,20", "1,2000", ",200", "1200,", "12345678", "1.5", "-1", "๑a", "1,,200"])
    func `What may be a fraction, or is no whole number, is refused`(text: String) {
        let imported = Imported(.progress, file(.progress, ["recorded": text]))
        #expect(imported.commands.isEmpty)
        #expect(imported.problems.map(\.column) == ["recorded"])
        #expect(imported.codes == [.numberMalformed])
    }
}
