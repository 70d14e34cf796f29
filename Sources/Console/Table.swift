/// Rows for people on a terminal, and the same rows for `cut` and `awk` in a pipe.
///
/// A terminal gets aligned columns; anything else gets tabs, so that a column is found by its number
/// whatever is in it. Both begin with the titles.
package struct Table: Sendable {
    package struct Column: Sendable {
        package let title: String
        package let isNumeric: Bool

        package init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    package let columns: [Column]
    package private(set) var rows: [[String]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    package mutating func append(_ row: [String]) {
        precondition(row.count == columns.count, "a row has a cell for each column")
        // Nothing in a cell may look like the end of a cell or of a row.
        rows.append(
            row.map {
                $0.split(whereSeparator: { $0.isNewline || $0 == "\t" }).joined(separator: " ")
            }
        )
    }

    package func text(forTerminal: Bool) -> String {
        let lines = [columns.map(\.title)] + rows
        guard forTerminal else {
            return lines.map { $0.joined(separator: "\t") + "\n" }.joined()
        }
        let widths = columns.indices.map { column in
            lines.reduce(0) { max($0, $1[column].columnCount) }
        }
        return lines.map { line in
            var text = ""
            for (index, cell) in line.enumerated() {
                let isLast = index == line.count - 1
                if columns[index].isNumeric {
                    text += cell.padded(to: widths[index], atStart: true)
                } else {
                    text += isLast ? cell : cell.padded(to: widths[index])
                }
                if !isLast { text += "  " }
            }
            return text + "\n"
        }.joined()
    }
}

/// Named values one under the other: `name: value`, aligned on a terminal, a tab between in a pipe.
package struct FieldList: Sendable {
    private var fields: [(name: String, value: String)] = []

    package init() {}

    package mutating func append(_ name: String, _ value: String) {
        fields.append((name, value))
    }

    package func text(forTerminal: Bool) -> String {
        let width = forTerminal ? fields.reduce(0) { max($0, $1.name.columnCount) } : 0
        return fields.map { field in
            forTerminal
                ? "\(field.name.padded(to: width))  \(field.value)\n"
                : "\(field.name)\t\(field.value)\n"
        }.joined()
    }
}
