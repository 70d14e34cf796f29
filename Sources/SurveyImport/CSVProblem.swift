/// What is wrong with a CSV file as CSV, before any meaning.
package struct CSVProblem: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A byte sequence that is no UTF-8, as in a file saved as Windows-874.
        case invalidUTF8
        /// Text files have none; usually the file is UTF-16.
        case nulByte
        /// The file ended inside a quoted field; the line is where the quote opened.
        case unclosedQuote
        /// The file ended in a row that has too few fields and no line end.
        case cutMidRow(expected: Int, found: Int)
        /// The file ended in a row that has all its fields but no line end: the last may be cut.
        case rowUnterminated
        case wrongFieldCount(expected: Int, found: Int)
        case fieldTooLong
        case rowTooLong
        /// A quote inside an unquoted field, or text after a closing quote.
        case strayQuote
        /// A carriage return that no line feed follows.
        case bareCarriageReturn
    }

    package let kind: Kind
    /// 1-based physical line, counting line feeds inside quoted fields.
    package let line: Int
    /// 1-based field within the row.
    package let field: Int

    package init(kind: Kind, line: Int, field: Int) {
        self.kind = kind
        self.line = line
        self.field = field
    }

    /// Whether the rest of the file cannot be read: where rows begin is no longer known.
    package var endsReading: Bool {
        switch kind {
        case .nulByte, .unclosedQuote, .cutMidRow, .fieldTooLong, .rowTooLong: true
        case .invalidUTF8, .rowUnterminated, .wrongFieldCount, .strayQuote, .bareCarriageReturn:
            false
        }
    }
}
