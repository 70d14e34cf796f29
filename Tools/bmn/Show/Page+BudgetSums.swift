import Console

extension Page {
    func table(_ sums: [BudgetSum]) -> Table {
        var table = Table([
            .init(choose("พื้นที่", "area")), .init(choose("ชื่อ", "name")),
            .init(choose("การจัดสรร", "allocations"), isNumeric: true),
            .init(choose("จัดสรร (บาท)", "allocated (baht)"), isNumeric: true),
            .init(choose("จ่ายแล้ว", "spent"), isNumeric: true),
            .init(choose("คงเหลือ", "left"), isNumeric: true),
        ])
        for sum in sums {
            table.append([
                sum.area, sum.nameTh, "\(sum.allocationCount)", baht(sum.allocatedSatang),
                baht(sum.spentSatang), baht(sum.leftSatang),
            ])
        }
        return table
    }
}
