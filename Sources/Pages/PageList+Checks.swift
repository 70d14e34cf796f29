import ChecksProjection
import Console
import ReviewsProjection

/// Checks of quality and what people object to.
extension PageList {
    static let checks = PageList(
        name: "checks",
        title: Phrase(thai: "การตรวจสอบคุณภาพ", english: "Quality checks"),
        columns: [
            Phrase(thai: "การตรวจ", english: "Check"), Phrase(thai: "พื้นที่", english: "Area"),
            Phrase(thai: "ขั้น", english: "Stage"), Phrase(thai: "เมื่อ", english: "Checked on"),
            Phrase(thai: "ผล", english: "Outcome"),
            Phrase(thai: "สัมภาษณ์ซ้ำ", english: "Asked again"),
            Phrase(thai: "ต่างจากเดิม", english: "Differing"),
            Phrase(thai: "ข้อบกพร่อง", english: "Defects"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try CheckReadModel.forEachCheck(cycle: cycle, db) { row in
            rows.append([
                "\(row.checkId)", page.area(coded: row.area), "\(page.word(row.stage))",
                page.day(row.checkedOn), "\(page.word(row.outcome))", page.number(row.askedCount),
                page.number(row.differingCount), page.number(row.defectCount),
            ])
        }
        return rows
    }

    static let samples = PageList(
        name: "samples",
        title: Phrase(thai: "ตัวอย่างที่สุ่ม", english: "Samples"),
        columns: [
            Phrase(thai: "ตัวอย่าง", english: "Sample"),
            Phrase(thai: "พื้นที่", english: "Area"), Phrase(thai: "ขั้น", english: "Stage"),
            Phrase(thai: "ขนาด", english: "Size"), Phrase(thai: "จาก", english: "Of"),
            Phrase(thai: "สุ่มเมื่อ", english: "Drawn on"),
            Phrase(thai: "สัมภาษณ์แล้ว", english: "Asked"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try CheckReadModel.forEachSample(cycle: cycle, db) { row in
            rows.append([
                "\(row.sample)", page.area(coded: row.area), "\(page.word(row.stage))",
                page.number(row.size), page.number(row.population), page.day(row.drawnOn),
                page.number(row.askedCount),
            ])
        }
        return rows
    }

    static let defects = PageList(
        name: "defects",
        title: Phrase(thai: "ข้อบกพร่อง", english: "Defects"),
        columns: [
            Phrase(thai: "ข้อบกพร่อง", english: "Defect"),
            Phrase(thai: "พื้นที่", english: "Area"),
            Phrase(thai: "ความสำคัญ", english: "Severity"),
            Phrase(thai: "ตัวชี้วัดที่", english: "Indicator"),
            Phrase(thai: "พบเมื่อ", english: "Found on"), Phrase(thai: "ผล", english: "Outcome"),
            Phrase(thai: "แก้เมื่อ", english: "Resolved on"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try CheckReadModel.forEachDefect(cycle: cycle, db) { row in
            rows.append([
                page.link(record: row.foundAtIndex, row.defect), page.area(coded: row.area),
                "\(page.word(row.severity))", page.count(row.indicator), page.day(row.foundOn),
                "\(page.word(row.outcome ?? "open"))", page.day(row.resolvedOn),
            ])
        }
        return rows
    }

    static let objections = PageList(
        name: "objections",
        title: Phrase(thai: "ข้อคัดค้าน", english: "Objections"),
        columns: [
            Phrase(thai: "ข้อคัดค้าน", english: "Objection"),
            Phrase(thai: "พื้นที่", english: "Area"),
            Phrase(thai: "ผู้คัดค้าน", english: "Raised by"),
            Phrase(thai: "ตัวชี้วัดที่", english: "Indicator"),
            Phrase(thai: "เมื่อ", english: "Raised on"), Phrase(thai: "ผล", english: "Outcome"),
            Phrase(thai: "วินิจฉัยเมื่อ", english: "Resolved on"),
        ]
    ) { page, cycle, db in
        var rows: [[Markup]] = []
        try ReviewReadModel.forEachObjection(cycle: cycle, db) { row in
            rows.append([
                page.link(record: row.raisedAtIndex, row.objection), page.area(coded: row.area),
                "\(page.word(row.raisedBy))", page.count(row.indicator), page.day(row.raisedOn),
                "\(page.word(row.outcome ?? "open"))", page.day(row.resolvedOn),
            ])
        }
        return rows
    }
}
