import AreasProjection
import CalendarProjection
import Console
import GRDB
import LedgerReader
import ProgressProjection
import Survey

/// What the overview reads of a cycle: a fixed number of queries over areas, none over households.
private struct CycleView {
    let row: CycleRow
    let entries: [CalendarEntry]
    /// By tambon; a district is the sum of those whose codes begin with its own.
    let tambons: [ProgressRow]
    let names: [String: AreaRow]
}

extension PageContext {
    /// `/`: deadlines, progress, the newest acts, the ledger's health.
    func overview() throws -> PageAnswer {
        let view = try cycleView()
        let snapshot = try pages.reader.snapshot()
        var parts: [Markup] = []
        if let view {
            parts.append(
                paragraph(
                    """
                    \(choose("รอบปี", "Cycle")) \(view.row.cycle) \
                    \(choose("ณ วันที่", "as of")) \(day(today.iso))
                    """
                )
            )
            if view.row.synthetic { parts.append(syntheticNote) }
            parts += [deadlines(view), districts(view)]
        } else {
            parts.append(
                note(
                    "\(choose("ยังไม่มีรอบปีในบัญชีนี้", "No cycle is defined in this ledger yet."))"
                )
            )
        }
        parts += [try newestActs(snapshot), try health(snapshot)]
        if let view { parts.append(tambons(view)) }
        return page(choose("ภาพรวม", "Overview"), parts)
    }

    var syntheticNote: Markup {
        note("\(choose("ข้อมูลสมมติ ไม่ใช่ข้อมูลจริง", "SYNTHETIC: not about real households"))")
    }

    private func cycleView() throws -> CycleView? {
        do {
            return try read { db in
                let row = try chosenCycle(db)
                let areas =
                    try AreaReadModel.areas(level: .district, db)
                    + AreaReadModel.areas(level: .tambon, db)
                return CycleView(
                    row: row,
                    entries: try CalendarReadModel.entries(cycle: row.cycle, on: today, db),
                    tambons: try ProgressReadModel.progress(
                        cycle: row.cycle,
                        level: .tambon,
                        db
                    ),
                    names: Dictionary(areas.map { ($0.area, $0) }, uniquingKeysWith: { $1 })
                )
            }
        } catch NoSuchPage.cycle where query("cycle") == nil {
            return nil
        }
    }

    private func deadlines(_ view: CycleView) -> Markup {
        var table = PageTable(
            id: "deadline-table",
            caption: choose(
                "กำหนดเวลาและจำนวนพื้นที่ตามผล",
                "Deadlines, and how many areas met each"
            ),
            columns: [
                .init(choose("งาน", "What is due")), .init(choose("ระดับ", "Level")),
                .init(choose("กำหนด", "Due")), .init(choose("เหลือเวลา", "Time left")),
                .init(choose("ทันกำหนด", "In time"), isNumeric: true),
                .init(choose("ส่งช้า", "Done late"), isNumeric: true),
                .init(choose("ยังไม่ส่ง", "Open"), isNumeric: true),
                .init(choose("เลยกำหนด", "Missed"), isNumeric: true),
            ]
        )
        var rest = view.entries[...]
        while let deadline = rest.first?.deadline {
            let same = rest.prefix { $0.deadline.deadline == deadline.deadline }
            rest = rest.dropFirst(same.count)
            func count(_ status: CalendarEntry.Status) -> Int { same.count { $0.status == status } }
            let missed = count(.missed)
            table.rows.append([
                "\(choose(deadline.titleTh, deadline.titleEn))", "\(word(deadline.fromLevel))",
                day(deadline.due), timeLeft(deadline.due, missedCount: missed),
                number(count(.met)), number(count(.late)), number(count(.open)),
                missed > 0 ? late(missed.grouped) : number(missed),
            ])
        }
        return section("deadlines", choose("กำหนดเวลา", "Deadlines"), [self.table(table)])
    }

    private func timeLeft(_ due: String, missedCount: Int) -> Markup {
        guard let due = Day(iso: due) else { return "–" }
        let days = due - today
        if days > 0 { return "\(choose("เหลือ \(days) วัน", "\(days) days left"))" }
        if days == 0 { return "\(choose("วันนี้", "today"))" }
        guard missedCount > 0 else {
            return "\(choose("พ้นกำหนด ไม่มีค้าง", "over, nothing is missing"))"
        }
        return late(choose("เลยกำหนด \(-days) วัน", "\(-days) days late"))
    }

