import Console
import Foundation
import GRDB
import Ledger
import LedgerReader
import ProjectionCatalog
import ProjectionRuntime
import Survey

/// The read models of a ledger, brought up to date, or as they were.
struct ReadModels: ~Copyable {
    let snapshot: LedgerSnapshot
    /// How many records the read models know.
    let treeSize: UInt64
    /// The day that they speak of: today, or the one asked for.
    let day: Day
    private let database: SurveyDatabase

    /// Catches the live database up; the past is built in memory, from these projections only.
    ///
    /// Where the live database cannot be written, as on a copy for auditors, the present is built in
    /// memory too.
    init(
        _ directory: LedgerDirectory,
        asOf point: PointInTime?,
        _ projections: [any Projection],
        _ language: Language
    ) throws {
        let reader = try Composition.reader(directory)
        var snapshot = try reader.snapshot()
        let bar = ReplayProgress.bar(snapshot.treeSize, language)
        let progress = ReplayProgress.callback(bar)
        let isLive = point == nil && Self.isWritable(directory)
        let database =
            try isLive
            ? SurveyDatabase(path: directory.surveyFile, use: .live) : SurveyDatabase()
        let runner = ProjectionRunner(isLive ? ProjectionCatalog.all : projections, database)
        let treeSize = try reader.following(&snapshot) { current in
            var end = current.treeSize
            if let point { end = try current.treeSize(asOf: point.asOf) }
            try runner.catchUp(current, upTo: end, progress: progress)
            return end
        }
        bar?.finish()
        self.database = database
        self.treeSize = treeSize
        day = point?.day ?? Composition.recordTime().bangkokDay
        self.snapshot = snapshot
    }

    /// What is said of one household as it was.
    ///
    /// Built from its own records, and from those that name trainings, editions and cycles: it costs as
    /// much as these, however large the ledger is.
    init(
        _ directory: LedgerDirectory,
        asOf point: PointInTime,
        household: String,
        cycle: String?,
        _ projections: [any Projection]
    ) throws {
        let snapshot = try Composition.reader(directory).snapshot()
        let treeSize = try snapshot.treeSize(asOf: point.asOf)
        let database = try SurveyDatabase()
        if treeSize > 0 {
            let stream = Event.stream(try snapshot.cycle(cycle, below: treeSize), household)
            // Those of other households lie in other streams.
            let kinds = projections.reduce(into: Set<EventKind>()) { $0.formUnion($1.kinds) }
                .filter { !$0.isInHouseholdStream }
            var chosen = try snapshot.records(ofStream: stream, below: treeSize)
                .map(\.envelope.index)
            for kind in kinds { chosen += try snapshot.indexes(ofKind: kind) }
            try ProjectionRunner(projections, database)
                .build(from: chosen.sorted(), upTo: treeSize, snapshot)
        }
        self.database = database
        self.treeSize = treeSize
        day = point.day ?? Composition.recordTime().bangkokDay
        self.snapshot = snapshot
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try database.read(body)
    }

    /// What some read models said at an earlier tree size, built in memory from the same snapshot.
    func past(_ treeSize: UInt64, _ projections: [any Projection]) throws -> SurveyDatabase {
        let database = try SurveyDatabase()
        try ProjectionRunner(projections, database).catchUp(snapshot, upTo: treeSize)
        return database
    }

    /// SQLite also makes files beside the database.
    private static func isWritable(_ directory: LedgerDirectory) -> Bool {
        let file = directory.surveyFile
        let exists = unsafe access(file, F_OK) == 0
        return unsafe access(directory.path, W_OK) == 0 && (!exists || access(file, W_OK) == 0)
    }
}

/// A progress bar for records that are applied.
enum ReplayProgress {
    /// Nil for so few records that nobody would have to wait.
    static func bar(_ recordCount: UInt64, _ language: Language) -> ProgressBar? {
        guard recordCount > 50_000 else { return nil }
        let label = Phrase(thai: "ประมวลผลระเบียน", english: "replaying")
        return ProgressBar(label.text(language), total: 1000)
    }

    /// `least`: of fewer records nothing is shown, where it is not known before how many there are.
    static func callback(
        _ bar: ProgressBar?,
        from least: UInt64 = 0
    ) -> ProjectionRunner.ProgressCallback? {
        guard let bar else { return nil }
        return { progress in
            guard progress.recordCountTotal >= least else { return }
            bar.update(Int(progress.recordCount * 1000 / max(1, progress.recordCountTotal)))
        }
    }
}

extension EventKind {
    /// Whether such an event stands in the stream of the household that it is about; that of a person's
    /// erasure says nothing of a household.
    fileprivate var isInHouseholdStream: Bool {
        switch self {
        case .householdRecorded, .householdCorrected, .householdNotCollected, .householdWithdrawn,
            .personalDataErased:
            true
        default: false
        }
    }
}
