import Console
import Survey

/// What follows from one household's answers, for people and for programs.
struct DerivationReport {
    let form: Questionnaire
    let answers: Answers
    let problems: [AnswerProblem]
    let derivation: Derivation

    init(_ form: Questionnaire, _ answers: Answers, _ referenceDate: Day) {
        self.form = form
        self.answers = answers
        problems = form.problems(answers, referenceDate: referenceDate)
        derivation = form.derive(answers, referenceDate: referenceDate)
    }

    var isSound: Bool { problems.isEmpty && derivation.isSound }

    /// What fails or cannot be told is explained; for `isAll` everything is.
    func text(_ language: Language, isAll: Bool) -> String {
        let explanation = Explanation(form, answers)
        var lines: [String] = []
        for (result, rule) in zip(derivation.results, form.indicators) {
            let outcome = self.outcome(result).text(language)
            lines.append("\(rule.number). \(rule.name.text(language)): \(outcome)")
            for reason in reasons(result, isAll: isAll) {
                let explained = explanation.text(reason.ground).text(language)
                let label = reason.label.map { "\($0.text(language)): " } ?? ""
                let place = place(reason.ground.place).text(language)
                lines.append("    \(place): \(label)\(explained)")
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

    /// The grounds of what is to be explained, and what they are of; nothing said: of a failure.
    private func reasons(
        _ result: Derivation.Result,
        isAll: Bool
    ) -> [(label: Phrase?, ground: Ground)] {
        var reasons: [(label: Phrase?, ground: Ground)] = []
        for one in result.cases {
            let label: Phrase?
            switch one.isPassed {
            case true? where isAll: label = Self.passes
            case true?: continue
            case false?: label = nil
            case nil: label = Self.undecided
            }
            reasons += one.grounds.map { (label, $0) }
        }
        for one in result.undecided { reasons += one.scope.map { (Self.undecided, $0) } }
        guard isAll else { return reasons }
        for one in result.excluded { reasons += one.scope.map { (Self.excluded, $0) } }
        return reasons
    }

    private func outcome(_ result: Derivation.Result) -> Phrase {
        guard result.isDecided else {
            return Self.undecided
        }
        guard result.inScopeCount > 0 else {
            return Self.nobody
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
    private static let passes = Phrase(thai: "ผ่าน", english: "passes")
    private static let undecided = Phrase(thai: "ยังสรุปไม่ได้", english: "undecided")
    private static let excluded = Phrase(thai: "ไม่เข้าเกณฑ์", english: "not in scope")
    private static let nobody = Phrase(thai: "ไม่มีผู้เข้าเกณฑ์", english: "nobody in scope")
    private static let missing = Phrase(thai: "ยังไม่ได้ตอบ", english: "not answered")
}
