import CalendarProjection
import Console
import Survey

/// One deadline over all areas that must meet it.
struct DeadlineSummary {
    let deadline: DeadlineRow
    private(set) var met = 0
    private(set) var late = 0
    private(set) var open = 0
    private(set) var missed = 0
    /// Of those met, how many were recorded after the due day: the day is their actors' word.
    private(set) var recordedLate = 0

    private init(_ deadline: DeadlineRow) { self.deadline = deadline }

    /// In the order of the entries.
    static func of(_ entries: [RecordedEntry]) -> [DeadlineSummary] {
        var summaries: [DeadlineSummary] = []
        for recorded in entries {
            let entry = recorded.entry
            if summaries.last?.deadline.deadline != entry.deadline.deadline {
                summaries.append(DeadlineSummary(entry.deadline))
            }
            let last = summaries.endIndex - 1
            switch entry.status {
            case .met:
                summaries[last].met += 1
                if recorded.isRecordedLate { summaries[last].recordedLate += 1 }
            case .late: summaries[last].late += 1
            case .open: summaries[last].open += 1
            case .missed: summaries[last].missed += 1
            }
        }
        return summaries
    }

    var members: [(String, JSON)] {
        [
            ("deadline", .string(deadline.deadline)), ("item", .string(deadline.item)),
            ("due", .string(deadline.due)), ("fromLevel", .string(deadline.fromLevel)),
            ("met", .number(met)), ("late", .number(late)), ("open", .number(open)),
            ("missed", .number(missed)), ("recordedLate", .number(recordedLate)),
        ]
    }

    static func table(_ summaries: [DeadlineSummary], _ page: Page) -> Table {
        var table = Table([
            .init(page.choose("ข้อ", "item")), .init(page.choose("กำหนด", "due")),
            .init(page.choose("ระดับ", "level")),
            .init(page.choose("ทัน", "met"), isNumeric: true),
            .init(page.choose("ช้า", "late"), isNumeric: true),
            .init(page.choose("ยังไม่ถึง", "open"), isNumeric: true),
            .init(page.choose("เลยกำหนด", "missed"), isNumeric: true),
            .init(page.choose("ทันแต่บันทึกหลังกำหนด", "met, recorded late"), isNumeric: true),
            .init(page.choose("เรื่อง", "what")),
        ])
        for summary in summaries {
            let deadline = summary.deadline
            table.append([
                deadline.item, page.day(deadline.due), page.word(deadline.fromLevel),
                "\(summary.met)",
                "\(summary.late)", "\(summary.open)", "\(summary.missed)",
                "\(summary.recordedLate)",
                page.choose(deadline.titleTh, deadline.titleEn),
            ])
        }
        return table
    }
}
