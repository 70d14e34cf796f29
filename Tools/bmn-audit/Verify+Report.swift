import ArgumentParser
import AuditReport
import Console
import Foundation
import Ledger
import LedgerAudit

/// `--report FILE`: the child, which has the verdict, makes the page; the parent, which lives whatever
/// happens, writes it.
extension Verify {
    /// Between what is printed and the page, which has no such byte in it.
    private static let mark: UInt8 = 0

    /// What a verdict is followed by on its way to the parent; empty when no report is wanted.
    func page(_ outcome: VerificationReport.Outcome) -> String {
        guard report != nil else { return "" }
        let path = (try? ledgerPath()) ?? ""
        var arguments = Array(CommandLine.arguments.dropFirst())
        // Named by the environment, which whoever repeats it does not have.
        if self.path == nil, ledgerOption == nil { arguments.append(path) }
        let circumstances = VerificationReport.Circumstances(
            ledgerPath: path,
            arguments: arguments,
            verifiedAt: Self.now(),
            programVersion: Program.version
        )
        let page = VerificationReport(outcome, circumstances, language: language).html
        return String(decoding: [Self.mark], as: UTF8.self) + page
    }

    /// What is to be printed, and the page; nil when there is none to write, as in the child.
    func parted(_ bytes: [UInt8]) -> (shown: [UInt8], page: [UInt8])? {
        guard report != nil, !Supervisor.isChild else { return nil }
        guard let end = bytes.lastIndex(of: Self.mark) else {
            let reason = "the reading process ended without saying why"
            return (bytes, Array(page(.unreadable(reason: reason)).utf8.dropFirst()))
        }
        return (Array(bytes[..<end]), Array(bytes[(end + 1)...]))
    }

    /// Writes the report, after the verdict was printed: that comes out whatever happens to this.
    func write(_ page: [UInt8], after status: ExitCode) -> ExitCode {
        guard let report else { return status }
        do throws(Failure) {
            try ReportFile.write(page, to: report)
            return status
        } catch {
            Notice.write(error.message(language, asJSON: false))
            return .unreadable
        }
    }

    private static func now() -> RecordTime {
        var time = timeval()
        let status = unsafe gettimeofday(&time, nil)
        let now = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec)
        guard status == 0, let now = RecordTime(unixMicroseconds: now) else {
            preconditionFailure("the clock is outside the years 1970 to 2399")
        }
        return now
    }
}
