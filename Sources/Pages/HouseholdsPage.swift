import AreasProjection
import CalendarProjection
import Console
import EditionsProjection
import GRDB
import HouseholdsProjection
import ProjectionRuntime
import Survey

/// What a list of households is narrowed to.
private struct HouseholdFilter {
    let cycle: String
    let area: PlacedArea?
    let status: String?
    let indicator: Int?
    let after: String

    func admits(_ row: HouseholdRow) -> Bool {
        guard let indicator else { return true }
        guard let inScope = row.inScope, let failing = row.failing,
            let counts = try? IndicatorCounts(inScope: inScope, failing: failing),
            (1...counts.count).contains(indicator)
        else { return false }
        return counts.result(indicator) == .failed
    }
}

/// One page of them, and the last id before the next page.
private struct FoundHouseholds {
    let rows: [HouseholdRow]
    let next: String?
}

extension PageContext {
    private static let statuses = ["recorded", "notCollected", "withdrawn"]
    private static let pageCount = 50
    /// However few of them may be shown, no page looks at more households than this: it ends short
    /// then, and says where to go on.
    private static let lookedAtCountMax = 5_000

    /// `/households?area=…&status=…&indicator=…&after=…`, or `?id=…` for one.
    func households() throws -> PageAnswer {
        if let id = query("id") {
            let cycle = try read { db in try chosenCycle(db) }
            return PageAnswer(
                status: 303,
                body: [],
                location: Link.to(["households", id], ["cycle": cycle.cycle])
            )
        }
        let (filter, names, found) = try read {
            db throws -> (HouseholdFilter, [EditionIndicatorRow], FoundHouseholds) in
            let cycle = try chosenCycle(db).cycle
            let area = try query("area").flatMap { try PlacedArea($0, db) }
            if area == nil, query("area") != nil { throw NoSuchPage.area }
            let filter = HouseholdFilter(
                cycle: cycle,
                area: area,
                status: query("status").flatMap { Self.statuses.contains($0) ? $0 : nil },
                indicator: query("indicator").flatMap { Int($0) },
                after: query("after") ?? ""
            )
            let names = try EditionReadModel.indicators(cycle: cycle, db)
            return (filter, names, try find(filter, db))
        }
        var parts: [Markup] = []
        if let area = filter.area {
            parts.append(paragraph(link(area.row)))
        }
        if request.reader?.roles.contains(where: ["recorder", "supervisor"].contains) == true {
            parts.append(
                list([
                    link(
                        ["households", "new"],
                        choose("บันทึกครัวเรือน", "Record a household"),
                        ["cycle": filter.cycle]
                    ),
                    link(
                        ["households", "not-collected"],
                        choose("บันทึกว่าจัดเก็บไม่ได้", "Record that one was not collected"),
                        ["cycle": filter.cycle]
                    ),
                    link(["households", "drafts"], choose("ฉบับร่างของฉัน", "My drafts")),
                ])
            )
        }
        parts += [form(filterForm(filter, names)), table(found.rows)]
        if let next = found.next {
            let address = Link.same(request, ["after": next])
            parts.append(
                "<p><a rel=\"next\" href=\"\(address)\">\(choose("หน้าถัดไป", "Next page"))</a></p>\n"
            )
        }
        return page(choose("ครัวเรือน", "Households") + " \(filter.cycle)", parts)
    }

    /// Those that this reader may see, in the order of their ids.
    private func find(
        _ filter: HouseholdFilter,
        _ db: Database
    ) throws -> FoundHouseholds {
        var rows: [HouseholdRow] = []
        var after = filter.after
        var lookedAtCount = 0
        while lookedAtCount < Self.lookedAtCountMax {
            let some = try HouseholdReadModel.households(
                cycle: filter.cycle,
                in: filter.area?.scope,
                status: filter.status,
                after: after,
                limit: 500,
                db
            )
            for row in some {
                lookedAtCount += 1
                guard mayRead(row), filter.admits(row) else {
                    after = row.household
                    continue
                }
                // One more than is shown tells that there is a next page.
                if rows.count == Self.pageCount {
                    return FoundHouseholds(rows: rows, next: after)
                }
                rows.append(row)
                after = row.household
            }
            if some.count < 500 { return FoundHouseholds(rows: rows, next: nil) }
        }
        return FoundHouseholds(rows: rows, next: after)
    }

    func mayRead(_ row: HouseholdRow) -> Bool {
        request.reader?.readsHousehold(row.cycle, row.village, row.lao) ?? false
    }

    private func filterForm(
        _ filter: HouseholdFilter,
        _ indicators: [EditionIndicatorRow]
    ) -> FilterForm {
        let all = ("", choose("ทั้งหมด", "all"))
        let chosen = filter.indicator.map { "\($0)" } ?? ""
        return FilterForm(
            path: ["households"],
            fields: [
                .text(
                    name: "id",
                    label: choose("รหัสครัวเรือน", "Household"),
                    value: ""
                ),
                .text(
                    name: "area",
                    label: choose("รหัสพื้นที่", "Area code"),
                    value: filter.area?.row.area ?? ""
                ),
                .choice(
                    name: "status",
                    label: choose("สถานะ", "State"),
                    value: filter.status ?? "",
                    options: [all] + Self.statuses.map { ($0, word($0)) }
                ),
                .choice(
                    name: "indicator",
                    label: choose("ไม่ผ่านตัวชี้วัด", "Fails indicator"),
                    value: chosen,
                    options: [all]
                        + indicators.map { row in
                            let name = choose(row.nameTh, row.nameEn)
                            return ("\(row.indicator)", "\(row.indicator) \(name)")
                        }
                ),
                .text(name: "cycle", label: choose("รอบปี", "Cycle"), value: filter.cycle),
            ]
        )
    }

    private func table(_ rows: [HouseholdRow]) -> Markup {
        var table = PageTable(
            id: "household-table",
            caption: choose("ครัวเรือนที่ท่านดูได้", "Households that you may see"),
            columns: [
                .init(choose("ครัวเรือน", "Household")), .init(choose("สถานะ", "State")),
                .init(choose("หมู่บ้าน", "Village")), .init(choose("อปท.", "LAO")),
                .init(choose("คน", "Persons"), isNumeric: true),
                .init(choose("ตัวชี้วัดที่ไม่ผ่าน", "Indicators failed"), isNumeric: true),
                .init(choose("คำเตือน", "Warnings"), isNumeric: true),
                .init(choose("แก้ไข", "Corrections"), isNumeric: true),
            ]
        )
        table.rows = rows.map { row -> [Markup] in
            [
                link(["households", row.household], row.household, ["cycle": row.cycle]),
                "\(word(row.status))", link(["areas", row.village], row.village),
                link(["areas", row.lao], row.lao), count(row.personCount),
                count(row.failedIndicatorCount), count(row.warningCount),
                number(row.correctionCount),
            ]
        }
        return self.table(table)
    }

    /// A dash for what nobody counted.
    func count(_ number: Int?) -> Markup {
        guard let number else { return "–" }
        return self.number(number)
    }
}

extension HouseholdRow {
    /// Nil where no answers are known.
    fileprivate var failedIndicatorCount: Int? {
        guard let inScope, let failing,
            let counts = try? IndicatorCounts(inScope: inScope, failing: failing)
        else { return nil }
        return (1...counts.count).count { counts.result($0) == .failed }
    }
}
