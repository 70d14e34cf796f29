/// What a condition comes to, and which answers made it so.
struct Outcome: Sendable, Hashable {
    /// Nil where it depends on what was not answered.
    let value: Bool?
    /// The comparisons that decided.
    let grounds: [Ground]
}

/// One comparison of an answer that decided a condition.
package struct Ground: Sendable, Hashable {
    package let place: AnswerPlace
    package let comparison: Expression
    /// Nil where it could not be made, for want of an answer.
    package let holds: Bool?
    /// What its sides come to, where they are numbers.
    package let left: Int64?
    package let right: Int64?
}

/// Computes expressions over one household's answers.
///
/// Three-valued as in SQL: what was not answered is unknown, and a condition is unknown only if an
/// answer could still turn it.
struct Evaluation {
    let questionnaire: Questionnaire
    let answers: Answers
    /// Of each member; nil where no birth date was given.
    let ages: [(years: Int64, months: Int64)?]

    init(_ questionnaire: Questionnaire, _ answers: Answers, referenceDate: Day) {
        self.questionnaire = questionnaire
        self.answers = answers
        ages = answers.members.map { member in
            guard case .day(let birth) = member[Answers.birthDate] else { return nil }
            return (
                Int64(birth.wholeYears(until: referenceDate)),
                Int64(birth.wholeMonths(until: referenceDate))
            )
        }
    }

    func condition(_ expression: Expression, at place: AnswerPlace) -> Outcome {
        switch expression {
        case .truth(let value): return Outcome(value: value, grounds: [])
        case .not(let inner):
            let outcome = condition(inner, at: place)
            return Outcome(value: outcome.value.map { !$0 }, grounds: outcome.grounds)
        case .all(let parts): return combine(parts.map { condition($0, at: place) }, isAll: true)
        case .any(let parts): return combine(parts.map { condition($0, at: place) }, isAll: false)
        case .every(let body, let filter): return overMembers(body, filter, isAll: true)
        case .some(let body, let filter): return overMembers(body, filter, isAll: false)
        default:
            let value = comparison(expression, at: place)
            let sides = numberSides(expression)
            let ground = Ground(
                place: place,
                comparison: expression,
                holds: value,
                left: sides.flatMap { number($0.left, at: place) },
                right: sides.flatMap { number($0.right, at: place) }
            )
            return Outcome(value: value, grounds: [ground])
        }
    }

    /// For `isAll`: false if any is false, else unknown if any is, else true; the dual otherwise.
    private func combine(_ outcomes: [Outcome], isAll: Bool) -> Outcome {
        let deciding = outcomes.filter { $0.value == !isAll }
        if !deciding.isEmpty {
            return Outcome(value: !isAll, grounds: deciding.flatMap(\.grounds))
        }
        let unknown = outcomes.filter { $0.value == nil }
        if !unknown.isEmpty { return Outcome(value: nil, grounds: unknown.flatMap(\.grounds)) }
        return Outcome(value: isAll, grounds: outcomes.flatMap(\.grounds))
    }

    private func overMembers(
        _ body: Expression,
        _ filter: Expression?,
        isAll: Bool
    ) -> Outcome {
        combine(
            answers.members.indices.compactMap { index in
                let place = AnswerPlace.member(index)
                let isMeant = filter.map { condition($0, at: place) }
                if isMeant?.value == false { return nil }
                let outcome = condition(body, at: place)
                // A body that would not decide anyway does not need to know whether it is meant.
                guard let isMeant, isMeant.value == nil, outcome.value != isAll else {
                    return outcome
                }
                return isMeant
            },
            isAll: isAll
        )
    }

