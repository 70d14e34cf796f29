import CorrectionsProjection
import HouseholdsProjection
import IndicatorsProjection
import ProgressProjection
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// What happens to one household shows in every figure, on its day.
struct HouseholdMoveTests {
    private static func days(
        _ place: Int,
        _ database: SurveyDatabase
    ) throws -> [[String]] {
        let (village, lao) = World.places[place]
        return try database.read { db in
            try ProgressReadModel.days(
                cycle: World.cycle,
                of: AreaScope(
                    code: place == 0 ? lao : village,
                    level: place == 0 ? .lao : .village
                ),
                db
            ).map { row in
                [
                    row.day, "\(row.collected)", "\(row.corrected)", "\(row.notCollected)",
                    "\(row.persons)", "\(row.collectedTotal)",
                ]
            }
        }
    }

    private static func failed(
        _ area: String,
        _ level: Area.Level,
        _ indicator: Int
    ) -> (
        SurveyDatabase
    ) throws -> [Int64] {
        { database in
            try database.read { db in
                let rows = try IndicatorReadModel.results(
                    cycle: World.cycle,
                    area: AreaScope(code: area, level: level),
                    db
                )
                return rows.filter { $0.indicator == indicator }.flatMap {
                    [$0.surveyed, $0.failed]
                }
            }
        }
    }

    @Test
    func `A correction that moves a household moves its figures on the day of the act`() throws {
        var world = try World.staffed()
        try world.record("h", 0, failing: [8: 1], on: "2018-02-01")
        try world.correct("h", on: "2018-02-10") { ($0.village, $0.lao) = World.places[3] }
        let database = try world.readModels(ProjectionCatalog.all)
        #expect(
            try Self.days(0, database) == [
                ["2018-02-01", "1", "0", "0", "2", "1"],
                ["2018-02-10", "-1", "0", "0", "-2", "0"],
            ]
        )
        #expect(try Self.days(3, database) == [["2018-02-10", "1", "1", "0", "2", "1"]])
        #expect(try Self.failed("9981", .lao, 8)(database) == [0, 0])
        #expect(try Self.failed("990102", .tambon, 8)(database) == [1, 1])
        #expect(try Self.failed("99", .province, 8)(database) == [1, 1])
        let rows = try database.read { db in
            try CorrectionReadModel.corrections(household: "h", cycle: World.cycle, db)
        }
        #expect(rows.map(\.field) == ["village", "lao"])
        #expect(rows.map(\.oldValue) == ["99010101", "9981"])
        #expect(rows.map(\.newValue) == ["99010201", "990152"])
        #expect(rows.map(\.actedOn) == ["2018-02-10", "2018-02-10"])
        #expect(rows.map(\.actor) == ["recorder-1", "recorder-1"])
    }

    @Test
    func `Not collected, then recorded, then withdrawn counts each time`() throws {
        var world = try World.staffed()
        try world.setTarget(0, 5)
        try world.notCollected("h", 0, on: "2018-02-01")
        try world.record("h", 0, on: "2018-02-02")
        try world.withdraw("h", on: "2018-02-03")
        try world.record("h", 2, on: "2018-02-04")
        let database = try world.readModels(ProjectionCatalog.all)
        #expect(
            try Self.days(0, database) == [
                ["2018-02-01", "0", "0", "1", "0", "0"],
                ["2018-02-02", "1", "0", "-1", "2", "1"],
                ["2018-02-03", "-1", "0", "0", "-2", "0"],
            ]
        )
        #expect(try Self.days(2, database) == [["2018-02-04", "1", "0", "0", "2", "1"]])
        try database.read { db in
            let row = try #require(
                try HouseholdReadModel.household("h", cycle: World.cycle, db)
            )
            #expect(row.status == "recorded" && row.village == "99010102")
            #expect(row.visitedOn == nil && row.notCollectedReason == nil)
            #expect(row.firstIndex == Int64(world.treeSize) - 4)
            #expect(row.changedAtIndex == Int64(world.treeSize) - 1)
            let past = try ProgressReadModel.progress(
                cycle: World.cycle,
                level: .district,
                upTo: Day(iso: "2018-02-01"),
                db
            )
            #expect(past.map(\.notCollected) == [1])
            #expect(past.map(\.remaining) == [4])
        }
    }

    @Test
    func `A village in two LAOs counts in both by its parts`() throws {
        var world = try World.staffed()
        try world.setTarget(0, 5)
        try world.setTarget(1, 7)
        try world.record("a", 0)
        try world.record("b", 1)
        try world.record("c", 1)
        let database = try world.readModels([ProgressReadModel()])
        func rows(_ level: Area.Level) throws -> [[String]] {
            try database.read { db in
                try ProgressReadModel.progress(cycle: World.cycle, level: level, db).map {
                    [$0.area, "\($0.target)", "\($0.collected)", "\($0.remaining)"]
                }
            }
        }
        #expect(try rows(.village) == [["99010101", "12", "3", "9"]])
        #expect(try rows(.lao) == [["990151", "7", "2", "5"], ["9981", "5", "1", "4"]])
        #expect(try rows(.province) == [["99", "12", "3", "9"]])
    }
}
