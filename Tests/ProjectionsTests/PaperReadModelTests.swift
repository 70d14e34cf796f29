import AreasProjection
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
        for (household, form) in [
            ("h-1", "A-001"), ("h-2", "A-2"), ("h-3", "A-11"), ("h-5", "A-10"),
        ] {
            try world.record(household, 0, form: form)
        }
        var returned = QuestionnaireReturn()
        (returned.cycle, returned.collector) = (World.cycle, "collector-1")
        // Of both ranges.
        (returned.ranges, returned.returnedOn) = ([Self.range(9, 12)], "2018-02-01")
        try world.run(.returnQuestionnaires(returned))
        // Of no more use, and the form A-11 was given back.
        try world.withdraw("h-3")
        // Its form is the wrong one, and it was another that was spoiled.
        try world.record("h-4", 0, form: "A-5")
        try world.correct("h-4") { $0.questionnaire = "A-6" }
        try world.correct("h-2") { $0.questionnaire = "A-3" }
        var spoiling = QuestionnaireSpoiling()
        (spoiling.cycle, spoiling.collector) = (World.cycle, "collector-1")
        (spoiling.ranges, spoiling.spoiledOn, spoiling.reason) = (
            [Self.range(5, 5)], "2018-02-01", "rain"
        )
        try world.run(.spoilQuestionnaires(spoiling))
        let database = try world.readModels([
            QuestionnaireReadModel(), HouseholdReadModel(), AreaReadModel(),
        ])
        try database.read { db in
            func counts(_ area: String) throws -> [[Int64]] {
                let codes = try AreaReadModel.codes(within: area, db)
                return try QuestionnaireReadModel.ranges(of: codes, cycle: World.cycle, db).map {
                    [
                        $0.issuedCount, $0.usedCount, $0.returnedCount, $0.spoiledCount,
                        $0.leftCount,
                    ]
                }
            }
            #expect(try counts("9901") == [[10, 4, 2, 1, 3]])
            #expect(try counts("99") == [[10, 4, 2, 1, 3], [10, 0, 2, 0, 8]])
            #expect(try counts("9981") == [])
            let province = try AreaReadModel.codes(within: "99", db)
            let conflicts = try QuestionnaireReadModel.conflicts(
                of: province,
                cycle: World.cycle,
                db
            )
            #expect(conflicts.map { "\($0.number) \($0.households)" } == ["10 h-5"])
            #expect(conflicts.map(\.outcome) == ["returned"])
            #expect(
                try QuestionnaireReadModel.conflicts(of: ["9902"], cycle: World.cycle, db) == []
            )
            func form(_ household: String) throws -> String? {
                try HouseholdReadModel.household(household, cycle: World.cycle, db)?.questionnaire
            }
            #expect(try form("h-1") == "A-001")
            #expect(try form("h-2") == "A-3")
            #expect(try form("h-3") == nil)
            #expect(try form("h-4") == "A-6")
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
        let database = try world.readModels([BudgetReadModel(), AreaReadModel()])
        try database.read { db in
            let codes = try AreaReadModel.codes(within: "99", db)
            let all = try BudgetReadModel.allocations(of: codes, cycle: World.cycle, db)
            #expect(all.map(\.spentSatang) == [10_500, 0])
            #expect(all.map(\.leftSatang) == [-500, 500])
            let one = try BudgetReadModel.allocations(of: ["9902"], cycle: World.cycle, db)
            #expect(one.map(\.allocation) == ["b-2"])
            let spendings = try BudgetReadModel.spendings(of: codes, cycle: World.cycle, db)
            #expect(spendings.map(\.documentNumber) == ["v-1", "v-2"])
        }
    }

    @Test func `A district's sums have what its LAOs were given, whatever their codes`() throws {
        var world = try World.staffed()
        for (area, first) in [("990101", UInt32(1)), ("9981", 11), ("990201", 21)] {
            try world.run(.issueQuestionnaires(Self.issue(area, Self.range(first, first + 4))))
            var allocation = BudgetAllocation()
            (allocation.allocation, allocation.cycle, allocation.area) = (area, World.cycle, area)
            (allocation.activity, allocation.amountSatang) = ("a workshop", 500)
            (allocation.source, allocation.allocatedOn) = ("the department", "2017-11-01")
            try world.run(.allocateBudget(allocation))
        }
        let database = try world.readModels([
            QuestionnaireReadModel(), BudgetReadModel(), AreaReadModel(),
        ])
        try database.read { db in
            for (area, expected) in [
                ("9901", ["990101", "9981"]), ("9902", ["990201"]), ("9981", ["9981"]),
                ("99", ["990101", "990201", "9981"]), ("990102", []),
            ] {
                let codes = try AreaReadModel.codes(within: area, db)
                let ranges = try QuestionnaireReadModel.ranges(
                    of: codes,
                    cycle: World.cycle,
                    db
                )
                #expect(ranges.map(\.area) == expected, "\(area)")
                let money = try BudgetReadModel.allocations(of: codes, cycle: World.cycle, db)
                #expect(money.map(\.area) == expected, "\(area)")
            }
        }
    }
}
