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
        usage: "bmn figures --from URL --cycle YEAR [--by-province]",
        discussion: """
            Sums the indicators of a cycle over every ledger that bmn follow or bmn replay put \
            into the database. Says which ledgers are in it and up to which record; percentages \
            are rounded half up and stand beside their counts. Cycles of different editions are \
            not added together.

            Example:
              bmn figures --from postgresql://bmn@db.example.org/bmn --cycle 2561 --by-province
            """
    )

    @Option(help: "ฐานข้อมูล · The PostgreSQL database (postgresql://…).")
    var from: String

    @Option(help: "รอบปี · The cycle, a year of the Buddhist era.")
    var cycle: String

    @Flag(help: "แยกจังหวัด · Also province by province.")
    var byProvince = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let figures = try NationalFigures(cycle: cycle, try Connection(url: from))
        guard !figures.sources.isEmpty else { throw Rejection(.cycleUnknown, cycle) }
        let page = Page(output.language, asJSON: output.json)
        try output.json ? page.write(figures.json) : page.write(figures, byProvince)
        try page.flush()
    }
}

extension NationalFigures {
    fileprivate var json: JSON {
        [
            "cycle": .string(cycle),
            "ledgers": .array(
                sources.map {
                    ["origin": .string($0.origin), "position": .unsigned($0.treeSize)]
                }
            ),
            "provinces": .array(
                provinces.map {
                    [
                        "province": .string($0.code), "nameTh": .string($0.nameTh),
                        "nameEn": .string($0.nameEn),
                    ]
                }
            ),
            "indicators": .array(rows.map(\.json)),
        ]
    }
}

extension NationalFigures.Row {
    fileprivate var json: JSON {
        [
            "edition": .string(edition),
            "indicator": .number(indicator),
            "nameTh": .string(nameTh),
            "nameEn": .string(nameEn),
            "province": province.isEmpty ? .null : .string(province),
            "surveyed": .unsigned(surveyed),
            "passed": .unsigned(passed),
            "failed": .unsigned(failed),
            "percentPassed": .string(percentPassed),
        ]
    }
}

extension Page {
    fileprivate func write(_ figures: NationalFigures, _ byProvince: Bool) throws {
        var fields = FieldList()
        fields.append(choose("รอบปี", "cycle"), figures.cycle)
        for source in figures.sources {
            fields.append(
                source.origin,
                choose("ถึงระเบียน \(source.treeSize)", "\(source.treeSize) records")
            )
        }
        try write(fields)
        var table = Table([
            .init(choose("ฉบับ", "edition")), .init(choose("ที่", "no."), isNumeric: true),
            .init(choose("ตัวชี้วัด", "indicator")), .init(choose("จังหวัด", "province")),
            .init(choose("สำรวจ", "surveyed"), isNumeric: true),
            .init(choose("ผ่าน", "passed"), isNumeric: true),
            .init(choose("ไม่ผ่าน", "failed"), isNumeric: true),
            .init(choose("ร้อยละผ่าน", "% passed"), isNumeric: true),
        ])
        for row in figures.rows where byProvince || row.province.isEmpty {
            table.append([
                row.edition, "\(row.indicator)", choose(row.nameTh, row.nameEn),
                name(row.province, figures), "\(row.surveyed)", "\(row.passed)", "\(row.failed)",
                row.percentPassed,
            ])
        }
        try write(table)
    }

    private func name(_ province: String, _ figures: NationalFigures) -> String {
        guard !province.isEmpty else { return choose("รวม", "all") }
        guard let named = figures.provinces.first(where: { $0.code == province }) else {
            return province
        }
        return choose(named.nameTh, named.nameEn.isEmpty ? named.nameTh : named.nameEn)
    }
}
