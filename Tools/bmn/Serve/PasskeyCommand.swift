import Access
import ArgumentParser
import Console
import LedgerReader
import Survey

/// The command `bmn passkey`.
struct PasskeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passkey",
        abstract: "พาสคีย์ · Links by which people enrol passkeys, and the end of their sessions.",
        discussion: """
            People sign in to the pages with passkeys, which the ledger records. Each is enrolled by \
            a link that is good once; whoever has the link is taken for that person, so give it to \
            no one else.

            Example:
              bmn passkey link L --person rec-3801-1
            """,
        subcommands: [PasskeyLink.self, PasskeyEnd.self]
    )
}

struct PasskeyLink: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "สร้างลิงก์ลงทะเบียน · Make a link by which a person enrols one passkey.",
        usage: """
            bmn passkey link LEDGER --person ID [--hours N] [--operator] [--web-origin URL]
            """,
        discussion: """
            Prints the link, this once; access.sqlite keeps a hash. With --operator the person also \
            runs the service from now on, whatever the ledger's register of users says: that is for \
            the first admin, and for the day when no other can sign in.

            Examples:
              bmn passkey link L --person rec-3801-1
              bmn passkey link L --person rec-3801-1 --hours 72 \\
                --web-origin https://bmn.example.th --json
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "รหัสบุคคล · The person of the ledger whose passkey it will be.")
    var person: String

    @Option(help: "ชั่วโมง · For how many hours it can be used (default: 24).")
    var hours = 24

    @Flag(name: .customLong("operator"), help: "ผู้ดูแลระบบ · The person also runs the service.")
    var isOperator = false

    @OptionGroup var site: SiteOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...24 * 30).contains(hours) else {
            throw ValidationError("--hours takes 1 to 720.")
        }
    }

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let link = try EnrolmentLink.make(
            for: person,
            isOperator: isOperator,
            lasting: Int64(hours) * 3_600_000_000,
            directory,
            site
        )
        let results = Output()
        if output.json {
            try results.write(.object(link.members))
        } else {
            try results.write(link.url + "\n")
        }
        try results.flush()
    }
}

struct PasskeyEnd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "ยุติการเข้าใช้ · End a person's sessions, links and right to run the service.",
        usage: "bmn passkey end LEDGER --person ID",
        discussion: """
            At once, also where the service runs. The person's passkeys go on to work: the command \
            revokePasskey (bmn submit) ends one for good, in the ledger.

            Example:
              bmn passkey end L --person rec-3801-1
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "รหัสบุคคล · The person.")
    var person: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let ended = try Composition.access(directory).withdraw(person, now: Composition.now())
        let page = Page(output.language, asJSON: output.json)
        if output.json {
            try page.write([
                "sessions": .number(ended.sessionCount), "links": .number(ended.linkCount),
                "operator": .bool(ended.wasOperator),
            ])
        } else {
            var table = Table([
                .init(page.choose("ยุติ", "ended")),
                .init(page.choose("จำนวน", "number"), isNumeric: true),
            ])
            table.append([page.choose("การเข้าใช้", "sessions"), "\(ended.sessionCount)"])
            table.append([page.choose("ลิงก์", "links"), "\(ended.linkCount)"])
            table.append([
                page.choose("สิทธิ์ผู้ดูแลระบบ", "operator's rights"), ended.wasOperator ? "1" : "0",
            ])
            try page.write(table)
        }
        try page.flush()
    }
}
