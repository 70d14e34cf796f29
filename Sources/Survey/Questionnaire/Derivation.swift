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
    /// Derives every indicator from answers that were checked to fit; see `check`.
    package func derive(_ answers: Answers, referenceDate: Day) -> Derivation {
        derive(Evaluation(self, answers, referenceDate: referenceDate))
    }

    func derive(_ evaluation: Evaluation) -> Derivation {
        Derivation(
            results: indicators.map { result($0, evaluation) },
            contradictions: contradictions.flatMap { contradiction in
                evaluation.places(contradiction.unit).compactMap { place in
                    let outcome = evaluation.condition(contradiction.found, at: place)
                    guard outcome.value == true else { return nil }
                    return Derivation.FoundContradiction(
                        contradiction: contradiction,
                        place: place,
                        grounds: outcome.grounds
                    )
                }
            },
            missing: missing(evaluation)
        )
    }

    private func result(_ rule: Indicator, _ evaluation: Evaluation) -> Derivation.Result {
        var cases: [Derivation.Case] = []
        var undecided: [Derivation.Case] = []
        var excluded: [Derivation.Case] = []
        for place in evaluation.places(rule.unit) {
            let scope = evaluation.condition(rule.scope, at: place)
            let isInScope = scope.value == true
            let pass = isInScope ? evaluation.condition(rule.pass, at: place) : nil
            let one = Derivation.Case(
                place: place,
                isPassed: pass?.value,
                scope: scope.grounds,
                grounds: pass?.grounds ?? []
            )
            switch scope.value {
            case true?: cases.append(one)
            case false?: excluded.append(one)
            case nil: undecided.append(one)
            }
        }
        return Derivation.Result(
            number: rule.number,
            cases: cases,
            undecided: undecided,
            excluded: excluded
        )
    }

    private func missing(_ evaluation: Evaluation) -> [Derivation.Missing] {
        items.flatMap { item in
            evaluation.places(item.unit).compactMap { place in
                guard !item.isOptional, evaluation.answers[item.item, place] == nil,
                    evaluation.isAsked(item, at: place) == true
                else { return nil }
                return Derivation.Missing(item: item.item, place: place)
            }
        }
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
