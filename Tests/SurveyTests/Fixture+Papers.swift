import Survey

// Printed forms and money, as they are accepted in `Fixture.staffed`.

extension SerialRange {
    static func sample(_ first: UInt32, _ last: UInt32, prefix: String = "A-") -> SerialRange {
        var range = SerialRange()
        range.prefix = prefix
        range.first = first
        range.last = last
        return range
    }
}

extension QuestionnaireIssue {
    static func sample(
        _ ranges: [SerialRange] = [.sample(1, 20)],
        to collector: String = "collector-1"
    ) -> QuestionnaireIssue {
        var issue = QuestionnaireIssue()
        issue.cycle = "2561"
        issue.area = "990101"
        issue.collector = collector
        issue.ranges = ranges
        issue.issuedOn = "2017-12-01"
        return issue
    }
}

extension QuestionnaireReturn {
    static func sample(
        _ ranges: [SerialRange] = [.sample(19, 20)],
        by collector: String = "collector-1",
        on day: String = "2018-01-31"
    ) -> QuestionnaireReturn {
        var returned = QuestionnaireReturn()
        returned.cycle = "2561"
        returned.collector = collector
        returned.ranges = ranges
        returned.returnedOn = day
        return returned
    }
}

extension QuestionnaireSpoiling {
    static func sample(_ number: UInt32) -> QuestionnaireSpoiling {
        var spoiling = QuestionnaireSpoiling()
        spoiling.cycle = "2561"
        spoiling.collector = "collector-1"
        spoiling.ranges = [.sample(number, number)]
        spoiling.spoiledOn = "2018-01-20"
        spoiling.reason = "rain"
        return spoiling
    }
}

extension BudgetAllocation {
    static func sample(_ allocation: String = "b-1") -> BudgetAllocation {
        var sample = BudgetAllocation()
        sample.allocation = allocation
        sample.cycle = "2561"
        sample.area = "9901"
        sample.activity = "ประชุมเชิงปฏิบัติการผู้จัดเก็บ"
        sample.amountSatang = 1_500_000
        sample.source = "กรมการพัฒนาชุมชน"
        sample.allocatedOn = "2017-11-15"
        sample.documentNumber = "ตย 40/2560"
        sample.documents = [.sample()]
        return sample
    }
}

extension BudgetSpending {
    static func sample(_ voucher: String = "ฎ 1/2561", _ satang: UInt64 = 9_050) -> BudgetSpending {
        var sample = BudgetSpending()
        sample.allocation = "b-1"
        sample.amountSatang = satang
        sample.spentOn = "2018-01-20"
        sample.text = "ค่าอาหารว่าง"
        sample.documentNumber = voucher
        return sample
    }
}

extension RecordHousehold {
    static func sample(_ household: String, form: String) -> RecordHousehold {
        var record = RecordHousehold.sample(household)
        record.questionnaire = form
        return record
    }
}

extension Fixture {
    /// One event at least of every kind; the household is gone again afterwards.
    mutating func runPapers() throws(Rejection) {
        try run(.issueQuestionnaires(.sample()))
        try run(.returnQuestionnaires(.sample()))
        try run(.spoilQuestionnaires(.sample(18)))
        try run(.recordHousehold(.sample("h-9", form: "A-007")))
        try run(.withdrawHousehold(.sample("h-9")))
        try run(.allocateBudget(.sample()))
        try run(.spendBudget(.sample()))
    }
}
