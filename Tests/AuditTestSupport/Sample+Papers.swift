package import Survey

/// Printed forms and money.
extension Script {
    mutating func addPapers() {
        add(.issueQuestionnaires(Sample.questionnaireIssue))
        add(.returnQuestionnaires(Sample.questionnaireReturn))
        add(.spoilQuestionnaires(Sample.questionnaireSpoiling))
        add(.allocateBudget(Sample.budgetAllocation))
        add(.spendBudget(Sample.budgetSpending))
    }
}

extension Sample {
    private static func range(_ first: UInt32, _ last: UInt32) -> SerialRange {
        var range = SerialRange()
        (range.prefix, range.first, range.last) = ("A-", first, last)
        return range
    }

    package static var questionnaireIssue: QuestionnaireIssue {
        var issue = QuestionnaireIssue()
        (issue.cycle, issue.area, issue.collector) = ("2561", "990101", "collector-1")
        (issue.ranges, issue.issuedOn) = ([range(1, 20)], "2017-12-01")
        return issue
    }

    package static var questionnaireReturn: QuestionnaireReturn {
        var returned = QuestionnaireReturn()
        (returned.cycle, returned.collector) = ("2561", "collector-1")
        (returned.ranges, returned.returnedOn) = ([range(19, 20)], workday)
        return returned
    }

    package static var questionnaireSpoiling: QuestionnaireSpoiling {
        var spoiling = QuestionnaireSpoiling()
        (spoiling.cycle, spoiling.collector) = ("2561", "collector-1")
        (spoiling.ranges, spoiling.spoiledOn, spoiling.reason) = ([range(18, 18)], workday, "rain")
        return spoiling
    }

    package static var budgetAllocation: BudgetAllocation {
        var allocation = BudgetAllocation()
        (allocation.allocation, allocation.cycle, allocation.area) = ("b-1", "2561", "9901")
        (allocation.activity, allocation.amountSatang) = ("a workshop", 1_500_000)
        (allocation.source, allocation.allocatedOn) = ("the department", "2017-11-15")
        return allocation
    }

    package static var budgetSpending: BudgetSpending {
        var spending = BudgetSpending()
        (spending.allocation, spending.amountSatang) = ("b-1", 9_050)
        (spending.spentOn, spending.text, spending.documentNumber) = (workday, "lunch", "v-1")
        return spending
    }
}
