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
        subcommands: [
            QuestionnaireShow.self, QuestionnaireDerive.self, QuestionnaireDefine.self,
        ]
    )
}

/// Which edition is meant.
struct EditionOptions: ParsableArguments {
    @Option(
        help: "ฉบับหรือแฟ้ม · An edition's name or a document; without it 2560-2564.",
        completion: .file(extensions: ["json"])
    )
    var edition: String?

    /// The one that is named among these, or that a file holds.
    func questionnaire(
        among editions: [String: Questionnaire] = Questionnaire.builtIn
    ) throws -> Questionnaire {
        guard let edition else { return .bmn2560 }
        if let known = editions[edition] { return known }
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
            thai: "\(Files.named(path).thai) ใช้ไม่ได้: \(error.code.thai) (\(error.reason))",
            english: "\(Files.named(path).english) cannot be used: \(error.reason).",
            exit: .badInput
        )
    }
}

extension QuestionnaireError.Code {
    /// What is wrong; where it is, the reason says, which quotes the document's own words.
    fileprivate var thai: String {
        switch self {
        case .documentMalformed: "เอกสารไม่ใช่ JSON ตามรูปแบบที่กำหนด"
        case .nameWrong: "มีชื่อซ้ำ หรือชื่อที่ใช้ไม่ได้"
        case .expressionMalformed: "อ่านเงื่อนไขไม่ได้"
        case .expressionWrong: "เงื่อนไขอ้างถึงสิ่งที่ไม่มี หรือเปรียบเทียบสิ่งที่เทียบกันไม่ได้"
        case .definitionWrong: "ข้อกำหนดของคำถาม ตัวเลือก หรือตัวชี้วัดขัดแย้งกันเอง"
        case .answerWrong: "คำตอบไม่ตรงกับคำถาม หรือตอบสิ่งที่ไม่ได้ถาม"
        }
    }
}
