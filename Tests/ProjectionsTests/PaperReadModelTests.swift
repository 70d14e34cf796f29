import BudgetProjection
import HouseholdsProjection
import ProjectionRuntime
import QuestionnairesProjection
import Survey
import Testing

/// Printed forms and money.
struct PaperReadModelTests {
    private static func range(_ first: UInt32, _ last: UInt32) -> SerialRange {
        var range = SerialRange()
        (range.prefix, range.first, range.last) = ("A-", first, last)
        return range
    }

    private static func issue(_ area: String, _ range: SerialRange) -> QuestionnaireIssue {
        var issue = QuestionnaireIssue()
        (issue.cycle, issue.area, issue.collector) = (World.cycle, area, "collector-1")
        (issue.ranges, issue.issuedOn) = ([range], "2017-12-01")
        return issue
    }

    @Test
    func `Forms show who has them, and how many are used, returned, spoiled and left`() throws {
        var world = try World.staffed()
        try world.run(.issueQuestionnaires(Self.issue("990101", Self.range(1, 10))))
        try world.run(.issueQuestionnaires(Self.issue("990201", Self.range(11, 20))))
        for (household, form) in [("h-1", "A-001"), ("h-2", "A-2"), ("h-3", "A-11")] {
            try world.record(household, 0, form: form)
        }
        var returned = QuestionnaireReturn()
        (returned.cycle, returned.collector) = (World.cycle, "collector-1")
        // Of both ranges.
        (returned.ranges, returned.returnedOn) = ([Self.range(9, 12)], "2018-02-01")
        try world.run(.returnQuestionnaires(returned))
        // Of no more use, and the form A-11 was given back.
        try world.withdraw("h-3")
        try world.record("h-4", 0, form: "A-2")
        var spoiling = QuestionnaireSpoiling()
        (spoiling.cycle, spoiling.collector) = (World.cycle, "collector-1")
        (spoiling.ranges, spoiling.spoiledOn, spoiling.reason) = (
            [Self.range(5, 5)], "2018-02-01", "rain"
        )
        try world.run(.spoilQuestionnaires(spoiling))
        let database = try world.readModels([QuestionnaireReadModel(), HouseholdReadModel()])
        try database.read { db in
            func counts(_ area: String) throws -> [[Int64]] {
                try QuestionnaireReadModel.ranges(of: area, cycle: World.cycle, db).map {
                    [
                        $0.issuedCount, $0.usedCount, $0.returnedCount, $0.spoiledCount,
                        $0.leftCount,
                    ]
                }
            }
            #expect(try counts("9901") == [[10, 2, 2, 1, 5]])
            #expect(try counts("99") == [[10, 2, 2, 1, 5], [10, 0, 2, 0, 8]])
            #expect(try counts("9981") == [])
            let conflicts = try QuestionnaireReadModel.conflicts(of: "99", cycle: World.cycle, db)
            #expect(conflicts.map { "\($0.number) \($0.households)" } == ["2 h-2,h-4"])
            #expect(
                try QuestionnaireReadModel.conflicts(of: "9902", cycle: World.cycle, db) == []
            )
            func form(_ household: String) throws -> String? {
                try HouseholdReadModel.household(household, cycle: World.cycle, db)?.questionnaire
            }
            #expect(try form("h-1") == "A-001")
            #expect(try form("h-3") == nil)
        }
    }

    @Test
    func `Money shows what was spent of each allocation, also when it was too much`() throws {
        var world = try World.defined()
        for (id, area, satang) in [("b-1", "9901", UInt64(10_000)), ("b-2", "9902", 500)] {
            var allocation = BudgetAllocation()
            (allocation.allocation, allocation.cycle, allocation.area) = (id, World.cycle, area)
            (allocation.activity, allocation.amountSatang) = ("a workshop", satang)
            (allocation.source, allocation.allocatedOn) = ("the department", "2017-11-01")
            try world.run(.allocateBudget(allocation))
        }
        for (voucher, satang) in [("v-2", UInt64(7_500)), ("v-1", 3_000)] {
            var spending = BudgetSpending()
            (spending.allocation, spending.amountSatang) = ("b-1", satang)
            (spending.spentOn, spending.text) = ("2018-01-1\(voucher.suffix(1))", "lunch")
            spending.documentNumber = voucher
            try world.run(.spendBudget(spending))
        }
        let database = try world.readModels([BudgetReadModel()])
        try database.read { db in
            let all = try BudgetReadModel.allocations(of: "99", cycle: World.cycle, db)
            #expect(all.map(\.spentSatang) == [10_500, 0])
            #expect(all.map(\.leftSatang) == [-500, 500])
            let one = try BudgetReadModel.allocations(of: "9902", cycle: World.cycle, db)
            #expect(one.map(\.allocation) == ["b-2"])
            let spendings = try BudgetReadModel.spendings(of: "99", cycle: World.cycle, db)
            #expect(spendings.map(\.documentNumber) == ["v-1", "v-2"])
        }
    }
}
