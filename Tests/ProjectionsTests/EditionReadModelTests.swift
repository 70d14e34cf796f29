import EditionsProjection
import ProjectionRuntime
import Survey
import Testing

/// What the indicators of a cycle are called.
@Suite struct EditionReadModelTests {
    private static let document = #"""
        {"edition":"2566","titleTh":"ท","titleEn":"T",
        "categories":[{"category":"all","nameTh":"ก","nameEn":"All"}],
        "items":[{"item":"birthDate","unit":"member","th":"เกิด","en":"Born","day":{}}],
        "indicators":[
        {"number":1,"category":"all","unit":"member","nameTh":"หนึ่ง","nameEn":"One",
        "pass":"age > 1","ruleTh":"ก","ruleEn":"R"},
        {"number":38,"category":"all","unit":"household","nameTh":"สอง","nameEn":"Two",
        "pass":"memberCount > 1","ruleTh":"ก","ruleEn":"R"}]}
        """#

    @Test func `A cycle's indicators have the names of its edition, built in or defined`() throws {
        var world = try World.staffed()
        var definition = EditionDefinition()
        definition.document = try QuestionnaireDocument(reading: Array(Self.document.utf8))
        definition.reason = "a new form"
        try world.run(.defineEdition(definition))
        var cycle = Cycle.defaults2561(province: "99")
        (cycle.cycle, cycle.edition, cycle.referenceDate) = ("2567", "2566", "2024-01-01")
        try world.run(.defineCycle(cycle))
        let database = try world.readModels([EditionReadModel()])
        try database.read { db in
            let later = try EditionReadModel.indicators(cycle: "2567", db)
            #expect(later.map(\.indicator) == [1, 38])
            #expect(later.map(\.unit) == ["member", "household"])
            #expect(later.map(\.nameTh) == ["หนึ่ง", "สอง"])
            #expect(later.map(\.edition) == ["2566", "2566"])
            let earlier = try EditionReadModel.indicators(cycle: World.cycle, db)
            #expect(earlier.map(\.indicator) == Array(1...31))
            #expect(earlier.map(\.nameEn) == Questionnaire.bmn2560.indicators.map(\.name.en))
            #expect(try EditionReadModel.indicators(cycle: "2599", db).isEmpty)
        }
    }
}
