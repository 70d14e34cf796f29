/// One row's fields, unquoted, in one buffer that the reader uses again for the next row.
package struct CSVRow: Sendable {
    /// 1-based physical line on which the row begins.
    package internal(set) var line = 1
    // Fields are joined by one separator byte, so that a UTF-8 sequence cut by a field's end cannot
    // be completed by the next field and pass as valid.
    var bytes: [UInt8] = []
    // Where each field ends in `bytes`.
    var ends: [Int] = []

    package init() {}

    package var fieldCount: Int { ends.count }

    /// The field as written, without its quotes.
    package func text(_ index: Int) -> String {
        String(decoding: bytes[range(index)], as: UTF8.self)
    }

    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1] + 1)..<ends[index]
    }

    /// The field's bytes without spaces and tabs at its ends.
    func trimmedRange(_ index: Int) -> Range<Int> {
        let whole = range(index)
        return trimmed(whole)
    }

    func trimmed(_ whole: Range<Int>) -> Range<Int> {
        var lower = whole.lowerBound
        var upper = whole.upperBound
        while lower < upper, bytes[lower] == 0x20 || bytes[lower] == 0x09 { lower += 1 }
        while upper > lower, bytes[upper - 1] == 0x20 || bytes[upper - 1] == 0x09 { upper -= 1 }
        return lower..<upper
    }

    /// Whether no field has anything but spaces: spreadsheets leave such rows at the end.
    var isBlank: Bool {
        for index in 0..<fieldCount where !trimmedRange(index).isEmpty { return false }
        return true
    }

    mutating func reset(line: Int) {
        self.line = line
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}
