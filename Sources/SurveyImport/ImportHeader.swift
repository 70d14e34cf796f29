/// Which field of a row holds which column.
struct ImportHeader: Sendable {
    /// Field index by column index; -1 where the file has no such column.
    let fields: [Int]
    /// Names as the file has them, for faults that are placed by field.
    let names: [String]

    /// Reads the header row, or says everything that is wrong with it.
    init(
        _ row: CSVRow,
        kind: ImportKind,
        columns: [ImportColumn]
    ) throws(ImportHeaderProblems) {
        var fields = [Int](repeating: -1, count: columns.count)
        var names: [String] = []
        var problems: [RowProblem] = []
        var seen: Set<String> = []
        for index in 0..<row.fieldCount {
            let text = String(decoding: row.bytes[row.trimmedRange(index)], as: UTF8.self)
            let name = text.lowercased()
            names.append(name)
            let column = columns.firstIndex { $0.name == name || $0.aliases.contains(name) }
            let shown = name.isEmpty ? "#\(index + 1)" : String(name.prefix(40))
            guard seen.insert(name).inserted, column.map({ fields[$0] < 0 }) ?? true else {
                problems.append(.init(line: row.line, column: shown, code: .columnDuplicate))
                continue
            }
            if let column {
                fields[column] = index
            } else if !kind.ignoredColumns.contains(name) {
                problems.append(.init(line: row.line, column: shown, code: .columnUnknown))
            }
        }
        // Without one known name the row is no header but data, which must not be quoted.
        guard fields.contains(where: { $0 >= 0 }) else {
            let code = Self.code(ofUnknown: row, columns)
            let problem = RowProblem(line: row.line, column: "", code: code)
            throw ImportHeaderProblems(problems: [problem])
        }
        for (column, field) in zip(columns, fields) where column.isRequired && field < 0 {
            problems.append(.init(line: row.line, column: column.name, code: .columnMissing))
        }
        guard problems.isEmpty else {
            throw ImportHeaderProblems(problems: Array(problems.prefix(RowForm.problemLimit)))
        }
        self.fields = fields
        self.names = names
    }
}

extension ImportHeader {
    /// Spreadsheets of some locales separate by semicolons, and copied cells by tabs.
    private static func code(ofUnknown row: CSVRow, _ columns: [ImportColumn]) -> RowProblem.Code {
        let names = row.bytes.split { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\t") }
            .map { String(decoding: $0, as: UTF8.self).lowercased() }
        let isHeader = names.count > 1 && columns.contains { names.contains($0.name) }
        return isHeader ? .separatorNotComma : .headerMissing
    }
}

struct ImportHeaderProblems: Error {
    let problems: [RowProblem]
}
