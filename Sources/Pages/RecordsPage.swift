import Console
import Ledger
import LedgerReader
import Survey

/// What records are searched for.
struct RecordFilter {
    let person: String?
    let area: String?
    let kind: String?
    let from: Day?
    let to: Day?
    /// Records from here on were shown before.
    let before: UInt64?

    /// As bytes of a record: a value that is the person, one that begins with the area's code.
    var needles: [[UInt8]] {
        [person.map { "\"\($0)\"" }, area.map { "\"\($0)" }].compactMap(\.self).map {
            Array($0.utf8)
        }
    }
}

extension PageContext {
    private static let pageCount = 50
    /// However few of them fit, no page looks at more records than this: it ends short then, and
    /// says where to go on.
    private static let lookedAtCountMax = 20_000

    /// `/records?person=…&area=…&kind=…&from=…&to=…&before=…`, newest first.
    func records() throws -> PageAnswer {
        let filter = recordFilter
        let snapshot = try pages.reader.snapshot()
        let found = try find(filter, snapshot, countMax: Self.pageCount)
        var parts: [Markup] = [
            sentence(
                choose(
                    "ค้นจากใหม่ไปเก่า: บุคคลคือค่าที่ตรงกันทั้งค่า พื้นที่คือค่าที่ขึ้นต้นด้วยรหัส",
                    "Newest first. A person is a value that equals it, an area one that begins with"
                        + " its code."
                )
            ),
            form(filterForm(filter)),
            recordTable("record-table", choose("ระเบียน", "Records"), found.lines),
        ]
        if let next = found.next {
            let address = Link.same(request, ["before": "\(next)"])
            let text = choose("ก่อนหน้านี้", "Earlier ones")
            parts.append("<p><a rel=\"next\" href=\"\(address)\">\(text)</a></p>\n")
        }
        parts.append(files)
        return page(choose("ระเบียน", "Records"), parts)
    }

    /// What was searched for, as files.
    private var files: Markup {
        let count = FoundRecords.countMax.grouped
        return section(
            "files",
            choose("บันทึกผลค้นเป็นแฟ้ม", "Save what was found"),
            [
                sentence(
                    choose(
                        "แฟ้มละไม่เกิน \(count) ระเบียนจากที่ค้นพบ ใหม่ไปเก่า",
                        "Up to \(count) of those that are found in a file, newest first."
                    )
                ),
                list([
                    link(["records", "file", "records.csv"], "CSV", request.query),
                    link(["records", "file", "records.jsonl"], "JSON", request.query),
                ]),
            ]
        )
    }

    /// As the query says.
    var recordFilter: RecordFilter {
        RecordFilter(
            person: query("person"),
            area: query("area"),
            kind: query("kind"),
            from: query("from").flatMap { try? ThaiDate.parse($0) },
            to: query("to").flatMap { try? ThaiDate.parse($0) },
            before: query("before").flatMap { UInt64($0) }
        )
    }

    private func filterForm(_ filter: RecordFilter) -> FilterForm {
        let kinds = Words.kindNames.map { ($0, Words.kind($0).text(language)) }
        return FilterForm(
            path: ["records"],
            fields: [
                .text(
                    name: "person",
                    label: choose("บุคคล", "Person"),
                    value: filter.person ?? ""
                ),
                .text(name: "area", label: choose("รหัสพื้นที่", "Area code"), value: filter.area ?? ""),
                .choice(
                    name: "kind",
                    label: choose("การกระทำ", "Act"),
                    value: filter.kind ?? "",
                    options: [("", choose("ทั้งหมด", "all"))] + kinds
                ),
                .day(
                    name: "from",
                    label: choose("บันทึกตั้งแต่วันที่", "Recorded from"),
                    value: filter.from?.iso ?? ""
                ),
                .day(
                    name: "to",
                    label: choose("ถึงวันที่", "to"),
                    value: filter.to?.iso ?? ""
                ),
            ]
        )
    }

    /// What is found from there on backwards, and below which record to go on.
    func find(
        _ filter: RecordFilter,
        _ snapshot: borrowing LedgerSnapshot,
        countMax: Int
    ) throws -> (lines: [RecordLine], next: UInt64?) {
        var first: UInt64 = 0
        var end = min(filter.before ?? .max, snapshot.treeSize)
        if let from = filter.from.flatMap({ Self.midnight($0) }) {
            first = try snapshot.firstIndex(atOrAfter: from)
        }
        if let after = filter.to.flatMap({ Self.midnight($0 + 1) }) {
            end = min(end, try snapshot.firstIndex(atOrAfter: after))
        }
        let needles = filter.needles
        var search = RecordSearch(kind: filter.kind, needles: needles, countMax: countMax)
        if let kind = filter.kind.flatMap({ EventKind(rawValue: $0) }), kind.isInKindIndex {
            let indexes = try snapshot.indexes(ofKind: kind, from: first)
            for index in indexes.reversed() where index < end {
                if try !search.look(at: index, snapshot) { break }
            }
        } else {
            var index = end
            while index > first {
                index -= 1
                if try !search.look(at: index, snapshot) { break }
            }
        }
        return (search.lines, search.next)
    }

    /// When a day begins in Thailand.
    private static func midnight(_ day: Day) -> RecordTime? {
        let seconds = Int64(day.daysSinceEpoch) * 86_400 - 7 * 3600
        return RecordTime(unixMicroseconds: seconds * 1_000_000)
    }

    /// A search that is under way.
    private struct RecordSearch {
        let kind: String?
        let needles: [[UInt8]]
        var lines: [RecordLine] = []
        /// Below which record the next page begins; nil at the beginning of the ledger.
        var next: UInt64?
        private var lookedAtCount = 0
        private let countMax: Int

        init(kind: String?, needles: [[UInt8]], countMax: Int) {
            self.kind = kind
            self.needles = needles
            self.countMax = countMax
        }

        /// False where the page ends before this record.
        mutating func look(at index: UInt64, _ snapshot: borrowing LedgerSnapshot) throws -> Bool {
            guard lookedAtCount < PageContext.lookedAtCountMax else {
                next = index + 1
                return false
            }
            lookedAtCount += 1
            let line = try RecordLine(index, snapshot)
            if let kind, line.kindName != kind { return true }
            let wanted = needles
            if !wanted.isEmpty {
                let holds = try snapshot.withRecord(index) { record in
                    let bytes = record.byteArray
                    return wanted.allSatisfy { bytes.holds($0) }
                }
                guard holds == true else { return true }
            }
            // One more than is shown tells that there is a next page.
            guard lines.count < countMax else {
                next = index + 1
                return false
            }
            lines.append(line)
            return true
        }
    }
}

extension [UInt8] {
    /// Whether some bytes stand in it, one after the other.
    fileprivate func holds(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, needle.count <= count else { return needle.isEmpty }
        for start in 0...count - needle.count
        where self[start] == first && self[start..<start + needle.count].elementsEqual(needle) {
            return true
        }
        return false
    }
}
