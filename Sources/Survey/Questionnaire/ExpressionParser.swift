/// Reads the text of an expression; QUESTIONNAIRE.md has the grammar.
struct ExpressionParser {
    /// Parentheses and functions inside one another: deeper than anybody writes, and shallow enough
    /// for the smallest stack of a thread.
    static let depthMax = 20

    /// Of + - and *, which make a chain as deep as it is long.
    static let operatorCountMax = 40

    /// More than any condition has.
    static let byteCountMax = 4096

    private let tokens: [ExpressionToken]
    private var position = 0
    private var depth = 0
    private var operatorCount = 0

    static func parse(_ text: String) throws(QuestionnaireError) -> Expression {
        guard text.utf8.count <= byteCountMax else {
            throw ExpressionTokens.error(1, "longer than \(byteCountMax) bytes")
        }
        var parser = ExpressionParser(tokens: try ExpressionTokens.read(text))
        let expression = try parser.any()
        guard parser.token.kind == .end else {
            throw ExpressionTokens.error(
                parser.token.column,
                "the expression goes on after its end"
            )
        }
        return expression
    }

    private init(tokens: [ExpressionToken]) { self.tokens = tokens }

    private var token: ExpressionToken { tokens[position] }

    private mutating func any() throws(QuestionnaireError) -> Expression {
        var parts = [try all()]
        while take(.name("or")) { parts.append(try all()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func all() throws(QuestionnaireError) -> Expression {
        var parts = [try not()]
        while take(.name("and")) { parts.append(try not()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func not() throws(QuestionnaireError) -> Expression {
        var isNegated = false
        while take(.name("not")) { isNegated.toggle() }
        let expression = try comparison()
        return isNegated ? .not(expression) : expression
    }

    private mutating func comparison() throws(QuestionnaireError) -> Expression {
        let left = try sum()
        if take(.name("in")) { return .isOneOf(left, try list()) }
        guard case .symbol(let symbol) = token.kind,
            let comparison = Expression.Comparison(rawValue: symbol)
        else { return left }
        position += 1
        return .compare(left, comparison, try sum())
    }

    private mutating func list() throws(QuestionnaireError) -> [Expression] {
        try require(.symbol("("))
        var values = [try atom()]
        while take(.symbol(",")) { values.append(try atom()) }
        try require(.symbol(")"))
        return values
    }

    private mutating func sum() throws(QuestionnaireError) -> Expression {
        var left = try product()
        while true {
            if try takeOperator("+") {
                left = .add(left, try product())
            } else if try takeOperator("-") {
                left = .subtract(left, try product())
            } else {
                return left
            }
        }
    }

    private mutating func product() throws(QuestionnaireError) -> Expression {
        var left = try atom()
        while try takeOperator("*") { left = .multiply(left, try atom()) }
        return left
    }

    private mutating func atom() throws(QuestionnaireError) -> Expression {
        let start = token
        position += start.kind == .end ? 0 : 1
        switch start.kind {
        case .number(let number): return .number(number)
        case .code(let code): return .code(code)
        case .name("true"): return .truth(true)
        case .name("false"): return .truth(false)
        case .symbol("("):
            try enter(start.column)
            let inner = try any()
            try require(.symbol(")"))
            depth -= 1
            return inner
        case .name(let name):
            guard token.kind == .symbol("(") else { return .answer(name) }
            try enter(start.column)
            let expression = try function(name, start.column)
            depth -= 1
            return expression
        case .symbol(let symbol):
            throw ExpressionTokens.error(start.column, "a value is expected before \(symbol)")
        case .end: throw ExpressionTokens.error(start.column, "a value is missing at the end")
        }
    }

    private mutating func function(
        _ name: String,
        _ column: Int
    ) throws(QuestionnaireError) -> Expression {
        try require(.symbol("("))
        let expression: Expression
        switch name {
        case "every": expression = .every(try any(), where: try filter())
        case "some": expression = .some(try any(), where: try filter())
        case "count": expression = .count(try any())
        case "sum": expression = .sum(try sum(), where: try filter())
        case "answered": expression = .isAnswered(try item())
        case "distinct": expression = .distinct(try item())
        default: throw ExpressionTokens.error(column, "there is no function \(name)")
        }
        try require(.symbol(")"))
        return expression
    }

    private mutating func filter() throws(QuestionnaireError) -> Expression? {
        take(.name("where")) ? try any() : nil
    }

    private mutating func item() throws(QuestionnaireError) -> String {
        guard case .name(let name) = token.kind else {
            throw ExpressionTokens.error(token.column, "the name of an item is expected")
        }
        position += 1
        return name
    }

    /// Nothing follows a refusal, so that only what is read to its end is left again.
    private mutating func enter(_ column: Int) throws(QuestionnaireError) {
        depth += 1
        guard depth <= Self.depthMax else {
            throw ExpressionTokens.error(column, "deeper than \(Self.depthMax)")
        }
    }

    private mutating func takeOperator(_ symbol: String) throws(QuestionnaireError) -> Bool {
        let column = token.column
        guard take(.symbol(symbol)) else { return false }
        operatorCount += 1
        guard operatorCount <= Self.operatorCountMax else {
            throw ExpressionTokens.error(column, "more than \(Self.operatorCountMax) of + - *")
        }
        return true
    }

    private mutating func take(_ kind: ExpressionToken.Kind) -> Bool {
        guard token.kind == kind else { return false }
        position += 1
        return true
    }

    private mutating func require(_ kind: ExpressionToken.Kind) throws(QuestionnaireError) {
        guard take(kind) else {
            guard case .symbol(let symbol) = kind else { preconditionFailure("only symbols") }
            throw ExpressionTokens.error(token.column, "\(symbol) is expected")
        }
    }
}
