package import Console
import Survey

/// A household that was just recorded, corrected or withdrawn.
package struct EntryReceipt: Sendable {
    package let title: Phrase
    package let cycle: String
    package let household: String
    package let index: UInt64
    package let leafHashHex: String
    package let isRepeated: Bool
    /// Where the next one is entered, with what stays the same.
    package let next: [String: String]?

    package init(
        title: Phrase,
        cycle: String,
        household: String,
        index: UInt64,
        leafHashHex: String,
        isRepeated: Bool,
        next: [String: String]?
    ) {
        self.title = title
        self.cycle = cycle
        self.household = household
        self.index = index
        self.leafHashHex = leafHashHex
        self.isRepeated = isRepeated
        self.next = next
    }
}

/// A line of the list of drafts.
package struct DraftLine: Sendable {
    package let id: String
    package let entry: HouseholdEntry
    package let correctedHousehold: String?
    package let savedAtMicroseconds: Int64

    package init(
        id: String,
        entry: HouseholdEntry,
        correctedHousehold: String?,
        savedAtMicroseconds: Int64
    ) {
        self.id = id
        self.entry = entry
        self.correctedHousehold = correctedHousehold
        self.savedAtMicroseconds = savedAtMicroseconds
    }
}

extension Pages {
    package func entered(_ receipt: EntryReceipt, _ request: PageRequest) -> [UInt8] {
        PageContext(pages: self, request: request).entered(receipt).body
    }

    package func drafts(_ lines: [DraftLine], days: Int, _ request: PageRequest) -> [UInt8] {
        PageContext(pages: self, request: request).drafts(lines, days: days).body
    }
}

extension PageContext {
    fileprivate func entered(_ receipt: EntryReceipt) -> PageAnswer {
        let household = receipt.household
        var links = [
            link(
                ["households", household],
                choose("ดูครัวเรือน \(household)", "See household \(household)"),
                ["cycle": receipt.cycle]
            )
        ]
        if let next = receipt.next {
            links.append(
                link(
                    ["households", "new"],
                    choose("บันทึกครัวเรือนต่อไป", "Record the next household"),
                    next
                )
            )
        }
        links.append(link(["households", "drafts"], choose("ฉบับร่างของฉัน", "My drafts")))
        let facts: [(String, Markup)] = [
            (choose("ครัวเรือน", "Household"), "\(household)"),
            (choose("รอบปี", "Cycle"), "\(receipt.cycle)"),
            (
                choose("ระเบียน", "Record"),
                link(["records", "\(receipt.index)"], receipt.index.grouped)
            ),
            (choose("ค่าแฮชของระเบียน", "Hash of the record"), code(receipt.leafHashHex)),
        ]
        var parts: [Markup] = [
            "<div role=\"status\">\(note("\(receipt.title.text(language))"))</div>\n"
        ]
        if receipt.isRepeated {
            parts.append(
                sentence(
                    choose(
                        "แบบนี้บันทึกไว้แล้วก่อนหน้า จึงไม่บันทึกซ้ำ",
                        "This form was recorded before and is not recorded twice."
                    )
                )
            )
        }
        return page(receipt.title.text(language), parts + [self.facts(facts), list(links)])
    }

    fileprivate func drafts(_ lines: [DraftLine], days: Int) -> PageAnswer {
        var table = PageTable(
            id: "drafts",
            caption: choose("ฉบับร่างของฉัน", "My drafts"),
            columns: [
                .init(choose("ครัวเรือน", "Household")), .init(choose("รอบปี", "Cycle")),
                .init(choose("หมู่บ้าน", "Village")),
                .init(choose("คน", "Persons"), isNumeric: true),
                .init(choose("เก็บเมื่อ", "Saved")), .init(choose("ลบ", "Remove")),
            ]
        )
        table.rows = lines.map { line -> [Markup] in
            let entry = line.entry
            let id = line.correctedHousehold ?? entry[.household]
            let name = id.isEmpty ? choose("(ยังไม่มีรหัส)", "(no id yet)") : id
            let path =
                line.correctedHousehold.map { ["households", $0, "correct"] }
                ?? ["households", "new"]
            let remove: Markup = """
                <form method="post" action="/households/drafts">
                <input type="hidden" name="csrf" value="\(request.reader?.csrf ?? "")"/>
                <input type="hidden" name="draft" value="\(line.id)"/>
                <button type="submit" aria-label="\(choose("ลบร่าง", "Remove the draft")) \(name)">\
                \(choose("ลบ", "Remove"))</button></form>
                """
            return [
                link(path, name, ["cycle": entry.cycle, "draft": line.id]), "\(entry.cycle)",
                "\(entry[.village])", number(entry.members.count),
                "\(language.text(unixMicroseconds: line.savedAtMicroseconds))", remove,
            ]
        }
        return page(
            choose("ฉบับร่าง", "Drafts"),
            [
                sentence(
                    choose(
                        "ท่านเท่านั้นที่เห็นฉบับร่างเหล่านี้ ระบบเก็บแบบเข้ารหัส และลบเมื่อบันทึกแล้ว"
                            + " หรือเมื่อครบ \(days) วัน",
                        "You alone see these. They are kept encrypted, and go when they are recorded or"
                            + " after \(days) days."
                    )
                ),
                self.table(table),
                paragraph(
                    link(
                        ["households", "new"],
                        choose("บันทึกครัวเรือนใหม่", "Record a new household")
                    )
                ),
            ]
        )
    }
}
