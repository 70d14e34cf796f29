import AreasProjection
import BudgetProjection
import Console
import OfficeLists
import ProjectionRuntime
import QuestionnairesProjection
import Survey

/// Printed forms and money: what an area was given, and what became of it.
extension Page {
    func questionnaires(
        _ code: String,
        _ cycle: String,
        _ models: borrowing ReadModels
    ) throws {
        let (area, ranges, conflicts, withdrawals) = try models.read { db in
            let area = try scope(code, db)
            let codes = try AreaReadModel.codes(within: code, db)
            return (
                area, try QuestionnaireReadModel.ranges(of: codes, cycle: cycle, db),
                try QuestionnaireReadModel.conflicts(of: codes, cycle: cycle, db),
                try QuestionnaireReadModel.withdrawals(of: codes, cycle: cycle, db)
            )
        }
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle),
                "area": .string(code),
                "ranges": .array(
                    try ranges.map { range in
                        ["range": try .row(range), "leftCount": .number(Int(range.leftCount))]
                    }
                ),
                "conflicts": .rows(conflicts),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(code))")
        fields.append(choose("รอบปี", "cycle"), cycle)
        let sums: [(String, KeyPath<QuestionnaireRangeRow, Int64>)] = [
            (choose("จ่าย", "issued"), \.issuedCount),
            (choose("ใช้แล้ว", "used"), \.usedCount),
            (choose("ส่งคืน", "returned"), \.returnedCount),
            (choose("เสีย", "spoiled"), \.spoiledCount),
            (choose("คงเหลือ", "left"), \.leftCount),
        ]
        for (name, count) in sums {
            fields.append(name, ranges.map { $0[keyPath: count] }.reduce(0, +).grouped)
        }
        for conflict in conflicts {
            let serial = "\(conflict.prefix)\(conflict.number)"
            fields.append(
                choose("คำเตือน", "warning"),
                conflict.outcome.map { outcome in
                    choose(
                        "\(serial) \(word(outcome)) แต่เป็นของครัวเรือน \(conflict.households)",
                        "\(serial) is \(outcome), and the household \(conflict.households) names it"
                    )
                }
                    ?? choose(
                        "\(serial) เป็นของหลายครัวเรือน: \(conflict.households)",
                        "\(serial) is named by several households: \(conflict.households)"
                    )
            )
        }
        append(withdrawals, to: &fields)
        try write(fields)
        var columns: [Table.Column] = [
            .init(choose("ผู้จัดเก็บ", "collector")), .init(choose("พื้นที่", "area")),
            .init(choose("เลขที่", "serials")), .init(choose("จ่ายเมื่อ", "issued on")),
        ]
        columns += sums.map { Table.Column($0.0, isNumeric: true) }
        var table = Table(columns)
        for range in ranges {
            let serials = "\(range.prefix)\(range.firstNumber)–\(range.lastNumber)"
            table.append(
                [range.collector, range.area, serials, day(range.issuedOn)]
                    + sums.map { "\(range[keyPath: $0.1])" }
            )
        }
        try write(table)
    }

    func budget(_ code: String, _ cycle: String, _ models: borrowing ReadModels) throws {
        let (area, allocations, spendings, documents, sums, withdrawals) = try models.read { db in
            let area = try scope(code, db)
            let codes = try AreaReadModel.codes(within: code, db)
            let allocations = try BudgetReadModel.allocations(of: codes, cycle: cycle, db)
            return (
                area, allocations, try BudgetReadModel.spendings(of: codes, cycle: cycle, db),
                try allocations.map { try BudgetReadModel.documents(of: $0.allocation, db) },
                try budgetSums(area, allocations, db),
                try BudgetReadModel.withdrawals(of: codes, cycle: cycle, db)
            )
        }
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle),
                "area": .string(code),
                "allocations": .array(
                    try zip(allocations, documents).map { allocation, documents in
                        [
                            "allocation": try .row(allocation),
                            "leftSatang": .number(Int(allocation.leftSatang)),
                            "documents": try .rows(documents),
                        ]
                    }
                ),
                "spendings": .rows(spendings),
                "sums": .rows(sums),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(code))")
        fields.append(choose("รอบปี", "cycle"), cycle)
        for documents in documents { append(documents, to: &fields) }
        append(withdrawals, to: &fields)
        try write(fields)
        try write(table(sums))
        try write(table(allocations))
        guard !spendings.isEmpty else { return }
        var table = Table([
            .init(choose("การจัดสรร", "allocation")), .init(choose("หลักฐานจ่าย", "voucher")),
            .init(choose("จ่ายเมื่อ", "spent on")),
            .init(choose("บาท", "baht"), isNumeric: true), .init(choose("รายการ", "for")),
        ])
        for row in spendings {
            table.append([
                row.allocation, row.documentNumber, day(row.spentOn), baht(row.amountSatang),
                row.text,
            ])
        }
        try write(table)
    }

    private func table(_ allocations: [BudgetAllocationRow]) -> Table {
        var table = Table([
            .init(choose("การจัดสรร", "allocation")), .init(choose("พื้นที่", "area")),
            .init(choose("กิจกรรม", "activity")), .init(choose("แหล่งเงิน", "source")),
            .init(choose("จัดสรรเมื่อ", "allocated on")),
            .init(choose("บาท", "baht"), isNumeric: true),
            .init(choose("จ่ายแล้ว", "spent"), isNumeric: true),
            .init(choose("คงเหลือ", "left"), isNumeric: true),
            .init(choose("หมายเหตุ", "note")),
        ])
        for row in allocations {
            table.append([
                row.allocation, row.area, row.activity, row.source, day(row.allocatedOn),
                baht(row.amountSatang), baht(row.spentSatang), baht(row.leftSatang),
                row.leftSatang < 0 ? choose("เกินวงเงิน", "over the allocation") : "",
            ])
        }
        return table
    }

    func baht(_ satang: Int64) -> String {
        let part = satang.magnitude % 100
        let whole = (satang.magnitude / 100).grouped
        return (satang < 0 ? "-" : "") + whole + (part < 10 ? ".0" : ".") + "\(part)"
    }
}
