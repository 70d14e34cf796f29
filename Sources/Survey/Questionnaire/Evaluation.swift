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
    /// What its sides come to, where they are numbers and known.
    package let left: Int64?
    package let right: Int64?
    /// Whether it is about something that is asked there.
    package let isAsked: Bool
}

/// Computes expressions over one household's answers.
///
/// Three-valued as in SQL: an answer that is due and was not given is unknown, and a condition is
/// unknown only if answers could still turn it. An answer that is not due is known to be none.
struct Evaluation {
    let questionnaire: Questionnaire
    let answers: Answers
    /// Of each member.
    private let ages: [(years: Extent, months: Extent)]
    /// Whether each item is asked: of the household, or of each member in order.
    private var asked: [String: [Bool?]] = [:]

    init(_ questionnaire: Questionnaire, _ answers: Answers, referenceDate: Day) {
        self.questionnaire = questionnaire
        self.answers = answers
        ages = answers.members.map { member in
            guard case .day(let birth) = member[Answers.birthDate] else { return (.open, .open) }
            return (
                Extent(Int64(birth.wholeYears(until: referenceDate))),
                Extent(Int64(birth.wholeMonths(until: referenceDate)))
            )
        }
        // In the document's order, in which conditions name only what stands before: so no chain of
        // them is ever followed, however long it is.
        for item in questionnaire.items {
            asked[item.item] = places(item.unit).map { condition(item.asked, at: $0).value }
        }
    }

    func places(_ unit: Questionnaire.Unit) -> [AnswerPlace] {
        unit == .household ? [.household] : answers.members.indices.map { .member($0) }
    }

    /// Nil where it depends on what was not answered.
    func isAsked(_ item: Questionnaire.Item, at place: AnswerPlace) -> Bool? {
        guard let places = asked[item.item] else { return nil }
        switch place {
        case .household: return places[0]
        case .member(let index): return places[index]
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
            let ground = comparison(expression, at: place)
            return Outcome(value: ground.holds, grounds: [ground])
        }
    }

