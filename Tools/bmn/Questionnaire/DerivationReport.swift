import Console
import Survey

/// What follows from one household's answers, for people and for programs.
struct DerivationReport {
    private let form: Questionnaire
    private let answers: Answers
    private let problems: [AnswerProblem]
    private let derivation: Derivation

    init(_ form: Questionnaire, _ answers: Answers, _ referenceDate: Day) {
        self.form = form
        self.answers = answers
        problems = form.problems(answers, referenceDate: referenceDate)
        derivation = form.derive(answers, referenceDate: referenceDate)
    }

    var isSound: Bool { problems.isEmpty && derivation.isSound }

    func text(_ language: Language) -> String {
        let explanation = Explanation(form, answers)
        var lines: [String] = []
        for (result, rule) in zip(derivation.results, form.indicators) {
            let outcome = self.outcome(result).text(language)
            lines.append("\(rule.number). \(rule.name.text(language)): \(outcome)")
            for one in result.cases where one.isPassed == false {
                for ground in one.grounds {
                    let reason = explanation.text(ground).text(language)
                    lines.append("    \(place(ground.place).text(language)): \(reason)")
                }
            }
        }
        for found in derivation.contradictions {
            let severity = found.contradiction.severity == .error ? Self.error : Self.warning
            lines.append(
                "\(severity.text(language)): \(place(found.place).text(language)):"
                    + " \(found.contradiction.wording.text(language))"
            )
        }
        for missing in derivation.missing {
            let wording = form.item(missing.item)?.wording.text(language) ?? missing.item
            let place = place(missing.place).text(language)
            lines.append("\(Self.missing.text(language)): \(place): \(missing.item) \(wording)")
        }
        for problem in problems {
            let place = place(problem.place).text(language)
            let reason = problem.code.phrase.text(language)
            let item = problem.item.isEmpty ? "" : "\(problem.item) "
            lines.append("\(Self.error.text(language)): \(place): \(item)\(reason)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func outcome(_ result: Derivation.Result) -> Phrase {
        guard result.isDecided else {
            return Phrase(thai: "ยังสรุปไม่ได้", english: "undecided")
        }
        guard result.inScopeCount > 0 else {
            return Phrase(thai: "ไม่มีผู้เข้าเกณฑ์", english: "nobody in scope")
        }
        let counts = "\(result.inScopeCount - result.failingCount)/\(result.inScopeCount)"
        return result.failingCount == 0
            ? Phrase(thai: "ผ่าน \(counts)", english: "passes \(counts)")
            : Phrase(thai: "ไม่ผ่าน \(counts)", english: "fails \(counts)")
    }

    private func place(_ place: AnswerPlace) -> Phrase {
        switch place {
        case .household: Phrase(thai: "ครัวเรือน", english: "household")
        case .member(let index): Phrase(thai: "คนที่ \(index + 1)", english: "member \(index + 1)")
        }
    }

    private static let error = Phrase(thai: "ผิดพลาด", english: "error")
    private static let warning = Phrase(thai: "คำเตือน", english: "warning")
    private static let missing = Phrase(thai: "ยังไม่ได้ตอบ", english: "not answered")

    var json: JSON {
        [
            "sound": .bool(isSound),
            "indicators": .array(
                derivation.results.map { result in
                    [
                        "number": .number(result.number), "decided": .bool(result.isDecided),
                        "inScope": .number(result.inScopeCount),
                        "failing": .number(result.failingCount),
                    ]
                }
            ),
            "contradictions": .array(
                derivation.contradictions.map { found in
                    [
                        "contradiction": .string(found.contradiction.contradiction),
                        "severity": .string(found.contradiction.severity.rawValue),
                        "place": .string(place(found.place).english),
                    ]
                }
            ),
            "missing": .array(
                derivation.missing.map { missing in
                    [
                        "item": .string(missing.item),
                        "place": .string(place(missing.place).english),
                    ]
                }
            ),
            "problems": .array(
                problems.map { problem in
                    [
                        "code": .string(problem.code.rawValue), "item": .string(problem.item),
                        "place": .string(place(problem.place).english),
                    ]
                }
            ),
        ]
    }
}

extension AnswerProblem.Code {
    /// What is wrong, without the answer.
    fileprivate var phrase: Phrase {
        switch self {
        case .notAsked: Phrase(thai: "ตอบทั้งที่ไม่ได้ถาม", english: "is answered and not asked")
        case .outOfBounds: Phrase(thai: "ตัวเลขเกินขอบเขต", english: "is a number out of bounds")
        case .tooLong: Phrase(thai: "ยาวเกินไป", english: "is too long")
        case .unknownChoice: Phrase(thai: "ไม่มีตัวเลือกนี้", english: "is no choice of the question")
        case .unknownItem: Phrase(thai: "ไม่มีคำถามนี้", english: "is no question of the form")
        case .wrongKind: Phrase(thai: "เป็นคำตอบผิดชนิด", english: "is an answer of another kind")
        case .wrongMemberCount:
            Phrase(
                thai: "ครัวเรือนมีสมาชิก 1 ถึง \(Questionnaire.memberCountMax) คน",
                english: "a household has 1 to \(Questionnaire.memberCountMax) members"
            )
        }
    }
}
