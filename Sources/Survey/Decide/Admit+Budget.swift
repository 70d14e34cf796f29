/// Rules of the money for the collection. Money spent is a fact: above the allocation it is recorded
/// like any other, and shown as over.
extension State {
    func admitAllocation(_ allocation: BudgetAllocation, _ act: Act) throws(Rejection) {
        try Validation.identifier(allocation.allocation, "allocation")
        guard programme.budgets[allocation.allocation] == nil else {
            throw Rejection(.budgetAlreadyAllocated, allocation.allocation)
        }
        let cycle = try requireCycle(allocation.cycle)
        try requireArea(allocation.area)
        try requireInside(cycle, allocation.area)
        try Validation.paperText(allocation.activity, "activity")
        try requireAmount(allocation.amountSatang, allocation.allocation)
        try Validation.paperText(allocation.source, "source")
        try Validation.pastDay(allocation.allocatedOn, "allocatedOn", act)
        try Validation.optionalPaperText(allocation.documentNumber, "documentNumber")
        try Validation.documents(allocation.documents)
    }

    func admitSpending(_ spending: BudgetSpending, _ act: Act) throws(Rejection) {
        let budget = try requireBudget(spending.allocation)
        try requireAmount(spending.amountSatang, spending.allocation)
        let day = try Validation.pastDay(spending.spentOn, "spentOn", act)
        guard budget.allocatedOn.map({ day >= $0 }) ?? true else {
            throw Rejection(.dayTooEarly, "spentOn")
        }
        try Validation.paperText(spending.text, "text")
        try Validation.paperText(spending.documentNumber, "documentNumber")
        let voucher = Voucher(spending.documentNumber)
        guard !voucher.number.isEmpty else { throw Rejection(.commandIncomplete, "documentNumber") }
        guard programme.vouchers[budget.place]?[voucher] == nil else {
            throw Rejection(.voucherAlreadySpent, spending.documentNumber)
        }
    }

    private func requireAmount(_ satang: UInt64, _ allocation: String) throws(Rejection) {
        guard (1...Limit.amountSatang).contains(satang) else {
            throw Rejection(.amountInvalid, allocation)
        }
    }
}
