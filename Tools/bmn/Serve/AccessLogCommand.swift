import Access
import ArgumentParser
import Console
import Service

/// The command `bmn access-log`.
struct AccessLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access-log",
        abstract: "บันทึกการเข้าใช้ · Who signed in, who was refused, and who read what is privileged.",
        usage: "bmn access-log LEDGER [--limit N] [--before NUMBER]",
        discussion: """
            Newest first. What was asked for is not kept, only the kind of question: it could be \
            personal data.

            Example:
              bmn access-log L --limit 20
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "จำนวน · How many at most (default: 100).")
    var limit = 100

    @Option(help: "ก่อนหมายเลข · Entries with numbers below this only.")
    var before: Int64 = .max

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit takes 1 to 100000.")
        }
    }

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let entries = try Composition.access(directory).entries(before: before, limit: limit)
        let page = Page(output.language, asJSON: output.json)
        if output.json {
            let list = entries.map { AccessRoutes.json($0.number, $0.entry) }
            try page.write(["entries": .array(list)])
        } else {
            var table = Table([
                .init(page.choose("ที่", "no."), isNumeric: true),
                .init(page.choose("เวลา", "time")), .init(page.choose("บุคคล", "person")),
                .init(page.choose("โทเคน", "token")), .init(page.choose("คำขอ", "asked")),
                .init(page.choose("ผล", "outcome")), .init(page.choose("รหัส", "code")),
            ])
            for (number, entry) in entries {
                table.append([
                    "\(number)", page.language.text(unixMicroseconds: entry.at), entry.person,
                    entry.token, "\(entry.method) \(entry.route)", entry.outcome.rawValue,
                    entry.code,
                ])
            }
            try page.write(table)
        }
        try page.flush()
    }
}
