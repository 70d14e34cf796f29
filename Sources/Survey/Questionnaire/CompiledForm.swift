/// A form as numbers: what judging a household looks at instead of names and expressions.
///
/// Made once for a questionnaire. An import judges thousands of households a second on all cores, and
/// walking the expressions themselves means looking names up and counting references to shared parts
/// at every step. So items and nodes are plain numbers.
struct CompiledForm: Sendable {
    /// An item, by its place in the form.
    struct Item: Sendable {
        let isOfHousehold: Bool
        let isOptional: Bool
        let kind: AnswerSlot.Kind
        /// Of a number.
        let bounds: ClosedRange<Int64>
        /// The condition under which it is asked; nil where it always is.
        let asked: Int?
        let isCitizenID: Bool
        /// Where the schema has a field for the answer.
        let field: SealedField?
    }

    /// One part of an expression; `first` and `second` are parts, items, or a range of `operands`.
    struct Node: Sendable {
        enum Code: UInt8, Sendable {
            case truth, not, all, any, every, some
            case isYes, isAnswered, isDistinct, isChosen, isOneOf, compares
            case number, answer, age, ageMonths, memberCount, unknown
            case add, subtract, multiply, count, sum
        }

        let code: Code
        var comparison = Expression.Comparison.equal
        var first = 0
        /// -1 where there is none.
        var second = -1
        var value: Int64 = 0
    }

    /// What an indicator or a contradiction asks.
    struct Rule: Sendable {
        let isOfHousehold: Bool
        /// Of a contradiction: what is found.
        let condition: Int
        /// Of an indicator: who is asked about.
        let scope: Int
    }

    private(set) var items: [Item] = []
    private(set) var nodes: [Node] = []
    private(set) var operands: [Int] = []
    /// The expression of each node, for explanations.
    private(set) var sources: [Expression] = []
    private(set) var indicators: [Rule] = []
    private(set) var contradictions: [Rule] = []
    /// Of each unit, the places of its items in the order of their names.
    let byName: (household: [Int], member: [Int])
    let names: [String]
    /// Of each item, the codes of its choices.
    let codes: [[String]]
    let birthDate: Int?
    private let places: [String: Int]

