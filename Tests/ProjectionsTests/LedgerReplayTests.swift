import CertificationsProjection
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import ProgressProjection
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// The read models of a ledger on disk, built as the tools build them.
struct LedgerReplayTests {
    private static func reviseTarget(_ place: Int) -> Command {
        var revision = TargetRevision()
        (revision.village, revision.lao) = Sample.places[place]
        (revision.cycle, revision.households, revision.questionnaires) = ("2561", 1, 1)
        revision.reason = "counted again"
        return Sample.command(.reviseTarget(revision))
    }

    private static func prepare(_ area: String) -> Command {
        var certification = PrepareCertification()
        (certification.cycle, certification.area) = ("2561", area)
        return Sample.command(.prepareCertification(certification))
    }

    private static func withdraw(certification: String) -> Command {
        var withdrawal = CertificationWithdrawn()
        (withdrawal.certification, withdrawal.reason) = (certification, "an error was found")
        return Sample.command(.withdrawCertification(withdrawal))
    }

    /// Between two steps the read models catch up.
    private static let steps: [[Command]] = [
        (0..<20).map { Sample.record("h-\($0)", place: $0 % 2) },
        [
            Sample.correct("h-0", failing: 1), Sample.correct("h-2", failing: 1, place: 1),
            Sample.withdraw("h-4"), Sample.notCollected("gone", place: 1), Sample.withdraw("h-6"),
        ],
        [Sample.record("h-6", place: 1), Sample.withdraw("gone")],
        [reviseTarget(0), reviseTarget(1)],
        [prepare("9981")], [prepare("990151"), Sample.correct("h-8", failing: 1)],
        [prepare("9981")], [withdraw(certification: "2561-990151-1")],
    ]

    /// Appends step by step.
    ///
    /// - Returns: the digests after each step, and the size of the ledger then.
    private static func grow(
        _ ledger: ScratchLedger
    ) throws -> [(treeSize: UInt64, digests: [ProjectionDigest])] {
        let writer = try ledger.writer()
        let live = try SurveyDatabase(path: ledger.directory.surveyFile, use: .live)
        return try steps.map { commands in
            for outcome in try writer.run(commands) { _ = try outcome.get() }
            // A new runner each time, as each run of a tool makes one.
            var runner = ProjectionRunner(ProjectionCatalog.all, live)
            runner.batchRecordCount = 7
            let snapshot = try writer.reader.snapshot()
            try runner.catchUp(snapshot)
            return (snapshot.treeSize, try runner.digests())
        }
    }

    @Test
    func `Catching up with a growing ledger gives the digests of its replay, now and as of then`()
        throws
    {
        let ledger = try ScratchLedger()
        let history = try Self.grow(ledger)
        let reader = try LedgerReader(ledger.directory)
        let snapshot = try reader.snapshot()
        let replayed = try Replay.replace(
            ledger.directory.surveyFile,
            with: ProjectionCatalog.all,
            from: snapshot
        )
        #expect(history.last?.treeSize == snapshot.treeSize)
        #expect(history.last?.digests == replayed)
        for point in history {
            let past = ProjectionRunner(ProjectionCatalog.all, try SurveyDatabase())
            try past.catchUp(snapshot, upTo: point.treeSize)
            #expect(try past.digests() == point.digests)
        }
        #expect(Set(history.map { $0.digests.map(\.digest) }).count == Self.steps.count)
        try Self.compare(
            SurveyDatabase(path: ledger.directory.surveyFile, use: .read),
            try snapshot.state()
        )
        #expect(try WholeLedger.problems(reader.store, ledger.directory) == [])
    }

    /// What the replayed file says against what the rules know of the same ledger.
    private static func compare(_ database: SurveyDatabase, _ state: State) throws {
        try database.read { db in
            for lao in ["9981", "990151"] {
                let figures = state.figures(area: lao, level: .lao, cycle: "2561")
                let progress = try ProgressReadModel.progress(cycle: "2561", level: .lao, db)
                    .first { $0.area == lao }
                #expect(progress?.target == Int64(figures.targetHouseholds))
                #expect(progress?.collected == Int64(figures.collected))
                #expect(progress?.notCollected == Int64(figures.notCollected))
                #expect(progress?.persons == Int64(figures.persons))
            }
            let rows = try CertificationReadModel.certifications(cycle: "2561", db)
                .map(\.certification)
            #expect(
                rows.map { "\($0.certification) \($0.isStanding)" }.sorted() == [
                    "2561-990151-1 false", "2561-9981-1 false", "2561-9981-2 true",
                ]
            )
            for row in rows {
                let certification = try #require(state.certifications[row.certification])
                #expect(row.status == certification.status.rawValue)
                #expect((row.supersededAtIndex != nil) == state.isSuperseded(certification))
            }
        }
    }
}
