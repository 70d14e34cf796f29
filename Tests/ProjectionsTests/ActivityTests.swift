import ActivityProjection
import ProjectionRuntime
import Survey
import Testing

/// Who recorded what on which day.
@Suite struct ActivityTests {
    @Test func `Acts are counted by the day of recording, and late ones beside`() throws {
        var world = try World.staffed()
        let start = world.treeSize
        try world.record("h-1", 0, on: "2018-02-01")
        try world.record("h-2", 0, on: "2018-02-03")
        try world.record("h-3", 0, on: "2018-02-03")
        // Told two days after.
        try world.record("h-4", 0, on: "2018-02-01")
        let rows = try world.readModels([ActivityReadModel()]).read { db in
            try ActivityReadModel.rows(
                user: "recorder-1",
                from: Day(iso: "2018-02-01"),
                to: Day(iso: "2018-02-28"),
                db
            )
        }
        .filter { $0.kind == "householdRecorded" }
        #expect(rows.map(\.day) == ["2018-02-01", "2018-02-03"])
        #expect(rows.map(\.actCount) == [1, 3])
        #expect(rows.map(\.backdatedCount) == [0, 1])
        #expect(rows.map(\.firstIndex) == [Int64(start), Int64(start) + 1])
        #expect(rows.map(\.lastIndex) == [Int64(start), Int64(start) + 3])
        let nobody = try world.readModels([ActivityReadModel()]).read { db in
            try ActivityReadModel.rows(user: "nobody", from: nil, to: nil, db)
        }
        #expect(nobody.isEmpty)
    }

    @Test func `Every record is somebody's act`() throws {
        var world = try World.staffed()
        try world.record("h-1", 0, on: "2018-02-01")
        let rows = try world.readModels([ActivityReadModel()]).read { db in
            try ActivityReadModel.rows(user: nil, from: nil, to: nil, db)
        }
        #expect(rows.reduce(0) { $0 + $1.actCount } == Int(world.treeSize))
    }
}
