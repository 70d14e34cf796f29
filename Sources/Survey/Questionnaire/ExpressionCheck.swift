/// Refuses an expression that names what is not there or compares what cannot be compared, so that
/// computing one later cannot fail.
struct ExpressionCheck {
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
        switch expression {
        case .truth, .isAnswered, .distinct, .answer:
            guard try kind(expression, unit) == .truth else {
                throw Self.wrong("\(expression.text) is no condition")
            }
        case .not(let inner): try condition(inner, of: unit)
        case .all(let parts), .any(let parts):
            for part in parts { try condition(part, of: unit) }
        case .compare(let left, let comparison, let right):
            try compare(left, comparison, right, unit)
        case .isOneOf(let left, let values):
            for value in values { try compare(left, .equal, value, unit) }
        case .every(let body, let filter), .some(let body, let filter):
            try condition(body, of: .member)
            if let filter { try condition(filter, of: .member) }
        case .number, .code, .add, .subtract, .multiply, .count, .sum:
            throw Self.wrong("\(expression.text) is no condition")
        }
    }

    private func compare(
        _ left: Expression,
        _ comparison: Expression.Comparison,
        _ right: Expression,
        _ unit: Questionnaire.Unit
    ) throws(QuestionnaireError) {
        switch (try kind(left, unit), right) {
        case (.choice(let codes), .code(let code)):
            guard comparison == .equal || comparison == .notEqual else {
                throw Self.wrong("choices have no order: \(left.text) \(comparison.rawValue)")
            }
            guard codes.contains(code) else {
                throw Self.wrong("\(left.text) has no choice \"\(code)\"")
            }
        case (.number, _):
            guard try kind(right, unit) == .number else {
                throw Self.wrong("\(left.text) is a number and \(right.text) is none")
            }
        default:
            throw Self.wrong("\(left.text) cannot be compared with \(right.text)")
        }
    }

    private func kind(
        _ expression: Expression,
        _ unit: Questionnaire.Unit
    ) throws(QuestionnaireError) -> Kind {
        switch expression {
        case .number: return .number
        case .truth: return .truth
        case .code(let code): throw Self.wrong("\"\(code)\" stands alone")
        case .answer(let name): return try kind(name, unit)
        case .isAnswered(let name):
            _ = try kind(name, unit)
            return .truth
        case .distinct(let name):
            _ = try kind(name, .member)
            return .truth
        case .add(let left, let right), .subtract(let left, let right),
            .multiply(let left, let right):
            for side in [left, right] where try kind(side, unit) != .number {
                throw Self.wrong("\(side.text) is no number")
            }
            return .number
        case .count(let body):
            try condition(body, of: .member)
            return .number
        case .sum(let body):
            guard try kind(body, .member) == .number else {
                throw Self.wrong("\(body.text) is no number")
            }
            return .number
        case .not, .all, .any, .compare, .isOneOf, .every, .some:
            try condition(expression, of: unit)
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
        guard let item = items[name] else { throw Self.wrong("there is no item \(name)") }
        guard unit == .member || item.unit == .household else {
            throw Self.wrong("\(name) is asked of members, and this is about the household")
        }
        switch item.kind {
        case .yesNo: return .truth
        case .choice(let choices): return .choice(choices.map(\.code))
        case .number: return .number
        case .day, .text: return .other
        }
    }

    private static func wrong(_ reason: String) -> QuestionnaireError {
        QuestionnaireError(.expressionWrong, reason)
    }
}

extension Expression {
    /// As it is written in a document, up to parentheses.
    package var text: String {
        switch self {
        case .truth(let value): "\(value)"
        case .number(let value): "\(value)"
        case .code(let code): "\"\(code)\""
        case .answer(let name): name
        case .isAnswered(let name): "answered(\(name))"
        case .not(let inner): "not (\(inner.text))"
        case .all(let parts): parts.map { "(\($0.text))" }.joined(separator: " and ")
        case .any(let parts): parts.map { "(\($0.text))" }.joined(separator: " or ")
        case .compare(let left, let comparison, let right):
            "\(left.text) \(comparison.rawValue) \(right.text)"
        case .isOneOf(let left, let values):
            "\(left.text) in (\(values.map(\.text).joined(separator: ", ")))"
        case .add(let left, let right): "(\(left.text) + \(right.text))"
        case .subtract(let left, let right): "(\(left.text) - \(right.text))"
        case .multiply(let left, let right): "(\(left.text) * \(right.text))"
        case .every(let body, let filter): "every(\(Self.text(body, filter)))"
        case .some(let body, let filter): "some(\(Self.text(body, filter)))"
        case .count(let body): "count(\(body.text))"
        case .sum(let body): "sum(\(body.text))"
        case .distinct(let name): "distinct(\(name))"
        }
    }

    private static func text(_ body: Expression, _ filter: Expression?) -> String {
        filter.map { "\(body.text) where \($0.text)" } ?? body.text
    }
}
