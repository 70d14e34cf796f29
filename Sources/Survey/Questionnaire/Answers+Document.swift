import SwiftProtobuf

extension Answers {
    /// More than the answers of the largest household.
    package static let documentByteCountMax = 256 * 1024

    /// Reads one household's answers, each by what its item is: QUESTIONNAIRE.md has the form.
    package init(json: [UInt8], _ questionnaire: Questionnaire) throws(QuestionnaireError) {
        guard json.count <= Self.documentByteCountMax else {
            throw QuestionnaireError(
                .documentMalformed,
                "the answers are larger than \(Self.documentByteCountMax) bytes"
            )
        }
        let document: AnswersDocument
        do {
            document = try AnswersDocument(jsonUTF8Bytes: json)
        } catch {
            // The parser's own words quote the text, and the text is personal.
            throw QuestionnaireError(
                .documentMalformed,
                "the answers are no JSON object with household and members"
            )
        }
        self.init(
            household: try Self.answers(document.household, "the household", questionnaire)
        )
        for (index, member) in document.members.enumerated() {
            members.append(try Self.answers(member, "member \(index + 1)", questionnaire))
        }
    }

    private static func answers(
        _ document: Google_Protobuf_Struct,
        _ place: String,
        _ questionnaire: Questionnaire
    ) throws(QuestionnaireError) -> [String: Answer] {
        var answers: [String: Answer] = [:]
        for (name, value) in document.fields.sorted(by: { $0.key < $1.key }) {
            guard let item = questionnaire.item(name) else {
                throw QuestionnaireError(
                    .answerWrong,
                    "\(place) answers something that the form does not ask"
                )
            }
            guard let answer = answer(value, item.kind) else {
                throw QuestionnaireError(
                    .answerWrong,
                    "\(place), \(name): \(item.kind.expectation) is expected"
                )
            }
            answers[name] = answer
        }
        return answers
    }

    private static func answer(
        _ value: Google_Protobuf_Value,
        _ kind: Questionnaire.Item.Kind
    ) -> Answer? {
        switch (kind, value.kind) {
        case (.yesNo, .boolValue(let isYes)): .yesNo(isYes)
        case (.choice, .stringValue(let code)): .choice(code)
        // Doubles hold every whole number up to 2^53 exactly.
        case (.number, .numberValue(let number)): Int64(exactly: number).map { .number($0) }
        case (.day, .stringValue(let text)): Day(iso: text).map { .day($0) }
        case (.text, .stringValue(let text)): .text(text)
        default: nil
        }
    }
}

extension Questionnaire.Item.Kind {
    fileprivate var expectation: String {
        switch self {
        case .yesNo: "true or false"
        case .choice: "the code of a choice"
        case .number: "a whole number"
        case .day: "a day such as 1980-05-31"
        case .text: "a text"
        }
    }
}
