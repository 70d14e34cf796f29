import Console
import GRDB
import ProjectionRuntime
import Survey

/// One cell of a list; people, CSV files and JSON each get it in their own way.
enum ListValue {
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
    var machineText: String {
        switch self {
        case .empty: ""
        case .text(let text), .word(let text), .day(let text), .area(let text): text
        case .number(let value), .satang(let value): "\(value)"
        case .flag(let value): value ? "true" : "false"
        }
    }

    var json: JSON {
        switch self {
        case .empty: .null
        case .text(let text), .word(let text), .day(let text), .area(let text): .string(text)
        case .number(let value), .satang(let value): .number(value)
        case .flag(let value): .bool(value)
        }
    }
}

/// What stands over a column: words for people, and a name that scripts rely on.
struct ListTitle {
    /// In snake case, as in the CSV files that `bmn import` reads.
    let key: String
    let words: Phrase
    let isNumeric: Bool
    /// Whether its cells are areas, so that `--area` goes by them.
    let isArea: Bool

    init(
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
    var jsonKey: String {
        let parts = key.split(separator: "_")
        let rest = parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return ([String(parts.first ?? "")] + rest).joined()
    }
}

/// One column of a list, and what it takes from a row.
struct ListColumn<Row> {
    let title: ListTitle
    let value: (Row) -> ListValue

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
        ListColumn(title: ListTitle(key, thai, english)) { row in
            value(row).map(ListValue.flag) ?? .empty
        }
    }
}

/// Of what a list speaks.
struct ListScope {
    let cycle: String
    /// The day that it speaks of.
    let day: Day
    let area: AreaInScope?
}

/// A list that an office needs: its columns, and where the rows come from.
struct OfficeList {
    /// Whose personal data `--with-names` opens for each row.
    enum Subject { case household, person }

    let titles: [ListTitle]
    /// What must be built to list the past.
    let projections: [any Projection]
    let subject: Subject?
    /// Rows are handed on one by one, so that memory does not grow with their number.
    let rows: (Database, ListScope, ([ListValue]) throws -> Void) throws -> Void

    init<Row>(
        _ columns: [ListColumn<Row>],
        of projections: [any Projection],
        naming subject: Subject? = nil,
        rows: @escaping (Database, ListScope, (Row) throws -> Void) throws -> Void
    ) {
        titles = columns.map(\.title)
        self.projections = projections
        self.subject = subject
        self.rows = { db, scope, emit in
            try rows(db, scope) { row in try emit(columns.map { $0.value(row) }) }
        }
    }
}
