import CalendarProjection
import Console
import GRDB
import ProjectionRuntime

/// One list of acts of a cycle.
struct PageList: Sendable {
    let name: String
    let title: Phrase
    let columns: [Phrase]
    /// In the order that the read model has.
    let rows: @Sendable (_ page: PageContext, _ cycle: String, _ db: Database) throws -> [[Markup]]

    static let all: [PageList] = [
        orders, appointments, meetings, trainings, plans, cooperation, checks, samples, defects,
        objections, awards, budget,
    ]
}

extension PageContext {
    /// No page shows more rows of a list; the command line writes all of them.
    private static let rowCountMax = 1_000

    /// `/lists`: what there are lists of.
    func lists() -> PageAnswer {
        page(
            choose("รายการ", "Lists"),
            [list(PageList.all.map { link(["lists", $0.name], $0.title.text(language)) })]
        )
    }

    /// `/lists/{name}?cycle=…`.
    func list(named name: String) throws -> PageAnswer {
        guard let list = PageList.all.first(where: { $0.name == name }) else {
            throw NoSuchPage.page
        }
        let (cycle, rows) = try read { db throws -> (String, [[Markup]]) in
            let cycle = try chosenCycle(db).cycle
            return (cycle, try list.rows(self, cycle, db))
        }
        let title = list.title.text(language)
        var table = PageTable(
            id: "list",
            caption: title,
            columns: list.columns.map { PageTable.Column($0.text(language)) }
        )
        table.rows = Array(rows.prefix(Self.rowCountMax))
        var parts: [Markup] = [
            form(
                FilterForm(
                    path: ["lists", name],
                    fields: [.text(name: "cycle", label: choose("รอบปี", "Cycle"), value: cycle)]
                )
            )
        ]
        if rows.count > Self.rowCountMax {
            let shown = Self.rowCountMax.grouped
            let text = choose(
                "แสดง \(shown) จาก \(rows.count.grouped) รายการ ทั้งหมดดูด้วยคำสั่ง bmn list",
                "\(shown) of \(rows.count.grouped) are shown; bmn list writes all of them."
            )
            parts.append(note("\(text)"))
        }
        parts.append(self.table(table))
        return page("\(title) \(cycle)", parts)
    }

    /// An area by its code.
    func area(coded code: String) -> Markup { link(["areas", code], code) }

    /// Satang as baht, with two places.
    func baht(_ satang: Int64) -> Markup {
        let fraction = satang.magnitude % 100
        let sign = satang < 0 ? "-" : ""
        let whole = (satang.magnitude / 100).grouped
        return "\(sign)\(whole).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
