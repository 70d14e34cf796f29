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

/// Why: made for those who ask, since making grounds takes many times as long as judging does.
extension Evaluation {
    /// The comparisons that decided a condition.
    func grounds(_ index: Int, _ row: Int) -> [Ground] {
        let node = form.nodes[index]
        switch node.code {
        case .truth: return []
        case .not: return grounds(node.first, row)
        case .all, .any:
            let parts = form.operands[node.first..<node.first + Int(node.value)]
            let value = value(index, row)
            return combined(
                parts.filter { self.value($0, row) == value }.flatMap { grounds($0, row) }
            )
        case .every, .some:
            let value = value(index, row)
            return combined(
                rows(isOfHousehold: false).flatMap { member -> [Ground] in
                    guard let decided = decider(node, member), decided.value == value else {
                        return []
                    }
                    return grounds(decided.node, member)
                }
            )
        default: return [ground(index, row)]
        }
    }

    /// That something is not asked is no reason where there is another one.
    private func combined(_ grounds: [Ground]) -> [Ground] {
        let asked = grounds.filter(\.isAsked)
        return asked.isEmpty ? grounds : asked
    }

    private func ground(_ index: Int, _ row: Int) -> Ground {
        let node = form.nodes[index]
        let (holds, left, right) = comparison(node, row)
        return Ground(
            place: AnswerSheet.place(ofRow: row),
            comparison: form.sources[index],
            holds: holds,
            left: left?.value,
            right: right?.value,
            isAsked: isAsked(node, form.sources[index], left, right, row)
        )
    }

    private func isAsked(
        _ node: CompiledForm.Node,
        _ source: Expression,
        _ left: Extent?,
        _ right: Extent?,
        _ row: Int
    ) -> Bool {
        switch node.code {
        case .isYes, .isAnswered, .isChosen:
            return standing(node.first, row) != .absent(isAsked: false)
        default:
            guard left == .absent || right == .absent else { return true }
            return !source.itemNames.contains { name in
                form.place(name).map { standing($0, row) } == .absent(isAsked: false)
            }
        }
    }
}
