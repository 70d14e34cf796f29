import Foundation
import Testing

/// Daemons and scripts start programs with standard streams closed.
@Suite struct `Closed standard streams` {
    private static let combinations = ["<&-", ">&-", "2>&-"].indices.reduce([""]) { all, index in
        all + all.map { "\($0) \(["<&-", ">&-", "2>&-"][index])" }
    }

    @Test(arguments: combinations)
    func `do not let a message overwrite the ledger`(closed: String) throws {
        let survey = try SmallSurvey()
        let before = try Tool.bmn("log", survey.ledger).text
        try survey.scratch.write("bad.jsonl", #"{"id":"x"}"# + "\n")
        let file = survey.scratch.path("bad.jsonl")
        let run = try Tool.shell("exec $BMN submit '\(survey.ledger)' '\(file)' \(closed)")
        // The refusal's receipt could not be written where nobody takes it.
        #expect(run.status == (closed.contains(" >&-") ? 5 : 1), "\(closed): \(run.error)")
        #expect(try Tool.bmn("log", survey.ledger).text == before)
        let verified = try Tool.shell("exec $BMN_AUDIT verify '\(survey.ledger)' \(closed)")
        #expect(verified.status == (closed.contains(" >&-") ? 3 : 0), "\(closed)")
        #expect(try Tool.shell("exec $BMN_AUDIT verify '\(survey.ledger)'").status == 0)
    }
}
