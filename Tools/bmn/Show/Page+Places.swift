import AreasProjection
import ArgumentParser
import Console
import EditionsProjection
import IndicatorsProjection
import OfficeLists
import ProgressProjection
import ProjectionRuntime
import Survey

/// How `bmn show progress` divides an area.
enum ProgressDivision: String, CaseIterable, ExpressibleByArgument {
    case district, lao, tambon, village, day

    fileprivate var level: Area.Level? {
        switch self {
        case .district: .district
        case .lao: .lao
        case .tambon: .tambon
        case .village: .village
        case .day: nil
        }
    }

    /// The next smaller places of an area.
    fileprivate static func below(_ level: Area.Level) -> ProgressDivision {
        switch level {
        case .province: .district
        case .district: .lao
        default: .village
        }
    }
}

extension Page {
    func area(_ code: String, _ cycle: String?, _ models: borrowing ReadModels) throws {
        let (area, children, tambons, laos, review) = try models.read { db in
            let area = try scope(code, db)
            return (
                area.row, try AreaReadModel.areas(parent: code, db),
                try AreaReadModel.tambons(coveredBy: code, db),
                try AreaReadModel.laos(covering: code, db),
                try AreaReview(area, cycle: cycle, db)
            )
        }
        let matters = try openMatters(review, models)
        guard !asJSON else {
            let members: [(String, JSON)] = [
                ("area", try .row(area)),
                ("children", try .rows(children)),
                ("tambons", .array(tambons.map { .string($0) })),
                ("laos", .array(laos.map { .string($0) })),
                ("checks", try .rows(review.checks)),
                (
                    "uncheckedTambons",
                    .array(review.unchecked.filter { $0 != code }.map { .string($0) })
                ),
                ("wholeChecked", .bool(!review.unchecked.contains(code))),
            ]
            return try write(.object(members + review.members() + matters.members()))
        }
        var fields = FieldList()
        fields.append(choose("รหัส", "code"), area.area)
        fields.append(choose("ระดับ", "level"), word(area.level))
        fields.append(choose("ชื่อ", "name"), area.nameTh)
        if let name = area.nameEn { fields.append(choose("ชื่ออังกฤษ", "English name"), name) }
        if let parent = area.parent { fields.append(choose("อยู่ใน", "in"), parent) }
        if let type = area.laoType { fields.append(choose("ประเภท อปท.", "kind of LAO"), type) }
        if area.validFrom != nil || area.validTo != nil {
            fields.append(
                choose("มีผล", "valid"),
                "\(day(area.validFrom)) – \(day(area.validTo))"
            )
        }
        if !tambons.isEmpty {
            fields.append(choose("ครอบคลุมตำบล", "covers tambons"), tambons.joined(separator: " "))
        }
        if !laos.isEmpty { fields.append(choose("อปท.", "LAOs"), laos.joined(separator: " ")) }
        if area.synthetic { fields.append(choose("ข้อมูลสมมติ", "synthetic"), yesNo(true)) }
        append(review, of: code, to: &fields)
        append(matters, to: &fields)
        append(checks: review, of: code, to: &fields)
        try write(fields)
        try write(matters)
        guard !children.isEmpty else { return }
        var table = Table([
            .init(choose("รหัส", "code")), .init(choose("ระดับ", "level")),
            .init(choose("ชื่อ", "name")), .init(choose("ชื่ออังกฤษ", "English name")),
        ])
        for child in children {
            table.append([child.area, word(child.level), child.nameTh, child.nameEn ?? ""])
        }
        try write(table)
    }

