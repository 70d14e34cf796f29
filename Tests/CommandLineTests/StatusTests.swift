import Foundation
import LedgerReader
import Testing

@Suite struct `bmn status` {
    @Test func `names a process that holds on to an old snapshot`() throws {
        let survey = try SmallSurvey()
        func slowReaders() throws -> [[String: Any]] {
            let report = try Tool.bmn("status", survey.ledger, "--json").object()
            return try #require(report["slowReaders"] as? [[String: Any]])
        }
        #expect(try slowReaders().isEmpty)
        do {
            let snapshot = try LedgerReader(LedgerDirectory(survey.ledger)).snapshot()
            #expect(try slowReaders().isEmpty, "it is up to date")
            for number in 0..<3 {
                let line = try SmallSurvey.line(
                    "registerPerson",
                    ["person": "p-\(number)", "identity": ["firstName": "สมมติ"]]
                )
                let run = try Tool.bmn(
                    "submit",
                    survey.ledger,
                    "--user",
                    "u-1",
                    input: Data(line.utf8)
                )
                #expect(run.status == 0, "\(run.error)")
            }
            let readers = try slowReaders()
            #expect(readers.map { $0["process"] as? Int } == [Int(getpid())])
            #expect(readers.map { $0["commitsBehind"] as? Int } == [3])
            #expect(snapshot.treeSize > 0)
        }
        #expect(try slowReaders().isEmpty)
    }
}
