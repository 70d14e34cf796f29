import ArgumentParser
import Console
import Foundation
import LedgerReader
import LedgerWriter
import Survey
import SurveyImport
import Synchronization

extension ImportKind: ExpressibleByArgument {}

/// The command `bmn import`.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "นำเข้า CSV · Append what the rows of a CSV file ask for.",
        usage: """
            bmn import KIND LEDGER FILE.csv [--atomic] [--user U] [--capacity C]
            bmn import KIND --template
            """,
        discussion: """
            KIND is areas, persons, appointments, targets, households, answers, trainings, users, \
            questionnaires, progress, checks, reinterviews, objections or defects; or of papers and \
            acts directives, directive-receipts, circulations, submissions and amendments (of \
            orders), meetings, minutes, cooperation, cooperation-answers, plans, plan-submissions, \
            plan-acceptances, plan-returns, plan-outcomes, presentations, public-reviews, nominees, \
            awards, award-reports, budget, expenses or withdrawals. Files are CSV in UTF-8 with a header, and every line ends with a line break; dates are B.E. (20/3/2561) or \
            ISO (2018-03-20). --template prints a file with the columns and examples; the \
            templates, imported in the order of bmn --help, make a small survey. Households have a \
            column for each indicator of the edition that their cycle asks; answers have one for \
            each of its questions, and a row for each member.

            Bad rows are listed with line, column, code and reason; the good ones are kept, or \
            none with --atomic, which keeps all in memory (about 7 KB a household). Members who look \
            like one person, in a household or in two of the file, are listed as warnings and \
            recorded. Importing a file again changes nothing. Households must be \
            imported as the recorder who is appointed for them: --user and --capacity.

            Examples:
              bmn import households --template > households.csv
              bmn import households L households.csv \\
                --user rec-3801-1 --capacity recorder
              bmn import directives --template > directives.csv
              bmn import directives L directives.csv --user admin-1
              bmn import plans --template > plans.csv
              bmn import plans L plans.csv --user admin-1
              bmn import budget --template > budget.csv
              bmn import budget L budget.csv --user admin-1
              bmn import expenses --template > expenses.csv
              bmn import expenses L expenses.csv --user admin-1
              bmn import checks --template > checks.csv
              bmn import checks L checks.csv --user chair-380151
              bmn import reinterviews --template > reinterviews.csv
              bmn import reinterviews L reinterviews.csv --user chair-380151
              bmn import objections --template > objections.csv
              bmn import objections L objections.csv --user admin-1
              bmn import defects --template > defects.csv
              bmn import defects L defects.csv --user admin-1
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ชนิดข้อมูล · What the rows are.")
    var kind: ImportKind

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(
        help: "แฟ้ม CSV · The file, or - for standard input.",
        completion: .file(extensions: ["csv"])
    )
    var file: String?

    @Flag(help: "แสดงแม่แบบ · Print a template for KIND instead.")
    var template = false

    @Flag(help: "ทั้งหมดหรือไม่เลย · Keep all rows or none.")
    var atomic = false

    @OptionGroup var actor: ActorOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        let results = Output()
        if template {
            try results.write(kind.template)
            return try results.flush()
        }
        let (directory, rest) = try ledger.resolve(
            [directory, file].compactMap(\.self),
            restCount: 1
        )
        let path = rest[0]
        let descriptor = try Files.open(path)
        let report = ImportReport(
            results,
            kind: kind,
            path: path,
            output.language,
            asJSON: output.json
        )
        let writer = try Composition.writer(directory)
        let importer = CommandImporter(
            kind,
            actor: actor.actor,
            questionnaires: writer.questionnaires
        )
        var run = ImportRun(
            importer: importer,
            pipeline: AppendPipeline(writer, answer: report.take),
            report: report,
            isAtomic: atomic
        )
        let bar = ProgressBar(
            Phrase(thai: "นำเข้า", english: "importing").text(output.language),
            total: Files.byteCount(descriptor)
        )
        var byteCount = 0
        while case let bytes = try Files.read(descriptor, upTo: 256 * 1024, of: path),
            !bytes.isEmpty
        {
            try run.take(bytes)
            byteCount += bytes.count
            bar?.update(byteCount)
        }
        try run.finish()
        bar?.finish()
        try report.finish()
        try writer.requireErasuresDone()
        if report.wasStopped { throw ExitCode(ExitStatus.badInput.rawValue) }
        if report.tally.refusedCount > 0 { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}

/// Rows on their way into the ledger.
struct ImportRun: ~Copyable {
    private var importer: CommandImporter
    private let pipeline: AppendPipeline
    private let report: ImportReport
    private let isAtomic: Bool
    private var batch: [AppendRequest] = []

    init(
        importer: CommandImporter,
        pipeline: AppendPipeline,
        report: ImportReport,
        isAtomic: Bool
    ) {
        self.importer = importer
        self.pipeline = pipeline
        self.report = report
        self.isAtomic = isAtomic
    }

    mutating func take(_ bytes: [UInt8]) throws {
        importer.append(bytes)
        try takeItems()
    }

    mutating func finish() throws {
        importer.finish()
        try takeItems()
        // A bad row is a refusal like any other: with --atomic nothing is kept then.
        if isAtomic, report.tally.refusedCount > 0 {
            report.tally.countRefused(batch.count)
        } else if !batch.isEmpty {
            try pipeline.submit(batch, isAtomic: isAtomic)
        }
        try pipeline.finish()
    }

    private mutating func takeItems() throws {
        while let item = importer.next() {
            switch item {
            case .command(let command, let line):
                batch.append(AppendRequest(line: line) { () throws(Refusal) in command })
                if !isAtomic, batch.count == AppendPipeline.batchCount {
                    try pipeline.submit(batch)
                    batch.removeAll(keepingCapacity: true)
                }
            case .problems(let problems): try report.take(problems)
            case .stopped(let problems): try report.stop(problems)
            }
        }
    }
}