    private func districts(_ view: CycleView) -> Markup {
        let codes = Set(view.tambons.map { String($0.area.prefix(4)) }).sorted()
        let sums = codes.map { code in
            (code, ProgressSum(view.tambons.filter { $0.area.hasPrefix(code) }))
        }
        let bars = Bars(
            id: "district-bars",
            title: choose("ความก้าวหน้ารายอำเภอ", "Progress by district"),
            description: choose(
                "แท่งของแต่ละอำเภอยาวตามร้อยละของครัวเรือนเป้าหมายที่จัดเก็บแล้ว ตัวเลขอยู่ในตารางถัดไป",
                "Each district's bar is as long as the share of its target households that were"
                    + " collected; the table below has the numbers."
            ),
            bars: sums.map { code, sum in
                Bars.Bar(
                    name: name(code, view),
                    part: sum.collected,
                    whole: sum.target,
                    label: percent(sum.collected, of: sum.target) + " %"
                )
            }
        )
        var table = progressTable(
            "district-table",
            choose("ครัวเรือนรายอำเภอ", "Households by district")
        )
        table.rows = sums.map { (code, sum) -> [Markup] in
            progressRow(areaLink(code, view), sum)
        }
        return section(
            "districts",
            choose("ความก้าวหน้ารายอำเภอ", "Progress by district"),
            (sums.isEmpty ? [] : [bars.markup]) + [self.table(table)]
        )
    }

    /// The least complete first: that is where somebody has to go.
    private func tambons(_ view: CycleView) -> Markup {
        let sorted = view.tambons.map { ($0.area, ProgressSum([$0])) }.sorted { left, right in
            (left.1.doneHundredths, left.0) < (right.1.doneHundredths, right.0)
        }
        var table = progressTable(
            "tambon-table",
            choose("ตำบลเรียงจากเสร็จน้อยที่สุด", "Tambons, the least complete first")
        )
        table.rows = sorted.map { (code, sum) -> [Markup] in
            progressRow(areaLink(code, view), sum)
        }
        return section(
            "tambons",
            choose("ตำบลตามความครบถ้วน", "Tambons by completion"),
            [self.table(table)]
        )
    }

    private func name(_ code: String, _ view: CycleView) -> String {
        view.names[code].map { name($0) } ?? code
    }

    private func areaLink(_ code: String, _ view: CycleView) -> Markup {
        guard let row = view.names[code] else { return link(["areas", code], code) }
        return link(row)
    }
}

/// Progress of some areas together.
struct ProgressSum {
    let target: Int64
    let collected: Int64
    let notCollected: Int64
    let remaining: Int64
    let certified: Int64

    init(_ rows: [ProgressRow]) {
        target = rows.reduce(0) { $0 + $1.target }
        collected = rows.reduce(0) { $0 + $1.collected }
        notCollected = rows.reduce(0) { $0 + $1.notCollected }
        remaining = rows.reduce(0) { $0 + $1.remaining }
        certified = rows.reduce(0) { $0 + $1.certified }
    }

    /// Of the target, by a record or a reason; what has no target counts as complete.
    var doneHundredths: UInt64 {
        Percentage.hundredths(
            part: UInt64(clamping: collected + notCollected),
            whole: UInt64(clamping: target)
        ) ?? 10_000
    }
}

extension PageContext {
    func progressTable(_ id: String, _ caption: String) -> PageTable {
        PageTable(
            id: id,
            caption: caption,
            columns: [
                .init(choose("พื้นที่", "Area")),
                .init(choose("เป้าหมาย", "Target"), isNumeric: true),
                .init(choose("จัดเก็บแล้ว", "Collected"), isNumeric: true),
                .init(choose("ร้อยละ", "%"), isNumeric: true),
                .init(choose("จัดเก็บไม่ได้", "Not collected"), isNumeric: true),
                .init(choose("คงเหลือ", "Remaining"), isNumeric: true),
                .init(choose("รับรองแล้ว", "Certified"), isNumeric: true),
            ]
        )
    }

    func progressRow(_ name: Markup, _ sum: ProgressSum) -> [Markup] {
        [
            name, number(sum.target), number(sum.collected),
            "\(percent(sum.collected, of: sum.target))", number(sum.notCollected),
            number(sum.remaining), number(sum.certified),
        ]
    }

    func name(_ area: AreaRow) -> String {
        language == .thai ? area.nameTh : area.nameEn ?? area.nameTh
    }

    /// The same, marked as Thai where an English page has no other name.
    func named(_ area: AreaRow) -> Markup {
        area.nameEn == nil ? thai(area.nameTh) : "\(name(area))"
    }

    func link(_ area: AreaRow) -> Markup { link(["areas", area.area], naming: named(area)) }
}
