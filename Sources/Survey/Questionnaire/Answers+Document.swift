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
            document = try AnswersDocument(jsonUTF8Bytes: json, options: .flat)
        } catch {
            // The parser's own words quote the text, and the text is personal.
            throw QuestionnaireError(
                .documentMalformed,
                "the answers are no JSON object with household and members"
            )
        }
        do throws(AnswerFault) {
            try self.init(document, questionnaire)
        } catch {
            throw QuestionnaireError(.answerWrong, error.reason)
        }
    }

    /// Reads answers that came parsed, as in a command.
    init(_ document: AnswersDocument, _ questionnaire: Questionnaire) throws(AnswerFault) {
        guard document.members.count <= Questionnaire.memberCountMax else {
            throw .membersTooMany(document.members.count)
        }
        self.init(household: try Self.answers(document.household, .household, questionnaire))
        for (index, member) in document.members.enumerated() {
            members.append(try Self.answers(member, .member(index), questionnaire))
        }
    }

    private static func answers(
        _ document: Google_Protobuf_Struct,
        _ place: AnswerPlace,
        _ questionnaire: Questionnaire
    ) throws(AnswerFault) -> [String: Answer] {
        var answers: [String: Answer] = [:]
        answers.reserveCapacity(document.fields.count)
        for (name, value) in document.fields.sorted(by: { $0.key < $1.key }) {
            guard let item = questionnaire.item(name) else { throw .itemUnknown(place) }
            guard let answer = answer(value, item.kind) else {
                throw .kindWrong(item, place)
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
        case (.number, .numberValue(let number)): whole(number).map { .number($0) }
        case (.day, .stringValue(let text)): Day(iso: text).map { .day($0) }
        case (.text, .stringValue(let text)): .text(text)
        // Printed as 1-1017-00203-45-0: one spelling, so that the same id is found to be the same.
        case (.citizenID, .stringValue(let text)): .text(text.filter { $0 != "-" })
        default: nil
        }
    }

    /// JSON's numbers are read as doubles: above the largest exact one, another may have been meant.
    private static func whole(_ number: Double) -> Int64? {
        guard let whole = Int64(exactly: number), Questionnaire.exactNumbers.contains(whole) else {
            return nil
        }
        return whole
    }
}

/// Why an answers document is none for a form; without the answer, and without a name that the form
/// does not have, since that may be anything.
enum AnswerFault: Error, Hashable, Sendable {
    case membersTooMany(Int)
    case itemUnknown(AnswerPlace)
    case kindWrong(Questionnaire.Item, AnswerPlace)

    var reason: String {
        switch self {
        case .membersTooMany(let count):
            "there are \(count) members: a household has \(Questionnaire.memberCountMax) at most"
        case .itemUnknown(let place):
            "\(Self.name(place)) answers something that the form does not ask"
        case .kindWrong(let item, let place):
            "\(Self.name(place)), \(item.item): \(item.kind.expectation) is expected"
        }
    }

    private static func name(_ place: AnswerPlace) -> String {
        switch place {
        case .household: "the household"
        case .member(let index): "member \(index + 1)"
        }
    }
}

extension AnswersDocument {
    /// What `Answers.init` reads.
    package init(_ answers: Answers) {
        self.init()
        household = Self.document(answers.household)
        members = answers.members.map(Self.document)
    }

    private static func document(_ answers: [String: Answer]) -> Google_Protobuf_Struct {
        var document = Google_Protobuf_Struct()
        document.fields = answers.mapValues { answer in
            var value = Google_Protobuf_Value()
            value.kind =
                switch answer {
                case .yesNo(let isYes): .boolValue(isYes)
                case .choice(let text), .text(let text): .stringValue(text)
                case .number(let number): .numberValue(Double(number))
                case .day(let day): .stringValue(day.iso)
                }
            return value
        }
        return document
    }
}

extension Questionnaire.Item.Kind {
    fileprivate var expectation: String {
        switch self {
        case .yesNo: "true or false"
        case .choice: "the code of a choice"
        case .number: "a whole number of at most \(Questionnaire.exactNumbers.upperBound)"
        case .day: "a day such as 1980-05-31"
        case .text, .citizenID: "a text"
        }
    }
}

extension Questionnaire {
    /// The whole numbers that JSON's doubles hold, each apart from its neighbours.
    static let exactNumbers: ClosedRange<Int64> = -(1 << 53 - 1)...(1 << 53 - 1)
}

extension JSONDecodingOptions {
    /// Deeper than a document of ours is, and shallow enough for any stack.
    static var flat: JSONDecodingOptions {
        var options = JSONDecodingOptions()
        options.messageDepthLimit = 8
        return options
    }
}
