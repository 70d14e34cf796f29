package import Survey

/// What somebody types into a form for one column.
package enum ImportInput: Hashable, Sendable {
    case text
    case day
    case count
    case flag
    /// The code of an area, of as many digits as one of these.
    case areaCode([Int])
    /// One of these.
    case words([String])
}

/// A column as a form shows it.
package struct ImportField: Hashable, Sendable {
    package let column: ImportColumn
    package let input: ImportInput
    /// Whether each row of an act says something of its own here; all its rows share the others.
    package let isOfRow: Bool
}

/// Forms are rows, typed one by one.
///
/// What a column takes is found by asking the rules that read rows, so that no form can differ from
/// them: a value that fits nothing is refused by what the column is.
extension ImportKind {
    // No word, no day, no code, no number and no yes or no.
    private static let misfit = "?"

    package func fields(of questionnaire: Questionnaire) -> [ImportField] {
        let columns = columns(of: questionnaire)
        let misfits = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, Self.misfit) })
        var inputs: [String: ImportInput] = [:]
        for problem in problems(of: [misfits], questionnaire) where inputs[problem.column] == nil {
            inputs[problem.column] = ImportInput(taking: problem)
        }
        let own = ownColumns(questionnaire)
        return columns.map { column in
            ImportField(
                column: column,
                input: inputs[column.name] ?? .text,
                isOfRow: own.contains(column.name)
            )
        }
    }

    /// Columns in which the rows of one act may differ; none where each row is an act.
    private func ownColumns(_ questionnaire: Questionnaire) -> Set<String> {
        let columns = columns(of: questionnaire)
        let row = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.example) })
        guard actCount(of: [row, row], questionnaire) == 1 else { return [] }
        return Set(
            columns.map(\.name).filter { name in
                let rows = [row, row.merging([name: Self.misfit]) { $1 }]
                return actCount(of: rows, questionnaire) == 1
                    && !problems(of: rows, questionnaire).contains { $0.code == .orderRowsDiffer }
            }
        )
    }

    /// How many acts the rows make, those included that a bad row spoils.
    private func actCount(of rows: [[String: String]], _ questionnaire: Questionnaire) -> Int {
        items(of: rows, questionnaire).reduce(0) { count, item in
            switch item {
            case .command: count + 1
            case .problems(let problems):
                count + (problems.contains { $0.code == .orderIncomplete } ? 1 : 0)
            case .stopped: count
            }
        }
    }

    private func problems(
        of rows: [[String: String]],
        _ questionnaire: Questionnaire
    ) -> [RowProblem] {
        items(of: rows, questionnaire).flatMap { item -> [RowProblem] in
            if case .problems(let problems) = item { problems } else { [] }
        }
    }

    private func items(
        of rows: [[String: String]],
        _ questionnaire: Questionnaire
    ) -> [CommandImporter.Item] {
        var importer = CommandImporter(
            self,
            actor: Actor(),
            questionnaires: ["": questionnaire]
        )
        return importer.items(of: file(of: rows, questionnaire))
    }

    /// Rows, by the names of their columns, as a file; row `i` lies on line `i + 2`.
    package func file(of rows: [[String: String]], _ questionnaire: Questionnaire) -> [UInt8] {
        let columns = columns(of: questionnaire)
        let header = columns.map { CSVWriter.field($0.name) }.joined(separator: ",")
        let lines = rows.map { row in
            columns.map { CSVWriter.field(row[$0.name] ?? "") }.joined(separator: ",")
        }
        return Array(([header] + lines).map { $0 + "\r\n" }.joined().utf8)
    }
}

extension CommandImporter {
    /// All that a whole file gives.
    package mutating func items(of bytes: [UInt8]) -> [Item] {
        append(bytes)
        finish()
        var items: [Item] = []
        while let item = next() { items.append(item) }
        return items
    }
}

extension ImportInput {
    /// What refuses a value in this way.
    fileprivate init(taking problem: RowProblem) {
        switch problem.code {
        case .dateUnreadable: self = .day
        case .numberMalformed: self = .count
        case .flagMalformed: self = .flag
        case .codeMalformed:
            self = .areaCode(problem.detail.split(separator: "/").compactMap { Int($0) })
        case .wordUnknown:
            self = .words(problem.detail.split(separator: ", ").map(String.init))
        default: self = .text
        }
    }
}

/// What is told of a refusal, on the command line and on pages.
extension ImportKind {
    /// The sentence with the column's name in it; an id that was used means something else here, where
    /// ids follow from the rows' keys.
    package func reason(
        of rejection: Rejection,
        in command: Command,
        _ language: Language
    ) -> String {
        guard rejection.code == .commandIdReused else {
            return readable(rejection, in: command).sentence(language)
        }
        return switch language {
        case .thai:
            "รายการนี้บันทึกแล้วด้วยเนื้อหาหรือผู้ใช้อื่น: ใช้คำสั่งแก้ไข ไม่ใช่นำเข้าซ้ำ"
        case .english:
            "This was recorded before with other content or by another user: correct it by a"
                + " command, not by another import."
        }
    }
}
