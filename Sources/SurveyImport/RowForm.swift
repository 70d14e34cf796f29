internal import Survey

/// A column of one kind of row, by its place in `ImportKind.columns`.
protocol ColumnIndex {
    var index: Int { get }
}

extension ColumnIndex where Self: RawRepresentable, RawValue == Int {
    var index: Int { rawValue }
}

/// One row read by column; collects every problem instead of ending at the first.
struct RowForm {
    let row: CSVRow
    let columns: [ImportColumn]
    private(set) var problems: [RowProblem] = []
    private let fields: [Int]

    init(row: CSVRow, header: ImportHeader, columns: [ImportColumn]) {
        self.row = row
        self.columns = columns
        fields = header.fields
    }

    /// The column's bytes in the row, without spaces around; empty where the file lacks the column.
    func range(_ column: some ColumnIndex) -> Range<Int> {
        let field = fields[column.index]
        return field < 0 ? 0..<0 : row.trimmedRange(field)
    }

    /// Text of any part of the row.
    func text(in range: Range<Int>) -> String {
        String(decoding: row.bytes[range], as: UTF8.self)
    }

    // A field of separators alone could have tens of thousands; nobody reads more than these.
    static let problemLimit = 100

    mutating func report(
        _ code: RowProblem.Code,
        _ column: some ColumnIndex,
        part: String = "",
        detail: String = ""
    ) {
        guard problems.count < RowForm.problemLimit else { return }
        let name = columns[column.index].name + part
        problems.append(RowProblem(line: row.line, column: name, code: code, detail: detail))
    }

    func optional(_ column: some ColumnIndex) -> String {
        SpreadsheetText.unguarded(text(in: range(column)))
    }

    mutating func required(_ column: some ColumnIndex) -> String {
        let range = range(column)
        if range.isEmpty { report(.valueMissing, column) }
        return SpreadsheetText.unguarded(text(in: range))
    }

    /// An identifier of a person or a household: open in every record, so never a citizen id.
    mutating func identifier(_ column: some ColumnIndex) -> String {
        let text = required(column)
        if text.utf8.count == 13, CitizenID.problem(of: text) == nil {
            report(.identifierIsPersonal, column)
        }
        return text
    }

    /// An ISO day from any form that people write.
    mutating func requiredDay(_ column: some ColumnIndex) -> String {
        guard !range(column).isEmpty else {
            report(.valueMissing, column)
            return ""
        }
        return optionalDay(column)
    }

    /// An ISO day, or empty.
    mutating func optionalDay(_ column: some ColumnIndex) -> String {
        let range = range(column)
        return range.isEmpty ? "" : day(in: range, column)
    }

    mutating func day(
        in range: Range<Int>,
        _ column: some ColumnIndex,
        part: @autoclosure () -> String = ""
    ) -> String {
        parsedDay(in: range, column, part: part())?.iso ?? ""
    }

    /// Nil after a problem.
    mutating func parsedDay(
        in range: Range<Int>,
        _ column: some ColumnIndex,
        part: @autoclosure () -> String = ""
    ) -> Day? {
        do {
            return try ThaiDate.parse(text(in: range))
        } catch {
            let code: RowProblem.Code =
                switch error {
                case .noSuchDate: .dateNoSuchDay
                case .unreadable: .dateUnreadable
                case .twoDigitYear: .dateTwoDigitYear
                case .ambiguous: .dateAmbiguous
                case .yearOutOfRange: .dateYearOutOfRange
                }
            report(code, column, part: part())
            return nil
        }
    }

    mutating func number(_ column: some ColumnIndex) -> UInt32 {
        let range = range(column)
        guard !range.isEmpty else {
            report(.valueMissing, column)
            return 0
        }
        guard let value = CountText.value(row.bytes[range]) else {
            report(.numberMalformed, column)
            return 0
        }
        return value
    }

    /// The year that names a cycle, in the digits of records: forms may have Thai ones.
    mutating func cycle(_ column: some ColumnIndex) -> String {
        CountText.westernDigits(required(column))
    }

    /// The number that ASCII digits write; nil for anything else or for more than nine digits.
    func digits(in range: Range<Int>) -> Int? {
        guard (1...9).contains(range.count) else { return nil }
        var value = 0
        for index in range {
            let digit = row.bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    mutating func flag(_ column: some ColumnIndex) -> Bool {
        switch optional(column).lowercased() {
        case "", "false", "0": return false
        case "true", "1": return true
        default:
            report(.flagMalformed, column)
            return false
        }
    }

    /// An area code of one of the lengths; spreadsheets turn codes into 3.8E+07.
    mutating func areaCode(
        _ column: some ColumnIndex,
        lengths: [Int],
        isRequired: Bool = true
    ) -> String {
        let range = range(column)
        if range.isEmpty {
            if isRequired { report(.valueMissing, column) }
            return ""
        }
        guard lengths.contains(range.count), digits(in: range) != nil else {
            let allowed = lengths.map(String.init).joined(separator: "/")
            report(.codeMalformed, column, detail: allowed)
            return ""
        }
        return text(in: range)
    }

    mutating func word<Value>(_ column: some ColumnIndex, _ words: [(String, Value)]) -> Value? {
        let text = required(column)
        if let value = words.first(where: { $0.0 == text }) { return value.1 }
        if !text.isEmpty {
            let allowed = words.map(\.0).joined(separator: ", ")
            report(.wordUnknown, column, detail: allowed)
        }
        return nil
    }
}
