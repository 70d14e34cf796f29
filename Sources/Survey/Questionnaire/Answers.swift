/// One answer.
package enum Answer: Sendable, Hashable {
    case yesNo(Bool)
    /// The code of the choice.
    case choice(String)
    case number(Int64)
    case day(Day)
    case text(String)
}

/// What one household answered.
package struct Answers: Sendable, Hashable {
    /// By the item's name; what is missing was not answered.
    package var household: [String: Answer]
    /// The roster, in its order.
    package var members: [[String: Answer]]

    package init(household: [String: Answer] = [:], members: [[String: Answer]] = []) {
        self.household = household
        self.members = members
    }

    /// The item from which ages follow.
    package static let birthDate = "birthDate"
}

/// Where an answer stands: in the household, or with one of its members.
package enum AnswerPlace: Sendable, Hashable {
    case household
    /// 0-based, in the roster's order.
    case member(Int)
}
