import ProgressProjection
import ProjectionRuntime
import Survey
import Testing

/// Typed figures of a day beside those that the records give.
struct DailyProgressReadModelTests {
    private static func typed(
        _ day: String,
        _ collected: UInt32,
        _ recorded: UInt32
    ) -> DailyProgress {
        var progress = DailyProgress()
        (progress.cycle, progress.area, progress.day) = (World.cycle, "9901", day)
        (progress.collectedCount, progress.recordedCount) = (collected, recorded)
        return progress
    }

    @Test
    func `Typed progress stands beside the derived one, and days without it are missing`() throws {
        var world = try World.staffed()
        try world.setTarget(0, 3)
        try world.run(.reportDailyProgress(Self.typed("2018-01-14", 1, 0)), on: "2018-01-14")
        // Interviewed on 15 January.
        try world.record("h-1", 0, on: "2018-01-16")
        try world.run(.reportDailyProgress(Self.typed("2018-01-16", 3, 2)), on: "2018-01-16")
        var revision = DailyProgressRevision()
        (revision.cycle, revision.area, revision.day) = (World.cycle, "9901", "2018-01-16")
        (revision.collectedCount, revision.recordedCount) = (2, 1)
        revision.reason = "one form was counted twice"
        try world.run(.reviseDailyProgress(revision), on: "2018-01-17")
        try world.record("h-2", 0, on: "2018-01-18")
        try world.notCollected("h-3", 0, on: "2018-01-18")
        // Done: what follows is no day of work any more.
        try world.correct("h-2", on: "2018-01-20") { $0.interviewedOn = "2018-01-17" }
        let database = try world.readModels([ProgressReadModel()])
        let rows = try database.read { db in
            try ProgressReadModel.daily(
                cycle: World.cycle,
                of: AreaScope(code: "9901", level: .district),
                db
            )
        }
        let text = rows.map { row in
            "\(row.day) \(row.collected)/\(row.typedCollected ?? -1)"
                + " \(row.recorded)/\(row.typedRecorded ?? -1) \(row.isMissing)"
        }
        #expect(
            text == [
                "2018-01-14 0/1 0/0 false", "2018-01-15 1/-1 0/-1 true",
                "2018-01-16 1/2 1/1 false", "2018-01-17 2/-1 1/-1 true",
                "2018-01-18 2/-1 2/-1 true",
            ]
        )
        #expect(rows.map(\.collectedDifference) == [1, nil, 1, nil, nil])
        #expect(rows.map(\.recordedDifference) == [0, nil, 0, nil, nil])
        #expect(rows.map(\.revisionCount) == [0, 0, 1, 0, 0])
    }

    @Test
    func `Reports are owed from the day that was planned, or typed first, until it is done`() throws
    {
        var world = try World.staffed()
        let scope = AreaScope(code: "9901", level: .district)
        func missing(_ start: String?, _ end: String) throws -> [String] {
            let (first, last) = (start.flatMap { Day(iso: $0) }, Day(iso: end))
            return try world.readModels([ProgressReadModel()]).read { db in
                try ProgressReadModel.daily(
                    cycle: World.cycle,
                    of: scope,
                    from: first,
                    to: last,
                    db
                ).filter(\.isMissing).map(\.day)
            }
        }
        try world.setTarget(0, 50)
        // Nothing is recorded, and nothing typed.
        #expect(try missing(nil, "2017-12-03") == [])
        #expect(try missing("2017-12-01", "2017-11-30") == [])
        let three = ["2017-12-01", "2017-12-02", "2017-12-03"]
        #expect(try missing("2017-12-01", "2017-12-03") == three)
        try world.run(.reportDailyProgress(Self.typed("2017-12-02", 0, 0)), on: "2017-12-02")
        #expect(try missing("2017-12-01", "2017-12-03") == ["2017-12-01", "2017-12-03"])
        #expect(try missing(nil, "2017-12-04") == ["2017-12-03", "2017-12-04"])
        try world.run(.reportDailyProgress(Self.typed("2018-02-28", 0, 0)), on: "2018-02-28")
        #expect(try missing(nil, "2017-12-04").count == 87)
    }

    @Test
    func `An area that nobody works in has no daily progress`() throws {
        let database = try World.staffed().readModels([ProgressReadModel()])
        let rows = try database.read { db in
            try ProgressReadModel.daily(
                cycle: World.cycle,
                of: AreaScope(code: "9902", level: .district),
                db
            )
        }
        #expect(rows == [])
    }
}
