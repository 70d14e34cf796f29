/// Rules of the money for the collection. Money spent is a fact: above the allocation it is recorded
/// like any other, and shown as over.
extension State {
    func admitAllocation(_ allocation: BudgetAllocation, _ act: Act) throws(Rejection) {
        try Validation.identifier(allocation.allocation, "allocation")
        guard programme.vouchers[allocation.allocation] == nil else {
            throw Rejection(.budgetAlreadyAllocated, allocation.allocation)
        }
        let cycle = try requireCycle(allocation.cycle)
        try requireArea(allocation.area)
        try requireInside(cycle, allocation.area)
        try Validation.text(allocation.activity, "activity")
        try requireAmount(allocation.amountSatang, allocation.allocation)
        try Validation.text(allocation.source, "source")
        try Validation.pastDay(allocation.allocatedOn, "allocatedOn", act)
        try Validation.optionalText(allocation.documentNumber, "documentNumber")
        try Validation.documents(allocation.documents)
    }

    func admitSpending(_ spending: BudgetSpending, _ act: Act) throws(Rejection) {
        guard let vouchers = programme.vouchers[spending.allocation] else {
            throw Rejection(.budgetUnknown, spending.allocation)
        }
        try requireAmount(spending.amountSatang, spending.allocation)
        try Validation.pastDay(spending.spentOn, "spentOn", act)
        try Validation.text(spending.text, "text")
        try Validation.text(spending.documentNumber, "documentNumber")
        guard !vouchers.contains(spending.documentNumber) else {
            throw Rejection(.voucherAlreadySpent, spending.documentNumber)
        }
    }

    private func requireAmount(_ satang: UInt64, _ allocation: String) throws(Rejection) {
        guard (1...Limit.amountSatang).contains(satang) else {
            throw Rejection(.amountInvalid, allocation)
        }
    }
}
