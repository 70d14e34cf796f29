extension String {
    /// Columns that the text takes on a terminal.
    ///
    /// Thai vowels above and below and tone marks stand over the consonant before them and take
    /// none; CJK takes two. Counting characters would be wrong the other way: SARA AM (U+0E33) joins
    /// the consonant's grapheme cluster and still takes a column.
    package var columnCount: Int {
        unicodeScalars.reduce(0) { $0 + $1.columnCount }
    }

    /// The text with spaces after it, or before it, up to a width.
    package func padded(to columns: Int, atStart: Bool = false) -> String {
        let missing = columns - columnCount
        guard missing > 0 else { return self }
        let spaces = String(repeating: " ", count: missing)
        return atStart ? spaces + self : self + spaces
    }
}

extension Unicode.Scalar {
    fileprivate var columnCount: Int {
        switch value {
        case 0x20...0x7E: return 1
        case 0x0E31, 0x0E34...0x0E3A, 0x0E47...0x0E4E: return 0
        case 0x0E01...0x0E5B: return 1
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch value {
        // Unicode Standard Annex #11, the wide and fullwidth blocks.
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
