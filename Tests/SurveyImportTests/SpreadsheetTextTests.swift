import Survey
import SurveyImport
import Testing

@Suite struct `Text that a spreadsheet might run` {
    @Test(arguments: ["=1", "'=1", "''@x", "ก", "'ก", "", "'", "-", "＝1", "a=1", "+66 2 123"])
    func `is guarded by an apostrophe, and read back as it was`(_ text: String) {
        let guarded = SpreadsheetText.guarded(text)
        #expect(SpreadsheetText.unguarded(guarded) == text)
        #expect(guarded.first.map { !"=+-@＝".contains($0) } ?? true)
    }

    @Test func `is read from a file without its apostrophe`() throws {
        let header = "cycle,area,collector,prefix,first,last,issued_on\n"
        let row = "2561,380101,col-1,'-A,1,20,1/12/2560\n"
        let imported = Imported(.questionnaires, header + row)
        #expect(imported.problems.isEmpty, "\(imported.problems)")
        let command = try #require(imported.commands.first)
        #expect(command.issueQuestionnaires.ranges.first?.prefix == "-A")
    }
}
