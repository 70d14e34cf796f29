import Console
import LedgerWriter
import Service
import Survey
import SurveyImport
import Synchronization

/// Tells what was wrong with which row, and at the end what became of all.
final class ImportReport: Sendable {
    let tally = Tally()
    private let results: Output
    private let kind: ImportKind
    private let path: String
    private let language: Language
    private let asJSON: Bool
    private let state = Mutex(State())

    private struct State {
        var hasListed = false
        var wasStopped = false
    }

    init(_ results: Output, kind: ImportKind, path: String, _ language: Language, asJSON: Bool) {
        self.results = results
        self.kind = kind
        self.path = path
        self.language = language
        self.asJSON = asJSON
    }

    /// Whether the header or the file itself could not be read to the end.
    var wasStopped: Bool { state.withLock(\.wasStopped) }

    /// Answers of the writer; refusals and warnings are listed.
    func take(_ answers: [AppendAnswer]) throws {
        for answer in answers {
            tally.count(answer)
            for warning in answer.warnings { try list(answer.line, warning) }
            guard case .failure(let refusal) = answer.result else { continue }
            try list(answer, refusal)
        }
    }

    private func list(_ answer: AppendAnswer, _ refusal: Refusal) throws {
        guard case .rule(let rejection) = refusal, let command = answer.command else {
            return try list(answer.line, "", refusal.code, refusal.sentence(language))
        }
        let column = kind.column(of: rejection, in: command)
        let reason = kind.reason(of: rejection, in: command, language)
        try list(answer.line, column, refusal.code, reason)
    }

    /// Everything wrong with one row.
    func take(_ problems: [RowProblem]) throws {
        tally.countRefused()
        for problem in problems {
            try list(
                problem.line,
                problem.column,
                problem.code.rawValue,
                language == .thai ? problem.thai : problem.english
            )
        }
    }

    /// What ended the reading.
    func stop(_ problems: [RowProblem]) throws {
        state.withLock { $0.wasStopped = true }
        try take(problems)
    }

    private func list(_ line: Int, _ warning: PersonWarning) throws {
        let word = Phrase(thai: "คำเตือน: ", english: "warning: ").text(language)
        let reason = (asJSON ? "" : word) + warning.sentence.text(language)
        try list(line, "", warning.code, reason, isWarning: true)
    }

    private func list(
        _ line: Int,
        _ column: String,
        _ code: String,
        _ reason: String,
        isWarning: Bool = false
    ) throws {
        if asJSON {
            var members: [(String, JSON)] = [
                ("line", .number(line)), ("column", .string(column)), ("code", .string(code)),
                ("reason", .string(reason)),
            ]
            if isWarning { members.append(("warning", .bool(true))) }
            return try results.write(.object(members))
        }
        if !results.isTerminal {
            let isFirst = state.withLock { state in
                defer { state.hasListed = true }
                return !state.hasListed
            }
            if isFirst { try results.write("line\tcolumn\tcode\treason\n") }
            return try results.write("\(line)\t\(column)\t\(code)\t\(reason)\n")
        }
        let place = Phrase(
            thai: column.isEmpty ? "บรรทัด \(line)" : "บรรทัด \(line) ช่อง \(column)",
            english: column.isEmpty ? "line \(line)" : "line \(line), column \(column)"
        )
        try results.write("\(place.text(language)): \(reason) (\(code))\n")
    }

    /// The summary: a last object with --json, else a line on standard error.
    func finish() throws {
        if asJSON {
            try results.write([
                "summary": [
                    "kind": .string(kind.rawValue),
                    "file": .string(path),
                    "recorded": .number(tally.appendedCount),
                    "repeated": .number(tally.repeatedCount),
                    "refused": .number(tally.refusedCount),
                    "warnings": .number(tally.warningCount),
                    "complete": .bool(!wasStopped),
                ]
            ])
        } else {
            tally.report(language)
        }
        try results.flush()
        guard !asJSON else { return }
        if wasStopped {
            let phrase = Phrase(
                thai: "\(Files.named(path).thai) อ่านไม่จบ:"
                    + " แก้ไฟล์แล้วนำเข้าใหม่ได้ แถวที่บันทึกแล้วจะไม่ซ้ำ",
                english: "\(Files.named(path).english) was not read to its end: correct it and"
                    + " import it again; rows recorded already stay as they are."
            )
            Notice.line(phrase.text(language))
        }
    }
}
