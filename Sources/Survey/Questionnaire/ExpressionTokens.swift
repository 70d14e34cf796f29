/// A word of an expression, and where it begins.
struct ExpressionToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case name(String)
        case number(Int64)
        case code(String)
        case symbol(String)
        case end
    }

    let kind: Kind
    /// 1-based, in characters.
    let column: Int
}

/// An expression's text taken apart.
struct ExpressionTokens {
    private static let symbols = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*"]

    private let text: [UInt8]
    private var position = 0

    private init(_ text: String) { self.text = Array(text.utf8) }

    static func read(_ text: String) throws(QuestionnaireError) -> [ExpressionToken] {
        var tokens = ExpressionTokens(text)
        var found: [ExpressionToken] = []
        while true {
            let token = try tokens.next()
            found.append(token)
            if token.kind == .end { return found }
        }
    }

    private mutating func next() throws(QuestionnaireError) -> ExpressionToken {
        while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
        let column = position + 1
        guard position < text.count else { return ExpressionToken(kind: .end, column: column) }
        let byte = text[position]
        if Self.isLetter(byte) {
            let name = take { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: ".") }
            return ExpressionToken(kind: .name(name), column: column)
        }
        if Self.isDigit(byte) {
            let digits = take(while: Self.isDigit)
            guard let number = Int64(digits) else {
                throw Self.error(column, "\(digits) is too large a number")
            }
            return ExpressionToken(kind: .number(number), column: column)
        }
        if byte == UInt8(ascii: "\"") {
            position += 1
            let code = take { Self.isLetter($0) || Self.isDigit($0) }
            guard position < text.count, text[position] == UInt8(ascii: "\""), !code.isEmpty else {
                throw Self.error(column, "a choice's code is letters and digits between quotes")
            }
            position += 1
            return ExpressionToken(kind: .code(code), column: column)
        }
        for symbol in Self.symbols where text[position...].starts(with: symbol.utf8) {
            position += symbol.utf8.count
            return ExpressionToken(kind: .symbol(symbol), column: column)
        }
        throw Self.error(column, "this character belongs to no expression")
    }

    private mutating func take(while belongs: (UInt8) -> Bool) -> String {
        let start = position
        while position < text.count, belongs(text[position]) { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    static func error(_ column: Int, _ reason: String) -> QuestionnaireError {
        QuestionnaireError(.expressionMalformed, "column \(column): \(reason)")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
