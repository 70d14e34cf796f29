import Access
import Console
import Survey
import SurveyImport

/// What is wrong with what was typed, and at which field.
struct FormFault: Sendable, Hashable {
    /// The field's name in the form; nil for what is of no field.
    let field: String?
    let sentence: Phrase
}

/// One act as somebody types it: the fields that its rows share, and the rows.
///
/// It is a row, or a few, of the kind's CSV file, and is read as such a file is.
struct EntryForm: Sendable {
    let kind: ImportKind
    let fields: [ImportField]
    private let questionnaire: Questionnaire
    /// By the names of columns.
    private(set) var shared: [String: String]
    private(set) var rows: [[String: String]]
    var faults: [FormFault] = []
    /// The field in which one goes on typing.
    private(set) var focused: String?

    static let rowCountMax = 100

    var sharedFields: [ImportField] { fields.filter { !$0.isOfRow } }
    var rowFields: [ImportField] { fields.filter(\.isOfRow) }

    /// An empty one, but for what is known already.
    init(_ kind: ImportKind, _ questionnaire: Questionnaire, known: [String: String]) {
        self.kind = kind
        self.questionnaire = questionnaire
        fields = kind.fields(of: questionnaire)
        (shared, rows) = (known, [[:]])
    }

    /// As it was sent.
    init(_ kind: ImportKind, _ questionnaire: Questionnaire, sent: [String: String]) {
        self.init(kind, questionnaire, known: [:])
        for field in sharedFields {
            shared[field.column.name] = Self.line(sent[Self.name(of: field.column.name)])
        }
        let count = min(max(sent["rows"].flatMap { Int($0) } ?? 1, 1), Self.rowCountMax)
        rows = (0..<count).map { row in
            Dictionary(
                uniqueKeysWithValues: rowFields.map { field in
                    let name = field.column.name
                    return (name, Self.line(sent[Self.name(of: name, row: row)]))
                }
            )
        }
    }

    /// The name of a column's field; of one of the rows where it is of rows.
    static func name(of column: String, row: Int? = nil) -> String {
        row.map { "r\($0).\(column)" } ?? "f.\(column)"
    }

    /// A field is one line, and so is what is pasted into it.
    private static func line(_ text: String?) -> String {
        String((text ?? "").map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    mutating func addRow() {
        if rows.count < Self.rowCountMax { rows.append([:]) }
        focused = rowFields.first.map { Self.name(of: $0.column.name, row: rows.count - 1) }
    }

    mutating func dropRow(_ row: Int) {
        guard rows.indices.contains(row) else { return }
        rows.remove(at: row)
        if rows.isEmpty { rows = [[:]] }
    }
}

extension EntryForm {
    /// The command that the rows ask for; nil, with its faults noted, where they ask for none.
    mutating func command(_ questionnaires: [String: Questionnaire]) -> Command? {
        // What was added and not filled in says nothing.
        let filled = rows.indices.filter { row in
            rows[row].values.contains { $0.contains { $0 != " " } }
        }
        let kept = filled.isEmpty ? [0] : filled
        let file = kind.file(of: kept.map { shared.merging(rows[$0]) { $1 } }, questionnaire)
        var importer = CommandImporter(kind, actor: Actor(), questionnaires: questionnaires)
        var command: Command?
        var problems: [RowProblem] = []
        for item in importer.items(of: file) {
            switch item {
            case .command(let given, _): command = given.command
            case .problems(let found), .stopped(let found): problems += found
            }
        }
        guard problems.isEmpty else {
            note(problems, rows: kept)
            return nil
        }
        if command == nil {
            let missing = RowProblem(line: 2, column: fields[0].column.name, code: .valueMissing)
            note([missing], rows: kept)
        }
        return command
    }

    private mutating func note(_ problems: [RowProblem], rows kept: [Int]) {
        // That the act is left out follows from what is wrong with its rows.
        for problem in problems where problem.code != .orderIncomplete || problems.count == 1 {
            let row = problem.line - 2
            let place = kept.indices.contains(row) ? kept[row] : 0
            note(
                problem.column,
                row: place,
                Phrase(thai: problem.thai, english: problem.english)
            )
        }
    }

    /// What the ledger's rules found.
    mutating func note(_ rejection: Rejection, in command: Command) {
        let column = kind.column(of: rejection, in: command)
        let row = rows.firstIndex { $0[column] == rejection.subject } ?? 0
        note(
            column,
            row: row,
            Phrase(
                thai: kind.reason(of: rejection, in: command, .thai),
                english: kind.reason(of: rejection, in: command, .english)
            )
        )
    }

    private mutating func note(_ column: String, row: Int, _ sentence: Phrase) {
        // A place inside a column is its field: `dissents[2]`.
        let name = String(column.prefix { $0 != "[" && $0 != "." })
        let field = fields.first { $0.column.name == name }.map { field in
            Self.name(of: name, row: field.isOfRow ? row : nil)
        }
        let fault = FormFault(field: field, sentence: sentence)
        if !faults.contains(fault) { faults.append(fault) }
    }
}
