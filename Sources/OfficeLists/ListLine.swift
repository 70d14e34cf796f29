package import Console
import SurveyImport

/// A list as files have it: the same bytes wherever they come from.
package enum ListLine {
    /// What a spreadsheet needs at the beginning, to read a file as UTF-8.
    package static let byteOrderMark = "\u{FEFF}"

    package static func titles(_ titles: [ListTitle]) -> String { line(titles.map(\.key)) }

    package static func values(_ values: [ListValue]) -> String { line(values.map(field)) }

    /// One object of `bmn list --json`, and of the rows that the service answers.
    package static func json(_ titles: [ListTitle], _ values: [ListValue]) -> JSON {
        .object(zip(titles, values).map { ($0.jsonKey, $1.json) })
    }

    /// RFC 4180: quoted where it must be, CRLF at the end.
    private static func line(_ fields: [String]) -> String {
        fields.map(CSVWriter.field).joined(separator: ",") + "\r\n"
    }

    /// Only what people typed can look like a formula; a number of ours is none.
    private static func field(_ value: ListValue) -> String {
        if case .text(let text) = value { return SpreadsheetText.guarded(text) }
        return value.machineText
    }
}
