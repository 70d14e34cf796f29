import ActivityProjection
import ArgumentParser
import Console
import Ledger
import ProjectionRuntime
import Survey

/// The command `bmn activity`.
struct Activity: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "ใครทำงานเมื่อใด · Who recorded what, day by day.",
        usage: "bmn activity LEDGER [--user U] [--from DATE] [--to DATE]",
        discussion: """
            One row for each user, day and kind of event: how many were recorded, how many of them \
            are acts of an earlier day, and when the first and the last were. Days are those of \
            recording, in Thailand; the last column names the records, for bmn log --from --to.

            Examples:
              bmn activity L
              bmn activity L --user rec-3801-1 --from 1/1/2561 --json
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "เฉพาะผู้ใช้ · One user only.")
    var user: String?

    @Option(help: "ตั้งแต่วันที่ · From this day of recording.")
    var from: CalendarDay?

    @Option(help: "ถึงวันที่ · To this day.")
    var to: CalendarDay?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let models = try ReadModels(
            directory,
            asOf: nil,
            [ActivityReadModel()],
            output.language
        )
        let rows = try models.read { db in
            try ActivityReadModel.rows(user: user, from: from?.day, to: to?.day, db)
        }
        let page = Page(output.language, asJSON: output.json)
        if output.json {
            for row in rows { try page.write(.row(row)) }
        } else {
            try page.write(table(rows, page))
        }
        try page.flush()
    }

    private func table(_ rows: [ActivityRow], _ page: Page) -> Table {
        var table = Table([
            .init(page.choose("วันที่บันทึก", "day")), .init(page.choose("ผู้ใช้", "user")),
            .init(page.choose("การกระทำ", "acts of")),
            .init(page.choose("จำนวน", "count"), isNumeric: true),
            .init(page.choose("ย้อนวัน", "back-dated"), isNumeric: true),
            .init(page.choose("ครั้งแรก", "first")), .init(page.choose("ครั้งสุดท้าย", "last")),
            .init(page.choose("ระเบียน", "records")),
        ])
        for row in rows {
            table.append([
                page.day(row.day), row.user, row.kind, "\(row.actCount)", "\(row.backdatedCount)",
                page.time(row.firstAt), page.time(row.lastAt),
                "\(row.firstIndex)–\(row.lastIndex)",
            ])
        }
        return table
    }
}

extension Page {
    /// Of a record's time, as people read it in Thailand.
    fileprivate func time(_ text: String) -> String {
        guard let moment = Moment(argument: text) else { return text }
        return language.text(unixMicroseconds: moment.time.unixMicroseconds)
    }
}
