package import GRDB
package import ProjectionRuntime
package import Survey

/// Money for the collection: what was allocated, and what was spent of it.
package struct BudgetReadModel: Projection {
    package let name = "budget"
    package let version = 2
    package let kinds: Set<EventKind> = [.budgetAllocated, .budgetSpent, .paperWithdrawn]
    package let needsHouseholds = false
    package let tables = [allocations, spendings, documents.table, withdrawals.table]

    package init() {}

    static let documents = DocumentTable(name: "budget_document")
    /// By cycle and area; the part is the allocation, or the allocation and the voucher's number.
    static let withdrawals = WithdrawalTable(name: "budget_withdrawal")

    private static let allocations = ProjectionTable(
        name: "budget_allocation",
        key: ["allocation"],
        schema: """
            CREATE TABLE budget_allocation (
                allocation TEXT PRIMARY KEY,
                cycle TEXT NOT NULL,
                area TEXT NOT NULL,
                activity TEXT NOT NULL,
                amount_satang INTEGER NOT NULL, -- 100 are a baht
                source TEXT NOT NULL,
                allocated_on TEXT NOT NULL,
                document_number TEXT,
                allocated_at_index INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
        indexes: ["CREATE INDEX budget_allocation_by_area ON budget_allocation (cycle, area)"]
    )

    private static let spendings = ProjectionTable(
        name: "budget_spending",
        key: ["allocation", "document_number"],
        schema: """
            CREATE TABLE budget_spending (
                allocation TEXT NOT NULL,
                document_number TEXT NOT NULL,  -- of the voucher
                amount_satang INTEGER NOT NULL,
                spent_on TEXT NOT NULL,
                text TEXT NOT NULL,
                spent_at_index INTEGER NOT NULL,
                PRIMARY KEY (allocation, document_number)
            ) STRICT, WITHOUT ROWID
            """
    )

    package func apply(_ records: ArraySlice<ProjectedRecord>, _ db: Database) throws {
        try records.forEachRecord { record in
            switch record.event.kind {
            case .budgetAllocated(let allocation):
                try db.run(
                    """
                    INSERT OR IGNORE INTO budget_allocation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        allocation.allocation, allocation.cycle, allocation.area,
                        allocation.activity, Int64(clamping: allocation.amountSatang),
                        allocation.source, allocation.allocatedOn,
                        allocation.documentNumber.nonEmpty, record.rowIndex,
                    ]
                )
                try Self.documents.save(
                    allocation.documents,
                    of: allocation.allocation,
                    record,
                    db
                )
            case .budgetSpent(let spending):
                try db.run(
                    "INSERT OR IGNORE INTO budget_spending VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        spending.allocation, spending.documentNumber,
                        Int64(clamping: spending.amountSatang), spending.spentOn, spending.text,
                        record.rowIndex,
                    ]
                )
            case .paperWithdrawn(let withdrawal): try withdraw(withdrawal, record, db)
            default: break
            }
        }
    }

    private func withdraw(
        _ withdrawal: PaperWithdrawal,
        _ record: ProjectedRecord,
        _ db: Database
    ) throws {
        guard [.budgetAllocation, .budgetSpending].contains(withdrawal.kind),
            let place = try Row.fetchOne(
                db,
                sql: "SELECT cycle, area FROM budget_allocation WHERE allocation = ?",
                arguments: [withdrawal.paper]
            )
        else { return }
        let number = Voucher(withdrawal.part).number
        try Self.withdrawals.save(
            withdrawal,
            of: place["cycle"],
            area: place["area"],
            part: number.isEmpty ? withdrawal.paper : "\(withdrawal.paper) \(number)",
            record,
            db
        )
        guard withdrawal.kind == .budgetSpending else {
            return try db.run(
                "DELETE FROM budget_allocation WHERE allocation = ?",
                [withdrawal.paper]
            )
        }
        // Spaces in a number say nothing, and each record has its own.
        let written = try String.fetchAll(
            db,
            sql: "SELECT document_number FROM budget_spending WHERE allocation = ?",
            arguments: [withdrawal.paper]
        )
        for text in written where Voucher(text).number == number {
            try db.run(
                "DELETE FROM budget_spending WHERE allocation = ? AND document_number = ?",
                [withdrawal.paper, text]
            )
        }
    }
}