    init(
        items: [Questionnaire.Item],
        indicators: [Questionnaire.Indicator],
        contradictions: [Questionnaire.Contradiction]
    ) {
        places = Dictionary(
            items.indices.map { (items[$0].item, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        birthDate = places[Answers.birthDate]
        names = items.map(\.item)
        codes = items.map { item in
            guard case .choice(let choices) = item.kind else { return [] }
            return choices.map(\.code)
        }
        let sorted = items.indices.sorted { items[$0].item < items[$1].item }
        byName = (
            sorted.filter { items[$0].unit == .household },
            sorted.filter { items[$0].unit == .member }
        )
        for item in items {
            var bounds: ClosedRange<Int64> = 0...0
            if case .number(let range, _) = item.kind { bounds = range }
            let asked = item.asked == .truth(true) ? nil : compile(item.asked, items)
            self.items.append(
                Item(
                    isOfHousehold: item.unit == .household,
                    isOptional: item.isOptional,
                    kind: AnswerSlot.Kind(item.kind),
                    bounds: bounds,
                    asked: asked,
                    isCitizenID: item.kind == .citizenID,
                    field: SealedField(item)
                )
            )
        }
        for indicator in indicators {
            let scope = compile(indicator.scope, items)
            self.indicators.append(
                Rule(
                    isOfHousehold: indicator.unit == .household,
                    condition: compile(indicator.pass, items),
                    scope: scope
                )
            )
        }
        for contradiction in contradictions {
            let found = compile(contradiction.found, items)
            self.contradictions.append(
                Rule(
                    isOfHousehold: contradiction.unit == .household,
                    condition: found,
                    scope: found
                )
            )
        }
    }

    func place(_ name: String) -> Int? { places[name] }

    // MARK: compiling

    private mutating func add(_ node: Node, _ source: Expression) -> Int {
        nodes.append(node)
        sources.append(source)
        return nodes.count - 1
    }

    /// As a node's `first` and `value`: so many operands from there on.
    private mutating func list(_ numbers: [Int]) -> (first: Int, value: Int64) {
        operands += numbers
        return (operands.count - numbers.count, Int64(numbers.count))
    }

    /// A condition; the form was checked, so nothing else stands where one is asked for.
    private mutating func compile(_ source: Expression, _ items: [Questionnaire.Item]) -> Int {
        switch source {
        case .truth(let value): return add(Node(code: .truth, value: value ? 1 : 0), source)
        case .not(let inner):
            return add(Node(code: .not, first: compile(inner, items)), source)
        case .all(let parts), .any(let parts):
            let isAll = if case .all = source { true } else { false }
            let (first, count) = list(parts.map { compile($0, items) })
            return add(Node(code: isAll ? .all : .any, first: first, value: count), source)
        case .every(let body, let filter), .some(let body, let filter):
            let isAll = if case .every = source { true } else { false }
            return add(
                Node(
                    code: isAll ? .every : .some,
                    first: compile(body, items),
                    second: filter.map { compile($0, items) } ?? -1
                ),
                source
            )
        case .answer(let name): return about(name, .isYes, source)
        case .isAnswered(let name): return about(name, .isAnswered, source)
        case .distinct(let name): return about(name, .isDistinct, source)
        case .isOneOf(.answer(let name), let values) where isChoice(name, items):
            return chosen(name, values, items, isNegated: false, source)
        case .compare(.answer(let name), let comparison, .code(let code)):
            return chosen(
                name,
                [.code(code)],
                items,
                isNegated: comparison != .equal,
                source
            )
        case .isOneOf(let left, let values):
            let (first, count) = list(values.map { number($0, items) })
            return add(
                Node(code: .isOneOf, first: first, second: number(left, items), value: count),
                source
            )
        case .compare(let left, let comparison, let right):
            return add(
                Node(
                    code: .compares,
                    comparison: comparison,
                    first: number(left, items),
                    second: number(right, items)
                ),
                source
            )
        case .number, .code, .add, .subtract, .multiply, .count, .sum:
            preconditionFailure("\(source.text) is no condition")
        }
    }

    private mutating func about(
        _ name: String,
        _ code: Node.Code,
        _ source: Expression
    ) -> Int {
        guard let place = places[name] else { return add(Node(code: .unknown), source) }
        return add(Node(code: code, first: place), source)
    }

    private func isChoice(_ name: String, _ items: [Questionnaire.Item]) -> Bool {
        guard let place = places[name], case .choice = items[place].kind else { return false }
        return true
    }

    /// By the places of the choices; `comparison` says whether it is one of them that is asked for.
    private mutating func chosen(
        _ name: String,
        _ values: [Expression],
        _ items: [Questionnaire.Item],
        isNegated: Bool,
        _ source: Expression
    ) -> Int {
        guard let place = places[name], case .choice(let choices) = items[place].kind else {
            return add(Node(code: .unknown), source)
        }
        let meant = choices.indices.filter { values.contains(.code(choices[$0].code)) }
        let (first, count) = list(meant)
        return add(
            Node(
                code: .isChosen,
                comparison: isNegated ? .notEqual : .equal,
                first: place,
                second: first,
                value: count
            ),
            source
        )
    }

    private mutating func number(_ source: Expression, _ items: [Questionnaire.Item]) -> Int {
        switch source {
        case .number(let value): return add(Node(code: .number, value: value), source)
        case .answer(let name):
            switch DerivedFigure(rawValue: name) {
            case .age: return add(Node(code: .age), source)
            case .ageMonths: return add(Node(code: .ageMonths), source)
            case .memberCount: return add(Node(code: .memberCount), source)
            case nil: break
            }
            guard let place = places[name], case .number = items[place].kind else {
                return add(Node(code: .unknown), source)
            }
            return add(Node(code: .answer, first: place), source)
        case .add(let left, let right): return pair(.add, left, right, items, source)
        case .subtract(let left, let right): return pair(.subtract, left, right, items, source)
        case .multiply(let left, let right): return pair(.multiply, left, right, items, source)
        case .count(let body):
            return add(Node(code: .count, first: compile(body, items)), source)
        case .sum(let body, let filter):
            let first = number(body, items)
            let second = filter.map { compile($0, items) } ?? -1
            return add(Node(code: .sum, first: first, second: second), source)
        default: preconditionFailure("\(source.text) is no number")
        }
    }

    private mutating func pair(
        _ code: Node.Code,
        _ left: Expression,
        _ right: Expression,
        _ items: [Questionnaire.Item],
        _ source: Expression
    ) -> Int {
        let first = number(left, items)
        let second = number(right, items)
        return add(Node(code: code, first: first, second: second), source)
    }
}
