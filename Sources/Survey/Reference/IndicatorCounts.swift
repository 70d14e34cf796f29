/// Why counts do not form a household's answers.
package enum IndicatorCountsProblem: Error, Hashable, Sendable {
    /// No digits, more than 40, or not as many failing as in scope.
    case wrongLength
    /// A character that is not 0-9, A-Z or a-z.
    case notADigit(indicator: Int)
    /// More failed than were in scope.
    case failingExceedsInScope(indicator: Int)
    /// A count above 61, which one base-62 digit cannot hold.
    case tooLarge(indicator: Int)
    /// No indicator has this number.
    case noSuchIndicator(Int)
}

/// What one indicator says of one household.
package enum IndicatorResult: Sendable, Hashable {
    case passed
    case failed
    /// Nobody was in scope: no child, no elderly.
    case notApplicable
}

/// A household's answers: per indicator how many were in scope and how many of those failed.
///
/// Stored inline, so that a replay of millions of households allocates nothing for them. Recorded
/// as two strings of base-62 digits (0-9, A-Z, a-z), one character a count, by the indicators'
/// numbers from 1 on: as many as the edition's highest number.
package struct IndicatorCounts: Sendable {
    /// The highest number that an indicator may have.
    package static let numberMax = 40
    /// The largest count that one digit holds; no household has more members.
    package static let maximum = 61

    /// The highest number that is counted here; 0 before anything is.
    package let count: Int
    private var inScopeValues = InlineArray<40, UInt8>(repeating: 0)
    private var failingValues = InlineArray<40, UInt8>(repeating: 0)

    /// Nothing in scope, of as many numbers.
    package init(count: Int) {
        precondition((0...IndicatorCounts.numberMax).contains(count))
        self.count = count
    }

    /// Unpacks the digits of a record; strict.
    package init(inScope: String, failing: String) throws(IndicatorCountsProblem) {
        let count = inScope.utf8.count
        guard (1...IndicatorCounts.numberMax).contains(count), failing.utf8.count == count else {
            throw .wrongLength
        }
        self.count = count
        try IndicatorCounts.unpack(inScope, &inScopeValues)
        try IndicatorCounts.unpack(failing, &failingValues)
        for index in 0..<count where failingValues[index] > inScopeValues[index] {
            throw .failingExceedsInScope(indicator: index + 1)
        }
    }

    /// How many were in the scope of an indicator, by its printed number.
    package func inScope(_ indicator: Int) -> Int { Int(inScopeValues[indicator - 1]) }

    /// How many of those in scope failed.
    package func failing(_ indicator: Int) -> Int { Int(failingValues[indicator - 1]) }

    /// The result of an indicator: a household passes when all of its persons in scope pass.
    package func result(_ indicator: Int) -> IndicatorResult {
        if inScopeValues[indicator - 1] == 0 { return .notApplicable }
        return failingValues[indicator - 1] == 0 ? .passed : .failed
    }

    /// Sets the counts of one indicator.
    package mutating func set(
        _ indicator: Int,
        inScope: Int,
        failing: Int
    ) throws(IndicatorCountsProblem) {
        guard indicator >= 1, indicator <= count else { throw .noSuchIndicator(indicator) }
        guard (0...IndicatorCounts.maximum).contains(inScope), failing >= 0 else {
            throw .tooLarge(indicator: indicator)
        }
        guard failing <= inScope else { throw .failingExceedsInScope(indicator: indicator) }
        inScopeValues[indicator - 1] = UInt8(inScope)
        failingValues[indicator - 1] = UInt8(failing)
    }

    /// The record's field `in_scope`.
    package var inScopeDigits: String { pack(inScopeValues) }

    /// The record's field `failing`.
    package var failingDigits: String { pack(failingValues) }

    private static func unpack(
        _ text: String,
        _ values: inout InlineArray<40, UInt8>
    ) throws(IndicatorCountsProblem) {
        let digits = text.utf8.span
        for index in 0..<digits.count {
            let byte = digits[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                values[index] = byte - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                values[index] = byte - UInt8(ascii: "A") + 10
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                values[index] = byte - UInt8(ascii: "a") + 36
            default: throw .notADigit(indicator: index + 1)
            }
        }
    }

    private func pack(_ values: borrowing InlineArray<40, UInt8>) -> String {
        var digits = InlineArray<40, UInt8>(repeating: 0)
        for index in 0..<count {
            digits[index] =
                switch values[index] {
                case 0..<10: UInt8(ascii: "0") + values[index]
                case 10..<36: UInt8(ascii: "A") + values[index] - 10
                default: UInt8(ascii: "a") + values[index] - 36
                }
        }
        return String(asciiBytes: digits.span.extracting(first: count))
    }
}

// InlineArray is not Hashable, so neither conformance can be synthesised.
extension IndicatorCounts: Hashable {
    package static func == (left: IndicatorCounts, right: IndicatorCounts) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count
        where left.inScopeValues[index] != right.inScopeValues[index]
            || left.failingValues[index] != right.failingValues[index]
        {
            return false
        }
        return true
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for index in 0..<count {
            hasher.combine(inScopeValues[index])
            hasher.combine(failingValues[index])
        }
    }
}
