internal import Survey

/// A row of which consecutive ones with one key make one command: an order, a training, a household.
protocol AssembledRow: Sendable {
    associatedtype Column: ColumnIndex

    /// The column of the key.
    static var keyColumn: Column { get }
    var keyColumnName: String { get }
    var key: String { get }
    /// How many rows are in it.
    var rowCount: Int { get }

    /// Takes the row that follows.
    mutating func append(_ row: Self)
    /// Reports every value that all rows must share and that differs from the first row's.
    func reportDifferences(from first: Self, in form: inout RowForm)
    func command() -> Command
    /// The answers that the command has beside it.
    var sheet: AnswerSheet? { get }
}

extension AssembledRow {
    var sheet: AnswerSheet? { nil }
}

/// Joins consecutive rows of one key into one command.
///
/// It is given whole or not at all: with a bad row left out, an order, a training or a household
/// would lack somebody whom the paper names.
struct RowAssembly<Row: AssembledRow>: Sendable {
    private var pending: Pending?
    private var finishedKeys: Set<String> = []
    // An unreadable row may belong to the one before it or to the one after it.
    private var nextIsIncomplete = false

    /// The key of the row that came last.
    var pendingKey: String? { pending?.whole.key }

    private struct Pending {
        var whole: Row
        let line: Int
        var isIncomplete: Bool
    }

    /// Adds a row; returns what became complete by it.
    mutating func add(_ row: Row, _ form: RowForm) -> [CommandImporter.Item] {
        var form = form
        if var current = pending, current.whole.key == row.key {
            pending = nil
            row.reportDifferences(from: current.whole, in: &form)
            let limit = RowAssemblyLimit.rowCount
            if current.whole.rowCount == limit {
                form.report(.orderTooLong, Row.keyColumn, detail: "\(limit)")
            }
            // What is incomplete makes no command, and its first row may be of another form.
            if form.problems.isEmpty, !current.isIncomplete {
                current.whole.append(row)
            } else {
                current.isIncomplete = true
            }
            nextIsIncomplete = false
            pending = current
            return form.problems.isEmpty ? [] : [.problems(form.problems)]
        }
        var items = finish()
        if finishedKeys.contains(row.key) { form.report(.orderNotConsecutive, Row.keyColumn) }
        pending = Pending(
            whole: row,
            line: form.row.line,
            isIncomplete: nextIsIncomplete || !form.problems.isEmpty
        )
        nextIsIncomplete = false
        if !form.problems.isEmpty { items.append(.problems(form.problems)) }
        return items
    }

    /// Notes a row that could not be read at all.
    mutating func addUnreadableRow() {
        pending?.isIncomplete = true
        nextIsIncomplete = true
    }

    /// Ends the pending one.
    mutating func finish() -> [CommandImporter.Item] {
        guard let ended = pending else { return [] }
        pending = nil
        finishedKeys.insert(ended.whole.key)
        guard !ended.isIncomplete else {
            let problem = RowProblem(
                line: ended.line,
                column: ended.whole.keyColumnName,
                code: .orderIncomplete
            )
            return [.problems([problem])]
        }
        let given = GivenCommand(ended.whole.command(), answers: ended.whole.sheet)
        return [.command(given, line: ended.line)]
    }
}

enum RowAssemblyLimit {
    /// The ledger's record is bounded (64 KiB) long before this; the limit bounds memory.
    static let rowCount = 2_000
}
