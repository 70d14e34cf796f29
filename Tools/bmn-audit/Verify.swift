import ArgumentParser
import Audit
import AuditReport
import Console
import Evidence
import Foundation
import LedgerAudit
import LedgerReader
import Survey

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Recompute everything and give a verdict. / คำนวณใหม่ทั้งหมดแล้วให้ผล",
        discussion: """
            Levels: structure, chain, tree, signatures, rules, figures, and on request projections.
            LEDGER is a ledger directory, a backup of one, or a directory that bmn publish wrote; \
            also --ledger or BMN_LEDGER.

              bmn-audit verify D
              bmn-audit verify D --only chain --json | jq .ok
              bmn-audit verify D --projections
              bmn-audit verify D --without-attachments         of a copy without the documents
              bmn-audit verify D --checkpoint checkpoint-2018-02-16.txt --policy policy.txt
              bmn-audit verify D --state seen.txt              grown, cut back or forked since?
              bmn-audit verify D --state seen.txt --new-only   only the records since then
              bmn-audit verify D --report report.html --lang th
              bmn-audit verify 2561-3801-1.asice --policy policy.txt

            With --policy, every record must lie under a checkpoint that the policy's log key
            signed and its quorum of witnesses cosigned; else that is a finding.

            A file NAME.asice is an evidence bundle of bmn-audit bundle: it needs no ledger.
            """
    )

    @Argument(help: "The ledger directory.")
    var path: String?

    @Option(name: .customLong("ledger"), help: "The ledger directory.")
    var ledgerOption: String?

    @Option(
        help: "Only this level: structure, chain, tree, signatures, rules, figures, projections."
    )
    var only: Level?

    @OptionGroup var trust: TrustOptions

    @Flag(help: "Also rebuild the read models and compare them with survey.sqlite.")
    var projections = false

    @Flag(help: "Do not look for the documents that records name: they were not copied.")
    var withoutAttachments = false

    @OptionGroup var state: StateOptions

    @Option(help: "Threads that read and hash.")
    var threads = 2

    @Flag(help: "One JSON object instead of text.")
    var json = false

    @Option(help: "Also write a report for people to this file: one HTML page.")
    var report: String?

    @Option(help: "th or en; default by locale.")
    var lang: String?

    enum Level: String, ExpressibleByArgument, CaseIterable {
        case structure, chain, tree, signatures, rules, figures, projections

        var check: Check { Check(rawValue: rawValue) ?? .structure }
    }

    var language: Language {
        Language.choose(option: lang, environment: ProcessInfo.processInfo.environment)
    }

    func validate() throws {
        guard (1...64).contains(threads) else {
            throw ValidationError("--threads takes a number from 1 to 64.")
        }
        let wantsSignatures = trust.policy != nil || trust.tsaRoots != nil
        if wantsSignatures, let only, only != .signatures {
            throw ValidationError(
                "--policy and --tsa-roots are about signatures: leave --only out."
            )
        }
        guard !state.newOnly || !wantsSignatures && trust.checkpoint.isEmpty else {
            throw ValidationError("--new-only looks at no earlier record: not with these options.")
        }
        guard state.file == nil || only == nil && !(state.newOnly && projections) else {
            throw ValidationError(
                "--state takes all levels, so not --only; and --new-only not --projections."
            )
        }
        if let lang, Language(rawValue: lang) == nil {
            throw ValidationError("--lang takes th or en.")
        }
        if let report, report.isEmpty || report == "-" {
            throw ValidationError("--report takes the name of a file.")
        }
    }

    func run() throws {
        let directory = LedgerDirectory(try ledgerPath())
        try requireOptionsOfBundles(directory)
        try state.requireFile()
        // A reader that goes away changes neither the verdict nor its exit code.
        BrokenPipe.becomesAnError()
        Supervisor.unblockSignals()
        throw Supervisor.isChild ? verify(directory) : supervise(directory)
    }

    /// However a bundle was named: what would not be looked at must not seem to have been.
    private func requireOptionsOfBundles(_ directory: LedgerDirectory) throws {
        let isOfLedgers =
            only != nil || projections || withoutAttachments || !trust.checkpoint.isEmpty
            || state.file != nil
        guard BundleFile.isNamed(directory.path), isOfLedgers else { return }
        throw ValidationError(
            "--only, --projections, --without-attachments, --checkpoint and --state are about"
                + " ledgers."
        )
    }

    func ledgerPath() throws -> String {
        guard path == nil || ledgerOption == nil else {
            throw ValidationError("Name the ledger once: as the argument or with --ledger.")
        }
        let environment = ProcessInfo.processInfo.environment["BMN_LEDGER"]
        guard let path = path ?? ledgerOption ?? environment, !path.isEmpty else {
            throw ValidationError("Name the ledger directory: bmn-audit verify LEDGER.")
        }
        return path
    }

    private var checks: Set<Check> {
        if let only { return [only.check] }
        let all = Set(Check.allCases)
        return projections ? all : all.subtracting([.projections])
    }

    /// The child's part: read, judge, print.
    private func verify(_ directory: LedgerDirectory) -> ExitCode {
        ChildProcess.dieWithParent()
        ChildProcess.crashQuietly()
        do {
            if BundleFile.isNamed(directory.path) {
                return try verifyBundle(BundleFile(directory.path))
            }
            let (verdict, change) = try judge(directory)
            let status: ExitCode = verdict.isOK ? .verified : .findings
            let shown =
                json
                ? state.adding(change, to: verdict.json).text + "\n"
                : VerdictText(verdict: verdict, language: language).text
                    + state.text(change, verdict, language)
            return print(shown + page(.judged(verdict)), status)
        } catch let failure as Failure {
            return fail(failure, reason: "\(failure.code): \(failure.sentence.english)")
        } catch {
            return fail(LedgerError(caught: error))
        }
    }

    private func judge(
        _ directory: LedgerDirectory
    ) throws -> (Verdict, CheckpointMemory.Change?) {
        func verdict(_ memory: CheckpointMemory?) throws -> Verdict {
            let verification = Verification(
                directory,
                checks: checks,
                knownHeads: try trust.knownHeads(),
                trust: try trust.trust(),
                memory: memory,
                isNewOnly: state.newOnly,
                looksAtAttachments: !withoutAttachments,
                threadCount: threads
            )
            return try verification.run { Supervisor.report($0, of: $1) }
        }
        guard let file = state.file else { return (try verdict(nil), nil) }
        return try CheckpointMemory.verify(path: file, verdict)
    }

    private func verifyBundle(_ bundle: BundleFile) throws -> ExitCode {
        let verdict = try bundle.verify(try trust.trust())
        let text = json ? verdict.json.text + "\n" : verdict.text(language)
        let outcome = VerificationReport.Outcome.judgedBundle(verdict.verdict, verdict.reported)
        return print(text + page(outcome), verdict.verdict.isOK ? .verified : .findings)
    }

    /// The parent's part: watch, pass on, survive.
    private func supervise(_ directory: LedgerDirectory) -> ExitCode {
        let progress = SupervisedProgress(label: language == .thai ? "ตรวจสอบ" : "verifying")
        let (ending, output) = Supervisor.run { line in
            if !progress.take(line) { Notice.line(line) }
        }
        progress.finish()
        let reason: String
        switch ending {
        case .exited(let status) where Self.isVerdict(status, output):
            return print(output, ExitCode(status))
        case .exited(ExitStatus.unreadable):
            return print(output, .unreadable)
        case .exited(let status): reason = "reading it ended with status \(status) and no verdict"
        case .killedBySignal(let signal): reason = "reading it ended with signal \(signal)"
        case .stalled: reason = "reading it made no progress any more"
        case .couldNotStart(let why): reason = "the reading process did not start: \(why)"
        }
        let isOneName =
            BundleFile.isNamed(directory.path) || PublishedLog.isAt(directory.path)
        let path = isOneName ? directory.path : directory.ledgerFile
        return fail(LedgerError(.damaged, "\(path) cannot be read: \(reason)"))
    }

    private static func isVerdict(_ status: Int32, _ output: [UInt8]) -> Bool {
        [ExitStatus.verified, ExitStatus.findings].contains(status)
            && output.last == UInt8(ascii: "\n")
    }

    /// Says why there is no verdict: a sentence to standard error, and with --json the object that
    /// scripts read to standard output.
    private func fail(_ error: LedgerError) -> ExitCode {
        fail(Failure(error, exitStatus: ExitStatus.unreadable), reason: error.description)
    }

    private func fail(_ failure: Failure, reason: String) -> ExitCode {
        Notice.write(failure.message(language, asJSON: false))
        let shown = json ? Verdict.unreadableJSON(reason).text + "\n" : ""
        return print(shown + page(.unreadable(reason: reason)), .unreadable)
    }

    private func print(_ text: String, _ status: ExitCode) -> ExitCode {
        print(Array(text.utf8), status)
    }

    private func print(_ bytes: [UInt8], _ status: ExitCode) -> ExitCode {
        guard let (shown, page) = parted(bytes) else {
            return Output.put(bytes, status, language)
        }
        return write(page, after: Output.put(shown, status, language))
    }
}
