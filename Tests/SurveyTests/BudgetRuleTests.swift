import Survey
import Testing

/// Money for the collection (attachment 5).
@Suite struct BudgetRuleTests {
    private var fixture: Fixture

    init() throws { fixture = try Fixture.staffed() }

    @Test mutating func `Money is allocated once, and each voucher of it is spent once`() throws {
        #expect(throws: Rejection(.budgetUnknown, "b-1")) {
            try fixture.run(.spendBudget(.sample()))
        }
        try fixture.run(.allocateBudget(.sample()))
        #expect(throws: Rejection(.budgetAlreadyAllocated, "b-1")) {
            try fixture.run(.allocateBudget(.sample()))
        }
        try fixture.run(.spendBudget(.sample("ฎ 1")))
        #expect(throws: Rejection(.voucherAlreadySpent, "ฎ 1")) {
            try fixture.run(.spendBudget(.sample("ฎ 1", 1)))
        }
        #expect(throws: Rejection(.commandIncomplete, "documentNumber")) {
            try fixture.run(.spendBudget(.sample("")))
        }
        // More than was allocated: it is spent all the same.
        try fixture.run(.spendBudget(.sample("ฎ 2", 2_000_000)))
    }

    @Test mutating func `An amount is some money, and not more than there is`() throws {
        var allocation = BudgetAllocation.sample()
        for satang in [UInt64(0), 1_000_000_001, .max] {
            allocation.amountSatang = satang
            #expect(throws: Rejection(.amountInvalid, "b-1")) {
                try fixture.run(.allocateBudget(allocation))
            }
        }
        allocation.amountSatang = 1_000_000_000
        try fixture.run(.allocateBudget(allocation))
        #expect(throws: Rejection(.amountInvalid, "b-1")) {
            try fixture.run(.spendBudget(.sample("ฎ 1", 0)))
        }
        #expect(throws: Rejection(.dayAfterAct, "spentOn")) {
            try fixture.run(.spendBudget(.sample()), on: "2018-01-19")
        }
    }

    @Test mutating func `A voucher is spent once for its area and cycle, however it is spaced`()
        throws
    {
        try fixture.run(.allocateBudget(.sample()))
        try fixture.run(.allocateBudget(.sample("b-2")))
        var elsewhere = BudgetAllocation.sample("b-3")
        elsewhere.area = "9902"
        try fixture.run(.allocateBudget(elsewhere))
        try fixture.run(.spendBudget(.sample("ฎ 1")))
        for (allocation, voucher) in [("b-1", "ฎ 1 "), ("b-1", " ฎ  1"), ("b-2", "ฎ 1")] {
            var again = BudgetSpending.sample(voucher)
            again.allocation = allocation
            #expect(throws: Rejection(.voucherAlreadySpent, voucher)) {
                try fixture.run(.spendBudget(again))
            }
        }
        // Another office numbers its own.
        var other = BudgetSpending.sample("ฎ 1")
        other.allocation = "b-3"
        try fixture.run(.spendBudget(other))
    }

    @Test mutating func `Nothing is spent before it is allocated`() throws {
        try fixture.run(.allocateBudget(.sample()))
        var spending = BudgetSpending.sample()
        spending.spentOn = "2017-11-14"
        #expect(throws: Rejection(.dayTooEarly, "spentOn")) {
            try fixture.run(.spendBudget(spending))
        }
        spending.spentOn = "2017-11-15"
        try fixture.run(.spendBudget(spending))
    }
}
