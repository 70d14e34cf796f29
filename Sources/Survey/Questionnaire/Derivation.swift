/// What follows from one household's answers.
package struct Derivation: Sendable, Hashable {
    /// In the order of the edition's indicators.
    package let results: [Result]
    package let contradictions: [FoundContradiction]
    /// What should have been answered and was not.
    package let missing: [Missing]

    package struct Missing: Sendable, Hashable {
        package let item: String
        package let place: AnswerPlace
    }

    package struct FoundContradiction: Sendable, Hashable {
        package let contradiction: Questionnaire.Contradiction
        package let place: AnswerPlace
        package let grounds: [Ground]
    }

    /// One indicator of one household.
    package struct Result: Sendable, Hashable {
        package let number: Int
        /// The household, or each member in scope.
        package let cases: [Case]
        /// Those of whom cannot be said whether they are in scope.
        package let undecided: [Case]
        /// Those who are not in scope.
        package let excluded: [Case]

        package var inScopeCount: Int { cases.count }
        package var failingCount: Int { cases.count { $0.isPassed == false } }
        /// Whether every answer it needs is there.
        package var isDecided: Bool {
            undecided.isEmpty && cases.allSatisfy { $0.isPassed != nil }
        }
    }

    /// One of those an indicator may be about, whether it is, and why it passes or fails.
    package struct Case: Sendable, Hashable {
        package let place: AnswerPlace
        /// Nil where answers are missing, or out of scope.
        package let isPassed: Bool?
        /// Why it is in scope, or is not, or cannot be told; nothing where everybody is.
        package let scope: [Ground]
        /// Why it passes or fails, or cannot be told; nothing out of scope.
        package let grounds: [Ground]
    }

    /// Whether nothing is missing and nothing is impossible; warnings do not count.
    package var isSound: Bool {
        missing.isEmpty && results.allSatisfy(\.isDecided)
            && !contradictions.contains { $0.contradiction.severity == .error }
    }
}

extension Questionnaire {
    /// Derives every indicator from answers that were checked to fit, with the grounds of each result.
    package func derive(_ answers: Answers, referenceDate: Day) -> Derivation {
        let sheet = AnswerSheet(answers, self)
        let evaluation = Evaluation(sheet, referenceDate: referenceDate)
        return Derivation(
            results: indicators.indices.map { result($0, evaluation) },
            contradictions: evaluation.contradictions.map { found in
                Derivation.FoundContradiction(
                    contradiction: contradictions[found.number],
                    place: AnswerSheet.place(ofRow: found.row),
                    grounds: evaluation.grounds(
                        compiled.contradictions[found.number].condition,
                        found.row
                    )
                )
            },
            missing: evaluation.missing
        )
    }

    private func result(_ number: Int, _ evaluation: Evaluation) -> Derivation.Result {
        let rule = compiled.indicators[number]
        var cases: [Derivation.Case] = []
        var undecided: [Derivation.Case] = []
        var excluded: [Derivation.Case] = []
        for row in evaluation.rows(isOfHousehold: rule.isOfHousehold) {
            let isInScope = evaluation.value(rule.scope, row)
            let one = Derivation.Case(
                place: AnswerSheet.place(ofRow: row),
                isPassed: isInScope == true ? evaluation.value(rule.condition, row) : nil,
                scope: evaluation.grounds(rule.scope, row),
                grounds: isInScope == true ? evaluation.grounds(rule.condition, row) : []
            )
            switch isInScope {
            case true?: cases.append(one)
            case false?: excluded.append(one)
            case nil: undecided.append(one)
            }
        }
        return Derivation.Result(
            number: indicators[number].number,
            cases: cases,
            undecided: undecided,
            excluded: excluded
        )
    }
}

extension Answers {
    package subscript(item: String, place: AnswerPlace) -> Answer? {
        switch place {
        case .household: household[item]
        case .member(let index): members[index][item]
        }
    }
}
