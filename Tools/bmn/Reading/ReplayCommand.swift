import ArgumentParser
import Console
import Cryptography
import GRDB
import LedgerReader
import ProjectionCatalog
import ProjectionRuntime
import Survey

/// The command `bmn replay`.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "สร้างตารางใหม่จากระเบียน · Rebuild the projections, and print their digests.",
        usage: "bmn replay LEDGER [--into FILE] [--as-of N|DATE] [--only NAME]",
        discussion: """
            Builds a new file beside survey.sqlite, or beside FILE, and puts it in place when it \
            is complete. With --as-of and without --into nothing is written: the past is built in \
            memory for its digests. Equal records give equal digests, on any machine.

            Examples:
              bmn replay L
              bmn replay L --as-of 31/3/2561 --only indicators
              bmn replay L --as-of 10 --into early.sqlite
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "แฟ้มปลายทาง · Another SQLite file than survey.sqlite.", completion: .file())
    var into: String?

    @Option(help: "ณ ขนาดหรือวันที่บันทึก · As of a tree size or a day of recording.")
    var asOf: PointInTime?

    @Option(
        help: "เฉพาะตาราง · One projection only.",
        completion: .list([
            "appointments", "areas", "calendar", "certifications", "corrections", "directives",
            "editions", "households", "indicators", "meetings", "progress", "trainings", "users",
        ])
    )
    var only: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let all = ProjectionCatalog.all
        let chosen = all.filter { only == nil || $0.name == only }
        guard !chosen.isEmpty else {
            throw ValidationError(
                "--only takes one of: \(all.map(\.name).sorted().joined(separator: ", "))."
            )
        }
        let snapshot = try Composition.reader(directory).snapshot()
        let treeSize = try asOf.map { try snapshot.treeSize(asOf: $0.asOf) }
        let bar = ReplayProgress.bar(treeSize ?? snapshot.treeSize, output.language)
        let progress = ReplayProgress.callback(bar)
        let report: [ReplayReport]
        if asOf != nil, into == nil {
            let database = try SurveyDatabase()
            let runner = ProjectionRunner(chosen, database)
            try runner.catchUp(snapshot, upTo: treeSize, progress: progress)
            report = try ReplayReport.of(chosen, try runner.digests(), database)
        } else if let only, into == nil {
            let database = try SurveyDatabase(path: directory.surveyFile, use: .live)
            let runner = ProjectionRunner(all, database)
            try runner.catchUp(snapshot, progress: progress)
            try runner.rebuild(only: only, snapshot)
            report = try ReplayReport.of(chosen, try runner.digests(), database)
        } else {
            let path = into ?? directory.surveyFile
            let digests = try Replay.replace(
                path,
                with: chosen,
                from: snapshot,
                upTo: treeSize,
                progress: progress
            )
            let database = try SurveyDatabase(path: path, use: .read)
            report = try ReplayReport.of(chosen, digests, database)
        }
        bar?.finish()
        try write(report)
    }

    private func write(_ report: [ReplayReport]) throws {
        let results = Output()
        if output.json {
            for line in report { try results.write(line.json) }
        } else {
            let language = output.language
            func title(_ thai: String, _ english: String) -> String {
                Phrase(thai: thai, english: english).text(language)
            }
            var table = Table([
                .init(title("ตาราง", "projection")),
                .init(title("ถึงระเบียน", "position"), isNumeric: true),
                .init(title("แถว", "rows"), isNumeric: true),
                .init(title("ค่าย่อย SHA-256", "digest")),
            ])
            for line in report {
                table.append([
                    line.digest.name, "\(line.digest.treeSize)", "\(line.rowCount)",
                    line.digest.digest.hex,
                ])
            }
            try results.write(table.text(forTerminal: results.isTerminal))
        }
        try results.flush()
    }
}

/// What one projection came to.
struct ReplayReport {
    let digest: ProjectionDigest
    let rowCount: Int

    static func of(
        _ projections: [any Projection],
        _ digests: [ProjectionDigest],
        _ database: SurveyDatabase
    ) throws -> [ReplayReport] {
        try database.read { db in
            try projections.compactMap { projection in
                guard let digest = digests.first(where: { $0.name == projection.name }) else {
                    return nil
                }
                let rowCount = try projection.tables.reduce(0) { sum, table in
                    try sum + (Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \"\(table.name)\"") ?? 0)
                }
                return ReplayReport(digest: digest, rowCount: rowCount)
            }
        }
    }

    var json: JSON {
        [
            "name": .string(digest.name),
            "version": .number(digest.version),
            "position": .unsigned(digest.treeSize),
            "rows": .number(rowCount),
            "digest": .string(digest.digest.hex),
        ]
    }
}
