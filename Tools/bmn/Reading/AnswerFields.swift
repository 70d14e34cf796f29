import Console
import Survey

/// Opened answers as named values, and in the words of the form.
struct AnswerFields {
    let form: Questionnaire

    /// Items that have another name among the fields of personal data.
    private static let namesOfFields = [
        "houseCode": "houseRegistrationCode", "citizenID": "citizenId",
    ]
    /// Items that have the same name there.
    private static let sharedNames: Set<String> = [
        "houseNumber", "title", "firstName", "lastName", "birthDate", "sex", "relation", "religion",
    ]

    /// Personal data as `PersonalFields` names it, each answer beside it by its item: `q4.1` of the
    /// household, `members[2].q7.1` of the second member.
    func of(_ data: PersonalData) -> [(name: String, value: String)] {
        let fields = PersonalFields.of(data)
        guard let answers = data.answers(to: form) else { return fields }
        let known = Set(fields.map(\.name))
        func packed(
            _ unit: Questionnaire.Unit,
            _ place: AnswerPlace,
            _ prefix: String
        ) -> [(
            name: String, value: String
        )] {
            form.items.compactMap { item in
                let name = prefix + (Self.namesOfFields[item.item] ?? item.item)
                guard item.unit == unit, !known.contains(name),
                    let answer = answers[item.item, place]
                else { return nil }
                return (name: name, value: answer.plain)
            }
        }
        var result = fields.filter { !$0.name.hasPrefix("members[") }
        result += packed(.household, .household, "")
        for offset in answers.members.indices {
            let prefix = "members[\(offset + 1)]."
            result += fields.filter { $0.name.hasPrefix(prefix) }
            result += packed(.member, .member(offset), prefix)
        }
        return result
    }

    /// What people read for the name: an item also in the form's words.
    func label(_ name: String, _ language: Language) -> String {
        let label = Words.field(name, language)
        guard let item = item(name), !Self.sharedNames.contains(item.item) else { return label }
        return "\(label) \(item.wording.text(language))"
    }

    /// What people read for a value of that name: a choice in the form's words.
    func words(_ value: String, of name: String, _ language: Language) -> String {
        guard let item = item(name) else { return Words.value(value, of: name, language) }
        switch item.kind {
        case .yesNo:
            guard let isYes = Bool(value) else { return value }
            return item.words(.yesNo(isYes)).text(language)
        // Where counts were recorded, any text may stand there; it stays as it is.
        case .choice: return item.words(.choice(value)).text(language)
        case .day: return Day(iso: value).map { language.text($0) } ?? value
        case .number, .text, .citizenID: return value
        }
    }

    private func item(_ name: String) -> Questionnaire.Item? {
        guard name.hasPrefix("members["), let end = name.firstIndex(of: "]") else {
            return form.item(name)
        }
        return form.item(String(name[end...].dropFirst("].".count)))
    }
}

extension Answer {
    /// For programs: as in an answers document.
    fileprivate var plain: String {
        switch self {
        case .yesNo(let isYes): "\(isYes)"
        case .choice(let text), .text(let text): text
        case .number(let number): "\(number)"
        case .day(let day): day.iso
        }
    }
}
