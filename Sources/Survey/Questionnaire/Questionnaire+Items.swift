extension Questionnaire {
    /// The list that every document has: a question answered by yes or no.
    private static let yesNo = "yesNo"

    static func items(_ document: QuestionnaireDocument) throws(QuestionnaireError) -> [Item] {
        let lists = try choiceLists(document)
        var items: [Item] = []
        for (index, item) in document.items.enumerated() {
            let place = "the item \(item.item)"
            guard Name.isItem(item.item) else {
                throw QuestionnaireError(
                    .nameWrong,
                    "item number \(index + 1): a name begins with a letter, has letters, digits and full stops, and"
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
        let isComplete = items.contains {
            $0.item == Answers.birthDate && $0.kind == .day && $0.unit == .member
                && !$0.isOptional && $0.asked == .truth(true)
        }
        guard isComplete else {
            throw QuestionnaireError(
                .definitionWrong,
                "every member needs an item \(Answers.birthDate) that is a day and no option: ages"
                    + " follow from it"
            )
        }
        return items
    }

    /// Refuses a condition under which an item is asked that names one not asked before: one chain
    /// of them has an end, and people answer in the order of the form.
    static func checkOrder(_ items: [Item]) throws(QuestionnaireError) {
        var earlier: Set<String> = []
        for item in items {
            for name in item.asked.itemNames {
                let figure = DerivedFigure(rawValue: name)
                let needed = figure.map { $0.isOfMember ? Answers.birthDate : "" } ?? name
                guard needed.isEmpty || earlier.contains(needed) else {
                    throw QuestionnaireError(
                        .definitionWrong,
                        "the item \(item.item) is asked depending on \(name), which needs"
                            + " \(needed) to stand before it"
                    )
                }
            }
            earlier.insert(item.item)
        }
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
                throw QuestionnaireError(.definitionWrong, "\(place): there is no such list")
            }
            return .choice(choices)
        case .number(let number):
            guard number.minimum <= number.maximum, exactNumbers.contains(number.minimum),
                exactNumbers.contains(number.maximum)
            else {
                throw QuestionnaireError(
                    .definitionWrong,
                    "\(place): minimum is above maximum, or one is beyond"
                        + " \(exactNumbers.upperBound)"
                )
            }
            guard number.measure.isEmpty || problem(ofText: number.measure) == nil else {
                throw QuestionnaireError(.definitionWrong, "\(place): its measure is no word")
            }
            return .number(number.minimum...number.maximum, measure: number.measure)
        case .day: return .day
        case .text: return .text
        case .citizenID: return .citizenID
        case nil:
            throw QuestionnaireError(
                .definitionWrong,
                "\(place) has none of choice, number, day, text and citizenId"
            )
        }
    }

    private static func choiceLists(
        _ document: QuestionnaireDocument
    ) throws(QuestionnaireError) -> [String: [Choice]] {
        var lists: [String: [Choice]] = [:]
        for (index, list) in document.choiceLists.enumerated() {
            guard Name.isCode(list.list) else {
                throw QuestionnaireError(
                    .nameWrong,
                    "choice list number \(index + 1): a name is letters and digits"
                )
            }
            var choices: [Choice] = []
            for (index, choice) in list.choices.enumerated() {
                let place = "the choice \(choice.code) of \(list.list)"
                guard Name.isCode(choice.code) else {
                    throw QuestionnaireError(
                        .nameWrong,
                        "choice number \(index + 1) of \(list.list): a code is letters and digits"
                    )
                }
                choices.append(
                    Choice(code: choice.code, wording: try wording(choice.th, choice.en, place))
                )
            }
            try requireDistinct(choices.map(\.code), "choices of \(list.list)")
            guard Name.isCode(list.list), !choices.isEmpty, list.list != yesNo,
                lists[list.list] == nil
            else {
                throw QuestionnaireError(
                    .definitionWrong,
                    "the choice list \(list.list) is empty, is there twice, is named \(yesNo) or by"
                        + " more than letters and digits"
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
        for text in [th, en] {
            switch problem(ofText: text) {
            case nil: continue
            case .textMalformed?:
                throw QuestionnaireError(
                    .definitionWrong,
                    "\(place) has a character in its words that cannot be seen"
                )
            case .tooLong?:
                throw QuestionnaireError(
                    .definitionWrong,
                    "\(place) has words of more than \(textByteCountMax) bytes"
                )
            default:
                throw QuestionnaireError(
                    .definitionWrong,
                    "\(place) needs words in Thai and English"
                )
            }
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

        /// Of "2560-2564"; "2566" is for that year and all after it, since the last is not known
        /// when a form is new.
        static func years(ofEdition edition: String) -> ClosedRange<Int>? {
            let parts = edition.split(separator: "-", omittingEmptySubsequences: false)
            let years = parts.compactMap { part in
                part.utf8.count == 4 && part.utf8.allSatisfy(isDigit) ? Int(part) : nil
            }
            guard years.count == parts.count, years.count <= 2, let first = years.first,
                first <= years[years.count - 1]
            else { return nil }
            return first...(years.count == 2 ? years[1] : 9999)
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
