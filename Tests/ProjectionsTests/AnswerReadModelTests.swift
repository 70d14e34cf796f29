import HouseholdsProjection
import LedgerTestSupport
import ProgressProjection
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// Warnings of answers, in the household's row and summed by area and day.
@Suite struct AnswerReadModelTests {
    /// Whose occupation is studying is not studying, and has income from an occupation.
    private let odd = Sample.answers(["occupation": .choice("student")])

    private func world() throws -> World {
        var world = try World.staffed()
        var record = Sample.record("h", answers: odd).recordHousehold
        record.cycle = World.cycle
        (record.village, record.lao) = World.places[0]
        try world.run(.recordHousehold(record), on: "2018-02-01")
        try world.record("counted", 0, on: "2018-02-01")
        return world
    }

    private func row(_ world: World, _ household: String = "h") throws -> HouseholdRow? {
        try world.readModels(ProjectionCatalog.all).read { db in
            try HouseholdReadModel.household(household, cycle: World.cycle, db)
        }
    }

    private func warnings(_ world: World) throws -> Int64? {
        try world.readModels(ProjectionCatalog.all).read { db in
            try ProgressReadModel.progress(cycle: World.cycle, level: .village, db)
                .first { $0.area == World.places[0].0 }?.warnings
        }
    }

    @Test func `Warnings are those of the answers as they are now`() throws {
        var world = try world()
        #expect(try row(world)?.warningCount == 2)
        #expect(try row(world, "counted")?.warningCount == nil)
        #expect(try warnings(world) == 2)
        try world.correct("h") { $0.answers = AnswersDocument(Sample.answers()) }
        #expect(try row(world)?.warningCount == 0)
        #expect(try row(world)?.correctionCount == 1)
        #expect(try warnings(world) == 0)
        try world.correct("h") { $0.answers = AnswersDocument(odd) }
        #expect(try warnings(world) == 2)
        try world.withdraw("h", on: "2018-02-20")
        #expect(try row(world)?.warningCount == nil)
        #expect(try warnings(world) == 0)
    }
}
