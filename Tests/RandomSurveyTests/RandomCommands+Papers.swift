import Survey

/// Printed forms and money.
extension RandomCommands {
    mutating func makePaper(_ kind: EventKind, _ known: Known) -> Command.OneOf_Kind? {
        switch kind {
        case .questionnairesIssued:
            var issue = QuestionnaireIssue()
            (issue.cycle, issue.area) = (cycle(known), area(known, .district, .tambon, .lao))
            issue.collector = dice.pick(["collector-1", "collector-1", "collector-2"]) ?? ""
            issue.ranges = [range()]
            issue.issuedOn = pastDay(known)
            return .issueQuestionnaires(issue)
        case .questionnairesReturned:
            guard let form = dice.pick(forms) else { return nil }
            var returned = QuestionnaireReturn()
            (returned.cycle, returned.collector) = (form.cycle, form.collector)
            returned.ranges = [single(form)]
            returned.returnedOn = known.today.iso
            return .returnQuestionnaires(returned)
        case .questionnairesSpoiled:
            guard let form = dice.pick(forms) else { return nil }
            var spoiling = QuestionnaireSpoiling()
            (spoiling.cycle, spoiling.collector) = (form.cycle, form.collector)
            spoiling.ranges = [single(form)]
            (spoiling.spoiledOn, spoiling.reason) = (known.today.iso, "rain")
            return .spoilQuestionnaires(spoiling)
        case .budgetAllocated:
            var allocation = BudgetAllocation()
            (allocation.allocation, allocation.cycle) = (fresh("money"), cycle(known))
            (allocation.area, allocation.activity) = (area(known), "ประชุมเชิงปฏิบัติการ")
            allocation.amountSatang = dice.number(1...5_000_000)
            allocation.source = "กรมการพัฒนาชุมชน"
            allocation.allocatedOn = pastDay(known)
            allocation.documents = documents()
            return .allocateBudget(allocation)
        case .budgetSpent:
            var spending = BudgetSpending()
            spending.allocation = existing(known.state.programme.budgets) { !$0.isWithdrawn }
            spending.amountSatang = dice.number(1...500_000)
            (spending.spentOn, spending.text) = (pastDay(known), "ค่าอาหารว่าง")
            spending.documentNumber = "ฎ \(dice.number(1...40))/2561"
            return .spendBudget(spending)
        default: return nil
        }
    }

    private mutating func range() -> SerialRange {
        var range = SerialRange()
        range.prefix = dice.chance(50) ? "A-" : "B-"
        range.first = dice.number(1...80)
        range.last = range.first + dice.number(0...5)
        return range
    }

    private func single(_ form: Form) -> SerialRange {
        var range = SerialRange()
        (range.prefix, range.first, range.last) = (form.prefix, form.number, form.number)
        return range
    }
}
