import ArgumentParser
import Console
import Survey

/// The command `bmn questionnaire`.
struct QuestionnaireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "questionnaire",
        abstract: "แบบสอบถาม · The form of an edition, and what follows from answers.",
        usage: "bmn questionnaire <subcommand>",
        discussion: """
            Example:
              bmn questionnaire show
              bmn questionnaire derive household.json --reference-date 2018-01-01
            """,
        subcommands: [QuestionnaireShow.self, QuestionnaireDerive.self]
    )
}

/// Which edition is meant.
struct EditionOptions: ParsableArguments {
    @Option(
        help: "แฟ้มแบบสอบถาม · A questionnaire document; without it the form of 2560-2564.",
        completion: .file(extensions: ["json"])
    )
    var edition: String?

    func questionnaire() throws -> Questionnaire {
        guard let edition else { return .bmn2560 }
        let limit = Questionnaire.documentByteCountMax
        let bytes = try Files.readAll(edition, byteCountMaximum: limit)
        do throws(QuestionnaireError) {
            return try Questionnaire(json: bytes)
        } catch {
            throw Failure(error, of: edition)
        }
    }
}

extension Failure {
    /// Of a questionnaire's document, or of answers to it.
    init(_ error: QuestionnaireError, of path: String) {
        self.init(
            error.code.rawValue,
            thai: "\(Files.named(path).thai) ใช้ไม่ได้: \(error.reason)",
            english: "\(Files.named(path).english) cannot be used: \(error.reason).",
            exit: .badInput
        )
    }
}
