/// What follows from a household's answers, without why.
extension Evaluation {
    /// The answers that do not fit, by place and name; see `Questionnaire.problems`.
    var problems: [AnswerProblem] {
        var problems = sheet.strangers
        let memberCount = sheet.memberCount
        if memberCount == 0 || memberCount > Questionnaire.memberCountMax {
            problems.append(AnswerProblem(.wrongMemberCount, "", .household))
        }
        for row in 0...memberCount {
            for place in form.items.indices where form.items[place].isOfHousehold == (row == 0) {
                guard let code = problem(place, row) else { continue }
                let item = sheet.form.items[place].item
                problems.append(AnswerProblem(code, item, AnswerSheet.place(ofRow: row)))
            }
        }
        return problems.count < 2 ? problems : problems.sorted()
    }

    private func problem(_ place: Int, _ row: Int) -> AnswerProblem.Code? {
        let slot = sheet.slot(place, row: row)
        guard slot.kind != .none else { return nil }
        guard isAsked(place, row: row) != false else { return .notAsked }
        switch slot.kind {
        case .none, .yesNo, .day: return nil
        case .misfit: return .wrongKind
        case .choice: return slot.value < 0 ? .unknownChoice : nil
        case .number: return form.items[place].bounds.contains(slot.value) ? nil : .outOfBounds
        case .text:
            let text = sheet.text(slot)
            guard form.items[place].isCitizenID else { return Questionnaire.problem(ofText: text) }
            return CitizenID.problem(of: text) == nil ? nil : .citizenIDWrong
        }
    }

    /// What should have been answered and was not, in the order of the form.
    var missing: [Derivation.Missing] {
        var missing: [Derivation.Missing] = []
        for place in form.items.indices where !form.items[place].isOptional {
            for row in rows(isOfHousehold: form.items[place].isOfHousehold)
            where sheet.slot(place, row: row).kind == .none && isAsked(place, row: row) == true {
                missing.append(
                    Derivation.Missing(
                        item: sheet.form.items[place].item,
                        place: AnswerSheet.place(ofRow: row)
                    )
                )
            }
        }
        return missing
    }

    /// Which contradictions hold, by their number in the form, and in which rows.
    var contradictions: [(number: Int, row: Int)] {
        var found: [(number: Int, row: Int)] = []
        for number in form.contradictions.indices {
            let rule = form.contradictions[number]
            for row in rows(isOfHousehold: rule.isOfHousehold)
            where value(rule.condition, row) == true {
                found.append((number, row))
            }
        }
        return found
    }

    /// How many an indicator asks about and how many of those fail; nil where it is undecided.
    func counts(_ number: Int) -> (inScope: Int, failing: Int)? {
        let rule = form.indicators[number]
        var (inScope, failing) = (0, 0)
        for row in rows(isOfHousehold: rule.isOfHousehold) {
            guard let isInScope = value(rule.scope, row) else { return nil }
            guard isInScope else { continue }
            guard let isPassed = value(rule.condition, row) else { return nil }
            inScope += 1
            failing += isPassed ? 0 : 1
        }
        return (inScope, failing)
    }
}

extension [AnswerProblem] {
    /// The household's first, then member by member, each by the items' names.
    fileprivate func sorted() -> [AnswerProblem] {
        sorted { left, right in
            left.place == right.place
                ? left.item < right.item : left.place.row < right.place.row
        }
    }
}

extension AnswerPlace {
    fileprivate var row: Int {
        switch self {
        case .household: 0
        case .member(let index): 1 + index
        }
    }
}
