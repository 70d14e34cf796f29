/// How many members of a household can be in the scope of each indicator, judged by ages alone.
///
/// A record keeps its members' ages and none of their answers, so by age a scope holds, does not
/// hold, or is open. Computed once for an edition: a household then costs a few look-ups in arrays,
/// and no allocation.
struct ScopeTable: Sendable {
    private static let ageCount = Int(Limit.age) + 1

    /// By number, from 1; nil for an indicator of members, whose ages decide.
    private let ofHousehold: [ClosedRange<Int>?]
    /// 1 where a member of that age is in scope whatever was answered, by number and age.
    private let must: [UInt8]
    /// 1 where a member of that age can be in scope.
    private let may: [UInt8]

    init(_ indicators: [Questionnaire.Indicator], numberMax: Int) {
        // Nobody is asked about a number that is left out.
        var ofHousehold = [ClosedRange<Int>?](repeating: 0...0, count: numberMax)
        var must = [UInt8](repeating: 0, count: numberMax * Self.ageCount)
        var may = must
        for indicator in indicators {
            let row = indicator.number - 1
            guard indicator.unit == .member else {
                let value = KnownAge.none.condition(indicator.scope)
                ofHousehold[row] = (value == true ? 1 : 0)...(value == false ? 0 : 1)
                continue
            }
            ofHousehold[row] = nil
            for age in 0..<Self.ageCount {
                let value = Self.value(of: indicator.scope, age: age)
                must[row * Self.ageCount + age] = value == true ? 1 : 0
                may[row * Self.ageCount + age] = value == false ? 0 : 1
            }
        }
        self.ofHousehold = ofHousehold
        self.must = must
        self.may = may
    }

    /// The fewest and the most that can be in the scope of the indicator with this number.
    func bounds(_ number: Int, ages: [UInt32]) -> ClosedRange<Int> {
        if let fixed = ofHousehold[number - 1] { return fixed }
        let row = (number - 1) * Self.ageCount
        var fewest = 0
        var most = 0
        for age in ages {
            // Ages above are refused; whoever asks about them nevertheless gets the oldest's answer.
            let place = row + min(Int(age), Self.ageCount - 1)
            fewest += Int(must[place])
            most += Int(may[place])
        }
        return fewest...most
    }

    /// What all twelve months of an age have in common; nil where they differ.
    private static func value(of scope: Expression, age: Int) -> Bool? {
        let months = Int64(age) * 12
        let first = KnownAge(months: months).condition(scope)
        guard first != nil else { return nil }
        for month in 1..<12 where KnownAge(months: months + Int64(month)).condition(scope) != first
        {
            return nil
        }
        return first
    }
}

/// What a condition comes to while nothing is known but one member's age in months.
private struct KnownAge {
    /// Nil for the household, which has none.
    let months: Int64?

    static let none = KnownAge(months: nil)

    func condition(_ expression: Expression) -> Bool? {
        switch expression {
        case .truth(let value): value
        case .not(let inner): condition(inner).map { !$0 }
        case .all(let parts): combine(parts, deciding: false)
        case .any(let parts): combine(parts, deciding: true)
        case .compare(let left, let comparison, let right):
            number(left).holds(comparison, number(right))
        case .isOneOf(let left, let values):
            combine(values.map { .compare(left, .equal, $0) }, deciding: true)
        // What others of the household answered, or how many they are, is not known either.
        default: nil
        }
    }

    /// One part that decides is enough; one that is not known leaves it open.
    private func combine(_ parts: [Expression], deciding: Bool) -> Bool? {
        var isOpen = false
        for part in parts {
            switch condition(part) {
            case deciding: return deciding
            case nil: isOpen = true
            default: break
            }
        }
        return isOpen ? nil : !deciding
    }

    /// Any number, or none.
    private static let unknown = Extent(.min ... .max, mayBeAbsent: true)

    private func number(_ expression: Expression) -> Extent {
        switch expression {
        case .number(let value): return Extent(value)
        case .answer(let name):
            guard let months else { return Self.unknown }
            switch DerivedFigure(rawValue: name) {
            case .age: return Extent(months / 12)
            case .ageMonths: return Extent(months)
            case .memberCount, nil: return Self.unknown
            }
        case .add(let left, let right): return number(left) + number(right)
        case .subtract(let left, let right): return number(left) - number(right)
        case .multiply(let left, let right): return number(left) * number(right)
        default: return Self.unknown
        }
    }
}
