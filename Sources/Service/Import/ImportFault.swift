import Console
import Survey
import SurveyImport

/// Why a row of an uploaded file is not recorded, or what to look at again though it is.
struct ImportFault: Sendable, Hashable {
    let line: Int
    /// Empty where no column is at fault.
    let column: String
    let code: String
    let sentence: Phrase
    var isWarning = false

    init(_ problem: RowProblem) {
        (line, column, code) = (problem.line, problem.column, problem.code.rawValue)
        sentence = Phrase(thai: problem.thai, english: problem.english)
    }

    init(_ rejection: Rejection, _ kind: ImportKind, _ command: Command, line: Int) {
        self.line = line
        column = kind.column(of: rejection, in: command)
        code = rejection.code.rawValue
        sentence = Phrase(
            thai: kind.reason(of: rejection, in: command, .thai),
            english: kind.reason(of: rejection, in: command, .english)
        )
    }

    init(_ problem: Problem, line: Int) {
        self.line = line
        column = ""
        code = problem.code
        sentence = problem.sentence
    }

    init(_ warning: PersonWarning, line: Int) {
        self.line = line
        column = ""
        code = warning.code
        sentence = warning.sentence
        isWarning = true
    }
}

/// Faults in the order of the file: the first ones whole, of the others the number.
struct ImportFaults: Sendable {
    static let keptCountMax = 5000

    private(set) var kept: [ImportFault] = []
    /// How many acts are refused.
    private(set) var refusedCount = 0
    private(set) var warningCount = 0
    /// How many there were besides those that are kept.
    private(set) var omittedCount = 0

    /// All that is wrong with one row, or with the rows of one act.
    mutating func refuse(_ faults: [ImportFault]) {
        refusedCount += 1
        keep(faults)
    }

    mutating func warn(_ faults: [ImportFault]) {
        warningCount += faults.count
        keep(faults)
    }

    private mutating func keep(_ faults: [ImportFault]) {
        let first = faults.prefix(Self.keptCountMax - kept.count)
        kept += first
        omittedCount += faults.count - first.count
    }

    /// The numbers stay.
    mutating func forgetKept() { kept = [] }

    /// A CSV file of them, for whoever corrects the rows; with the mark that makes Excel read Thai.
    ///
    /// What is not kept is told on a last line.
    func file(_ language: Language) -> [UInt8] {
        let lines = kept.map { fault in
            let word = fault.isWarning ? "warning" : "refused"
            let texts = ["\(fault.line)", fault.column, word, fault.code]
            return (texts + [fault.sentence.text(language)])
                .map { CSVWriter.field(SpreadsheetText.guarded($0)) }
                .joined(separator: ",")
        }
        let more = omitted.map { [",,omitted,," + CSVWriter.field($0.text(language))] } ?? []
        let text = (["line,column,result,code,reason"] + lines + more).map { $0 + "\r\n" }
            .joined()
        return Array(("\u{FEFF}" + text).utf8)
    }

    /// How many are not told one by one; nil where all are.
    var omitted: Phrase? {
        guard omittedCount > 0 else { return nil }
        return Phrase(
            thai: "ยังมีอีก \(omittedCount) รายการที่ไม่ได้แสดง: แก้รายการเหล่านี้ก่อน แล้วนำเข้าใหม่",
            english: "\(omittedCount) more are not listed: mend these first, then import it again."
        )
    }
}
