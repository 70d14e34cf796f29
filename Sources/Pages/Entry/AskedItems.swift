import Survey

/// Which questions are asked of whom, by what was answered so far.
///
/// The survey itself says so, of an answer that is not asked: each question that depends on others
/// is answered for a trial wherever it is open. Conditions name only questions that stand before
/// (QUESTIONNAIRE.md), so a trial answer never changes whether its own question is asked.
struct AskedItems {
    private var hidden: Set<EntryField> = []

    init(_ form: Questionnaire, _ answers: Answers, _ derivation: Derivation, referenceDate: Day) {
        let due = Set(derivation.missing.map { EntryField.answer($0.item, $0.place) })
        for item in form.items where item.asked != .truth(true) {
            var trial = answers
            let places: [AnswerPlace] =
                item.unit == .household
                ? [.household] : answers.members.indices.map { .member($0) }
            for place in places {
                switch place {
                case .household: trial.household[item.item] = .yesNo(true)
                case .member(let index): trial.members[index][item.item] = .yesNo(true)
                }
                // What depends on something open is not asked before that is answered.
                let field = EntryField.answer(item.item, place)
                let isOpen = !due.contains(field) && !Self.isKnown(item, place, form, answers)
                if isOpen { hidden.insert(field) }
            }
            for problem in form.problems(trial, referenceDate: referenceDate)
            where problem.code == .notAsked && problem.item == item.item {
                hidden.insert(.answer(item.item, problem.place))
            }
        }
    }

    func isAsked(_ item: String, _ place: AnswerPlace) -> Bool {
        !hidden.contains(.answer(item, place))
    }

    /// Whether all that its condition names is answered.
    private static func isKnown(
        _ item: Questionnaire.Item,
        _ place: AnswerPlace,
        _ form: Questionnaire,
        _ answers: Answers
    ) -> Bool {
        item.asked.itemNames.allSatisfy { name in
            // An age follows from the birth date.
            let needed = form.item(name) == nil ? Answers.birthDate : name
            guard form.item(needed)?.unit == .member else {
                return answers.household[needed] != nil
            }
            guard case .member(let index) = place else {
                return answers.members.allSatisfy { $0[needed] != nil }
            }
            return answers.members[index][needed] != nil
        }
    }
}
