/// A household's answers in the form in which they are sealed.
///
/// Each is stored once: where the schema has a field for it (a name, a birth date), it lies there,
/// as it does where counts were recorded, and else by the place of its item in the form. A form's
/// list of items never changes, so a place stands for the same item for ever.
extension PersonalData {
    /// Takes in answers that fit the form, in place of whatever members there were.
    mutating func store(_ given: Answers, _ questionnaire: Questionnaire) {
        var packed = SealedAnswers()
        members = given.members.map { _ in Member() }
        packed.members = given.members.map { _ in SealedMemberAnswers() }
        for (place, item) in questionnaire.items.enumerated() {
            switch item.unit {
            case .household:
                guard let answer = given.household[item.item] else { continue }
                if let text = item.text(of: answer), self[item: item.item] != nil {
                    self[item: item.item] = text
                } else {
                    packed.household.append(SealedAnswer(answer, to: item, at: place))
                }
            case .member:
                for member in members.indices {
                    guard let answer = given.members[member][item.item] else { continue }
                    if let text = item.text(of: answer), members[member][item: item.item] != nil {
                        members[member][item: item.item] = text
                    } else {
                        packed.members[member].answers.append(
                            SealedAnswer(answer, to: item, at: place)
                        )
                    }
                }
            }
        }
        answers = packed
    }

    /// What was answered; nil where counts were recorded and no answers.
    package func answers(to questionnaire: Questionnaire) -> Answers? {
        guard hasAnswers else { return nil }
        var opened = Answers(members: members.map { _ in [:] })
        for item in questionnaire.items {
            switch item.unit {
            case .household: opened.household[item.item] = item.answer(text: self[item: item.item])
            case .member:
                for (offset, member) in members.enumerated() {
                    opened.members[offset][item.item] = item.answer(text: member[item: item.item])
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

    /// The field in which the answer to an item of this name lies; nil where there is none.
    private subscript(item name: String) -> String? {
        get {
            switch name {
            case "houseNumber": houseNumber
            case "houseCode": houseRegistrationCode
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch name {
            case "houseNumber": houseNumber = newValue
            case "houseCode": houseRegistrationCode = newValue
            default: break
            }
        }
    }
}

extension Member {
    fileprivate subscript(item name: String) -> String? {
        get {
            switch name {
            case "title": title
            case "firstName": firstName
            case "lastName": lastName
            case "citizenID": citizenID
            case Answers.birthDate: birthDate
            case "sex": sex
            case "relation": relation
            case "religion": religion
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch name {
            case "title": title = newValue
            case "firstName": firstName = newValue
            case "lastName": lastName = newValue
            case "citizenID": citizenID = newValue
            case Answers.birthDate: birthDate = newValue
            case "sex": sex = newValue
            case "relation": relation = newValue
            case "religion": religion = newValue
            default: break
            }
        }
    }
}

extension Questionnaire.Item {
    /// An answer that is a text by nature, to lie in a field of texts.
    fileprivate func text(of answer: Answer) -> String? {
        switch answer {
        case .text(let text), .choice(let text): text
        case .day(let day): day.iso
        case .yesNo, .number: nil
        }
    }

    /// The same back; nil where there is none.
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
    fileprivate init(_ answer: Answer, to item: Questionnaire.Item, at place: Int) {
        self.init()
        self.item = UInt32(place)
        switch answer {
        case .yesNo(let isYes): yes = isYes
        case .choice(let code):
            guard case .choice(let choices) = item.kind,
                let place = choices.firstIndex(where: { $0.code == code })
            else { preconditionFailure("an answer was stored that does not fit the form") }
            choice = UInt32(place)
        case .number(let value): number = value
        case .day(let value): day = Int64(value.daysSinceEpoch)
        case .text(let value): text = value
        }
    }

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
