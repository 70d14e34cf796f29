import SurveyImport
import Testing

@Suite struct CSVReaderTests {
    struct Read: Equatable {
        var rows: [[String]] = []
        var lines: [Int] = []
        var problems: [CSVProblem] = []
    }

    static func read(
        _ bytes: [UInt8],
        chunkByteCount: Int = 1,
        limits: CSVReader.Limits = .init()
    ) -> Read {
        var reader = CSVReader(limits: limits)
        var result = Read()
        var start = 0
        while true {
            switch reader.next() {
            case .row:
                result.rows.append((0..<reader.row.fieldCount).map { reader.row.text($0) })
                result.lines.append(reader.row.line)
            case .faulty(let problem), .stopped(let problem): result.problems.append(problem)
            case .needsMoreBytes:
                let end = min(start + chunkByteCount, bytes.count)
                if start == end {
                    reader.finish()
                } else {
                    reader.append(Array(bytes[start..<end]))
                }
                start = end
            case .endOfFile: return result
            }
        }
    }

    static func read(_ text: String, chunkByteCount: Int = 1) -> Read {
        read(Array(text.utf8), chunkByteCount: chunkByteCount)
    }

    @Test(arguments: [1, 2, 3, 1_000])
    func `Rows are read whatever the line ends, quotes and chunks`(chunkByteCount: Int) {
        let text = "a,b\r\n\"1,\r\n2\",\"say \"\"hi\"\"\"\n\n,\"\"\r\nบึงกาฬ,  x \n"
        let read = Self.read(text, chunkByteCount: chunkByteCount)
        #expect(
            read.rows == [
                ["a", "b"], ["1,\r\n2", "say \"hi\""], ["", ""], ["บึงกาฬ", "  x "],
            ]
        )
        #expect(read.lines == [1, 2, 5, 6])
        #expect(read.problems.isEmpty)
    }

    @Test(arguments: [1, 2, 4])
    func `A byte order mark is skipped, also before a quoted header`(chunkByteCount: Int) {
        let read = Self.read("\u{FEFF}\"a\",b\n1,2\n", chunkByteCount: chunkByteCount)
        #expect(read.rows == [["a", "b"], ["1", "2"]])
        #expect(read.problems.isEmpty)
    }

    @Test func `A text that only begins like the mark is kept`() {
        // U+FEFE begins with the mark's first two bytes.
        let read = Self.read("\u{FEFE},b\n")
        #expect(read.rows == [["\u{FEFE}", "b"]])
        #expect(Self.read([0xEF]).problems.map(\.kind) == [.invalidUTF8])
    }

    @Test func `An empty input has no rows and no problem`() {
        for text in ["", "\n", "\r\n\r\n", "\u{FEFF}"] {
            #expect(Self.read(text) == Read(), "\(text.debugDescription)")
        }
    }

    @Test func `A row with the wrong number of fields is skipped and the next is read`() {
        let read = Self.read("a,b\n1\n1,2,3\n4,5\n")
        #expect(read.rows == [["a", "b"], ["4", "5"]])
        #expect(
            read.problems == [
                CSVProblem(kind: .wrongFieldCount(expected: 2, found: 1), line: 2, field: 1),
                CSVProblem(kind: .wrongFieldCount(expected: 2, found: 3), line: 3, field: 3),
            ]
        )
    }

    @Test func `Invalid UTF-8 is placed and cannot be completed by the next field`() {
        // The first two bytes of ก, cut by a comma, and the third after it.
        let bytes =
            Array("a,b\nx,".utf8) + [0xE0, 0xB8] + Array("\n".utf8)
            + [0xE0, 0xB8, 0x2C, 0x81, 0x0A] + Array("1,2\n".utf8)
        let read = Self.read(bytes)
        #expect(read.rows == [["a", "b"], ["1", "2"]])
        #expect(
            read.problems == [
                CSVProblem(kind: .invalidUTF8, line: 2, field: 2),
                CSVProblem(kind: .invalidUTF8, line: 3, field: 1),
            ]
        )
    }

    @Test func `A zero byte ends the reading`() {
        for text in ["a,b\n1,\u{0}2\n3,4\n", "a,b\n1,\"\u{0}2\"\n3,4\n"] {
            let read = Self.read(text)
            #expect(read.rows == [["a", "b"]])
            #expect(read.problems == [CSVProblem(kind: .nulByte, line: 2, field: 2)])
        }
    }

    @Test func `An unclosed quote is reported where it opened`() {
        let read = Self.read("a,b\n1,2\n3,\"4\n5,6\n7,8\n")
        #expect(read.rows == [["a", "b"], ["1", "2"]])
        #expect(read.problems == [CSVProblem(kind: .unclosedQuote, line: 3, field: 2)])
    }

    @Test func `A file cut inside a row is reported`() {
        let read = Self.read("a,b,c\n1,2,3\n4,5")
        #expect(read.rows == [["a", "b", "c"], ["1", "2", "3"]])
        let expected = CSVProblem(kind: .cutMidRow(expected: 3, found: 2), line: 3, field: 2)
        #expect(read.problems == [expected])
    }

    @Test(arguments: ["1,2\r", "1,2", "1,", "1,\"2\"", "1,\u{0E01}"])
    func `A last row without a line end is not taken for whole`(last: String) {
        let read = Self.read("a,b\n3,4\n" + last)
        #expect(read.rows == [["a", "b"], ["3", "4"]])
        #expect(read.problems == [CSVProblem(kind: .rowUnterminated, line: 3, field: 2)])
    }

    @Test func `Quotes and carriage returns out of place spoil their row only`() {
        let read = Self.read("a,b\n1,2\"3\n\"4\"x,5\n6\r7,8\n9,10\n")
        #expect(read.rows == [["a", "b"], ["9", "10"]])
        #expect(
            read.problems == [
                CSVProblem(kind: .strayQuote, line: 2, field: 2),
                CSVProblem(kind: .strayQuote, line: 3, field: 1),
                CSVProblem(kind: .bareCarriageReturn, line: 4, field: 1),
            ]
        )
    }

    @Test(arguments: [1, 64])
    func `Fields and rows have a length limit`(chunkByteCount: Int) {
        var limits = CSVReader.Limits()
        limits.fieldByteCount = 8
        limits.rowByteCount = 12
        func problems(_ text: String) -> [CSVProblem] {
            Self.read(Array(text.utf8), chunkByteCount: chunkByteCount, limits: limits).problems
        }
        #expect(problems("12345678,b\n").isEmpty)
        let tooLong = CSVProblem(kind: .fieldTooLong, line: 1, field: 1)
        #expect(problems("123456789,b\n") == [tooLong])
        // The line is where the quote opened, not where the limit was met.
        let runaway = CSVProblem(kind: .fieldTooLong, line: 2, field: 1)
        #expect(problems("a,b\n\"1\n\n\n\n\n\n\n\n\n\n") == [runaway])
        let rowTooLong = CSVProblem(kind: .rowTooLong, line: 1, field: 3)
        #expect(problems("12345,12345,1\n") == [rowTooLong])
    }

    @Test func `Whatever is written is read back the same`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = Generator(state: seed)
        let pieces = ["", "a", "บึง", ",", "\"", "\n", "\r\n", "\r", " ", "ก็", "😀", "\t", "x;y|z"]
        for _ in 0..<300 {
            let width = Int.random(in: 2...6, using: &generator)
            var rows: [[String]] = []
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                rows.append(
                    (0..<width).map { _ in
                        (0..<Int.random(in: 0...4, using: &generator))
                            .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
                    }
                )
            }
            let lineEnd = Bool.random(using: &generator) ? "\n" : "\r\n"
            let text = rows.map { $0.map(CSVWriter.field).joined(separator: ",") + lineEnd }
                .joined()
            let chunkByteCount = Int.random(in: 1...40, using: &generator)
            let read = Self.read(text, chunkByteCount: chunkByteCount)
            #expect(
                read.rows.map { $0.map { Array($0.utf8) } }
                    == rows.map { $0.map { Array($0.utf8) } },
                "seed \(seed)"
            )
            #expect(read.problems.isEmpty, "seed \(seed)")
        }
    }

    @Test func `Any bytes end in rows or problems, whatever the chunks`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = Generator(state: seed)
        let alphabet: [UInt8] = [
            0x61, 0x2C, 0x22, 0x0A, 0x0D, 0xE0, 0xB8, 0x81, 0xEF, 0xBB, 0xBF, 0,
        ]
        for _ in 0..<1_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0x61
            }
            let whole = Self.read(bytes, chunkByteCount: 100)
            #expect(Self.read(bytes, chunkByteCount: 1) == whole, "seed \(seed)")
            #expect(Self.read(bytes, chunkByteCount: 3) == whole, "seed \(seed)")
        }
    }
}
