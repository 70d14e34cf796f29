import Foundation
import Testing

/// What objections and defects say of a household: whoever asks is shown it, whoever erases told of it.
@Suite struct `Texts that name a household` {
    private let survey: SmallSurvey
    private var ledger: String { survey.ledger }
    private static let household = "38010101-0001"

    init() throws {
        survey = try SmallSurvey()
        let lines = try [
            SmallSurvey.line(
                "raiseObjection",
                [
                    "objection": "ob-1", "cycle": "2561", "area": "380151",
                    "raisedBy": "resident", "text": "สมชายเอกลักษณ์ป่วยหนัก",
                    "household": Self.household,
                ]
            ),
            SmallSurvey.line(
                "resolveObjection",
                ["objection": "ob-1", "outcome": "rejected", "reason": "สมหญิงเอกลักษณ์ยืนยัน"]
            ),
            SmallSurvey.line(
                "reportDefect",
                [
                    "defect": "de-1", "cycle": "2561", "area": "380151", "severity": "minor",
                    "text": "อ่านคำตอบผิด", "household": Self.household,
                ]
            ),
            SmallSurvey.line(
                "raiseObjection",
                [
                    "objection": "ob-2", "cycle": "2561", "area": "380151",
                    "raisedBy": "resident", "text": "บ้านอื่น", "household": "38010101-0002",
                ]
            ),
        ]
        let run = try survey.submit(lines.joined())
        try #require(run.status == 0, "\(run.text)\(run.error)")
    }

    @Test func `an export has them, with what was answered`() throws {
        let file = survey.scratch.path("export.json")
        let run = try Tool.bmn("export", ledger, "household", Self.household, "-o", file)
        #expect(run.status == 0, "\(run.error)")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for words in ["สมชายเอกลักษณ์ป่วยหนัก", "สมหญิงเอกลักษณ์ยืนยัน", "อ่านคำตอบผิด"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("บ้านอื่น"))
        let mentions = try #require(try Run.object(text)["mentions"] as? [[String: Any]])
        #expect(
            mentions.map { $0["event"] as? String } == [
                "objectionRaised", "objectionResolved", "defectFound",
            ]
        )
    }

    @Test func `an erasure names the records that stay readable`() throws {
        let size = try survey.recordCount()
        let indexes = (size - 4..<size - 1).map { "\($0)" }.joined(separator: ", ")
        let run = try Tool.bmn("erase", ledger, "household", Self.household, "--reason", "x")
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.contains("stay readable (records \(indexes))"), "\(run.error)")
        let other = try Tool.bmn(
            ["erase", ledger, "household", "38010101-0002", "--reason", "x", "--json"]
        )
        #expect(try other.object()["namedBy"] as? [Int] == [size - 1])
        #expect(try Tool.verify(ledger).ok)
    }
}
