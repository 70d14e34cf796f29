import AreasProjection
import ArgumentParser
import Console
import GRDB
import OfficeLists
import ProjectionRuntime
import Survey

/// The command `bmn list`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "รายการ · Everything of one kind, as a table, CSV or JSON.",
        usage:
            "bmn list LEDGER KIND [--area CODE] [--state S] [--kind K] [--role R] [--level L] [--cycle 2561] [--on DATE] [--as-of N|DATE] [--columns A,B] [--with-names] [--csv | --json]",
        discussion: """
            KIND is directives, directives-not-received, users, appointments, orders, meetings, \
            trainings, rosters (the people of trainings), untrained (work by people before their \
            training), cooperation, plans, plan-steps, targets (by village, or of whole areas by \
            --level), forms, households, not-collected, progress (typed beside recorded, day by \
            day), presentations, objections, defects, checks, samples, awards, budget, expenses, \
            certifications or deadlines.

            Each filter goes by the column of its name; --area takes in the areas below, and an LAO \
            stands for itself. --as-of goes by the day of recording, --on names the day at which \
            something is in force, late or due (default: today, or the day of --as-of). Names stay \
            sealed unless --with-names opens them through the vault.

            --csv is UTF-8 with a byte order mark, as spreadsheets want it: days are ISO, words as \
            in the records, and a text that a spreadsheet would run as a formula has an apostrophe \
            before it, which bmn import takes off. Columns that bmn import reads have its names; \
            --columns picks them. --json gives one object a line.

            Examples:
              bmn list L deadlines --state missed --on 1/4/2561
              bmn list L appointments --role collector --state in_force --on 1/1/2561
              bmn list L households --area 380151 --csv > households.csv
              bmn list L targets --level district
              bmn list L targets --csv \\
                --columns cycle,village,lao,households,questionnaires
              bmn list L users --with-names
              bmn list L untrained --json
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "ชนิด · What to list.", completion: .list(ListName.allCases.map(\.rawValue)))
    var kind: String?

    @Option(help: "เฉพาะพื้นที่ · Only in this area and those below it.")
    var area: String?

    @Option(help: "เฉพาะสถานะ · Only in this state.")
    var state: String?

    @Option(name: .customLong("kind"), help: "เฉพาะชนิด · Only of this kind.")
    var onlyKind: String?

    @Option(help: "เฉพาะบทบาท · Only in this role.")
    var role: String?

    @Option(
        help: "ระดับ · Of this level; targets and progress of the areas of this level.",
        completion: .list(["province", "district", "tambon", "village", "lao"])
    )
    var level: String?

    @Option(help: "รอบปี · The cycle (default: the latest with data).")
    var cycle: String?

    @Option(help: "ณ วันที่ · In force, late or due on this day.")
    var on: CalendarDay?

    @Option(help: "ณ ขนาดหรือวันที่บันทึก · As of a tree size or a day of recording.")
    var asOf: PointInTime?

    @Option(help: "เฉพาะคอลัมน์ · Only these columns, by their names in CSV.")
    var columns: String?

    @Flag(help: "เปิดชื่อ · Open names through the vault.")
    var withNames = false

    @Flag(help: "ผลเป็น CSV · CSV for spreadsheets and bmn import.")
    var csv = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if csv, output.json { throw ValidationError("--csv and --json exclude each other.") }
    }

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, kind].compactMap(\.self),
            restCount: 1
        )
        guard let kind = ListName(rawValue: rest[0]) else {
            let known = ListName.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\"\(rest[0])\" is none of \(known).")
        }
        let level = try level.map(Self.level)
        let described = kind.list(by: level, output.language)
        try check(described, kind)
        let projections = described.projections + [AreaReadModel()]
        let models = try ReadModels(directory, asOf: asOf, projections, output.language)
        try models.requireRecords()
        let page = Page(output.language, asJSON: output.json)
        let names = withNames ? try Names(directory, models.snapshot) : nil
        let cycle = try models.cycle(cycle)
        let day = on?.day ?? models.day
        try models.read { db in
            let place = try area.map { try page.scope($0, db) }
            let level = level ?? kind.level(of: place)
            let list = kind.list(by: level, output.language)
            let scope = ListScope(cycle: cycle, day: day, area: place)
            let filter = try ListFilter(list, filters(of: kind), place, db)
            let opening = ListNames(names, list)
            let picked = try picked(from: opening.titles)
            let format: ListWriter.Format = csv ? .csv : output.json ? .json : .table
            var writer = try ListWriter(page, picked.map { opening.titles[$0] }, format)
            try list.forEachRow(db, scope) { row in
                guard filter.accepts(row.values) else { return }
                let whole = try opening.opened(row.values, cycle, models)
                try writer.append(picked.map { whole[$0] }) { code in
                    let row = try AreaReadModel.area(code, db)
                    return output.language == .english ? row?.nameEn ?? row?.nameTh : row?.nameTh
                }
            }
            try writer.finish()
        }
    }

    private static func level(_ name: String) throws -> Area.Level {
        let level = Area.Level(name: name)
        guard level != .unspecified else {
            throw ValidationError(
                "\"\(name)\" is none of province, district, tambon, village, lao."
            )
        }
        return level
    }

    /// The options that pick rows, by the column that each goes by.
    private func filters(of kind: ListName) -> [(key: String, value: String?)] {
        [
            ("state", kind.onlyState ?? state), ("kind", onlyKind), ("role", role),
            ("level", kind.isDividedByLevel ? nil : level),
        ]
    }

    /// An option that would do nothing is a mistake of whoever typed it.
    private func check(_ list: OfficeList, _ kind: ListName) throws {
        if kind.onlyState != nil, state != nil {
            throw ValidationError("directives-not-received has its state; list directives instead.")
        }
        for (key, value) in filters(of: kind) where value != nil {
            guard list.titles.contains(where: { $0.key == key }) else {
                throw ValidationError("--\(key) does not go with \(kind.rawValue).")
            }
        }
        if area != nil, !list.titles.contains(where: \.isArea) {
            throw ValidationError("--area does not go with \(kind.rawValue).")
        }
        if withNames, list.subject == nil {
            throw ValidationError("--with-names does not go with \(kind.rawValue).")
        }
    }

    private func picked(from titles: [ListTitle]) throws -> [Int] {
        guard let columns else { return Array(titles.indices) }
        return try columns.split(separator: ",").map { name in
            guard let index = titles.firstIndex(where: { $0.key == name }) else {
                let known = titles.map(\.key).joined(separator: ", ")
                throw ValidationError("\"\(name)\" is none of the columns \(known).")
            }
            return index
        }
    }
}
