/// One thing wrong with a file or a row, for the person who will correct it.
///
/// It names the place and never quotes the value: a list of problems is mailed around, and most
/// values of a household are personal data.
package struct RowProblem: Hashable, Sendable {
    /// Stable: scripts and translations rely on these words.
    package enum Code: String, Sendable, CaseIterable {
        // the file
        case invalidUTF8
        case nulByte
        case unclosedQuote
        case cutMidRow
        case rowUnterminated
        case wrongFieldCount
        case fieldTooLong
        case rowTooLong
        case strayQuote
        case bareCarriageReturn
        // the header
        case headerMissing
        case separatorNotComma
        case columnMissing
        case columnUnknown
        case columnDuplicate
        // one value
        case valueMissing
        case dateUnreadable
        case dateNoSuchDay
        case dateTwoDigitYear
        case dateAmbiguous
        case dateYearOutOfRange
        case numberMalformed
        case wordUnknown
        case flagMalformed
        case codeMalformed
        case identifierIsPersonal
        case citizenIdMalformed
        case citizenIdRegisterUnknown
        case citizenIdCheckDigit
        case amountMalformed
        case keyMalformed
        // members and answers
        case memberFieldCount
        case membersTooMany
        case answerMalformed
        case answerFailingExceeds
        case answerTooLarge
        case editionOther
        // rows that make one order
        case orderRowsDiffer
        case orderNotConsecutive
        case orderTooLong
        case orderIncomplete
    }

    /// 1-based physical line on which the row begins, or on which a fault of the file lies.
    package let line: Int
    /// The column's name, with the member or field inside it: `members[2].birth_date`; may be
    /// empty.
    package let column: String
    package let code: Code
    /// What the sentence names besides, words allowed or counts; never a value of the row.
    package let detail: String
    /// What the rows make together, where the kind of file is known.
    private var whole = RowWhole.any

    package init(line: Int, column: String, code: Code, detail: String = "") {
        self.line = line
        self.column = column
        self.code = code
        self.detail = detail
    }

    package var thai: String { RowProblem.filled(code.sentences.thai, detail, whole.thai) }
    package var english: String {
        RowProblem.filled(code.sentences.english, detail, whole.english)
    }

    /// The same in the words of a kind of file.
    func of(_ kind: ImportKind) -> RowProblem {
        var problem = self
        problem.whole = kind.whole
        return problem
    }

    // The sentences have one `{}` at most.
    private static func filled(_ sentence: String, _ detail: String, _ whole: String) -> String {
        let sentence = sentence.replacing("{whole}", with: whole)
        guard let place = sentence.firstRange(of: "{}") else { return sentence }
        return sentence[..<place.lowerBound] + detail + sentence[place.upperBound...]
    }
}

/// What several rows make together, as people call it.
struct RowWhole: Hashable, Sendable {
    let thai: String
    let english: String

    static let any = RowWhole(thai: "รายการ", english: "act")
}

extension ImportKind {
    fileprivate var whole: RowWhole {
        switch self {
        case .appointments: RowWhole(thai: "คำสั่ง", english: "order")
        case .trainings: RowWhole(thai: "การฝึกอบรม", english: "training")
        case .answers: RowWhole(thai: "ครัวเรือน", english: "household")
        case .checks: RowWhole(thai: "การตรวจสอบ", english: "check")
        case .directives: RowWhole(thai: "หนังสือ", english: "letter")
        case .minutes: RowWhole(thai: "รายงานการประชุม", english: "meeting")
        case .cooperation: RowWhole(thai: "หนังสือขอความร่วมมือ", english: "request")
        case .plans: RowWhole(thai: "แผน", english: "plan")
        case .amendments: RowWhole(thai: "คำสั่งแก้ไข", english: "amendment")
        case .publicReviews: RowWhole(thai: "การตรวจสอบร่วมกัน", english: "review")
        default: .any
        }
    }
}

extension RowProblem {
    /// A fault of the file, placed by its field's column where the header is known.
    init(_ problem: CSVProblem, columns: [String]) {
        let index = problem.field - 1
        let column = columns.indices.contains(index) ? columns[index] : "#\(problem.field)"
        let (code, detail) = RowProblem.codeAndDetail(problem.kind)
        self.init(line: problem.line, column: column, code: code, detail: detail)
    }

    private static func codeAndDetail(_ kind: CSVProblem.Kind) -> (Code, String) {
        switch kind {
        case .invalidUTF8: (.invalidUTF8, "")
        case .nulByte: (.nulByte, "")
        case .unclosedQuote: (.unclosedQuote, "")
        case .cutMidRow(let expected, let found): (.cutMidRow, "\(found)/\(expected)")
        case .rowUnterminated: (.rowUnterminated, "")
        case .wrongFieldCount(let expected, let found): (.wrongFieldCount, "\(found)/\(expected)")
        case .fieldTooLong: (.fieldTooLong, "")
        case .rowTooLong: (.rowTooLong, "")
        case .strayQuote: (.strayQuote, "")
        case .bareCarriageReturn: (.bareCarriageReturn, "")
        }
    }
}
