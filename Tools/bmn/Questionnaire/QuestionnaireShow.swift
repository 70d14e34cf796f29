import ArgumentParser
import Console
import LedgerReader
import Survey

/// The command `bmn questionnaire show`.
struct QuestionnaireShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "แสดงแบบสอบถาม · What is asked, of whom, and what the indicators need.",
        usage: "bmn questionnaire show [LEDGER] [--edition NAME|FILE]",
        discussion: """
            Lists every question with its name, kind and condition, every indicator with its rule, \
            and the contradictions that are looked for. A document that cannot be read is refused \
            with the place (exit status 4), so this also checks one. With a ledger, --edition may \
            name one that was defined in it.

            Example:
              bmn questionnaire show --lang en > form.txt
            """
    )

    @Argument(help: "ไดเรกทอรีบัญชี · A ledger, for its editions.", completion: .directory)
    var directory: String?

    @OptionGroup var edition: EditionOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let editions = try directory.map { path in
            try Composition.reader(LedgerDirectory(path)).snapshot().state().editions
        }
        let form = try edition.questionnaire(among: editions ?? Questionnaire.builtIn)
        let results = Output()
        if output.json {
            try results.write(FormReport(form).json)
        } else {
            try results.write(FormReport(form).text(output.language))
        }
        try results.flush()
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
