/// A household's answers in the form in which they are sealed.
///
/// Each is stored once: where the schema has a field for it (a name, a birth date), it lies there,
/// as it does where counts were recorded, and else by the place of its item in the form. A form's
/// list of items never changes, so a place stands for the same item for ever.
extension PersonalData {
    /// What was answered; nil where counts were recorded and no answers.
    package func answers(to questionnaire: Questionnaire) -> Answers? {
        guard hasAnswers else { return nil }
        var opened = Answers(members: members.map { _ in [:] })
        for item in questionnaire.items {
            switch item.unit {
            case .household:
                guard let field = SealedField(item) else { continue }
                opened.household[item.item] = item.answer(text: self[field])
            case .member:
                guard let field = SealedField(item) else { continue }
                for (offset, member) in members.enumerated() {
                    opened.members[offset][item.item] = item.answer(text: member[field])
                }
            }
        }
        for sealed in answers.household {
            guard let (item, answer) = sealed.opened(questionnaire) else { continue }
            opened.household[item] = answer
        }
        for (offset, member) in zip(members.indices, answers.members) {
            for sealed in member.answers {
                guard let (item, answer) = sealed.opened(questionnaire) else { continue }
                opened.members[offset][item] = answer
            }
        }
        return opened
    }
}

extension Questionnaire.Item {
    /// An answer that lies in a field of texts; nil where there is none.
    fileprivate func answer(text: String?) -> Answer? {
        guard let text, !text.isEmpty else { return nil }
        switch kind {
        case .text, .citizenID: return .text(text)
        case .choice: return .choice(text)
        case .day: return Day(iso: text).map { .day($0) }
        case .yesNo, .number: return nil
        }
    }
}

extension SealedAnswer {
    /// The item's name and the answer; nil where the form has no such place.
    fileprivate func opened(_ questionnaire: Questionnaire) -> (item: String, answer: Answer)? {
        guard let place = Int(exactly: item), questionnaire.items.indices.contains(place) else {
            return nil
        }
        let item = questionnaire.items[place]
        let answer: Answer
        switch (item.kind, self.answer) {
        case (.yesNo, .yes(let isYes)): answer = .yesNo(isYes)
        case (.choice(let choices), .choice(let place)):
            guard let place = Int(exactly: place), choices.indices.contains(place) else {
                return nil
            }
            answer = .choice(choices[place].code)
        case (.number, .number(let value)): answer = .number(value)
        case (.day, .day(let value)):
            guard let value = Int32(exactly: value) else { return nil }
            answer = .day(Day(daysSinceEpoch: value))
        case (.text, .text(let value)), (.citizenID, .text(let value)): answer = .text(value)
        default: return nil
        }
        return (item.item, answer)
    }
}
