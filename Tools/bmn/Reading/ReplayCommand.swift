import ArgumentParser
import Console
import Cryptography
import Foundation
import GRDB
import Ledger
import LedgerReader
import PostgreSQL
import PostgreSQLSink
import ProjectionCatalog
import ProjectionRuntime
import Survey

/// The command `bmn replay`.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "สร้างตารางใหม่จากระเบียน · Rebuild the projections, and print their digests.",
        usage: "bmn replay LEDGER [--into FILE|URL] [--as-of N|DATE] [--only NAME] [--swap]",
        discussion: """
            Builds a new file beside survey.sqlite and puts it in place when it is complete and \
            its digests are those of survey.sqlite, which is caught up first. Where they differ, \
            rows were changed by something else than the records: survey.sqlite stays, the new \
            file is kept beside it, both digests are printed, and the exit status is 1; --swap \
            takes the new one whatever the digests. A replay that was killed goes on where it \
            was. Equal records give equal digests, on any machine.

            With --into FILE another file is made. With --into postgresql://… a PostgreSQL \
            database is loaded with the rows, apart from those of other ledgers; give its \
            password in PGPASSFILE, where nobody sees it. With --as-of and without --into nothing \
            is written: the past is built in memory for its digests.

            Examples:
              bmn replay L
              bmn replay L --swap --json
              bmn replay L --as-of 31/3/2561 --only indicators
              bmn replay L --as-of 10 --into early.sqlite
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(
        help: "ปลายทาง · Another SQLite file, or a PostgreSQL database (postgresql://…).",
        completion: .file()
    )
    var into: String?

    @Option(help: "ณ ขนาดหรือวันที่บันทึก · As of a tree size or a day of recording.")
    var asOf: PointInTime?

    @Option(
        help: "เฉพาะตาราง · One projection only.",
        completion: .list(ProjectionCatalog.all.map(\.name).sorted())
    )
    var only: String?

    @Flag(help: "สลับแม้ค่าย่อยต่างกัน · Replace survey.sqlite even where digests differ.")
    var swap = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if swap, into != nil || asOf != nil {
            throw ValidationError("--swap is about survey.sqlite: leave out --into and --as-of.")
        }
    }

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        let all = ProjectionCatalog.all
        let chosen = all.filter { only == nil || $0.name == only }
        guard !chosen.isEmpty else {
            throw ValidationError(
                "--only takes one of: \(all.map(\.name).sorted().joined(separator: ", "))."
            )
        }
        let reader = try Composition.reader(directory)
        var snapshot = try reader.snapshot()
        let treeSize = try asOf.map { try snapshot.treeSize(asOf: $0.asOf) }
        let bar = ReplayProgress.bar(treeSize ?? snapshot.treeSize, output.language)
        let progress = ReplayProgress.callback(bar)
        let report: [ReplayReport]
        if let into, Connection.isURL(into) {
            report = try reader.following(&snapshot) {
                try load(into, directory, chosen, $0, upTo: treeSize, progress)
            }
        } else if let into {
            let digests = try Replay.replace(
                into,
                with: chosen,
                from: snapshot,
                upTo: treeSize,
                progress: progress
            )
            report = try ReplayReport.of(chosen, digests, SurveyDatabase(path: into, use: .read))
        } else if asOf != nil {
            let database = try SurveyDatabase()
            let runner = ProjectionRunner(chosen, database)
            try runner.catchUp(snapshot, upTo: treeSize, progress: progress)
            report = try ReplayReport.of(chosen, try runner.digests(), database)
        } else if let only {
            report = try reader.following(&snapshot) {
                try rebuild(only, directory, chosen, $0, progress)
            }
        } else {
            report = try reader.following(&snapshot) { try replace(directory, $0, progress) }
        }
        bar?.finish()
        try write(report)
    }

    private func replace(
        _ directory: LedgerDirectory,
        _ snapshot: borrowing LedgerSnapshot,
        _ progress: ProjectionRunner.ProgressCallback?
    ) throws -> [ReplayReport] {
        let all = ProjectionCatalog.all
        let path = directory.surveyFile
        let digests: [ProjectionDigest]
        if swap {
            digests = try Replay.replace(path, with: all, from: snapshot, progress: progress)
            try Replay.removeDiffering(path)
        } else {
            let outcome = try Replay.replaceIfEqual(
                path,
                with: all,
                from: snapshot,
                progress: progress
            )
            switch outcome {
            case .swapped(let same): digests = same
            case .kept(let live, let built, let file):
                throw try differing(ComparedDigests.all(live, built), file)
            }
        }
        return try ReplayReport.of(all, digests, SurveyDatabase(path: path, use: .read))
    }

    private func rebuild(
        _ only: String,
        _ directory: LedgerDirectory,
        _ chosen: [any Projection],
        _ snapshot: borrowing LedgerSnapshot,
        _ progress: ProjectionRunner.ProgressCallback?
    ) throws -> [ReplayReport] {
        let database = try SurveyDatabase(path: directory.surveyFile, use: .live)
        let runner = ProjectionRunner(ProjectionCatalog.all, database)
        try runner.catchUp(snapshot, progress: progress)
        if swap {
            try runner.rebuild(only: only, snapshot)
        } else {
            let (live, rebuilt) = try runner.rebuildIfEqual(only: only, snapshot)
            if live != rebuilt {
                let compared = ComparedDigests(name: only, here: live, there: rebuilt)
                throw try differing([compared], nil)
            }
        }
        return try ReplayReport.of(chosen, try runner.digests(), database)
    }

    /// Prints both digests of what differs; returns the error that says what stays.
    private func differing(_ compared: [ComparedDigests], _ file: String?) throws -> Failure {
        let page = Page(output.language, asJSON: output.json)
        try page.differences(
            compared,
            here: ("live", "survey.sqlite"),
            there: ("replayed", page.choose("สร้างใหม่", "replayed"))
        )
        try page.flush()
        let kept = file.map {
            Phrase(thai: " และไฟล์ใหม่เก็บไว้ที่ \($0)", english: ", the new file is kept as \($0)")
        }
        return Failure(
            "digestsDiffer",
            thai: "ค่าย่อยของ survey.sqlite ต่างจากที่สร้างใหม่จากระเบียน: survey.sqlite คงไว้ตามเดิม"
                + "\(kept?.thai ?? "") หาสาเหตุ แล้วใช้ --swap",
            english: "The rows of survey.sqlite are not those that the records give:"
                + " survey.sqlite stays\(kept?.english ?? ""). Find out why, then use --swap.",
            exit: .refused
        )
    }

    /// Loads a PostgreSQL database, and compares the digests that it then has.
    private func load(
        _ url: String,
        _ directory: LedgerDirectory,
        _ chosen: [any Projection],
        _ snapshot: borrowing LedgerSnapshot,
        upTo: UInt64?,
        _ progress: ProjectionRunner.ProgressCallback?
    ) throws -> [ReplayReport] {
        // Whatever is wrong with the address is said before the work begins.
        let connection = try Connection(url: url)
        let sink = try PostgreSQLSink(connection, origin: try snapshot.origin(), chosen)
        try sink.claim()
        try SinkFollower.check(try sink.positions(), sink.origin, snapshot)
        // What is followed later goes on from this file; a part or the past is nothing to go on from.
        let isWhole = only == nil && upTo == nil
        let path = directory.followFile + (isWhole ? "" : ".part")
        defer { if !isWhole { try? FileManager.default.removeItem(atPath: path) } }
        let digests = try Replay.replace(
            path,
            with: chosen,
            from: snapshot,
            upTo: upTo,
            progress: progress
        )
        let database = try SurveyDatabase(path: path, use: .read)
        try sink.load(chosen, from: database)
        let compared = ComparedDigests.all(digests, try sink.digests())
        guard compared.allSatisfy(\.isEqual) else {
            let page = Page(output.language, asJSON: output.json)
            try page.differences(
                compared,
                here: ("replayed", page.choose("สร้างใหม่", "replayed")),
                there: ("postgresql", "PostgreSQL")
            )
            try page.flush()
            throw Failure(
                "digestsDiffer",
                thai: "ค่าย่อยใน PostgreSQL ต่างจากที่สร้างจากระเบียน: มีผู้อื่นเขียนตารางนี้หรือไม่",
                english: "The rows in PostgreSQL are not those that the records give: does"
                    + " something else write to its tables?",
                exit: .refused
            )
        }
        return try ReplayReport.of(chosen, digests, database)
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
