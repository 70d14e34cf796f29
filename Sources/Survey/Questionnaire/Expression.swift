/// A condition or a sum over a household's answers, as an edition states it in text.
///
/// Small on purpose: no loops, no names of its own, no division, so that every expression ends, and
/// has one value whoever computes it. QUESTIONNAIRE.md has the grammar.
package indirect enum Expression: Sendable, Hashable {
    case truth(Bool)
    case number(Int64)
    /// The code of a choice.
    case code(String)
    /// What was answered to an item, or a figure that follows from the roster.
    case answer(String)
    case isAnswered(String)
    case not(Expression)
    case all([Expression])
    case any([Expression])
    case compare(Expression, Comparison, Expression)
    case isOneOf(Expression, [Expression])
    case add(Expression, Expression)
    case subtract(Expression, Expression)
    case multiply(Expression, Expression)
    /// Over the members for whom the second condition holds.
    case every(Expression, where: Expression?)
    case some(Expression, where: Expression?)
    case count(Expression)
    /// Over the members for whom the condition holds.
    case sum(Expression, where: Expression?)
    /// No two members have the same answer.
    case distinct(String)

    package enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }
}

/// What is known without being asked.
package enum DerivedFigure: String, Sendable, CaseIterable {
    /// Whole years of a member at the cycle's reference date.
    case age
    /// Whole months of a member at the reference date.
    case ageMonths
    /// How many members the household has.
    case memberCount

    var isOfMember: Bool { self != .memberCount }

    package var wording: Questionnaire.Wording {
        switch self {
        case .age: Questionnaire.Wording(th: "อายุ", en: "Age")
        case .ageMonths: Questionnaire.Wording(th: "อายุเป็นเดือน", en: "Age in months")
        case .memberCount:
            Questionnaire.Wording(th: "จำนวนสมาชิก", en: "Number of members")
        }
    }
}
