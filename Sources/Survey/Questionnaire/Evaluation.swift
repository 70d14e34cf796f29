/// Computes conditions over one household's answers.
///
/// Three-valued as in SQL: an answer that is due and was not given is unknown, and a condition is
/// unknown only if answers could still turn it. An answer that is not due is known to be none.
///
/// Rows are as in the sheet: 0 is the household, 1 the first member.
struct Evaluation {
    let sheet: AnswerSheet
    let form: CompiledForm
    /// Of each member.
    private let ages: [(years: Extent, months: Extent)]
    /// Whether each item is asked, by row and place as the sheet's.
    private var asked: [Bool?]

    init(_ sheet: AnswerSheet, referenceDate: Day) {
        self.sheet = sheet
        let form = sheet.form.compiled
        self.form = form
        ages = (0..<sheet.memberCount).map { index in
            guard let place = form.birthDate,
                case let slot = sheet.slot(place, row: 1 + index), slot.kind == .day
            else { return (.open, .open) }
            let birth = Day(daysSinceEpoch: Int32(truncatingIfNeeded: slot.value))
            return (
                Extent(Int64(birth.wholeYears(until: referenceDate))),
                Extent(Int64(birth.wholeMonths(until: referenceDate)))
            )
        }
        let itemCount = form.items.count
        asked = Array(repeating: true, count: (1 + sheet.memberCount) * itemCount)
        // In the document's order, in which conditions name only what stands before: so no chain of
        // them is ever followed, however long it is.
        for place in 0..<itemCount {
            guard let node = form.items[place].asked else { continue }
            for row in rows(isOfHousehold: form.items[place].isOfHousehold) {
                asked[row * itemCount + place] = value(node, row)
            }
        }
    }

    func rows(isOfHousehold: Bool) -> Range<Int> {
        isOfHousehold ? 0..<1 : 1..<(1 + sheet.memberCount)
    }

    /// Nil where it depends on what was not answered.
    func isAsked(_ place: Int, row: Int) -> Bool? { asked[row * form.items.count + place] }

    // MARK: conditions

    /// What a condition comes to; nil where it depends on what was not answered.
    func value(_ index: Int, _ row: Int) -> Bool? {
        let node = form.nodes[index]
        switch node.code {
        case .truth: return node.value == 1
        case .not: return value(node.first, row).map { !$0 }
        case .all, .any:
            let isAll = node.code == .all
            var isOpen = false
            for offset in node.first..<node.first + Int(node.value) {
                switch value(form.operands[offset], row) {
                case !isAll: return !isAll
                case nil: isOpen = true
                default: break
                }
            }
            return isOpen ? nil : isAll
        case .every, .some:
            let isAll = node.code == .every
            var isOpen = false
            for member in rows(isOfHousehold: false) {
                guard let decided = decider(node, member) else { continue }
                if decided.value == !isAll { return !isAll }
                if decided.value == nil { isOpen = true }
            }
            return isOpen ? nil : isAll
        default: return comparison(node, row).holds
        }
    }

    /// What decides about one member: the body, or the filter where it is not known whether it is meant.
    ///
    /// Nil of one who is not meant.
    func decider(
        _ node: CompiledForm.Node,
        _ member: Int
    ) -> (node: Int, value: Bool?)? {
        let body = value(node.first, member)
        guard node.second >= 0 else { return (node: node.first, value: body) }
        let isMeant = value(node.second, member)
        if isMeant == false { return nil }
        // A body that would not decide anyway does not need to know whether it is meant.
        let isAll = node.code == .every
        if isMeant == nil, body != isAll { return (node: node.second, value: nil) }
        return (node: node.first, value: body)
    }

