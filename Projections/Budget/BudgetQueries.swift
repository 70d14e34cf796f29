package import GRDB
package import ProjectionRuntime

/// One allocation, and how much of it was spent.
package struct BudgetAllocationRow: ReadModelRow {
    package let allocation: String
    package let area: String
    package let activity: String
    package let amountSatang: Int64
    package let source: String
    package let allocatedOn: String
    package let documentNumber: String?
    package let spentSatang: Int64

    /// Negative when more was spent than allocated.
    package var leftSatang: Int64 { amountSatang - spentSatang }
}

/// One voucher.
package struct BudgetSpendingRow: ReadModelRow {
    package let allocation: String
    package let area: String
    package let documentNumber: String
    package let amountSatang: Int64
    package let spentOn: String
    package let text: String
}

extension BudgetReadModel {
    private static let within = "cycle = ?1 AND area IN (SELECT value FROM json_each(?2))"

    /// For any of the areas, which the area read model knows to lie within one.
    package static func allocations(
        of areas: [String],
        cycle: String,
        _ db: Database
    ) throws -> [BudgetAllocationRow] {
        try BudgetAllocationRow.fetchAll(
            db,
            sql: """
                SELECT budget_allocation.*, COALESCE((
                    SELECT SUM(budget_spending.amount_satang) FROM budget_spending
                    WHERE budget_spending.allocation = budget_allocation.allocation
                ), 0) AS spent_satang
                FROM budget_allocation WHERE \(within) ORDER BY area, allocation
                """,
            arguments: [cycle, try areas.jsonArray]
        )
    }

    /// Of the same allocations, by day.
    package static func spendings(
        of areas: [String],
        cycle: String,
        _ db: Database
    ) throws -> [BudgetSpendingRow] {
        try BudgetSpendingRow.fetchAll(
            db,
            sql: """
                SELECT budget_spending.*, area FROM budget_spending
                JOIN budget_allocation USING (allocation) WHERE \(within)
                ORDER BY allocation, spent_on, spent_at_index
                """,
            arguments: [cycle, try areas.jsonArray]
        )
    }

    package static func withdrawals(
        of areas: [String],
        cycle: String,
        _ db: Database
    ) throws -> [WithdrawalRow] {
        try withdrawals.rows(of: cycle, in: areas, db)
    }

    package static func documents(
        of allocation: String,
        _ db: Database
    ) throws -> [DocumentRow] {
        try documents.rows(of: allocation, db)
    }
}
