import AreasProjection
import AwardsProjection
import Console
import OfficeLists
import ProjectionRuntime
import Survey

/// The outstanding collector, recorder and LAO of a district.
extension Page {
    func awards(
        _ district: String,
        _ cycle: String,
        _ models: borrowing ReadModels
    ) throws {
        let (area, nominees, decisions, deciders, reports, withdrawals) = try models.read { db in
            (
                try scope(district, db),
                try AwardReadModel.nominees(of: district, cycle: cycle, db),
                try AwardReadModel.decisions(of: district, cycle: cycle, db),
                try AwardReadModel.deciders(of: district, cycle: cycle, db),
                try AwardReadModel.reports(of: district, cycle: cycle, db),
                try AwardReadModel.withdrawals(of: district, cycle: cycle, db)
            )
        }
        let evidence = try evidence(of: nominees, decisions, district, cycle, models)
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle),
                "area": .string(district),
                "nominees": .array(
                    try zip(nominees, evidence).map { nominee, evidence in
                        ["nominee": try .row(nominee), "evidence": try .row(evidence)]
                    }
                ),
                "decisions": .rows(decisions),
                "deciders": .rows(deciders),
                "reports": .rows(reports),
                "withdrawals": .rows(withdrawals),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(district))")
        fields.append(choose("รอบปี", "cycle"), cycle)
        for decision in decisions {
            let names = deciders.filter { $0.kind == decision.kind }.map(\.person)
            fields.append(
                choose("ดีเด่น: ", "outstanding ") + word(decision.kind),
                "\(decision.winner) \(day(decision.decidedOn)): \(decision.reason) "
                    + choose("(ตัดสินโดย ", "(decided by ") + names.joined(separator: ", ") + ")"
            )
        }
        for report in reports {
            let facts = [report.toArea, day(report.reportedOn), report.documentNumber]
            fields.append(
                choose("รายงานถึง", "reported to"),
                facts.compactMap(\.self).joined(separator: " ")
                    + choose(" (\(report.decidedCount) จาก 3)", " (\(report.decidedCount) of 3)")
            )
        }
        append(withdrawals, to: &fields)
        try write(fields)
        try write(table(Array(zip(nominees, evidence))))
    }

    private func table(_ rows: [(NomineeRow, AwardEvidence)]) -> Table {
        var table = Table([
            .init(choose("รางวัล", "award")), .init(choose("ผู้ถูกเสนอชื่อ", "nominee")),
            .init(choose("เสนอเมื่อ", "entered on")),
            .init(choose("หลักฐาน ณ ขนาด", "evidence at size"), isNumeric: true),
            .init(choose("ครัวเรือน", "households"), isNumeric: true),
            .init(choose("ที่แก้ไข", "corrected"), isNumeric: true),
            .init(choose("เป้าหมาย", "target"), isNumeric: true),
            .init(choose("คงเหลือ", "remaining"), isNumeric: true),
            .init(choose("ข้อบกพร่อง", "defects"), isNumeric: true),
            .init(choose("ค้างอยู่", "open"), isNumeric: true),
            .init(choose("รับรองเมื่อ", "certified on")), .init(choose("เหตุผล", "grounds")),
        ])
        func text(_ count: Int64?) -> String { count.map { "\($0)" } ?? "-" }
        for (nominee, evidence) in rows {
            table.append([
                word(nominee.kind), nominee.nominee, day(nominee.enteredOn),
                "\(evidence.treeSize)", "\(evidence.households)", text(evidence.corrected),
                text(evidence.target), text(evidence.remaining), "\(evidence.defects)",
                "\(evidence.openDefects)", day(evidence.certifiedOn), nominee.grounds,
            ])
        }
        return table
    }
}
