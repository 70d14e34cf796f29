internal import Survey

/// Columns of budget: one row an allocation.
enum BudgetColumn: Int, CaseIterable, ColumnIndex {
    case allocation
    case cycle
    case area
    case activity
    case amountBaht
    case amountSatang
    case source
    case allocatedOn
    case documentNumber

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .allocation:
            .required(
                "allocation",
                "รหัสการจัดสรรที่ตั้งเอง",
                "identifier of the allocation",
                "3801-b-1"
            )
        case .cycle: .cycle
        case .area:
            .required("area", "รหัสพื้นที่ที่ได้รับ", "code of the area that is given it", "3801")
        case .activity:
            .required("activity", "กิจกรรม", "what it is for", "ประชุมเชิงปฏิบัติการผู้จัดเก็บ")
        case .amountBaht:
            .optional(
                "amount_baht",
                "จำนวนเงิน (บาท) เช่น 1,500.50; ว่างได้เมื่อมี amount_satang",
                "amount in baht, like 1,500.50; empty beside amount_satang",
                "15,000.00"
            )
        case .amountSatang:
            .optional(
                "amount_satang",
                "จำนวนเงิน (สตางค์); ว่างได้เมื่อมี amount_baht",
                "amount in satang; empty beside amount_baht"
            )
        case .source:
            .required("source", "แหล่งเงิน", "where it is from", "กรมการพัฒนาชุมชน")
        case .allocatedOn:
            .required("allocated_on", "วันที่จัดสรร", "day it was allocated", "15/11/2560")
        case .documentNumber:
            .optional("document_number", "ที่หนังสือ", "number of the paper")
        }
    }
}

/// Columns of expenses: one row a voucher.
enum ExpenseColumn: Int, CaseIterable, ColumnIndex {
    case allocation
    case documentNumber
    case amountBaht
    case amountSatang
    case spentOn
    case text

    static let all: [ImportColumn] = allCases.map(\.column)

    private var column: ImportColumn {
        switch self {
        case .allocation:
            .required(
                "allocation",
                "รหัสการจัดสรรที่บันทึกแล้ว",
                "identifier of an allocation that is recorded",
                "3801-b-1"
            )
        case .documentNumber:
            .required("document_number", "เลขที่หลักฐานจ่าย", "number of the voucher", "บจ 12/2561")
        case .amountBaht:
            .optional(
                "amount_baht",
                "จำนวนเงิน (บาท) เช่น 1,500.50; ว่างได้เมื่อมี amount_satang",
                "amount in baht, like 1,500.50; empty beside amount_satang",
                "2,000.50"
            )
        case .amountSatang:
            .optional(
                "amount_satang",
                "จำนวนเงิน (สตางค์); ว่างได้เมื่อมี amount_baht",
                "amount in satang; empty beside amount_baht"
            )
        case .spentOn:
            .required("spent_on", "วันที่จ่าย", "day it was spent", "20/12/2560")
        case .text:
            .required("text", "รายการ", "what for", "ค่าอาหารว่าง")
        }
    }
}

extension RowForm {
    mutating func allocation() -> Command {
        var allocation = BudgetAllocation()
        allocation.allocation = required(BudgetColumn.allocation)
        allocation.cycle = cycle(BudgetColumn.cycle)
        allocation.area = areaCode(BudgetColumn.area, lengths: [2, 4, 6, 8])
        allocation.activity = required(BudgetColumn.activity)
        allocation.amountSatang = satang(BudgetColumn.amountBaht, BudgetColumn.amountSatang)
        allocation.source = required(BudgetColumn.source)
        allocation.allocatedOn = requiredDay(BudgetColumn.allocatedOn)
        allocation.documentNumber = optional(BudgetColumn.documentNumber)
        var command = Command()
        command.id = CommandID.make(
            kind: .budget,
            cycle: allocation.cycle,
            group: allocation.area,
            key: allocation.allocation
        )
        command.occurredOn = allocation.allocatedOn
        command.allocateBudget = allocation
        return command
    }

    mutating func expense() -> Command {
        var spending = BudgetSpending()
        spending.allocation = required(ExpenseColumn.allocation)
        spending.documentNumber = required(ExpenseColumn.documentNumber)
        spending.amountSatang = satang(ExpenseColumn.amountBaht, ExpenseColumn.amountSatang)
        spending.spentOn = requiredDay(ExpenseColumn.spentOn)
        spending.text = required(ExpenseColumn.text)
        var command = Command()
        command.id = CommandID.make(
            kind: .expenses,
            cycle: "",
            group: spending.allocation,
            key: spending.allocation,
            spending.documentNumber,
            spending.spentOn
        )
        command.occurredOn = spending.spentOn
        command.spendBudget = spending
        return command
    }

    /// An amount that is given once, in baht or in satang.
    private mutating func satang(
        _ bahtColumn: some ColumnIndex,
        _ satangColumn: some ColumnIndex
    ) -> UInt64 {
        let (baht, satang) = (range(bahtColumn), range(satangColumn))
        guard !baht.isEmpty || !satang.isEmpty else {
            report(.valueMissing, bahtColumn)
            return 0
        }
        guard baht.isEmpty || satang.isEmpty else {
            report(.amountMalformed, satangColumn)
            return 0
        }
        let column: any ColumnIndex = baht.isEmpty ? satangColumn : bahtColumn
        let text = row.bytes[baht.isEmpty ? satang : baht]
        guard let amount = AmountText.satang(text, isBaht: satang.isEmpty) else {
            report(.amountMalformed, column)
            return 0
        }
        return amount
    }
}