    private func comparison(_ expression: Expression, at place: AnswerPlace) -> Bool? {
        switch expression {
        case .answer(let name):
            guard case .yesNo(let value) = answer(name, at: place) else { return nil }
            return value
        case .isAnswered(let name):
            if let figure = DerivedFigure(rawValue: name) {
                return number(figure, at: place) != nil
            }
            return answer(name, at: place) != nil
        case .distinct(let name):
            let given = answers.members.compactMap { $0[name] }
            return Set(given).count == given.count
        case .isOneOf(let left, let values):
            let found = values.map { equals(left, $0, at: place) }
            if found.contains(true) { return true }
            return found.contains(nil) ? nil : false
        case .compare(let left, .equal, let right): return equals(left, right, at: place)
        case .compare(let left, .notEqual, let right):
            return equals(left, right, at: place).map { !$0 }
        case .compare(let left, let comparison, let right):
            guard let left = number(left, at: place), let right = number(right, at: place) else {
                return nil
            }
            return switch comparison {
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            case .equal: left == right
            case .notEqual: left != right
            }
        default: preconditionFailure("\(expression.text) is no comparison")
        }
    }

    private func numberSides(
        _ expression: Expression
    ) -> (left: Expression, right: Expression)? {
        guard case .compare(let left, _, let right) = expression else { return nil }
        if case .code = right { return nil }
        return (left, right)
    }

    private func equals(_ left: Expression, _ right: Expression, at place: AnswerPlace) -> Bool? {
        if case .code(let code) = right, case .answer(let name) = left {
            guard case .choice(let chosen) = answer(name, at: place) else { return nil }
            return chosen == code
        }
        guard let left = number(left, at: place), let right = number(right, at: place) else {
            return nil
        }
        return left == right
    }

    /// Sums that would not fit stay at the largest number that does.
    func number(_ expression: Expression, at place: AnswerPlace) -> Int64? {
        switch expression {
        case .number(let value): return value
        case .answer(let name):
            if let figure = DerivedFigure(rawValue: name) { return number(figure, at: place) }
            guard case .number(let value) = answer(name, at: place) else { return nil }
            return value
        case .add(let left, let right):
            return both(left, right, at: place) { $0.addingReportingOverflow($1) }
        case .subtract(let left, let right):
            return both(left, right, at: place) { $0.subtractingReportingOverflow($1) }
        case .multiply(let left, let right):
            return both(left, right, at: place) { $0.multipliedReportingOverflow(by: $1) }
        case .count(let body):
            let outcomes = answers.members.indices.map { condition(body, at: .member($0)).value }
            return outcomes.contains(nil) ? nil : Int64(outcomes.count { $0 == true })
        case .sum(let body):
            var sum: Int64 = 0
            for index in answers.members.indices where asks(body, index) {
                guard let value = number(body, at: .member(index)) else { return nil }
                let (next, isOverflowing) = sum.addingReportingOverflow(value)
                sum = isOverflowing ? .max : next
            }
            return sum
        default: preconditionFailure("\(expression.text) is no number")
        }
    }

    private func both(
        _ left: Expression,
        _ right: Expression,
        at place: AnswerPlace,
        _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> Int64? {
        guard let left = number(left, at: place), let right = number(right, at: place) else {
            return nil
        }
        let (value, isOverflowing) = operation(left, right)
        return isOverflowing ? .max : value
    }

    private func number(_ figure: DerivedFigure, at place: AnswerPlace) -> Int64? {
        if figure == .memberCount { return Int64(answers.members.count) }
        guard case .member(let index) = place, let age = ages[index] else { return nil }
        return figure == .age ? age.years : age.months
    }

    private func answer(_ name: String, at place: AnswerPlace) -> Answer? {
        if questionnaire.item(name)?.unit == .household { return answers.household[name] }
        guard case .member(let index) = place else { return nil }
        return answers.members[index][name]
    }

    /// Whether a member is asked what a sum is over: who is not adds nothing to it.
    private func asks(_ expression: Expression, _ index: Int) -> Bool {
        switch expression {
        case .answer(let name):
            guard let item = questionnaire.item(name) else { return true }
            return condition(item.asked, at: .member(index)).value != false
        case .add(let left, let right), .subtract(let left, let right),
            .multiply(let left, let right):
            return asks(left, index) && asks(right, index)
        default: return true
        }
    }
}

extension Day {
    /// Whole months on `other` of somebody born on this day; negative before the birth.
    package func wholeMonths(until other: Day) -> Int {
        let (birth, then) = (components, other.components)
        let months = (then.year - birth.year) * 12 + then.month - birth.month
        return then.day < birth.day ? months - 1 : months
    }
}