    /// One comparison, with what its sides come to where they are numbers.
    func comparison(
        _ node: CompiledForm.Node,
        _ row: Int
    ) -> (holds: Bool?, left: Extent?, right: Extent?) {
        switch node.code {
        case .isYes:
            let holds = standing(node.first, row).judge { answer in
                answer.kind == .yesNo ? answer.value == 1 : nil
            }
            return (holds, nil, nil)
        case .isAnswered: return (standing(node.first, row).judge { _ in true }, nil, nil)
        case .isChosen:
            let holds = standing(node.first, row).judge { answer in
                answer.kind == .choice ? isChosen(answer.value, node) : nil
            }
            return (holds, nil, nil)
        case .isDistinct: return (isDistinct(node.first), nil, nil)
        case .isOneOf:
            let left = number(node.second, row)
            var holds: Bool? = false
            for offset in node.first..<node.first + Int(node.value) where holds != true {
                switch left.holds(.equal, number(form.operands[offset], row)) {
                case true?: holds = true
                case nil: holds = nil
                case false?: break
                }
            }
            return (holds, left, nil)
        case .compares:
            let (left, right) = (number(node.first, row), number(node.second, row))
            return (left.holds(node.comparison, right), left, right)
        case .unknown: return (nil, nil, nil)
        default: preconditionFailure("a number is no comparison")
        }
    }

    private func isChosen(_ choice: Int64, _ node: CompiledForm.Node) -> Bool {
        var isMeant = false
        for offset in node.second..<node.second + Int(node.value)
        where form.operands[offset] == Int(choice) {
            isMeant = true
        }
        return isMeant == (node.comparison == .equal)
    }

    /// Of an answer that does not fit nothing is known.
    private func isDistinct(_ place: Int) -> Bool? {
        var given: [AnswerSlot] = []
        var isKnown = true
        for row in rows(isOfHousehold: false) {
            switch standing(place, row) {
            case .given(let answer):
                guard answer.kind != .misfit else {
                    isKnown = false
                    continue
                }
                // Households are small: comparing takes less than a set would.
                if given.contains(where: { isSame($0, answer) }) { return false }
                given.append(answer)
            case .absent: continue
            case .perhapsGiven, .open: isKnown = false
            }
        }
        return isKnown ? true : nil
    }

    private func isSame(_ one: AnswerSlot, _ other: AnswerSlot) -> Bool {
        guard one.kind == .text, other.kind == .text else { return one == other }
        return sheet.text(one) == sheet.text(other)
    }

    // MARK: numbers

    func number(_ index: Int, _ row: Int) -> Extent {
        let node = form.nodes[index]
        switch node.code {
        case .number: return Extent(node.value)
        case .age: return row == 0 ? .open : ages[row - 1].years
        case .ageMonths: return row == 0 ? .open : ages[row - 1].months
        case .memberCount: return Extent(Int64(sheet.memberCount))
        case .answer: return standing(node.first, row).extent(form.items[node.first].bounds)
        case .add: return number(node.first, row) + number(node.second, row)
        case .subtract: return number(node.first, row) - number(node.second, row)
        case .multiply: return number(node.first, row) * number(node.second, row)
        case .count:
            return sum { member in
                switch value(node.first, member) {
                case true?: Extent(1)
                case false?: .absent
                case nil: Extent(0...1)
                }
            }
        case .sum:
            return sum { member in
                switch node.second < 0 ? true : value(node.second, member) {
                case true?: number(node.first, member)
                case false?: .absent
                case nil: Extent(number(node.first, member).range, mayBeAbsent: true)
                }
            }
        case .unknown: return .open
        default: preconditionFailure("a condition is no number")
        }
    }

    private func sum(_ ofMember: (Int) -> Extent) -> Extent {
        var sum = Extent(0)
        for member in rows(isOfHousehold: false) { sum = sum + ofMember(member) }
        return sum
    }

    func standing(_ place: Int, _ row: Int) -> Standing {
        let item = form.items[place]
        let row = item.isOfHousehold ? 0 : row
        // Of whom a sum over the members is, is nobody in particular.
        if !item.isOfHousehold, row == 0 { return .open(isAsked: true) }
        return Standing(
            sheet.slot(place, row: row),
            isAsked: isAsked(place, row: row),
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
