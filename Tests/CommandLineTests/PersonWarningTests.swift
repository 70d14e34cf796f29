import Foundation
import Survey
import Testing

/// One person who is counted several times: recorded, since the form may be right, and told.
@Suite struct `Persons who may be counted several times` {
    private let survey: SmallSurvey
    private var scratch: Scratch { survey.scratch }
    private static let citizenID = "1101700203450"

    init() throws { survey = try SmallSurvey() }

    private typealias Person = (first: String, birth: String, citizenID: String)

    private func recording(_ household: String, _ members: [Person]) throws -> String {
        let ages = members.map { $0.birth.hasPrefix("1977") ? UInt32(40) : 35 }
        return try SmallSurvey.line(
            "recordHousehold",
            [
                "cycle": "2561", "household": household, "village": "38010102", "lao": "380151",
                "interviewedOn": "2018-01-15", "collector": "col-1", "synthetic": true,
                "indicators": Questionnaire.bmn2560.indicators.map { indicator in
                    [
                        "indicator": indicator.number, "failing": 0,
                        "inScope": Questionnaire.bmn2560.inScope(indicator.number, ages: ages)
                            .upperBound,
                    ]
                },
                "personal": [
                    "houseNumber": "1",
                    "members": members.map {
                        [
                            "firstName": $0.first, "lastName": "สมมติ", "birthDate": $0.birth,
                            "citizenId": $0.citizenID,
                        ]
                    },
                ],
            ]
        )
    }

    private func codes(_ line: [String: Any]) -> [String] {
        (line["warnings"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? []
    }

    @Test func `members alike in name and birth are told where no citizen ids tell them apart`()
        throws
    {
        let alike: [Person] = [("ก", "1977-03-20", ""), ("ก", "1977-03-20", Self.citizenID)]
        let apart: [Person] = [
            ("ก", "1977-03-20", ""), ("ก", "1982-08-17", ""), ("ข", "1977-03-20", ""),
        ]
        let lines = try [
            recording("38010102-0001", alike), recording("38010102-0002", apart),
        ]
        let run = try survey.submit(lines.joined())
        #expect(run.status == 0, "\(run.text)\(run.error)")
        let receipts = try run.objects()
        #expect(receipts.map(codes) == [["memberRepeated"], []])
        #expect(run.text.contains("members[1] and members[2]"))
        #expect(run.error.contains("1 warnings: "), "\(run.error)")
        #expect(!run.text.contains("สมมติ") && !run.error.contains("สมมติ"))
        #expect(!run.text.contains(Self.citizenID))
        let answers = try Run.object(QuestionnaireCommandTests.household)
        let member = try #require((answers["members"] as? [[String: Any]])?.first)
        var twice = answers
        twice["members"] = [member, member.merging(["relation": "sibling"]) { $1 }]
        // Who lives alone is asked other things than a family.
        var house = try #require(answers["household"] as? [String: Any])
        for item in ["q31.4", "q31.5"] { house[item] = nil }
        for item in ["q31.1", "q31.2", "q31.3"] { house[item] = true }
        twice["household"] = house
        let answered = try survey.submit(
            SmallSurvey.line(
                "recordHousehold",
                [
                    "cycle": "2561", "household": "38010102-0003", "village": "38010102",
                    "lao": "380151", "interviewedOn": "2018-01-15", "collector": "col-1",
                    "synthetic": true, "answers": twice,
                ]
            )
        )
        #expect(answered.status == 0, "\(answered.text)\(answered.error)")
        #expect(try codes(answered.object()) == ["memberRepeated"])
        // What the record counts are contradictions of the form, which anybody can derive again.
        let checked = try Tool.bmn("vault", "check", survey.ledger)
        #expect(checked.status == 0, "\(checked.text)\(checked.error)")
        #expect(try Tool.verify(survey.ledger).ok)
    }

    @Test func `a citizen id in two households of one run is told, and in one again is not`()
        throws
    {
        let person: [Person] = [("ก", "1977-03-20", Self.citizenID)]
        let lines = try [
            recording("38010102-0001", person), recording("38010102-0002", person),
        ]
        let run = try survey.submit(lines.joined())
        #expect(run.status == 0, "\(run.text)\(run.error)")
        #expect(try run.objects().map(codes) == [[], ["citizenIdElsewhere"]])
        #expect(run.text.contains("household 38010102-0001, too"))
        #expect(!run.text.contains(Self.citizenID))
    }

    @Test func `an import lists them with their lines and records the rows`() throws {
        let birth = "นาง|สมศรี|สมมติ||17/8/2525|"
        let twice = SmallSurvey.household("38010102-0001", birth: "17/8/2525")
            .replacingOccurrences(of: "นาย|สมชาย|", with: "นาย|สมศรี|")
        #expect(twice.contains(birth))
        let ages: [UInt32] = [35, 35]
        #expect(
            Questionnaire.bmn2560.indicators.allSatisfy {
                Questionnaire.bmn2560.inScope($0.number, ages: ages)
                    == Questionnaire.bmn2560.inScope($0.number, ages: [40, 35])
            }
        )
        let file = try scratch.write("twice.csv", SmallSurvey.householdHeader + twice)
        func importing(_ more: String...) throws -> Run {
            let actor = ["--user", "rec-1", "--capacity", "recorder"]
            return try Tool.bmn(["import", "households", survey.ledger, file] + actor + more)
        }
        let run = try importing()
        #expect(run.status == 0, "\(run.text)\(run.error)")
        #expect(run.lines.last?.hasPrefix("2\t\tmemberRepeated\twarning: members[1] and ") == true)
        #expect(run.error.contains("1 recorded"))
        let lines = try importing("--json").objects()
        #expect(lines.first?["warning"] as? Bool == true)
        let summary = try #require(lines.last?["summary"] as? [String: Any])
        #expect(summary["warnings"] as? Int == 1 && summary["refused"] as? Int == 0)
        #expect(summary["repeated"] as? Int == 1)
    }
}
