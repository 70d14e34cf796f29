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
        let quoted = items.compactMap { quote($0, ground) }
        let separator = "; "
        var th = quoted.map(\.th).joined(separator: separator)
        var en = quoted.map(\.en).joined(separator: separator)
        if let numbers = numbers(ground) {
            th = th.isEmpty ? numbers : "\(th) (\(numbers))"
            en = en.isEmpty ? numbers : "\(en) (\(numbers))"
        }
        return Questionnaire.Wording(
            th: th.isEmpty ? ground.comparison.text : th,
            en: en.isEmpty ? ground.comparison.text : en
        )
    }

    /// The comparison of numbers as it came out.
    private func numbers(_ ground: Ground) -> String? {
        guard let left = ground.left, let holds = ground.holds else { return nil }
        let sign = holds ? "" : "✗ "
        switch ground.comparison {
        case .compare(_, let comparison, _):
            return ground.right.map { "\(left) \(sign)\(comparison.rawValue) \($0)" }
        case .isOneOf(_, let values):
            return "\(left) \(sign)in (\(values.map(\.text).joined(separator: ", ")))"
        default: return nil
        }
    }

    private func quote(_ name: String, _ ground: Ground) -> Questionnaire.Wording? {
        if let figure = DerivedFigure(rawValue: name) {
            // Where it is known, what it comes to stands between the parentheses that follow.
            guard ground.holds == nil, figure.isOfMember else { return figure.wording }
            return Questionnaire.Wording(
                th: "\(figure.wording.th): ยังไม่ทราบ",
                en: "\(figure.wording.en): not known"
            )
        }
        guard let item = questionnaire.item(name) else { return nil }
        let place = item.unit == .household ? .household : ground.place
        // A sum over members quotes nobody's answer.
        if item.unit == .member, place == .household || ground.comparison.isOverMembers {
            return item.wording
        }
        let answer = answers[name, place].map(item.words) ?? Self.none(ground.isAsked)
        return Questionnaire.Wording(
            th: "\(item.wording.th): \(answer.th)",
            en: "\(item.wording.en): \(answer.en)"
        )
    }

    private static func none(_ isAsked: Bool) -> Questionnaire.Wording {
        isAsked
            ? Questionnaire.Wording(th: "ยังไม่ได้ตอบ", en: "not answered")
            : Questionnaire.Wording(th: "ไม่ได้ถาม", en: "not asked")
    }
}

extension Questionnaire.Item {
    /// An answer to it, as people read it.
    package func words(_ answer: Answer) -> Questionnaire.Wording {
        switch answer {
        case .yesNo(let isYes):
            return Questionnaire.Wording(th: isYes ? "ใช่" : "ไม่ใช่", en: isYes ? "yes" : "no")
        case .choice(let code):
            guard case .choice(let choices) = kind,
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
