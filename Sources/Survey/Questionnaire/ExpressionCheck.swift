/// Refuses an expression that names what is not there or compares what cannot be compared, so that
/// computing one later cannot fail.
struct ExpressionCheck {
    /// What an expression is about.
    private struct Place {
        let unit: Questionnaire.Unit
        /// Within every, some, count or sum: another there would take members squared, and so on.
        let isOverMembers: Bool
    }

    private enum Kind: Equatable {
        case truth
        case number
        case choice([String])
        /// Days and texts can be answered and differ, and nothing else.
        case other
    }

    private let items: [String: Questionnaire.Item]

    init(items: [String: Questionnaire.Item]) { self.items = items }

    /// Checks a condition about the household or about one member.
    func condition(
        _ expression: Expression,
        of unit: Questionnaire.Unit
    ) throws(QuestionnaireError) {
        try condition(expression, Place(unit: unit, isOverMembers: false))
    }

    private func condition(
        _ expression: Expression,
        _ place: Place
    ) throws(QuestionnaireError) {
        switch expression {
        case .truth, .isAnswered, .distinct, .answer:
            guard try kind(expression, place) == .truth else {
                throw Self.wrong("\(expression.text) is no condition")
            }
        case .not(let inner): try condition(inner, place)
        case .all(let parts), .any(let parts):
            for part in parts { try condition(part, place) }
        case .compare(let left, let comparison, let right):
            try compare(left, try kind(left, place), comparison, right, place)
        case .isOneOf(let left, let values):
            let kind = try kind(left, place)
            for value in values { try compare(left, kind, .equal, value, place) }
        case .every(let body, let filter), .some(let body, let filter):
            let members = try overMembers(expression, place)
            try condition(body, members)
            if let filter { try condition(filter, members) }
        case .number, .code, .add, .subtract, .multiply, .count, .sum:
            throw Self.wrong("\(expression.text) is no condition")
        }
    }

    private func overMembers(
        _ expression: Expression,
        _ place: Place
    ) throws(QuestionnaireError) -> Place {
        guard !place.isOverMembers else {
            throw Self.wrong("\(expression.text) stands inside another that is over the members")
        }
        return Place(unit: .member, isOverMembers: true)
    }

    private func compare(
        _ left: Expression,
        _ kind: Kind,
        _ comparison: Expression.Comparison,
        _ right: Expression,
        _ place: Place
    ) throws(QuestionnaireError) {
        switch (kind, right) {
        case (.choice(let codes), .code(let code)):
            guard comparison == .equal || comparison == .notEqual else {
                throw Self.wrong("choices have no order: \(left.text) \(comparison.rawValue)")
            }
            guard codes.contains(code) else {
                throw Self.wrong("\(left.text) has no choice \"\(code)\"")
            }
        case (.number, _):
            guard try self.kind(right, place) == .number else {
                throw Self.wrong("\(left.text) is a number and \(right.text) is none")
            }
        default:
            throw Self.wrong("\(left.text) cannot be compared with \(right.text)")
        }
    }

    private func kind(
        _ expression: Expression,
        _ place: Place
    ) throws(QuestionnaireError) -> Kind {
        switch expression {
        case .number: return .number
        case .truth: return .truth
        case .code(let code): throw Self.wrong("\"\(code)\" stands alone")
        case .answer(let name): return try kind(name, place.unit)
        case .isAnswered(let name):
            _ = try item(name, place.unit)
            return .truth
        case .distinct(let name):
            let members = try overMembers(expression, place)
            guard try item(name, members.unit).unit == .member else {
                throw Self.wrong("\(name) is asked of the household, and differs from nothing")
            }
            return .truth
        case .add(let left, let right), .subtract(let left, let right),
            .multiply(let left, let right):
            for side in [left, right] where try kind(side, place) != .number {
                throw Self.wrong("\(side.text) is no number")
            }
            return .number
        case .count(let body):
            try condition(body, try overMembers(expression, place))
            return .number
        case .sum(let body, let filter):
            let members = try overMembers(expression, place)
            guard try kind(body, members) == .number else {
                throw Self.wrong("\(body.text) is no number")
            }
            if let filter { try condition(filter, members) }
            return .number
        case .not, .all, .any, .compare, .isOneOf, .every, .some:
            try condition(expression, place)
            return .truth
        }
    }

    private func kind(
        _ name: String,
        _ unit: Questionnaire.Unit
    ) throws(QuestionnaireError) -> Kind {
        if let figure = DerivedFigure(rawValue: name) {
            guard unit == .member || !figure.isOfMember else {
                throw Self.wrong("\(name) is of a member, and this is about the household")
            }
            return .number
        }
        switch try item(name, unit).kind {
        case .yesNo: return .truth
        case .choice(let choices): return .choice(choices.map(\.code))
        case .number: return .number
        case .day, .text, .citizenID: return .other
        }
    }

    private func item(
        _ name: String,
        _ unit: Questionnaire.Unit
    ) throws(QuestionnaireError) -> Questionnaire.Item {
        guard let item = items[name] else { throw Self.wrong("there is no item \(name)") }
        guard unit == .member || item.unit == .household else {
            throw Self.wrong("\(name) is asked of members, and this is about the household")
        }
        return item
    }

    private static func wrong(_ reason: String) -> QuestionnaireError {
        QuestionnaireError(.expressionWrong, reason)
    }
}
