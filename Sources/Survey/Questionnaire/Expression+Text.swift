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
        case .sum(let body, let filter): "sum(\(Self.text(body, filter)))"
        case .distinct(let name): "distinct(\(name))"
        }
    }

    private static func text(_ body: Expression, _ filter: Expression?) -> String {
        filter.map { "\(body.text) where \($0.text)" } ?? body.text
    }

    /// Whether some part of it is about the members together.
    var isOverMembers: Bool {
        switch self {
        case .every, .some, .count, .sum, .distinct: true
        case .truth, .number, .code, .answer, .isAnswered: false
        case .not(let inner): inner.isOverMembers
        case .all(let parts), .any(let parts): parts.contains(where: \.isOverMembers)
        case .compare(let left, _, let right), .add(let left, let right),
            .subtract(let left, let right), .multiply(let left, let right):
            left.isOverMembers || right.isOverMembers
        case .isOneOf(let left, let values):
            left.isOverMembers || values.contains(where: \.isOverMembers)
        }
    }

    /// The items it asks about, each once, in the order of the text.
    package var itemNames: [String] {
        var names: [String] = []
        for name in allNames where !names.contains(name) { names.append(name) }
        return names
    }

    private var allNames: [String] {
        switch self {
        case .truth, .number, .code: []
        case .answer(let name), .isAnswered(let name), .distinct(let name): [name]
        case .not(let inner), .count(let inner): inner.allNames
        case .all(let parts), .any(let parts): parts.flatMap(\.allNames)
        case .compare(let left, _, let right), .add(let left, let right),
            .subtract(let left, let right), .multiply(let left, let right):
            left.allNames + right.allNames
        case .isOneOf(let left, let values): left.allNames + values.flatMap(\.allNames)
        case .every(let body, let filter), .some(let body, let filter), .sum(let body, let filter):
            body.allNames + (filter?.allNames ?? [])
        }
    }
}
