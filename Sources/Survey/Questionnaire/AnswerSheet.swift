/// One answer by numbers alone; a text lies beside, in its sheet.
struct AnswerSlot: Sendable, Equatable {
    enum Kind: UInt8, Sendable {
        /// Not answered.
        case none
        case yesNo, choice, number, day, text
        /// Something was answered that is no answer to such an item.
        case misfit
    }

    var kind = Kind.none
    /// Yes is 1; a choice is its place in the list, and -1 where it is not there; a day counts from
    /// 1970-01-01; a text is its place among the sheet's.
    var value: Int64 = 0
}

/// What one household answered, by the places of a form's items: what is judged, hashed and sealed.
///
/// The same as `Answers`, without a name or a code in it: an import handles 150 answers a household,
/// which as dictionaries would be looked up by name at every step.
package struct AnswerSheet: Sendable {
    package let form: Questionnaire
    package private(set) var memberCount: Int
    private let itemCount: Int
    /// The household's items, then those of each member; an item of the other unit stays empty.
    private var slots: [AnswerSlot]
    private(set) var texts: [String] = []
    /// Answers to what the form does not ask there.
    private(set) var strangers: [AnswerProblem] = []

    /// Nothing answered yet.
    package init(_ form: Questionnaire, memberCount: Int) {
        self.form = form
        self.memberCount = memberCount
        itemCount = form.items.count
        slots = Array(repeating: AnswerSlot(), count: (1 + memberCount) * itemCount)
    }

    /// The same answers, whether they fit or not.
    package init(_ answers: Answers, _ form: Questionnaire) {
        self.init(form, memberCount: answers.members.count)
        fill(answers.household, row: 0)
        for (index, member) in answers.members.enumerated() { fill(member, row: 1 + index) }
    }

    private mutating func fill(_ answers: [String: Answer], row: Int) {
        for (name, answer) in answers {
            guard let place = form.compiled.place(name),
                form.compiled.items[place].isOfHousehold == (row == 0)
            else {
                strangers.append(AnswerProblem(.unknownItem, name, Self.place(ofRow: row)))
                continue
            }
            set(answer, place, row: row)
        }
    }

    private mutating func set(_ answer: Answer, _ place: Int, row: Int) {
        switch (form.items[place].kind, answer) {
        case (.yesNo, .yesNo(let isYes)): put(.yesNo, isYes ? 1 : 0, place, row: row)
        case (.choice(let choices), .choice(let code)):
            let choice = choices.firstIndex { $0.code == code } ?? -1
            put(.choice, Int64(choice), place, row: row)
        case (.number, .number(let number)): put(.number, number, place, row: row)
        case (.day, .day(let day)): put(.day, Int64(day.daysSinceEpoch), place, row: row)
        case (.text, .text(let text)), (.citizenID, .text(let text)): put(text, place, row: row)
        default: put(.misfit, 0, place, row: row)
        }
    }

    private mutating func put(
        _ kind: AnswerSlot.Kind,
        _ value: Int64,
        _ place: Int,
        row: Int
    ) {
        slots[row * itemCount + place] = AnswerSlot(kind: kind, value: value)
    }

    private mutating func put(_ text: String, _ place: Int, row: Int) {
        put(.text, Int64(texts.count), place, row: row)
        texts.append(text)
    }

    // MARK: reading

    /// Row 0 is the household, row 1 the first member.
    func slot(_ place: Int, row: Int) -> AnswerSlot { slots[row * itemCount + place] }

    func text(_ slot: AnswerSlot) -> String { texts[Int(slot.value)] }

    static func place(ofRow row: Int) -> AnswerPlace { row == 0 ? .household : .member(row - 1) }

    /// Whether the same was answered to an item of the household.
    package func agrees(with other: AnswerSheet, at place: Int) -> Bool {
        let (mine, its) = (slot(place, row: 0), other.slot(place, row: 0))
        guard mine.kind == .text, its.kind == .text else { return mine == its }
        return text(mine) == other.text(its)
    }

    package func isAnswered(_ place: Int) -> Bool { slot(place, row: 0).kind != .none }

    // MARK: a sheet that is filled from rows

    /// Answers an item: of the household, or of the last member.
    package mutating func answer(_ place: Int, yes: Bool) {
        put(.yesNo, yes ? 1 : 0, place, row: row(of: place))
    }

    package mutating func answer(_ place: Int, choice: Int) {
        put(.choice, Int64(choice), place, row: row(of: place))
    }

    package mutating func answer(_ place: Int, number: Int64) {
        put(.number, number, place, row: row(of: place))
    }

    package mutating func answer(_ place: Int, day: Day) {
        put(.day, Int64(day.daysSinceEpoch), place, row: row(of: place))
    }

    package mutating func answer(_ place: Int, text: String) {
        put(text, place, row: row(of: place))
    }

    private func row(of place: Int) -> Int {
        form.compiled.items[place].isOfHousehold ? 0 : memberCount
    }

    /// Takes the members of another sheet of the same form behind its own.
    package mutating func append(membersOf other: AnswerSheet) {
        precondition(form === other.form, "sheets are of one form")
        for slot in other.slots[itemCount...] {
            var slot = slot
            if slot.kind == .text {
                texts.append(other.text(slot))
                slot.value = Int64(texts.count - 1)
            }
            slots.append(slot)
        }
        memberCount += other.memberCount
    }

    /// By the items' names; of a sheet whose answers fit.
    package var answers: Answers {
        var answers = Answers(members: Array(repeating: [:], count: memberCount))
        for (place, item) in form.items.enumerated() {
            for row in item.unit == .household ? 0...0 : 1...max(1, memberCount)
            where row <= memberCount {
                guard let answer = answer(item, slot(place, row: row)) else { continue }
                if row == 0 {
                    answers.household[item.item] = answer
                } else {
                    answers.members[row - 1][item.item] = answer
                }
            }
        }
        return answers
    }

    private func answer(_ item: Questionnaire.Item, _ slot: AnswerSlot) -> Answer? {
        switch (slot.kind, item.kind) {
        case (.yesNo, _): .yesNo(slot.value == 1)
        case (.choice, .choice(let choices)) where choices.indices.contains(Int(slot.value)):
            .choice(choices[Int(slot.value)].code)
        case (.number, _): .number(slot.value)
        case (.day, _): .day(Day(daysSinceEpoch: Int32(truncatingIfNeeded: slot.value)))
        case (.text, _): .text(text(slot))
        default: nil
        }
    }
}

extension AnswerSlot.Kind {
    init(_ kind: Questionnaire.Item.Kind) {
        self =
            switch kind {
            case .yesNo: .yesNo
            case .choice: .choice
            case .number: .number
            case .day: .day
            case .text, .citizenID: .text
            }
    }
}