    /// For `isAll`: false if any is false, else unknown if any is, else true; the dual otherwise.
    private func combine(_ outcomes: [Outcome], isAll: Bool) -> Outcome {
        let value: Bool?
        if outcomes.contains(where: { $0.value == !isAll }) {
            value = !isAll
        } else {
            value = outcomes.contains { $0.value == nil } ? nil : isAll
        }
        let grounds = outcomes.filter { $0.value == value }.flatMap(\.grounds)
        // That something is not asked is no reason where there is another one.
        let asked = grounds.filter(\.isAsked)
        return Outcome(value: value, grounds: asked.isEmpty ? grounds : asked)
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

    private func comparison(_ expression: Expression, at place: AnswerPlace) -> Ground {
        switch expression {
        case .answer(let name):
            return ground(expression, standing(name, at: place), at: place) { answer in
                guard case .yesNo(let value) = answer else { return nil }
                return value
            }
        case .isAnswered(let name):
            return ground(expression, standing(name, at: place), at: place) { _ in true }
        case .distinct(let name):
            return ground(expression, isDistinct(name), at: place)
        case .isOneOf(.answer(let name), let values) where isChoice(name):
            return ground(expression, standing(name, at: place), at: place) { answer in
                guard case .choice(let chosen) = answer else { return nil }
                return values.contains(.code(chosen))
            }
        case .isOneOf(let left, let values):
            let number = number(left, at: place)
            let found = values.map { number.holds(.equal, self.number($0, at: place)) }
            let holds = found.contains(true) ? true : found.contains(nil) ? nil : false
            return ground(expression, holds, number, at: place)
        case .compare(.answer(let name), let comparison, .code(let code)):
            return ground(expression, standing(name, at: place), at: place) { answer in
                guard case .choice(let chosen) = answer else { return nil }
                return (chosen == code) == (comparison == .equal)
            }
        case .compare(let left, let comparison, let right):
            let (left, right) = (number(left, at: place), number(right, at: place))
            return ground(expression, left.holds(comparison, right), left, right, at: place)
        default: preconditionFailure("\(expression.text) is no comparison")
        }
    }

    private func ground(
        _ expression: Expression,
        _ standing: Standing,
        at place: AnswerPlace,
        _ test: (Answer) -> Bool?
    ) -> Ground {
        Ground(
            place: place,
            comparison: expression,
            holds: standing.judge(test),
            left: nil,
            right: nil,
            isAsked: standing != .absent(isAsked: false)
        )
    }

    private func ground(
        _ expression: Expression,
        _ holds: Bool?,
        _ left: Extent? = nil,
        _ right: Extent? = nil,
        at place: AnswerPlace
    ) -> Ground {
        let isAbsent = left == .absent || right == .absent
        let isUnasked =
            isAbsent
            && expression.itemNames.contains { standing($0, at: place) == .absent(isAsked: false) }
        return Ground(
            place: place,
            comparison: expression,
            holds: holds,
            left: left?.value,
            right: right?.value,
            isAsked: !isUnasked
        )
    }

    private func isDistinct(_ name: String) -> Bool? {
        var given: Set<Answer> = []
        var isKnown = true
        for index in answers.members.indices {
            switch standing(name, at: .member(index)) {
            case .given(let answer):
                if !given.insert(answer).inserted { return false }
            case .absent: continue
            case .perhapsGiven, .open: isKnown = false
            }
        }
        return isKnown ? true : nil
    }

    func number(_ expression: Expression, at place: AnswerPlace) -> Extent {
        switch expression {
        case .number(let value): return Extent(value)
        case .answer(let name):
            if let figure = DerivedFigure(rawValue: name) { return number(figure, at: place) }
            guard case .number(let bounds, _) = questionnaire.item(name)?.kind else { return .open }
            return standing(name, at: place).extent(bounds)
        case .add(let left, let right): return number(left, at: place) + number(right, at: place)
        case .subtract(let left, let right):
            return number(left, at: place) - number(right, at: place)
        case .multiply(let left, let right):
            return number(left, at: place) * number(right, at: place)
        case .count(let body):
            return sum { place in
                switch condition(body, at: place).value {
                case true?: Extent(1)
                case false?: .absent
                case nil: Extent(0...1)
                }
            }
        case .sum(let body, let filter):
            return sum { place in
                switch filter.map({ condition($0, at: place).value }) ?? true {
                case true?: number(body, at: place)
                case false?: .absent
                case nil: Extent(number(body, at: place).range, mayBeAbsent: true)
                }
            }
        default: preconditionFailure("\(expression.text) is no number")
        }
    }

    private func sum(_ ofMember: (AnswerPlace) -> Extent) -> Extent {
        answers.members.indices.reduce(Extent(0)) { $0 + ofMember(.member($1)) }
    }

    private func number(_ figure: DerivedFigure, at place: AnswerPlace) -> Extent {
        switch (figure, place) {
        case (.memberCount, _): Extent(Int64(answers.members.count))
        case (.age, .member(let index)): ages[index].years
        case (.ageMonths, .member(let index)): ages[index].months
        case (_, .household): .open
        }
    }

    private func isChoice(_ name: String) -> Bool {
        guard case .choice = questionnaire.item(name)?.kind else { return false }
        return true
    }

    private func standing(_ name: String, at place: AnswerPlace) -> Standing {
        guard let item = questionnaire.item(name) else { return .open(isAsked: true) }
        let place = item.unit == .household ? .household : place
        // Of whom a sum over the members is, is nobody in particular.
        if item.unit == .member, place == .household { return .open(isAsked: true) }
        return Standing(
            answers[name, place],
            isAsked: isAsked(item, at: place),
            isOptional: item.isOptional
        )
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
