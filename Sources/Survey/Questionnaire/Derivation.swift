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

        package var inScopeCount: Int { cases.count }
        package var failingCount: Int { cases.count { $0.isPassed == false } }
        /// Whether every answer it needs is there.
        package var isDecided: Bool {
            undecided.isEmpty && cases.allSatisfy { $0.isPassed != nil }
        }
    }

    /// One of those an indicator is about, and why it passes or fails.
    package struct Case: Sendable, Hashable {
        package let place: AnswerPlace
        /// Nil where answers are missing.
        package let isPassed: Bool?
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
        let evaluation = Evaluation(self, answers, referenceDate: referenceDate)
        return Derivation(
            results: indicators.map { result($0, evaluation) },
            contradictions: contradictions.flatMap { contradiction in
                places(contradiction.unit, answers).compactMap { place in
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

    private func result(_ rule: IndicatorRule, _ evaluation: Evaluation) -> Derivation.Result {
        var cases: [Derivation.Case] = []
        var undecided: [Derivation.Case] = []
        for place in places(rule.unit, evaluation.answers) {
            let scope = evaluation.condition(rule.scope, at: place)
            switch scope.value {
            case false?: continue
            case nil:
                let grounds = scope.grounds
                undecided.append(Derivation.Case(place: place, isPassed: nil, grounds: grounds))
            case true?:
                let pass = evaluation.condition(rule.pass, at: place)
                cases.append(
                    Derivation.Case(place: place, isPassed: pass.value, grounds: pass.grounds)
                )
            }
        }
        return Derivation.Result(number: rule.number, cases: cases, undecided: undecided)
    }

    private func missing(_ evaluation: Evaluation) -> [Derivation.Missing] {
        items.flatMap { item in
            places(item.unit, evaluation.answers).compactMap { place in
                guard !item.isOptional, evaluation.answers[item.item, place] == nil,
                    evaluation.condition(item.asked, at: place).value == true
                else { return nil }
                return Derivation.Missing(item: item.item, place: place)
            }
        }
    }

    private func places(_ unit: Unit, _ answers: Answers) -> [AnswerPlace] {
        unit == .household ? [.household] : answers.members.indices.map { .member($0) }
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
