import Console
import Foundation

/// One line of input, or why it cannot be one.
struct InputLine: Sendable {
    /// 1-based, as editors count.
    let number: Int
    let content: Result<[UInt8], LineProblem>
}

/// Cuts a stream into lines with bounded memory.
struct LineReader {
    /// Far above any command that could become a record of 64 KiB.
    static let lineByteCountMaximum = 256 * 1024

    private let descriptor: Int32
    private let path: String
    private var pending: [UInt8] = []
    /// Where in `pending` the next line begins, and up to where it was searched for its end.
    private var lineStart = 0
    private var searched = 0
    private var lineNumber = 0
    /// The rest of an over-long line is skipped up to its end.
    private var isSkipping = false
    private var hasEnded = false

    init(_ descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// The next lines, at most `count`; empty at the end of the input.
    ///
    /// Waits for the first line only. Whoever sends one command and reads its receipt before the
    /// next is answered at once; whoever sends many fills the batch.
    mutating func nextLines(count: Int) throws(Failure) -> [InputLine] {
        var lines: [InputLine] = []
        while lines.count < count {
            if let line = takeLine() {
                if let line { lines.append(line) }
                continue
            }
            if hasEnded { break }
            if !lines.isEmpty, !hasInputWaiting { break }
            try fill()
        }
        return lines
    }

    private var hasInputWaiting: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&request, 1, 0) != 0
    }

    private mutating func fill() throws(Failure) {
        if lineStart > 0 {
            pending.removeSubrange(..<lineStart)
            searched -= lineStart
            lineStart = 0
        }
        let bytes = try Files.read(descriptor, upTo: 256 * 1024, of: path)
        if bytes.isEmpty { hasEnded = true }
        pending += bytes
    }

    /// A line; inner nil for one that counts but says nothing; outer nil when more is needed.
    private mutating func takeLine() -> InputLine?? {
        let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n"))
        guard let end = end ?? (hasEnded && lineStart < pending.count ? pending.count : nil) else {
            searched = pending.count
            return skipIfTooLong()
        }
        let line = pending[lineStart..<end]
        lineStart = min(end + 1, pending.count)
        searched = lineStart
        lineNumber += 1
        if isSkipping {
            isSkipping = false
            return .some(InputLine(number: lineNumber, content: .failure(.lineTooLong)))
        }
        return .some(Self.check(line, lineNumber))
    }

    /// Forgets what was read of a line that is too long already, but remembers that it was.
    private mutating func skipIfTooLong() -> InputLine?? {
        if pending.count - lineStart > Self.lineByteCountMaximum { isSkipping = true }
        if isSkipping {
            pending.removeAll(keepingCapacity: true)
            lineStart = 0
            searched = 0
            if hasEnded {
                isSkipping = false
                lineNumber += 1
                return .some(InputLine(number: lineNumber, content: .failure(.lineTooLong)))
            }
        }
        return nil
    }

    /// Nil for a blank line.
    private static func check(_ line: ArraySlice<UInt8>, _ number: Int) -> InputLine? {
        var line = line
        // The mark that some editors put at the start of a file.
        if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        guard line.count <= lineByteCountMaximum else {
            return InputLine(number: number, content: .failure(.lineTooLong))
        }
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        if line.contains(0) { return InputLine(number: number, content: .failure(.nulByte)) }
        let bytes = Array(line)
        guard (try? UTF8Span(validating: bytes.span)) != nil else {
            return InputLine(number: number, content: .failure(.invalidUTF8))
        }
        return InputLine(number: number, content: .success(bytes))
    }
}
