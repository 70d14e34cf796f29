/// Text in a CSV file that people open in a spreadsheet.
///
/// A spreadsheet runs a field that begins like a formula, and what records say was typed by many
/// people. Such a text gets an apostrophe before it, which a spreadsheet shows as text; reading the
/// file again takes it off, so that nothing changes on the way.
package enum SpreadsheetText {
    // The full-width forms are formulas too where a spreadsheet is set to Japanese or Chinese.
    private static let beginnings: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠",
    ]

    /// The text as it may stand in a file.
    package static func guarded(_ text: String) -> String {
        beginsFormula(text) ? "'" + text : text
    }

    /// The text that `guarded` was given.
    package static func unguarded(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), beginsFormula(text) else { return text }
        return String(text.unicodeScalars.dropFirst())
    }

    /// Also behind apostrophes, so that one that was typed is told from one that was added.
    private static func beginsFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" }.map(beginnings.contains) ?? false
    }
}
