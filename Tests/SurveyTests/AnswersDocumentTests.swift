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
        #"{"household":{"q23.1":1e300}}"#, #"{"household":{"secret 1101700203450":true}}"#,
        #"{"members":[{"birthDate":"2523-05-31"}]}"#, #"{"members":[{"birthDate":"1980-5-31"}]}"#,
        #"{"members":[{"firstName":{"a":1}}]}"#, #"{"members":[{"firstName":null}]}"#,
    ])
    func `what does not fit is refused without quoting it`(json: String) throws {
        let error = #expect(throws: QuestionnaireError.self) { try read(json) }
        let reason = try #require(error).reason
        #expect(!reason.contains("1101700203450") && !reason.contains("2523"), "\(reason)")
    }
}
