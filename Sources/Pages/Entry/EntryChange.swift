import Console
package import Survey

/// One answer, or one fact around the answers, that is another than before.
package struct EntryChange: Sendable, Hashable {
    let place: AnswerPlace
    let name: Phrase
    /// Nil where there was, or is, none.
    let old: Phrase?
    let new: Phrase?

    /// What differs between two households' answers, in the order of the form.
    package static func between(
        _ old: Answers,
        _ new: Answers,
        _ form: Questionnaire
    ) -> [EntryChange] {
        var changes: [EntryChange] = []
        let count = max(old.members.count, new.members.count)
        let places: [AnswerPlace] = [.household] + (0..<count).map { .member($0) }
        for place in places {
            for item in form.items where (item.unit == .household) == (place == .household) {
                let (before, after) = (
                    answer(item.item, place, old), answer(item.item, place, new)
                )
                guard before != after else { continue }
                changes.append(
                    EntryChange(
                        place: place,
                        name: item.wording.phrase,
                        old: before.map { item.shown($0) },
                        new: after.map { item.shown($0) }
                    )
                )
            }
        }
        return changes
    }

    /// What was typed around the answers, against what is on record.
    package static func between(
        _ old: [HouseholdEntry.Frame: String],
        _ new: EntryReading
    ) -> [EntryChange] {
        HouseholdEntry.Frame.allCases.compactMap { field in
            guard let before = old[field], before != new[field] else { return nil }
            func shown(_ text: String) -> Phrase? {
                text.isEmpty ? nil : Phrase(thai: text, english: text)
            }
            return EntryChange(
                place: .household,
                name: field.label,
                old: field == .interviewedOn ? Phrase(isoDay: before) : shown(before),
                new: field == .interviewedOn ? Phrase(isoDay: new[field]) : shown(new[field])
            )
        }
    }

    private static func answer(
        _ item: String,
        _ place: AnswerPlace,
        _ answers: Answers
    ) -> Answer? {
        guard case .member(let index) = place else { return answers.household[item] }
        return answers.members.indices.contains(index) ? answers.members[index][item] : nil
    }
}

extension Questionnaire.Item {
    /// An answer as people read it; days of either era.
    func shown(_ answer: Answer) -> Phrase {
        guard case .day(let day) = answer else { return words(answer).phrase }
        return Phrase(isoDay: day.iso)
    }
}

extension Phrase {
    fileprivate init(isoDay: String) {
        self.init(
            thai: Language.thai.text(isoDay: isoDay),
            english: Language.english.text(isoDay: isoDay)
        )
    }
}
