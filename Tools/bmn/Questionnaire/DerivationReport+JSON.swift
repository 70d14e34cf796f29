import Console
import Survey

/// The same for programs: every result with what decided it.
///
/// `member` is a member's number from 1 on, and null of the household.
extension DerivationReport {
    var json: JSON {
        let explanation = Explanation(form, answers)
        func grounds(_ grounds: [Ground]) -> JSON {
            .array(grounds.map { ground($0, explanation) })
        }
        return [
            "sound": .bool(isSound),
            "indicators": .array(
                derivation.results.map { result in
                    [
                        "number": .number(result.number), "decided": .bool(result.isDecided),
                        "inScope": .number(result.inScopeCount),
                        "failing": .number(result.failingCount),
                        "cases": .array(
                            result.cases.map { one in
                                [
                                    "member": member(one.place), "passed": truth(one.isPassed),
                                    "scope": grounds(one.scope), "grounds": grounds(one.grounds),
                                ]
                            }
                        ),
                        "undecided": .array(result.undecided.map { scope($0, grounds) }),
                        "notApplicable": .array(result.excluded.map { scope($0, grounds) }),
                    ]
                }
            ),
            "contradictions": .array(
                derivation.contradictions.map { found in
                    [
                        "contradiction": .string(found.contradiction.contradiction),
                        "severity": .string(found.contradiction.severity.rawValue),
                        "member": member(found.place), "grounds": grounds(found.grounds),
                    ]
                }
            ),
            "missing": .array(
                derivation.missing.map { missing in
                    ["item": .string(missing.item), "member": member(missing.place)]
                }
            ),
            "problems": .array(
                problems.map { problem in
                    [
                        "code": .string(problem.code.rawValue), "item": .string(problem.item),
                        "member": member(problem.place),
                    ]
                }
            ),
        ]
    }

    private func scope(_ one: Derivation.Case, _ grounds: ([Ground]) -> JSON) -> JSON {
        ["member": member(one.place), "scope": grounds(one.scope)]
    }

    private func ground(_ ground: Ground, _ explanation: Explanation) -> JSON {
        let words = explanation.text(ground)
        return [
            "member": member(ground.place), "comparison": .string(ground.comparison.text),
            "holds": truth(ground.holds), "left": number(ground.left),
            "right": number(ground.right), "asked": .bool(ground.isAsked),
            "th": .string(words.th), "en": .string(words.en),
        ]
    }

    private func member(_ place: AnswerPlace) -> JSON {
        switch place {
        case .household: .null
        case .member(let index): .number(index + 1)
        }
    }

    private func truth(_ value: Bool?) -> JSON { value.map { .bool($0) } ?? .null }

    private func number(_ value: Int64?) -> JSON { value.map { .number(Int($0)) } ?? .null }
}
