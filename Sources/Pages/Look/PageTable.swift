/// A table with a caption; the first column names the rows.
package struct PageTable {
    package struct Column {
        let title: String
        let isNumeric: Bool

        package init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    /// Of the table among those of the page.
    let id: String
    let caption: String
    let columns: [Column]
    var rows: [[Markup]]

    package init(id: String, caption: String, columns: [Column], rows: [[Markup]] = []) {
        (self.id, self.caption, self.columns, self.rows) = (id, caption, columns, rows)
    }
}

extension PageContext {
    func table(_ table: PageTable) -> Markup {
        pages.layout.table(table, request.language)
    }
}

extension Layout {
    /// Wide tables scroll in themselves on a narrow screen, and a keyboard reaches that.
    package func table(_ table: PageTable, _ language: PageLanguage) -> Markup {
        let head = table.columns.map { column -> Markup in
            column.isNumeric
                ? "<th scope=\"col\" class=\"number\">\(column.title)</th>"
                : "<th scope=\"col\">\(column.title)</th>"
        }
        let rows = table.rows.map { row -> [String: Any] in
            var cells: Markup = ""
            for (offset, cell) in row.enumerated() {
                let isNumeric = offset < table.columns.count && table.columns[offset].isNumeric
                let written: Markup =
                    switch (offset, isNumeric) {
                    case (0, false): "<th scope=\"row\">\(cell)</th>"
                    case (0, true): "<th scope=\"row\" class=\"number\">\(cell)</th>"
                    case (_, true): "<td class=\"number\">\(cell)</td>"
                    default: "<td>\(cell)</td>"
                    }
                cells = "\(cells)\(written)"
            }
            return ["cells": cells.text]
        }
        let id: Markup = "\(table.id)"
        let caption: Markup = "\(table.caption)"
        let heads: Markup = "\(head)"
        return fill(
            "table",
            [
                "id": id.text, "caption": caption.text, "head": heads.text,
                "rows": rows, "hasRows": !rows.isEmpty,
                "columnCount": "\(table.columns.count)",
                "empty": language == .th ? "ไม่มีรายการ" : "There is nothing to list.",
            ]
        )
    }
}
