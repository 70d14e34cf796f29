import Console
import Survey
import SurveyImport

/// What a file says, before anything of it is recorded.
struct ImportPreview: Sendable {
    private static let shownRowCount = 5
    // A file of answers has over a hundred columns, of which the first say what a row is about.
    private static let shownColumnCount = 12

    /// How many acts would be handed to the ledger.
    private(set) var readyCount = 0
    private(set) var rowCount = 0
    private(set) var faults = ImportFaults()
    /// Why the person may not enter some of it, by the codes that auditors are told.
    private(set) var accessCodes: Set<String> = []
    /// The header and the first rows, each with its line.
    private(set) var header: [String] = []
    private(set) var firstRows: [(line: Int, cells: [String])] = []

    /// Reads all of it; `requireAllowed` throws what the person who uploaded it may not enter.
    ///
    /// Throws `uploadTooLong` before anything is made of more rows than that.
    @available(*, noasync)
    init(
        of bytes: [UInt8],
        _ kind: ImportKind,
        _ questionnaires: [String: Questionnaire],
        rowCountMax: Int,
        requireAllowed: (Command) throws -> Void
    ) throws {
        try readRows(bytes, atMost: rowCountMax)
        var importer = CommandImporter(kind, actor: Actor(), questionnaires: questionnaires)
        importer.append(bytes)
        importer.finish()
        let seen = SeenMembers()
        while let item = importer.next() {
            switch item {
            case .command(let given, let line):
                do {
                    try requireAllowed(given.command)
                } catch let problem as Problem where problem.status == 403 {
                    faults.refuse([ImportFault(problem, line: line)])
                    accessCodes.insert(problem.code)
                    continue
                }
                readyCount += 1
                let warnings = GivenMembers(given).map(seen.warnings) ?? []
                faults.warn(warnings.map { ImportFault($0, line: line) })
            case .problems(let problems), .stopped(let problems):
                faults.refuse(problems.map { ImportFault($0) })
            }
        }
    }

    /// What stood in the file is told no more.
    mutating func forgetRows() { firstRows = [] }

    /// What is found when it is recorded takes their place; their number stays.
    mutating func forgetFaults() { faults.forgetKept() }

    private mutating func readRows(
        _ bytes: [UInt8],
        atMost rowCountMax: Int
    ) throws(Problem) {
        var reader = CSVReader()
        reader.append(bytes)
        reader.finish()
        var isOver = false
        var hasHeader = false
        while !isOver {
            switch reader.next() {
            case .row where !hasHeader:
                hasHeader = true
                header = Self.cells(reader.row)
            case .row:
                rowCount += 1
                if firstRows.count < Self.shownRowCount {
                    firstRows.append((reader.row.line, Self.cells(reader.row)))
                }
            case .faulty: rowCount += hasHeader ? 1 : 0
            case .stopped, .endOfFile, .needsMoreBytes: isOver = true
            }
            guard rowCount <= rowCountMax else {
                throw Problem(.uploadTooLong, "\(rowCountMax)")
            }
        }
    }

    private static func cells(_ row: CSVRow) -> [String] {
        (0..<min(row.fieldCount, shownColumnCount)).map { String(row.text($0).prefix(80)) }
    }
}
