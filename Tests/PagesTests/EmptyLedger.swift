import LedgerReader
import LedgerTestSupport
import Pages
import ProjectionCatalog
import ProjectionRuntime
import Testing

/// A ledger that holds nothing but its own beginning.
struct EmptyLedger {
    private let ledger: ScratchLedger
    private let reader: LedgerReader
    private let pages: Pages

    init() throws {
        ledger = try ScratchLedger(isStaffed: false)
        reader = try LedgerReader(ledger.directory)
        let survey = try SurveyDatabase(path: ledger.directory.surveyFile, use: .live)
        try ProjectionRunner(ProjectionCatalog.all, survey).catchUp(reader.snapshot())
        pages = try Pages(
            survey: survey,
            reader: reader,
            origin: Sample.origin,
            address: PlayedSurvey.address
        )
    }

    func ask(_ path: String...) throws -> PageAnswer {
        try pages.answer(
            PageRequest(
                path: path,
                query: [:],
                language: .th,
                reader: PlayedSurvey.everything,
                nowSeconds: PlayedSurvey.nowSeconds
            )
        )
    }

    /// Every test ends by it.
    func verify() throws {
        #expect(try WholeLedger.problems(reader.store, ledger.directory) == [])
    }
}
