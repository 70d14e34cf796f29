import Access
import ArgumentParser
import Console
import Ledger
import LedgerReader
import Survey

/// The command `bmn retention`.
struct Retention: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "อายุข้อมูลบุคคล · How long personal data has been kept, by cycle.",
        usage: "bmn retention LEDGER [--older-than DAYS | --before DATE] [--csv]",
        discussion: """
            Counts the households of each cycle, and the persons, whose personal data is still \
            there and that was erased, with the days of the last act on them. With a bound it \
            also counts those whose last act is older; drafts of households that nobody recorded yet \
            are counted beside them, by the day they were saved. How long is too long is nobody's rule \
            here: without a bound only ages are told. Nothing is opened and nothing erased.

            Examples:
              bmn retention L
              bmn retention L --older-than 365 --csv
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "เกินกี่วัน · Count those whose last act is more than so many days ago.")
    var olderThan: Int?

    @Option(help: "ก่อนวันที่ · Count those whose last act is before this day (YYYY-MM-DD).")
    var before: String?

    @Flag(help: "ผลเป็น CSV · Comma-separated values.")
    var csv = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let today = Composition.recordTime().bangkokDay
        let bound = try bound(today)
        let snapshot = try Composition.reader(directory).snapshot()
        let counts = try RetentionCount.count(snapshot, before: bound)
        // Cycles first; the persons, without one, last.
        let cycles = counts.keys.sorted { ($0.isEmpty ? 1 : 0, $0) < ($1.isEmpty ? 1 : 0, $1) }
        var rows = cycles.compactMap { cycle in
            counts[cycle].map { Row(cycle.isEmpty ? "person" : "household", cycle, $0) }
        }
        if let drafts = try drafts(directory, before: bound) {
            rows.append(Row("draft", "", drafts))
        }
        let results = Output()
        if output.json {
            try results.write(json(rows, today, bound))
        } else if csv {
            try results.write(Self.csv(rows, bound))
        } else {
            try results.write(table(rows, today, bound).text(forTerminal: results.isTerminal))
        }
        try results.flush()
    }

    private func bound(_ today: Day) throws -> Day? {
        switch (olderThan, before) {
        case (nil, nil): return nil
        case (let days?, nil) where (0...100_000).contains(days): return today - days
        case (nil, let text?):
            if let day = Day(iso: text) { return day }
            throw ValidationError("--before takes a day such as 2018-03-31, in years C.E.")
        case (.some, nil): throw ValidationError("--older-than takes a number of days.")
        default: throw ValidationError("Give --older-than or --before, not both.")
        }
    }

    private typealias Row = (subject: String, cycle: String, count: RetentionCount)

    /// Of households that somebody has begun to enter; nil where there are none.
    private func drafts(_ directory: LedgerDirectory, before bound: Day?) throws -> RetentionCount?
    {
        let file = Composition.draftsFile(directory)
        guard InputFile.exists(file) else { return nil }
        var count = RetentionCount()
        for time in try DraftStore.times(ofFile: file) {
            count.hold(Day(bangkokDayOfUnixMicroseconds: time), bound: bound)
        }
        return count.heldCount > 0 ? count : nil
    }

    private func json(_ rows: [Row], _ today: Day, _ bound: Day?) -> JSON {
        [
            "on": .string(today.iso),
            "before": bound.map { .string($0.iso) } ?? .null,
            "kept": .array(
                rows.map { row in
                    [
                        "subject": .string(row.subject),
                        "cycle": row.cycle.isEmpty ? .null : .string(row.cycle),
                        "held": .number(row.count.heldCount),
                        "earliestLastAct": row.count.earliest.map { .string($0.iso) } ?? .null,
                        "latestLastAct": row.count.latest.map { .string($0.iso) } ?? .null,
                        "older": bound == nil ? .null : .number(row.count.olderCount),
                        "erased": .number(row.count.erasedCount),
                    ]
                }
            ),
        ]
    }

    /// No cell needs quoting: cycles, numbers and days.
    private static func csv(_ rows: [Row], _ bound: Day?) -> String {
        var text = "subject,cycle,held,earliest_last_act,latest_last_act,older,erased\n"
        for row in rows {
            let cells = [
                row.subject, row.cycle, "\(row.count.heldCount)",
                row.count.earliest?.iso ?? "", row.count.latest?.iso ?? "",
                bound == nil ? "" : "\(row.count.olderCount)", "\(row.count.erasedCount)",
            ]
            text += cells.joined(separator: ",") + "\n"
        }
        return text
    }

    private func table(_ rows: [Row], _ today: Day, _ bound: Day?) -> Table {
        func choose(_ thai: String, _ english: String) -> String {
            Phrase(thai: thai, english: english).text(output.language)
        }
        func day(_ day: Day?) -> String {
            guard let day else { return "-" }
            let age = (today.daysSinceEpoch - day.daysSinceEpoch).grouped
            return output.language.text(day) + choose(" (\(age) วัน)", " (\(age) days)")
        }
        var table = Table([
            .init(choose("ข้อมูลของ", "personal data of")),
            .init(choose("มีอยู่", "held"), isNumeric: true),
            .init(choose("กระทำล่าสุด เก่าสุด", "earliest last act")),
            .init(choose("กระทำล่าสุด ใหม่สุด", "latest last act")),
            .init(choose("เกินกำหนด", "older"), isNumeric: true),
            .init(choose("ลบแล้ว", "erased"), isNumeric: true),
        ])
        for row in rows {
            table.append([
                row.subject == "draft"
                    ? choose("ฉบับร่างที่ยังไม่บันทึก", "drafts not recorded yet")
                    : row.cycle.isEmpty
                        ? choose("บุคคล", "persons")
                        : choose("ครัวเรือน รอบปี \(row.cycle)", "households of \(row.cycle)"),
                row.count.heldCount.grouped, day(row.count.earliest), day(row.count.latest),
                bound == nil ? "-" : row.count.olderCount.grouped, row.count.erasedCount.grouped,
            ])
        }
        return table
    }
}
