import Console
import OfficeLists
import Survey

/// Writes the rows of a list as they come.
struct ListWriter {
    enum Format { case table, csv, json }

    private let page: Page
    private let titles: [ListTitle]
    private let format: Format
    private let results = Output()
    /// Of a table; columns are as wide as the rows of one part need.
    private var part: Table
    private var isFirstPart = true
    private var areaNames: [String: String?] = [:]

    private static let partRowCount = 500

    init(_ page: Page, _ titles: [ListTitle], _ format: Format) throws {
        self.page = page
        self.titles = titles
        self.format = format
        part = Self.part(page, titles)
        if format == .csv {
            // As the templates of imports begin: a spreadsheet then reads it as UTF-8.
            try results.write(ListLine.byteOrderMark + ListLine.titles(titles))
        }
    }

    private static func part(_ page: Page, _ titles: [ListTitle]) -> Table {
        Table(titles.map { .init($0.words.text(page.language), isNumeric: $0.isNumeric) })
    }

    /// `nameOf` gives the name of an area, for people.
    mutating func append(
        _ values: [ListValue],
        nameOf: (String) throws -> String?
    ) throws {
        switch format {
        case .csv: try results.write(ListLine.values(values))
        case .json: try results.write(ListLine.json(titles, values))
        case .table:
            let cells = try values.map { try text($0, nameOf) }
            part.append(cells)
            if part.rows.count >= Self.partRowCount { try writePart() }
        }
    }

    mutating func finish() throws {
        if format == .table, isFirstPart || !part.rows.isEmpty { try writePart() }
        try results.flush()
    }

    /// In a pipe the titles stand once; on a terminal each part has its own widths and titles.
    private mutating func writePart() throws {
        let text = part.text(forTerminal: results.isTerminal)
        let isContinued = !isFirstPart && !results.isTerminal
        try results.write(
            isContinued
                ? String(text[text.index(after: text.firstIndex(of: "\n") ?? text.startIndex)...])
                : text
        )
        isFirstPart = false
        part = Self.part(page, titles)
    }

    private mutating func text(
        _ value: ListValue,
        _ nameOf: (String) throws -> String?
    ) throws -> String {
        switch value {
        case .empty: return "-"
        case .text(let text): return text
        case .word(let word): return page.word(word)
        case .day(let iso): return page.day(iso)
        case .number(let value): return "\(value)"
        case .satang(let value): return Self.baht(value)
        case .flag(let value): return page.yesNo(value)
        case .area(let code):
            let name: String?
            if let known = areaNames[code] {
                name = known
            } else {
                name = try nameOf(code)
                areaNames[code] = .some(name)
            }
            return name.map { "\(code) \($0)" } ?? code
        }
    }

    private static func baht(_ satang: Int) -> String {
        let (baht, rest) = satang.magnitude.quotientAndRemainder(dividingBy: 100)
        return (satang < 0 ? "-" : "") + baht.grouped + (rest < 10 ? ".0" : ".") + "\(rest)"
    }
}
