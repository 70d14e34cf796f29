/// Why, in words: for who entered the household and may see its answers.
///
/// The sentences quote answers, which are personal data: they are shown and never stored or logged.
package struct Explanation: Sendable {
    private let questionnaire: Questionnaire
    private let answers: Answers

    package init(_ questionnaire: Questionnaire, _ answers: Answers) {
        self.questionnaire = questionnaire
        self.answers = answers
    }

    /// One comparison that decided: what was answered, and what would have been needed.
    package func text(_ ground: Ground) -> Questionnaire.Wording {
        let items = ground.comparison.itemNames
        let quoted = items.compactMap { quote($0, ground.place) }
        let separator = "; "
        var th = quoted.map(\.th).joined(separator: separator)
        var en = quoted.map(\.en).joined(separator: separator)
        if let left = ground.left, let right = ground.right,
            case .compare(_, let comparison, _) = ground.comparison
        {
            let numbers =
                "\(left) \(ground.holds == true ? "" : "✗ ")\(comparison.rawValue) \(right)"
            th = th.isEmpty ? numbers : "\(th) (\(numbers))"
            en = en.isEmpty ? numbers : "\(en) (\(numbers))"
        }
        return Questionnaire.Wording(th: th, en: en)
    }

    private func quote(_ name: String, _ place: AnswerPlace) -> Questionnaire.Wording? {
        guard let item = questionnaire.item(name) else { return nil }
        let place = item.unit == .household ? .household : place
        // A sum over members quotes nobody's answer.
        if item.unit == .member, place == .household { return item.wording }
        let answer = answers[name, place].map { text($0, item) }
        return Questionnaire.Wording(
            th: "\(item.wording.th): \(answer?.th ?? "ยังไม่ได้ตอบ")",
            en: "\(item.wording.en): \(answer?.en ?? "not answered")"
        )
    }

    private func text(_ answer: Answer, _ item: Questionnaire.Item) -> Questionnaire.Wording {
        switch answer {
        case .yesNo(let isYes):
            return Questionnaire.Wording(th: isYes ? "ใช่" : "ไม่ใช่", en: isYes ? "yes" : "no")
        case .choice(let code):
            guard case .choice(let choices) = item.kind,
                let choice = choices.first(where: { $0.code == code })
            else { return Questionnaire.Wording(th: code, en: code) }
            return choice.wording
        case .number(let number): return Questionnaire.Wording(th: "\(number)", en: "\(number)")
        case .day(let day):
            return Questionnaire.Wording(th: day.iso, en: day.iso)
        case .text(let text): return Questionnaire.Wording(th: text, en: text)
        }
    }
}

extension Expression {
    /// The items it asks about, each once, in the order of the text.
    package var itemNames: [String] {
        var names: [String] = []
        for name in allNames where !names.contains(name) { names.append(name) }
        return names
    }

    private var allNames: [String] {
        switch self {
        case .truth, .number, .code: []
        case .answer(let name), .isAnswered(let name), .distinct(let name): [name]
        case .not(let inner), .count(let inner), .sum(let inner): inner.allNames
        case .all(let parts), .any(let parts): parts.flatMap(\.allNames)
        case .compare(let left, _, let right), .add(let left, let right),
            .subtract(let left, let right), .multiply(let left, let right):
            left.allNames + right.allNames
        case .isOneOf(let left, let values): left.allNames + values.flatMap(\.allNames)
        case .every(let body, let filter), .some(let body, let filter):
            body.allNames + (filter?.allNames ?? [])
        }
    }
}
