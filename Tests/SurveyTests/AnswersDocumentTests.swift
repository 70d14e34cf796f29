import Survey
import Testing

@Suite struct `Answers as JSON` {
    private let form = Questionnaire.bmn2560

    private func read(_ json: String) throws(QuestionnaireError) -> Answers {
        try Answers(json: Array(json.utf8), form)
    }

    @Test func `each is read as what its item is`() throws {
        let answers = try read(
            """
            {"household":{"q4.1":true,"houseNumber":"12/3","q23.1":500,"landWorked":"rented"},
            "members":[{"birthDate":"1980-05-31","sex":"female","q22.1":0},{}]}
            """
        )
        #expect(
            answers.household == [
                "q4.1": .yesNo(true), "houseNumber": .text("12/3"), "q23.1": .number(500),
                "landWorked": .choice("rented"),
            ]
        )
        let born = try #require(Day(iso: "1980-05-31"))
        #expect(answers.members.count == 2)
        #expect(
            answers.members[0]
                == ["birthDate": .day(born), "sex": .choice("female"), "q22.1": .number(0)]
        )
    }

    @Test(arguments: [
        "", "[]", "{", #"{"household":[]}"#, #"{"people":[]}"#,
        #"{"household":{"q4.1":"yes"}}"#, #"{"household":{"q4.1":1}}"#,
        #"{"household":{"q23.1":0.5}}"#, #"{"household":{"q23.1":"5"}}"#,
        #"{"household":{"q23.1":1e300}}"#, #"{"household":{"q23.1":9007199254740992}}"#,
        #"{"household":{"q23.1":9007199254740993}}"#, #"{"household":{"q23.1":-9007199254740993}}"#,
        #"{"household":{"secret 1101700203450":true}}"#,
        #"{"members":[{"birthDate":"2523-05-31"}]}"#, #"{"members":[{"birthDate":"1980-5-31"}]}"#,
        #"{"members":[{"firstName":{"a":1}}]}"#, #"{"members":[{"firstName":null}]}"#,
    ])
    func `what does not fit is refused without quoting it`(json: String) throws {
        let error = #expect(throws: QuestionnaireError.self) { try read(json) }
        let reason = try #require(error).reason
        #expect(!reason.contains("1101700203450") && !reason.contains("2523"), "\(reason)")
    }

    @Test func `numbers are read as they are written, or not at all`() throws {
        let largest = try read(#"{"household":{"q23.1":9007199254740991}}"#)
        #expect(largest.household["q23.1"] == .number(9_007_199_254_740_991))
    }

    @Test func `more members than a household may have are refused when they are read`() throws {
        func members(_ count: Int) -> String {
            #"{"members":[\#(Array(repeating: "{}", count: count).joined(separator: ","))]}"#
        }
        #expect(try read(members(61)).members.count == 61)
        let error = #expect(throws: QuestionnaireError.self) { try read(members(62)) }
        #expect(error?.code == .answerWrong)
    }

    @Test func `a citizen id has one spelling and its check digit`() throws {
        let answers = try read(
            """
            {"members":[{"citizenID":"1-1017-00203-45-0"},{"citizenID":"1101700203450"},
            {"citizenID":"1101700203451"},{"citizenID":"110170020345"},{"citizenID":""}]}
            """
        )
        #expect(answers.members[0] == answers.members[1])
        let derivation = form.derive(answers, referenceDate: Household.referenceDate)
        let found = derivation.contradictions.map(\.contradiction.contradiction)
        #expect(found.contains("sameCitizenID"))
        let wrong = form.problems(answers, referenceDate: Household.referenceDate)
        #expect(wrong.map(\.code) == Array(repeating: .citizenIDWrong, count: 3))
        #expect(wrong.map(\.place) == [.member(2), .member(3), .member(4)])
    }

    @Test(
        arguments: [
            ("12/3", nil), ("บ้านเลขที่ 1", nil), (String(repeating: "1", count: 500), nil),
            (String(repeating: "1", count: 501), .tooLong), ("", .textBlank), ("   ", .textBlank),
            ("-", .textBlank), ("1\n2", .textMalformed), ("1\u{202E}2", .textMalformed),
            ("1\u{0}", .textMalformed), ("1\u{2066}2\u{2069}", .textMalformed),
        ] as [(String, AnswerProblem.Code?)]
    )
    func `a text is one line with something to see in it`(text: String, code: AnswerProblem.Code?) {
        let answers = Answers(household: ["houseNumber": .text(text)], members: [[:]])
        let problems = form.problems(answers, referenceDate: Household.referenceDate)
        #expect(problems.map(\.code) == [code].compactMap(\.self))
    }
}
