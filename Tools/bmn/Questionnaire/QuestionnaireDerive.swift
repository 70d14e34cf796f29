import ArgumentParser
import Console
import Survey

/// The command `bmn questionnaire derive`.
struct QuestionnaireDerive: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "derive",
        abstract: "ผลตามตัวชี้วัด · Which indicators a household passes or fails, and why.",
        usage: "bmn questionnaire derive FILE --reference-date DATE [--edition FILE] [--all]",
        discussion: """
            FILE holds one household's answers as JSON, by the names that bmn questionnaire show \
            lists; - is standard input. Nothing is recorded. Each indicator that fails or cannot be \
            told is shown with the answers that decided, with --all each other one, too; then \
            what is missing, and answers that contradict one another: an error would be refused, \
            a warning recorded and shown in reports. With --json all grounds are there.

            Exit status: 0 when the household could be recorded; 1 when something is missing, \
            contradictory or does not fit the form.

            Example:
              bmn questionnaire derive household.json --reference-date 2018-01-01
            """
    )

    @Argument(help: "แฟ้มคำตอบ · The answers, or - for standard input.", completion: .file())
    var file: String

    @Option(help: "วันอ้างอิง · The day at which ages are counted, such as 2018-01-01.")
    var referenceDate: String

    @Flag(help: "อธิบายทุกข้อ · Explain what passes and who is not in scope as well.")
    var all = false

    @OptionGroup var edition: EditionOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let form = try edition.questionnaire()
        guard let day = Day(iso: referenceDate) else {
            throw ValidationError("--reference-date is a day such as 2018-01-01.")
        }
        let bytes = try Files.readAll(file, byteCountMaximum: Answers.documentByteCountMax)
        let answers: Answers
        do throws(QuestionnaireError) {
            answers = try Answers(json: bytes, form)
        } catch {
            throw Failure(error, of: file)
        }
        let report = DerivationReport(form, answers, day)
        let results = Output()
        if output.json {
            try results.write(report.json)
        } else {
            try results.write(report.text(output.language, isAll: all))
        }
        try results.flush()
        if !report.isSound { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}
