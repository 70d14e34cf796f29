/// A streaming reader of CSV (RFC 4180) in UTF-8, fed with bytes in chunks of any size.
///
/// Memory is one row and one chunk, whatever the file's size. Line ends may be CRLF or LF, a byte
/// order mark is skipped, and empty lines are skipped. Every row must have as many fields as the
/// first, and a line end: without one nothing tells a whole file from one that was cut.
///
/// SwiftCSV 0.10 was considered: it holds the whole file as one String and its rows, knows neither
/// line numbers nor limits, and says only that quotes do not match. An import of 130 thousand
/// households must say which line to correct.
package struct CSVReader: Sendable {
    package enum Step: Sendable, Hashable {
        /// `row` holds the next row.
        case row
        /// A row that could not be read, skipped.
        case faulty(CSVProblem)
        /// Nothing after this can be read; later steps are `endOfFile`.
        case stopped(CSVProblem)
        case needsMoreBytes
        case endOfFile
    }

    package struct Limits: Sendable {
        package var fieldByteCount = 64 * 1024
        package var rowByteCount = 1024 * 1024

        package init() {}
    }

    /// The row of the last step, until the next one.
    package private(set) var row = CSVRow()

    private enum Position {
        case fieldStart
        case unquoted
        case quoted
        /// After a quote in a quoted field: it closes the field or begins `""`.
        case quoteInQuoted
    }

    private let limits: Limits
    private var chunk: [UInt8] = []
    private var offset = 0
    private var inputHasEnded = false
    private var hasStopped = false

    private var position = Position.fieldStart
    private var carriageReturnIsPending = false
    private var rowIsFinished = true
    private var rowIsTerminated = true
    private var fieldStart = 0
    private var line = 1
    private var quoteLine = 1
    private var rowHasQuotes = false
    private var fault: CSVProblem?
    private var expectedFieldCount: Int?
    private var markByteCount: Int? = 0

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Adds the bytes that follow; cheapest after `needsMoreBytes`.
    package mutating func append(_ bytes: [UInt8]) {
        if offset == chunk.count {
            chunk = bytes
        } else {
            chunk.removeSubrange(..<offset)
            chunk.append(contentsOf: bytes)
        }
        offset = 0
    }

    /// Says that no bytes follow.
    package mutating func finish() {
        inputHasEnded = true
    }

    /// Reads on to the end of a row.
    package mutating func next() -> Step {
        guard !hasStopped else { return .endOfFile }
        if rowIsFinished { beginRow() }
        skipByteOrderMark()
        if takePlainRow() { return finishedRow() }
        while offset < chunk.count {
            if let problem = consume() { return stop(problem) }
            if rowIsFinished {
                if rowIsEmptyLine {
                    beginRow()
                } else {
                    return finishedRow()
                }
            }
        }
        return inputHasEnded ? end() : .needsMoreBytes
    }

    /// Takes a whole row at once if it has no quotes and ends within the chunk, as nearly all do; then
    /// its bytes are those of its line.
    ///
    /// A row of answers has over a hundred cells, most of them of a few bytes: so they are copied
    /// together. Whatever is out of the ordinary is left to `consume`, with nothing taken.
    private mutating func takePlainRow() -> Bool {
        guard position == .fieldStart, row.ends.isEmpty, row.bytes.isEmpty,
            !carriageReturnIsPending
        else { return false }
        var end = offset
        let last = min(chunk.count, offset + min(limits.fieldByteCount, limits.rowByteCount))
        scan: while end < last {
            let byte = chunk[end]
            if byte <= UInt8(ascii: ",") {
                switch byte {
                case UInt8(ascii: ","): row.ends.append(end - offset)
                case UInt8(ascii: "\n"): break scan
                case UInt8(ascii: "\r")
                where end + 1 < last && chunk[end + 1] == UInt8(ascii: "\n"):
                    break scan
                case UInt8(ascii: "\r"), UInt8(ascii: "\""), 0:
                    row.ends.removeAll(keepingCapacity: true)
                    return false
                default: break
                }
            }
            end += 1
        }
        guard end < last, end > offset else {
            row.ends.removeAll(keepingCapacity: true)
            return false
        }
        row.ends.append(end - offset)
        row.bytes.append(contentsOf: chunk[offset..<end])
        offset = end + (chunk[end] == UInt8(ascii: "\r") ? 2 : 1)
        line += 1
        rowIsFinished = true
        return true
    }

    private mutating func beginRow() {
        row.reset(line: line)
        rowIsFinished = false
        position = .fieldStart
        fieldStart = 0
        fault = nil
        rowHasQuotes = false
    }

    private var rowIsEmptyLine: Bool {
        row.ends.count == 1 && row.bytes.isEmpty && !rowHasQuotes
    }

    // The mark may come in pieces; `markByteCount` is how much of it was seen, nil when decided.
    private mutating func skipByteOrderMark() {
        let mark: InlineArray<3, UInt8> = [0xEF, 0xBB, 0xBF]
        while let seen = markByteCount, offset < chunk.count {
            if chunk[offset] == mark[seen] {
                offset += 1
                markByteCount = seen == 2 ? nil : seen + 1
            } else {
                for index in 0..<seen { row.bytes.append(mark[index]) }
                if seen > 0 { position = .unquoted }
                markByteCount = nil
            }
        }
    }

    /// Consumes a run of ordinary bytes or one special byte; returns what ends the reading.
    private mutating func consume() -> CSVProblem.Kind? {
        if carriageReturnIsPending {
            carriageReturnIsPending = false
            if chunk[offset] == UInt8(ascii: "\n") {
                return endLine()
            }
            note(.bareCarriageReturn)
            row.bytes.append(UInt8(ascii: "\r"))
            position = .unquoted
        }
        let byte = chunk[offset]
        switch position {
        case .quoted: return consumeQuoted()
        case .quoteInQuoted where byte == UInt8(ascii: "\""):
            row.bytes.append(byte)
            offset += 1
            position = .quoted
            return nil
        case .fieldStart where byte == UInt8(ascii: "\""):
            offset += 1
            quoteLine = line
            rowHasQuotes = true
            position = .quoted
            return nil
        default: break
        }
        switch byte {
        case UInt8(ascii: ","):
            endField()
            row.bytes.append(byte)
            fieldStart = row.bytes.count
            offset += 1
            return nil
        case UInt8(ascii: "\n"): return endLine()
        case UInt8(ascii: "\r"):
            carriageReturnIsPending = true
            offset += 1
            return nil
        case UInt8(ascii: "\""):
            note(.strayQuote)
            row.bytes.append(byte)
            offset += 1
            position = .unquoted
            return nil
        case 0: return .nulByte
        default: return consumeUnquotedRun()
        }
    }

    private mutating func consumeUnquotedRun() -> CSVProblem.Kind? {
        if position == .quoteInQuoted { note(.strayQuote) }
        position = .unquoted
        var end = offset
        // Every byte with a meaning is at most a comma (0x2C).
        while end < chunk.count {
            let byte = chunk[end]
            if byte <= UInt8(ascii: ",") {
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
                    || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\"") || byte == 0
                {
                    break
                }
            }
            end += 1
        }
        return take(until: end)
    }

    private mutating func consumeQuoted() -> CSVProblem.Kind? {
        var end = offset
        while end < chunk.count, chunk[end] != UInt8(ascii: "\""), chunk[end] != 0 {
            if chunk[end] == UInt8(ascii: "\n") { line += 1 }
            end += 1
        }
        if let problem = take(until: end) { return problem }
        guard offset < chunk.count else { return nil }
        guard chunk[offset] != 0 else { return .nulByte }
        offset += 1
        position = .quoteInQuoted
        return nil
    }

    private mutating func take(until end: Int) -> CSVProblem.Kind? {
        row.bytes.append(contentsOf: chunk[offset..<end])
        offset = end
        guard row.bytes.count - fieldStart <= limits.fieldByteCount else { return .fieldTooLong }
        guard row.bytes.count <= limits.rowByteCount else { return .rowTooLong }
        return nil
    }

    private mutating func endField() {
        row.ends.append(row.bytes.count)
        position = .fieldStart
    }

    private mutating func endLine() -> CSVProblem.Kind? {
        endField()
        offset += 1
        line += 1
        rowIsFinished = true
        return nil
    }

    private mutating func note(_ kind: CSVProblem.Kind) {
        guard fault == nil else { return }
        fault = CSVProblem(kind: kind, line: line, field: row.ends.count + 1)
    }

    private mutating func finishedRow() -> Step {
        if let fault { return .faulty(fault) }
        let found = row.ends.count
        if let expected = expectedFieldCount, expected != found {
            if !rowIsTerminated, found < expected {
                return stop(.cutMidRow(expected: expected, found: found), field: found)
            }
            let kind = CSVProblem.Kind.wrongFieldCount(expected: expected, found: found)
            return .faulty(CSVProblem(kind: kind, line: row.line, field: min(found, expected + 1)))
        }
        guard rowIsTerminated else {
            return .faulty(CSVProblem(kind: .rowUnterminated, line: row.line, field: found))
        }
        if let field = firstInvalidField() {
            return .faulty(CSVProblem(kind: .invalidUTF8, line: row.line, field: field))
        }
        expectedFieldCount = found
        return .row
    }

    private func firstInvalidField() -> Int? {
        do {
            _ = try UTF8Span(validating: row.bytes.span)
            return nil
        } catch {
            let place = error.byteOffsets.lowerBound
            return 1 + (row.ends.firstIndex { place <= $0 } ?? 0)
        }
    }

    private mutating func stop(_ kind: CSVProblem.Kind, field: Int? = nil) -> Step {
        hasStopped = true
        let isInsideQuotes = position == .quoted
        // Far from the end of a runaway field, the line that helps is the one where its quote
        // opened.
        let place = isInsideQuotes && kind != .nulByte ? quoteLine : line
        let isCut = field != nil
        return .stopped(
            CSVProblem(
                kind: kind,
                line: isCut ? row.line : place,
                field: field ?? row.ends.count + 1
            )
        )
    }

    private mutating func end() -> Step {
        if position == .quoted { return stop(.unclosedQuote) }
        carriageReturnIsPending = false
        if let seen = markByteCount, seen > 0 {
            markByteCount = nil
            note(.invalidUTF8)
            row.bytes.append(0xEF)
        }
        let hasContent = !row.bytes.isEmpty || !row.ends.isEmpty || rowHasQuotes
        guard !rowIsFinished, hasContent else {
            hasStopped = true
            return .endOfFile
        }
        endField()
        rowIsFinished = true
        rowIsTerminated = false
        return finishedRow()
    }
}
