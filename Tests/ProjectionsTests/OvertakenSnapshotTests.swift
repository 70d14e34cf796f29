import Foundation
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// Somebody appends and catches the rows up between another one's look at the ledger and at the rows.
@Suite struct `A snapshot that others have overtaken` {
    private static let all = ProjectionCatalog.all
    private static let staffedSize = UInt64(Sample.setup.count + 1)
    private let ledger: ScratchLedger
    private var path: String { ledger.directory.surveyFile }

    init() throws { ledger = try ScratchLedger() }

    /// What another process does meanwhile.
    private func overtake(_ range: Range<Int>, _ writer: LedgerWriter) throws {
        let commands = range.map { Sample.record("h-\($0)", place: $0 % 2) }
        for outcome in try writer.run(commands) { _ = try outcome.get() }
        let database = try SurveyDatabase(path: path, use: .live)
        try ProjectionRunner(Self.all, database).catchUp(writer.reader.snapshot())
        try database.close()
    }

    private func expectWhole(_ writer: LedgerWriter) throws {
        #expect(try WholeLedger.problems(writer.reader.store, ledger.directory) == [])
    }

    @Test func `is taken anew, and nobody is accused of having cut the ledger back`() throws {
        let writer = try ledger.writer()
        var snapshot = try writer.reader.snapshot()
        try overtake(0..<4, writer)
        let runner = ProjectionRunner(Self.all, try SurveyDatabase(path: path, use: .live))
        let code = #expect(throws: ProjectionError.self) { try runner.catchUp(snapshot) }?.code
        #expect(code == .positionBeyondLedger)
        let positions = try writer.reader.following(&snapshot) { try runner.catchUp($0) }
        let size = snapshot.treeSize
        #expect(size == Self.staffedSize + 4)
        #expect(positions.allSatisfy { $0.treeSize == size })
        try expectWhole(writer)
    }

    @Test func `gives no digest to compare with one of more records`() throws {
        let writer = try ledger.writer()
        try overtake(0..<4, writer)
        var snapshot = try writer.reader.snapshot()
        try overtake(4..<6, writer)
        do {
            let runner = ProjectionRunner(Self.all, try SurveyDatabase(path: path, use: .live))
            let code = #expect(throws: ProjectionError.self) {
                try runner.rebuildIfEqual(only: "households", snapshot)
            }?.code
            #expect(code == .positionBeyondLedger)
            let (live, rebuilt) = try writer.reader.following(&snapshot) {
                try runner.rebuildIfEqual(only: "households", $0)
            }
            #expect(live == rebuilt)
            #expect(live?.treeSize == Self.staffedSize + 6)
        }
        try overtake(6..<8, writer)
        let outcome = try writer.reader.following(&snapshot) {
            try Replay.replaceIfEqual(path, with: Self.all, from: $0)
        }
        guard case .swapped(let digests) = outcome else {
            Issue.record("the live file was said to differ: \(outcome)")
            return
        }
        #expect(digests.count == Self.all.count)
        #expect(digests.allSatisfy { $0.treeSize == Self.staffedSize + 8 })
        try expectWhole(writer)
    }

    @Test func `of a ledger that was cut back is refused however often it is taken`() throws {
        let shorter = try ScratchLedger(empty: ())
        try FileManager.default.copyItem(
            atPath: ledger.directory.path,
            toPath: shorter.directory.path
        )
        let writer = try ledger.writer()
        try overtake(0..<4, writer)
        let reader = try LedgerReader(shorter.directory)
        var snapshot = try reader.snapshot()
        let runner = ProjectionRunner(Self.all, try SurveyDatabase(path: path, use: .live))
        let code = #expect(throws: ProjectionError.self) {
            try reader.following(&snapshot) { try runner.catchUp($0) }
        }?.code
        #expect(code == .positionBeyondLedger)
        try expectWhole(writer)
        #expect(try WholeLedger.problems(reader.store, shorter.directory) == [])
    }
}
