import ArgumentParser
import Console
import PostgreSQL
import PostgreSQLSink
import Survey

/// The command `bmn figures`.
struct FiguresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "ตัวเลขรวมทุกบัญชี · Figures of all ledgers in a PostgreSQL database.",
        usage: "bmn figures --from URL --cycle YEAR [--by-province] [--csv | --json]",
        discussion: """
            Sums targets, households, persons and indicators of a cycle over every ledger that bmn \
            follow or bmn replay put into the database. Says which ledgers are in it and up to which \
            record; percentages are rounded half up and stand beside their counts. Covered is what \
            has a record or a reason, of the target. Cycles of different editions are not added \
            together. --csv is one table: rows without an indicator are of what was collected.

            Examples:
              bmn figures --from postgresql://bmn@db.example.org/bmn --cycle 2561 --by-province
              bmn figures --from postgresql://bmn@db.example.org/bmn --cycle 2561 --csv
            """
    )

    @Option(help: "ฐานข้อมูล · The PostgreSQL database (postgresql://…).")
    var from: String

    @Option(help: "รอบปี · The cycle, a year of the Buddhist era.")
    var cycle: String

    @Flag(help: "แยกจังหวัด · Also province by province.")
    var byProvince = false

    @Flag(help: "ผลเป็น CSV · CSV for spreadsheets.")
    var csv = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if csv, output.json { throw ValidationError("--csv and --json exclude each other.") }
    }

    func run() throws {
        let figures = try NationalFigures(cycle: cycle, try Connection(url: from))
        guard !figures.sources.isEmpty else { throw Rejection(.cycleUnknown, cycle) }
        if csv {
            let results = Output()
            try results.write(figures.csv(byProvince: byProvince))
            return try results.flush()
        }
        let page = Page(output.language, asJSON: output.json)
        try output.json ? page.write(figures.json) : page.write(figures, byProvince)
        try page.flush()
    }
}
