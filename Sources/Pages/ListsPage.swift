import CalendarProjection
import Console
import GRDB
import OfficeLists
import ProjectionRuntime

/// What a reader narrows a list by; each goes by the column of its name.
private struct ListChoice {
    let area: String
    /// By the keys of columns.
    let words: [String: String]

    static let keys = ["state", "kind", "role", "level"]

    init(_ page: PageContext) {
        area = page.query("area") ?? ""
        let given = Self.keys.map { ($0, page.query($0) ?? "") }
        words = Dictionary(uniqueKeysWithValues: given.filter { !$0.1.isEmpty })
    }
}

/// A list as it was read: all its rows, and those that were asked for.
private struct ChosenList {
    let name: ListName
    let list: OfficeList
    let cycle: String
    let choice: ListChoice
    /// The words in each column that can be chosen from.
    var words: [String: Set<String>] = [:]
    var rows: [ListRow] = []
}

extension ListName {
    /// Households have a page of their own, for those whose areas they are in.
    fileprivate static var onPages: [ListName] { allCases.filter { !$0.isOfHouseholds } }
}

extension PageContext {
    /// No page shows more rows of a list; the file has all of them.
    private static let rowCountMax = 1_000

    /// `/lists`: what there are lists of.
    func lists() -> PageAnswer {
        page(
            choose("รายการ", "Lists"),
            [
                list(
                    ListName.onPages.map { link(["lists", $0.rawValue], $0.title.text(language)) }
                )
            ]
        )
    }

    /// `/lists/{name}?cycle=…`, and as a file `/lists/{name}.csv`.
    func list(named name: String) throws -> PageAnswer {
        if name.hasSuffix(".csv") { return try listFile(String(name.dropLast(".csv".count))) }
        let chosen = try chosenList(name)
        let title = chosen.name.title.text(language)
        let columns = chosen.list.titles.enumerated().filter { _, column in
            // The page is of one cycle.
            !column.isAside && column.key != "cycle"
        }
        var table = PageTable(
            id: "list",
            caption: title,
            columns: columns.map { _, column in
                .init(column.words.text(language), isNumeric: column.isNumeric)
            }
        )
        table.rows = chosen.rows.prefix(Self.rowCountMax).map { row in
            columns.enumerated().map { place, column in
                let text = cell(row.values[column.offset], chosen.list.titles[column.offset])
                guard place == 0, let index = row.recordIndex else { return text }
                // A person or an area leads elsewhere already, and links hold no links.
                return text.text.hasPrefix("<a ")
                    ? "\(text) (\(link(record: index)))"
                    : link(["records", "\(index)"], naming: text)
            }
        }
        var parts: [Markup] = [filters(chosen), entryLinks(of: name)]
        if chosen.rows.count > Self.rowCountMax {
            let shown = Self.rowCountMax.grouped
            let text = choose(
                "แสดง \(shown) จาก \(chosen.rows.count.grouped) รายการ ทั้งหมดอยู่ในแฟ้ม CSV",
                "\(shown) of \(chosen.rows.count.grouped) are shown; the CSV file has all of them."
            )
            parts.append(note("\(text)"))
        }
        let file = link(
            ["lists", name + ".csv"],
            choose("ดาวน์โหลดเป็น CSV", "Download as CSV"),
            request.query.filter { $0.key != "lang" }
        )
        parts += [self.table(table), paragraph(file)]
        return page("\(title) \(chosen.cycle)", parts)
    }

    /// The same rows with all columns, byte for byte as `bmn list --csv` writes them.
    private func listFile(_ name: String) throws -> PageAnswer {
        let chosen = try chosenList(name)
        var text = ListLine.byteOrderMark + ListLine.titles(chosen.list.titles)
        for row in chosen.rows { text += ListLine.values(row.values) }
        return PageAnswer(
            contentType: "text/csv; charset=utf-8; header=present",
            body: Array(text.utf8),
            name: "\(name)-\(chosen.cycle).csv"
        )
    }

    private func chosenList(_ name: String) throws -> ChosenList {
        guard let name = ListName.onPages.first(where: { $0.rawValue == name }) else {
            throw NoSuchPage.page
        }
        let choice = ListChoice(self)
        return try read { db in
            let cycle = try chosenCycle(db).cycle
            let area = try choice.area.isEmpty ? nil : AreaInScope(choice.area, db)
            guard choice.area.isEmpty || area != nil else { throw NoSuchPage.area }
            let list = name.list(by: name.level(of: area), language)
            var wanted = ListChoice.keys.map { (key: $0, value: choice.words[$0]) }
            if let state = name.onlyState { wanted.append((key: "state", value: state)) }
            let filter = try ListFilter(list, wanted, area, db)
            let scope = ListScope(cycle: cycle, day: today, area: area)
            var chosen = ChosenList(name: name, list: list, cycle: cycle, choice: choice)
            let columns = list.titles.enumerated().filter { ListChoice.keys.contains($0.1.key) }
            try list.forEachRow(db, scope) { row in
                for (offset, column) in columns {
                    chosen.words[column.key, default: []].insert(row.values[offset].machineText)
                }
                if filter.accepts(row.values) { chosen.rows.append(row) }
            }
            return chosen
        }
    }

    private func filters(_ chosen: ChosenList) -> Markup {
        var fields: [FilterForm.Field] = [
            .text(name: "cycle", label: choose("รอบปี", "Cycle"), value: chosen.cycle)
        ]
        if chosen.list.titles.contains(where: \.isArea) {
            let label = choose("รหัสพื้นที่", "Area code")
            fields.append(.text(name: "area", label: label, value: chosen.choice.area))
        }
        for title in chosen.list.titles {
            let words = chosen.words[title.key] ?? []
            guard words.count > 1 else { continue }
            let options = words.sorted().filter { !$0.isEmpty }.map { ($0, word($0)) }
            fields.append(
                .choice(
                    name: title.key,
                    label: title.words.text(language),
                    value: chosen.choice.words[title.key] ?? "",
                    options: [("", choose("ทั้งหมด", "All"))] + options
                )
            )
        }
        return form(FilterForm(path: ["lists", chosen.name.rawValue], fields: fields))
    }

    private func cell(_ value: ListValue, _ title: ListTitle) -> Markup {
        switch value {
        case .empty: return "–"
        case .text(let text):
            guard title.key == "person" else { return "\(text)" }
            return link(["records"], text, ["person": text])
        case .word(let text): return "\(word(text))"
        case .day(let iso): return day(iso)
        case .area(let code): return area(coded: code)
        case .number(let count):
            return title.key.hasSuffix("late") && count > 0
                ? late(count.grouped) : number(count)
        case .satang(let satang):
            let text = baht(Int64(satang))
            return satang < 0 ? "<strong class=\"late\">\(text)</strong>" : text
        case .flag(let isSo): return "\(isSo ? choose("ใช่", "Yes") : choose("ไม่", "No"))"
        }
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
