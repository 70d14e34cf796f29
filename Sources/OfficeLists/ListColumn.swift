package import Console
package import GRDB
import HouseholdsProjection
package import ProjectionRuntime
package import Survey

/// One cell of a list; people, CSV files and JSON each get it in their own way.
package enum ListValue {
    case empty
    case text(String)
    /// A level, a kind, a role or a state, as in the records.
    case word(String)
    /// An ISO day.
    case day(String)
    /// The code of an area.
    case area(String)
    case number(Int)
    /// Money; 100 are a baht.
    case satang(Int)
    case flag(Bool)

    /// What a script reads, and a filter compares.
    package var machineText: String {
        switch self {
        case .empty: ""
        case .text(let text), .word(let text), .day(let text), .area(let text): text
        case .number(let value), .satang(let value): "\(value)"
        case .flag(let value): value ? "true" : "false"
        }
    }

    package var json: JSON {
        switch self {
        case .empty: .null
        case .text(let text), .word(let text), .day(let text), .area(let text): .string(text)
        case .number(let value), .satang(let value): .number(value)
        case .flag(let value): .bool(value)
        }
    }
}

/// What stands over a column: words for people, and a name that scripts rely on.
package struct ListTitle {
    /// In snake case, as in the CSV files that `bmn import` reads.
    package let key: String
    package let words: Phrase
    package let isNumeric: Bool
    /// Whether its cells are areas, so that `--area` goes by them.
    package let isArea: Bool
    /// Whether a page leaves it out, which has less room than a file.
    package fileprivate(set) var isAside = false
    /// Whether its cells are true or false.
    package fileprivate(set) var isFlag = false

    package init(
        _ key: String,
        _ thai: String,
        _ english: String,
        isNumeric: Bool = false,
        isArea: Bool = false
    ) {
        self.key = key
        words = Phrase(thai: thai, english: english)
        self.isNumeric = isNumeric
        self.isArea = isArea
    }

    /// The key as members of JSON objects are written everywhere.
    package var jsonKey: String {
        let parts = key.split(separator: "_")
        let rest = parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return ([String(parts.first ?? "")] + rest).joined()
    }
}

/// One column of a list, and what it takes from a row.
struct ListColumn<Row> {
    let title: ListTitle
    let value: (Row) -> ListValue

    /// The same, left out of pages.
    var aside: ListColumn {
        var title = title
        title.isAside = true
        return ListColumn(title: title, value: value)
    }

    static func text(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> String?
    ) -> ListColumn {
        ListColumn(title: ListTitle(key, thai, english)) { row in
            value(row).map(ListValue.text) ?? .empty
        }
    }

    static func word(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> String?
    ) -> ListColumn {
        ListColumn(title: ListTitle(key, thai, english)) { row in
            value(row).map(ListValue.word) ?? .empty
        }
    }

    static func day(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> String?
    ) -> ListColumn {
        ListColumn(title: ListTitle(key, thai, english)) { row in
            value(row).map(ListValue.day) ?? .empty
        }
    }

    static func area(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> String?
    ) -> ListColumn {
        ListColumn(title: ListTitle(key, thai, english, isArea: true)) { row in
            value(row).map(ListValue.area) ?? .empty
        }
    }

    static func number(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> Int?
    ) -> ListColumn {
        ListColumn(title: ListTitle(key, thai, english, isNumeric: true)) { row in
            value(row).map(ListValue.number) ?? .empty
        }
    }

    static func satang(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> Int64
    ) -> ListColumn {
        ListColumn(title: ListTitle(key, thai, english, isNumeric: true)) { row in
            .satang(Int(value(row)))
        }
    }

    static func flag(
        _ key: String,
        _ thai: String,
        _ english: String,
        _ value: @escaping (Row) -> Bool?
    ) -> ListColumn {
        var title = ListTitle(key, thai, english)
        title.isFlag = true
        return ListColumn(title: title) { row in
            value(row).map(ListValue.flag) ?? .empty
        }
    }
}

/// Of what a list speaks.
package struct ListScope {
    let cycle: String
    /// The day that it speaks of.
    let day: Day
    let area: AreaInScope?

    package init(cycle: String, day: Day, area: AreaInScope?) {
        self.cycle = cycle
        self.day = day
        self.area = area
    }
}

/// One row: a value for each column, and the record that tells of it.
package struct ListRow {
    package let values: [ListValue]
    /// Nil where no single record does.
    package let recordIndex: Int64?
    /// Of a household, which not everybody may see.
    package let home: ListHome?
}

/// Where a household lives.
package struct ListHome {
    package let cycle: String
    package let village: String
    package let lao: String

    init(_ row: HouseholdRow) { (cycle, village, lao) = (row.cycle, row.village, row.lao) }
}

/// A list that an office needs: its columns, and where the rows come from.
package struct OfficeList {
    /// Whose personal data `bmn list --with-names` opens for each row.
    package enum Subject { case household, person }

    package let titles: [ListTitle]
    /// What must be built to list the past.
    package let projections: [any Projection]
    package let subject: Subject?
    /// Rows are handed on one by one, so that memory does not grow with their number.
    package let forEachRow: (Database, ListScope, (ListRow) throws -> Void) throws -> Void

    init<Row>(
        _ columns: [ListColumn<Row>],
        of projections: [any Projection],
        naming subject: Subject? = nil,
        toldBy recordIndex: @escaping (Row) -> Int64? = { _ in nil },
        livingAt home: @escaping (Row) -> ListHome? = { _ in nil },
        rows: @escaping (Database, ListScope, (Row) throws -> Void) throws -> Void
    ) {
        titles = columns.map(\.title)
        self.projections = projections
        self.subject = subject
        forEachRow = { db, scope, emit in
            try rows(db, scope) { row in
                let values = columns.map { $0.value(row) }
                try emit(
                    ListRow(values: values, recordIndex: recordIndex(row), home: home(row))
                )
            }
        }
    }
}
