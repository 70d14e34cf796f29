extension Questionnaire {
    /// The list that every document has: a question answered by yes or no.
    private static let yesNo = "yesNo"

    static func items(_ document: QuestionnaireDocument) throws(QuestionnaireError) -> [Item] {
        let lists = try choiceLists(document)
        var items: [Item] = []
        for item in document.items {
            let place = "the item \(item.item)"
            guard Name.isItem(item.item) else {
                throw QuestionnaireError(
                    .nameWrong,
                    "\(place): a name begins with a letter, has letters, digits and full stops, and"
                        + " is no word of the conditions"
                )
            }
            let asked: Expression =
                item.asked.isEmpty
                ? .truth(true)
                : try at(place) { () throws(QuestionnaireError) in
                    try ExpressionParser.parse(item.asked)
                }
            items.append(
                Item(
                    item: item.item,
                    unit: try unit(item.unit, place),
                    kind: try kind(item, lists, place),
                    wording: try wording(item.th, item.en, place),
                    asked: asked,
                    isOptional: item.optional,
                    isPersonal: item.personal
                )
            )
        }
        try requireDistinct(items.map(\.item), "items")
        guard
            items.contains(where: {
                $0.item == Answers.birthDate && $0.kind == .day && $0.unit == .member
            })
        else {
            throw QuestionnaireError(
                .definitionWrong,
                "members need an item \(Answers.birthDate) that is a day: ages follow from it"
            )
        }
        return items
    }

    private static func kind(
        _ item: ItemDocument,
        _ lists: [String: [Choice]],
        _ place: String
    ) throws(QuestionnaireError) -> Item.Kind {
        switch item.kind {
        case .choice(yesNo): return .yesNo
        case .choice(let list):
            guard let choices = lists[list] else {
                throw QuestionnaireError(.definitionWrong, "\(place): there is no list \(list)")
            }
            return .choice(choices)
        case .number(let number):
            guard number.minimum <= number.maximum else {
                throw QuestionnaireError(.definitionWrong, "\(place): minimum is above maximum")
            }
            return .number(number.minimum...number.maximum, measure: number.measure)
        case .day: return .day
        case .text: return .text
        case nil:
            throw QuestionnaireError(
                .definitionWrong,
                "\(place) has none of choice, number, day and text"
            )
        }
    }

    private static func choiceLists(
        _ document: QuestionnaireDocument
    ) throws(QuestionnaireError) -> [String: [Choice]] {
        var lists: [String: [Choice]] = [:]
        for list in document.choiceLists {
            var choices: [Choice] = []
            for choice in list.choices {
                let place = "the choice \(choice.code) of \(list.list)"
                guard Name.isCode(choice.code) else {
                    throw QuestionnaireError(.nameWrong, "\(place): a code is letters and digits")
                }
                choices.append(
                    Choice(code: choice.code, wording: try wording(choice.th, choice.en, place))
                )
            }
            try requireDistinct(choices.map(\.code), "choices of \(list.list)")
            guard !choices.isEmpty, list.list != yesNo, lists[list.list] == nil else {
                throw QuestionnaireError(
                    .definitionWrong,
                    "the choice list \(list.list) is empty, is there twice or is named \(yesNo)"
                )
            }
            lists[list.list] = choices
        }
        return lists
    }

    static func unit(
        _ unit: UnitDocument,
        _ place: String
    ) throws(QuestionnaireError) -> Unit {
        switch unit {
        case .household: return .household
        case .member: return .member
        default:
            throw QuestionnaireError(
                .definitionWrong,
                "\(place) has the unit household or member"
            )
        }
    }

    static func wording(
        _ th: String,
        _ en: String,
        _ place: String
    ) throws(QuestionnaireError) -> Wording {
        guard !th.isEmpty, !en.isEmpty else {
            throw QuestionnaireError(.definitionWrong, "\(place) needs words in Thai and English")
        }
        return Wording(th: th, en: en)
    }

    static func requireDistinct(
        _ names: [String],
        _ what: String
    ) throws(QuestionnaireError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw QuestionnaireError(.nameWrong, "two \(what) are named \(name)")
        }
    }

    /// Says where, before what is wrong there.
    static func at<Value>(
        _ place: String,
        _ body: () throws(QuestionnaireError) -> Value
    ) throws(QuestionnaireError) -> Value {
        do throws(QuestionnaireError) {
            return try body()
        } catch {
            throw QuestionnaireError(error.code, "\(place): \(error.reason)")
        }
    }

    /// What things of a document may be named.
    enum Name {
        private static let words: Set<String> = [
            "and", "or", "not", "in", "where", "true", "false", "every", "some", "count", "sum",
            "answered", "distinct",
        ]

        static func isItem(_ name: String) -> Bool {
            guard let first = name.utf8.first, isLetter(first), name.utf8.count <= 40 else {
                return false
            }
            return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: ".") }
                && !words.contains(name) && DerivedFigure(rawValue: name) == nil
        }

        static func isCode(_ code: String) -> Bool {
            (1...40).contains(code.utf8.count)
                && code.utf8.allSatisfy { isLetter($0) || isDigit($0) }
        }

        /// "2566", or "2560-2564".
        static func isEdition(_ edition: String) -> Bool {
            let years = edition.split(separator: "-", omittingEmptySubsequences: false)
            return (1...2).contains(years.count)
                && years.allSatisfy { $0.utf8.count == 4 && $0.utf8.allSatisfy(isDigit) }
                && years == years.sorted()
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
