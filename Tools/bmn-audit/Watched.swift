import ArgumentParser
import Audit
import Console
import Evidence
import LedgerAudit
import LedgerReader
import Survey

/// Work on a ledger that nobody vouches for, done by a child process while this one watches.
///
/// The child prints what it made and nothing else; a key that signs it never is in the process that
/// follows the page numbers of an untrusted file.
struct Watched {
    let language: Language
    let ledger: LedgerDirectory
    let label: Phrase

    private static let saidWhy = [ExitStatus.wrongUsage, ExitStatus.unreadable]

    /// What `work` made in the child; in the child itself it prints that and never returns.
    ///
    /// Throws a `Failure`, or the exit code of a child that has said itself why.
    func output(of work: (borrowing LedgerSnapshot) throws -> [UInt8]) throws -> [UInt8] {
        Supervisor.unblockSignals()
        if Supervisor.isChild { throw makeAndPrint(work) }
        let progress = SupervisedProgress(label: label.text(language))
        let (ending, output) = Supervisor.run { line in
            if !progress.take(line) { Notice.line(line) }
        }
        progress.finish()
        let reason: String
        switch ending {
        case .exited(ExitStatus.verified): return output
        case .exited(let status) where Self.saidWhy.contains(status): throw ExitCode(status)
        case .exited(let status): reason = "reading it ended with status \(status)"
        case .killedBySignal(let signal): reason = "reading it ended with signal \(signal)"
        case .stalled: reason = "reading it made no progress any more"
        case .couldNotStart(let why): reason = "the reading process did not start: \(why)"
        }
        throw Failure(
            LedgerError(.damaged, "\(ledger.ledgerFile) cannot be read: \(reason)"),
            exitStatus: ExitStatus.unreadable
        )
    }

    private func makeAndPrint(_ work: (borrowing LedgerSnapshot) throws -> [UInt8]) -> ExitCode {
        ChildProcess.dieWithParent()
        ChildProcess.crashQuietly()
        do {
            try InputFile.requireDirectory(ledger.path)
            try InputFile.requireRegular(ledger.ledgerFile)
            let bytes = try work(try LedgerReader(ledger).snapshot())
            let output = Output()
            try output.write(bytes)
            try output.flush()
            return .verified
        } catch {
            let failure = Failure(evidence: error)
            Notice.write(failure.message(language, asJSON: false))
            return ExitCode(failure.exitStatus)
        }
    }
}

extension Failure {
    /// Why evidence could not be made or read.
    init(evidence error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let gap as EvidenceGap: self.init(gap)
        default: self.init(LedgerError(caught: error), exitStatus: ExitStatus.unreadable)
        }
    }

    private init(_ gap: EvidenceGap) {
        let (code, thai, english): (String, String, String) =
            switch gap {
            case .noRecord(let index):
                (
                    "noRecord", "บัญชีไม่มีระเบียน \(index)",
                    "The ledger has no record \(index)."
                )
            case .notCovered(let index):
                (
                    "notCovered",
                    "ยังไม่มีจุดตรวจที่ครอบคลุมระเบียน \(index): ให้ผู้ดูแลบัญชีสั่ง bmn checkpoint ก่อน",
                    "No checkpoint covers record \(index): have the operator run bmn checkpoint."
                )
            case .noCheckpoint(let treeSize):
                (
                    "noCheckpoint", "บัญชีไม่มีจุดตรวจของ \(treeSize) ระเบียน",
                    "The ledger has no checkpoint of \(treeSize) records."
                )
            case .policyNotMet:
                (
                    "policyNotMet",
                    "ไม่มีจุดตรวจใดที่ครอบคลุมแล้วเป็นไปตามนโยบาย: ให้สั่ง bmn checkpoint --policy",
                    "No checkpoint that covers it meets the policy: run bmn checkpoint --policy."
                )
            case .unknown(let subject):
                // From the command line, and perhaps pasted there.
                (
                    "subjectUnknown", "บัญชีไม่มี \(subject.stream.printable(byteCountMaximum: 300))",
                    "The ledger has no \(subject.stream.printable(byteCountMaximum: 300))."
                )
            case .tooMany(let count):
                (
                    "bundleTooLarge", "มี \(count) ระเบียน มากเกินกว่าแฟ้มหลักฐานหนึ่งแฟ้ม",
                    "These are \(count) records, more than one bundle holds."
                )
            }
        self.init(code, thai: thai, english: english, exitStatus: ExitStatus.unreadable)
    }
}
