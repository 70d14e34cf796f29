/// What a number may still turn out to be: from the least to the most, once all is answered.
struct Extent: Sendable, Hashable {
    /// Nil: there is no number, because it is not asked, or was left out and may be.
    let range: ClosedRange<Int64>?
    /// Whether there may be none after all: whether it is asked depends on what is unknown.
    let mayBeAbsent: Bool

    init(_ range: ClosedRange<Int64>?, mayBeAbsent: Bool = false) {
        self.range = range
        self.mayBeAbsent = mayBeAbsent
    }

    init(_ value: Int64) { self.init(value...value) }

    static let absent = Extent(nil)

    /// Nothing is known of it.
    static let open = Extent(.min ... .max)

    /// The number, where it is known.
    var value: Int64? {
        guard let range, !mayBeAbsent, range.lowerBound == range.upperBound else { return nil }
        return range.lowerBound
    }

    /// As a term among others, where what is absent counts nothing.
    var term: ClosedRange<Int64> {
        guard let range else { return 0...0 }
        return mayBeAbsent ? min(range.lowerBound, 0)...max(range.upperBound, 0) : range
    }

    static func + (left: Extent, right: Extent) -> Extent {
        let (left, right) = (left.term, right.term)
        return Extent(
            left.lowerBound.saturatingSum(
                right.lowerBound
            )...left.upperBound.saturatingSum(
                right.upperBound
            )
        )
    }

    static func - (left: Extent, right: Extent) -> Extent {
        let (left, right) = (left.term, right.term)
        return Extent(
            left.lowerBound.saturatingDifference(
                right.upperBound
            )...left.upperBound
                .saturatingDifference(right.lowerBound)
        )
    }

    /// There is no product of what is absent.
    static func * (left: Extent, right: Extent) -> Extent {
        guard let first = left.range, let second = right.range else { return .absent }
        var (least, most) = (Int64.max, Int64.min)
        for one in [first.lowerBound, first.upperBound] {
            for other in [second.lowerBound, second.upperBound] {
                let product = one.saturatingProduct(other)
                (least, most) = (min(least, product), max(most, product))
            }
        }
        return Extent(least...most, mayBeAbsent: left.mayBeAbsent || right.mayBeAbsent)
    }

    /// Nil where answers could still turn it; false of what is absent, whatever it is compared with.
    func holds(_ comparison: Expression.Comparison, _ other: Extent) -> Bool? {
        guard let range, let otherRange = other.range else { return false }
        let holds = Self.holds(range, comparison, otherRange)
        return holds == true && (mayBeAbsent || other.mayBeAbsent) ? nil : holds
    }

    private static func holds(
        _ left: ClosedRange<Int64>,
        _ comparison: Expression.Comparison,
        _ right: ClosedRange<Int64>
    ) -> Bool? {
        switch comparison {
        case .less:
            if left.upperBound < right.lowerBound { return true }
            return left.lowerBound >= right.upperBound ? false : nil
        case .lessOrEqual:
            if left.upperBound <= right.lowerBound { return true }
            return left.lowerBound > right.upperBound ? false : nil
        case .greater: return holds(right, .less, left)
        case .greaterOrEqual: return holds(right, .lessOrEqual, left)
        case .equal:
            guard left.overlaps(right) else { return false }
            let isKnown = left.lowerBound == left.upperBound && left == right
            return isKnown ? true : nil
        case .notEqual: return holds(left, .equal, right).map { !$0 }
        }
    }
}

// What does not fit stays at the largest number that does, of its own sign.
extension Int64 {
    fileprivate func saturatingSum(_ other: Int64) -> Int64 {
        let (sum, isOverflowing) = addingReportingOverflow(other)
        return isOverflowing ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func saturatingDifference(_ other: Int64) -> Int64 {
        let (difference, isOverflowing) = subtractingReportingOverflow(other)
        return isOverflowing ? (other < 0 ? .max : .min) : difference
    }

    fileprivate func saturatingProduct(_ other: Int64) -> Int64 {
        let (product, isOverflowing) = multipliedReportingOverflow(by: other)
        return isOverflowing ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
