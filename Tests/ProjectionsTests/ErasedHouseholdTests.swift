import HouseholdsProjection
import ProgressProjection
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// An erasure shows in the household's row and in nothing that is counted.
@Suite struct ErasedHouseholdTests {
    private func row(_ world: World) throws -> HouseholdRow? {
        try world.readModels(ProjectionCatalog.all).read { db in
            try HouseholdReadModel.household("h", cycle: World.cycle, db)
        }
    }

    private func figures(_ world: World) throws -> [String] {
        try world.readModels(ProjectionCatalog.all).read { db in
            try ProgressReadModel.days(
                cycle: World.cycle,
                of: AreaScope(code: World.places[0].0, level: .village),
                db
            ).map { "\($0)" }
        }
    }

    @Test func `A household is erased until it is recorded anew`() throws {
        var world = try World.staffed()
        try world.record("h", 0, on: "2018-02-01")
        #expect(try row(world)?.erasedOn == nil)
        var erasure = Erasure()
        (erasure.cycle, erasure.household) = (World.cycle, "h")
        (erasure.ground, erasure.reason) = (.requestOfSubject, "asked for by its head")
        let before = try figures(world)
        _ = try world.run(.erasePersonalData(erasure), on: "2018-02-10")
        #expect(try !before.isEmpty && figures(world) == before)
        let erased = try #require(try row(world))
        #expect(erased.erasedOn == "2018-02-10" && erased.status == "recorded")
        #expect(erased.ages == "37,5" && erased.correctionCount == 0)
        try world.withdraw("h", on: "2018-02-20")
        try world.notCollected("h", 0, on: "2018-02-21")
        #expect(try row(world)?.erasedOn == "2018-02-10")
        try world.withdraw("h", on: "2018-02-22")
        try world.record("h", 0, on: "2018-02-23")
        #expect(try row(world)?.erasedOn == nil)
    }
}
