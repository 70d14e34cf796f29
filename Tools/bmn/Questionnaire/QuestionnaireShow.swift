import ArgumentParser
import Console
import Survey

/// The command `bmn questionnaire show`.
struct QuestionnaireShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "แสดงแบบสอบถาม · What is asked, of whom, and what the indicators need.",
        usage: "bmn questionnaire show [--edition FILE]",
        discussion: """
            Lists every question with its name, and every indicator with its rule. A document that \
            cannot be read is refused with the place (exit status 4), so this also checks one.

            Example:
              bmn questionnaire show --lang en > form.txt
            """
    )

    @OptionGroup var edition: EditionOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let form = try edition.questionnaire()
        let results = Output()
        if output.json {
            try results.write(json(form))
        } else {
            try results.write(text(form, output.language))
        }
        try results.flush()
    }

    private func text(_ form: Questionnaire, _ language: Language) -> String {
        var lines = [form.title.text(language), ""]
        for item in form.items {
            let whose = item.unit == .household ? Self.household : Self.member
            var line = "\(item.item)  [\(whose.text(language))] \(item.wording.text(language))"
            if case .choice(let choices) = item.kind {
                let codes = choices.map { "\($0.code) \($0.wording.text(language))" }
                line += " (\(codes.joined(separator: ", ")))"
            }
            lines.append(line)
            if item.asked != .truth(true) { lines.append("    \(item.asked.text)") }
        }
        for category in form.categories {
            lines += ["", category.name.text(language)]
            for rule in form.indicators where rule.category == category.category {
                lines.append("\(rule.number). \(rule.name.text(language))")
                lines.append("    \(rule.rule.text(language))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let household = Phrase(thai: "ครัวเรือน", english: "household")
    private static let member = Phrase(thai: "คน", english: "member")

    private func json(_ form: Questionnaire) -> JSON {
        [
            "edition": .string(form.edition),
            "items": .array(
                form.items.map { item in
                    [
                        "item": .string(item.item), "unit": .string(item.unit.rawValue),
                        "th": .string(item.wording.th), "en": .string(item.wording.en),
                        "asked": .string(item.asked.text), "optional": .bool(item.isOptional),
                        "personal": .bool(item.isPersonal),
                    ]
                }
            ),
            "indicators": .array(
                form.indicators.map { rule in
                    [
                        "number": .number(rule.number), "unit": .string(rule.unit.rawValue),
                        "th": .string(rule.name.th), "en": .string(rule.name.en),
                        "scope": .string(rule.scope.text), "pass": .string(rule.pass.text),
                    ]
                }
            ),
        ]
    }
}

extension Questionnaire.Wording {
    func text(_ language: Language) -> String {
        switch language {
        case .thai: th
        case .english: en
        }
    }
}
