internal import Survey

/// A row of a paper that has several: a letter with its addressees, a plan with its steps.
///
/// Its identifier is the first column of every such kind, and all of a kind's columns must agree in a
/// paper's rows but those in which each row says something of its own.
struct PaperRow: AssembledRow {
    enum FirstColumn: Int, ColumnIndex {
        case key
    }

    /// What a cell says that must be the same in all rows, and where.
    struct Shared: Sendable {
        let index: Int
        let text: String
    }

    private struct Place: ColumnIndex {
        let index: Int
    }

    static let keyColumn = FirstColumn.key
    let keyColumnName: String
    let key: String
    let shared: [Shared]
    private(set) var rowCount = 1
    private var whole: Command

    init(_ command: Command, _ key: String, keyColumnName: String, _ shared: [Shared]) {
        whole = command
        self.key = key
        self.keyColumnName = keyColumnName
        self.shared = shared
    }

    mutating func append(_ row: PaperRow) {
        rowCount += 1
        switch row.whole.kind {
        case .issueDirective(let more): whole.issueDirective.toAreas += more.toAreas
        case .requestCooperation(let more): whole.requestCooperation.toAreas += more.toAreas
        case .draftActionPlan(let more): whole.draftActionPlan.steps += more.steps
        case .holdMeeting(let more): whole.holdMeeting.resolutions += more.resolutions
        case .amendOrder(let more):
            whole.amendOrder.added += more.added
            whole.amendOrder.removedPersons += more.removedPersons
        case .holdPublicReview(let more): whole.holdPublicReview.attendance += more.attendance
        default: break
        }
    }

    func reportDifferences(from first: PaperRow, in form: inout RowForm) {
        for (own, other) in zip(shared, first.shared) where own.text != other.text {
            form.report(.orderRowsDiffer, Place(index: own.index))
        }
    }

    func command() -> Command { whole }
}

extension RowForm {
    func paper<Column: ColumnIndex & CaseIterable & Hashable>(
        _ command: Command,
        _ key: String,
        _ columns: Column.Type,
        ownColumns: Set<Column>
    ) -> PaperRow {
        let shared = Column.allCases.filter { !ownColumns.contains($0) }.map { column in
            PaperRow.Shared(index: column.index, text: text(in: range(column)))
        }
        return PaperRow(command, key, keyColumnName: self.columns[0].name, shared)
    }
}