    func figures(_ code: String, _ cycle: String, _ models: borrowing ReadModels) throws {
        let (area, results, indicators, progress) = try models.read { db in
            let area = try scope(code, db)
            return (
                area, try IndicatorReadModel.results(cycle: cycle, area: area.scope, db),
                try EditionReadModel.indicators(cycle: cycle, db),
                try ProgressReadModel.progress(
                    cycle: cycle,
                    level: area.scope.level,
                    within: area.scope,
                    db
                )
                .first { $0.area == code }
            )
        }
        let names = Dictionary(uniqueKeysWithValues: indicators.map { ($0.indicator, $0) })
        // A number that the edition leaves out is no indicator.
        let rows = results.filter { names[$0.indicator] != nil }
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle),
                "area": .string(code),
                "treeSize": .unsigned(models.treeSize),
                "progress": progress.map { try .row($0) } ?? .null,
                "indicators": .array(rows.map(Self.json)),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(code))")
        fields.append(choose("รอบปี", "cycle"), cycle)
        fields.append(choose("ณ ขนาด", "tree size"), "\(models.treeSize)")
        append(progress, to: &fields)
        try write(fields)
        var table = Table([
            .init(choose("ที่", "no."), isNumeric: true), .init(choose("ตัวชี้วัด", "indicator")),
            .init(choose("สำรวจ", "surveyed"), isNumeric: true),
            .init(choose("ผ่าน", "passed"), isNumeric: true),
            .init(choose("ไม่ผ่าน", "failed"), isNumeric: true),
            .init(choose("ร้อยละผ่าน", "% passed"), isNumeric: true),
            .init(choose("ร้อยละไม่ผ่าน", "% failed"), isNumeric: true),
        ])
        for row in rows {
            let indicator = names[row.indicator]
            table.append([
                "\(row.indicator)",
                choose(indicator?.nameTh ?? "", indicator?.nameEn ?? ""), "\(row.surveyed)",
                "\(row.passed)", "\(row.failed)", row.percentPassed, row.percentFailed,
            ])
        }
        try write(table)
    }

    private static func json(_ row: IndicatorRow) -> JSON {
        [
            "indicator": .number(row.indicator),
            "surveyed": .number(Int(row.surveyed)),
            "passed": .number(Int(row.passed)),
            "failed": .number(Int(row.failed)),
            "percentPassed": .string(row.percentPassed),
            "percentFailed": .string(row.percentFailed),
        ]
    }

    func progress(
        _ code: String,
        _ cycle: String,
        _ division: ProgressDivision?,
        _ models: borrowing ReadModels
    ) throws {
        let area = try models.read { db in try scope(code, db) }
        let division = division ?? .below(area.scope.level)
        let (total, parts, days) = try models.read { db in
            let total = try ProgressReadModel.progress(
                cycle: cycle,
                level: area.scope.level,
                within: area.scope,
                db
            )
            let parts = try division.level.map { level in
                try ProgressReadModel.progress(cycle: cycle, level: level, within: area.scope, db)
            }
            let days =
                parts == nil ? try ProgressReadModel.days(cycle: cycle, of: area.scope, db) : []
            return (total.first { $0.area == code }, parts ?? [], days)
        }
        guard !asJSON else {
            return try write([
                "cycle": .string(cycle),
                "area": .string(code),
                "treeSize": .unsigned(models.treeSize),
                "total": total.map { try .row($0) } ?? .null,
                "by": .string(division.rawValue),
                "parts": division == .day ? .rows(days) : .rows(parts),
            ])
        }
        var fields = FieldList()
        fields.append(choose("พื้นที่", "area"), "\(area.row.nameTh) (\(code))")
        fields.append(choose("รอบปี", "cycle"), cycle)
        append(total, to: &fields)
        try write(fields)
        try write(division == .day ? table(days) : table(parts))
    }

    private func append(_ row: ProgressRow?, to fields: inout FieldList) {
        guard let row else { return }
        fields.append(choose("เป้าหมาย", "target"), row.target.grouped)
        fields.append(choose("จัดเก็บแล้ว", "collected"), row.collected.grouped)
        fields.append(choose("จัดเก็บไม่ได้", "not collected"), row.notCollected.grouped)
        fields.append(choose("คงเหลือ", "remaining"), row.remaining.grouped)
        fields.append(choose("แก้ไข (ครั้ง)", "corrections"), row.corrected.grouped)
        fields.append(choose("จำนวนคน", "persons"), row.persons.grouped)
        fields.append(choose("คำเตือนในคำตอบ", "warnings in answers"), row.warnings.grouped)
        fields.append(choose("รับรองแล้ว", "certified"), row.certified.grouped)
        if let certification = row.certification {
            fields.append(choose("การรับรอง", "certification"), certification)
        }
    }

    private func table(_ rows: [ProgressRow]) -> Table {
        var table = Table(
            [.init(choose("พื้นที่", "area"))]
                + [
                    choose("เป้าหมาย", "target"), choose("แบบสอบถาม", "questionnaires"),
                    choose("จัดเก็บแล้ว", "collected"), choose("จัดเก็บไม่ได้", "not collected"),
                    choose("คงเหลือ", "remaining"), choose("แก้ไข", "corrections"),
                    choose("คน", "persons"), choose("รับรองแล้ว", "certified"),
                ]
                .map { Table.Column($0, isNumeric: true) }
                + [.init(choose("การรับรอง", "certification"))]
        )
        for row in rows {
            let counts = [
                row.target, row.questionnaires, row.collected, row.notCollected, row.remaining,
                row.corrected, row.persons, row.certified,
            ]
            table.append([row.area] + counts.map { "\($0)" } + [row.certification ?? ""])
        }
        return table
    }

    private func table(_ rows: [ProgressDayRow]) -> Table {
        var table = Table(
            [.init(choose("วัน", "day"))]
                + [
                    choose("จัดเก็บ", "collected"), choose("สะสม", "in all"),
                    choose("จัดเก็บไม่ได้", "not collected"), choose("แก้ไข", "corrections"),
                    choose("คน", "persons"), choose("รับรอง", "certified"),
                ]
                .map { Table.Column($0, isNumeric: true) }
        )
        for row in rows {
            table.append([
                day(row.day), "\(row.collected)", "\(row.collectedTotal)", "\(row.notCollected)",
                "\(row.corrected)", "\(row.persons)", row.certified.map { "\($0)" } ?? "-",
            ])
        }
        return table
    }
}
