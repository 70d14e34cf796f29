package import Survey

/// What was typed into the form of a household, as it was typed: half of it may be wrong or missing.
///
/// The names of its fields are part of links and of tests: a frame's field by its own name,
/// `h.q4.1` for an answer of the household, `m2.q7.1` for one of the second member.
package struct HouseholdEntry: Sendable, Hashable, Codable {
    /// What stands around the answers.
    package enum Frame: String, Sendable, CaseIterable, Codable {
        case household, village, lao, interviewedOn, collector, questionnaire, address, occurredOn
        /// Of a correction.
        case reason
    }

    package var cycle: String
    private var frame: [String: String] = [:]
    /// By the items' names; what is empty is left out.
    package private(set) var household: [String: String] = [:]
    /// The roster, in its order.
    package private(set) var members: [[String: String]]

    package init(cycle: String, memberCount: Int = 1) {
        self.cycle = cycle
        members = Array(repeating: [:], count: memberCount)
    }

    package subscript(_ field: Frame) -> String {
        get { frame[field.rawValue] ?? "" }
        set { frame[field.rawValue] = newValue.isEmpty ? nil : newValue }
    }

    package subscript(_ item: String, _ place: AnswerPlace) -> String {
        get {
            switch place {
            case .household: household[item] ?? ""
            case .member(let index): members[index][item] ?? ""
            }
        }
        set {
            let value = newValue.isEmpty ? nil : newValue
            switch place {
            case .household: household[item] = value
            case .member(let index): members[index][item] = value
            }
        }
    }

    package mutating func addMember() {
        if members.count < Questionnaire.memberCountMax { members.append([:]) }
    }

    /// A household has somebody in it.
    package mutating func removeMember(_ index: Int) {
        guard members.count > 1, members.indices.contains(index) else { return }
        members.remove(at: index)
    }
}

/// A field of the form.
package enum EntryField: Sendable, Hashable {
    case frame(HouseholdEntry.Frame)
    case answer(String, AnswerPlace)

    /// Its name in the form, and its id in the page.
    package var name: String {
        switch self {
        case .frame(let field): field.rawValue
        case .answer(let item, .household): "h.\(item)"
        case .answer(let item, .member(let index)): "m\(index + 1).\(item)"
        }
    }

    /// Nil for a name that no field of this form has.
    package init?(name: String, _ form: Questionnaire, memberCount: Int) {
        if let field = HouseholdEntry.Frame(rawValue: name) {
            self = .frame(field)
            return
        }
        guard let stop = name.firstIndex(of: ".") else { return nil }
        let (head, item) = (name[..<stop], String(name[stop...].dropFirst()))
        guard let unit = form.item(item)?.unit else { return nil }
        if head == "h", unit == .household {
            self = .answer(item, .household)
        } else if head.first == "m", unit == .member, let number = Int(head.dropFirst()),
            head == "m\(number)", (1...max(1, memberCount)).contains(number)
        {
            self = .answer(item, .member(number - 1))
        } else {
            return nil
        }
    }
}

/// Why what was sent is no form of a household; a field's own fault is told beside it instead.
package enum EntryFault: Error, Sendable, Hashable {
    case fieldUnknown, membersTooMany, valueTooLong
}

extension HouseholdEntry {
    /// More than any answer has; what is longer was not typed into the form.
    package static let valueByteCountMax = 2_000

    /// Reads the fields of a form that was sent; `members` is how many it has.
    package init(
        _ fields: [(name: String, value: String)],
        cycle: String,
        memberCount: Int,
        _ form: Questionnaire
    ) throws(EntryFault) {
        guard (1...Questionnaire.memberCountMax).contains(memberCount) else {
            throw .membersTooMany
        }
        self.init(cycle: cycle, memberCount: memberCount)
        for (name, value) in fields {
            guard value.utf8.count <= Self.valueByteCountMax else { throw .valueTooLong }
            guard let field = EntryField(name: name, form, memberCount: memberCount) else {
                throw .fieldUnknown
            }
            let typed = Self.trimmed(value)
            switch field {
            case .frame(let field): self[field] = typed
            case .answer(let item, let place): self[item, place] = typed
            }
        }
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// The form filled with what was answered, as somebody would have typed it.
    package init(cycle: String, _ answers: Answers, _ language: PageLanguage) {
        self.init(cycle: cycle, memberCount: max(1, answers.members.count))
        for (item, answer) in answers.household {
            self[item, .household] = Self.typed(answer, language)
        }
        for (index, member) in answers.members.enumerated() {
            for (item, answer) in member {
                self[item, .member(index)] = Self.typed(answer, language)
            }
        }
    }

    private static func typed(_ answer: Answer, _ language: PageLanguage) -> String {
        switch answer {
        case .yesNo(let isYes): isYes ? "yes" : "no"
        case .choice(let code): code
        case .number(let number): "\(number)"
        case .day(let day): typed(day, language)
        case .text(let text): text
        }
    }

    /// `15/1/2561` for Thais; the form reads either.
    package static func typed(_ day: Day, _ language: PageLanguage) -> String {
        guard language == .th else { return day.iso }
        return "\(day.day)/\(day.month)/\(day.year + ThaiDate.buddhistOffset)"
    }
}
