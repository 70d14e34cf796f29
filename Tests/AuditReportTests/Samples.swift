import Audit
import AuditReport
import Cryptography
import Ledger
import Survey
import Testing

/// Verdicts and reports to look at.
enum Samples {
    static let usualChecks = Check.allCases.filter { $0 != .projections }

    static func verdict(
        _ findings: [Finding] = [],
        checks: [Check] = usualChecks,
        uncounted: Int = 0
    ) -> Verdict {
        var verdict = Verdict(origin: "example.org/bmn/99", treeSize: 5630)
        verdict.rootHash = SHA256.hash([1])
        verdict.headHash = SHA256.hash([2])
        verdict.witnesses = ["survey.sqlite", "ledger.head"]
        verdict.checks = checks.map { check in
            let count = findings.count { $0.check == check }
            return CheckResult(
                check,
                checkedCount: 5630,
                findingCount: count > 0 ? count + uncounted : 0
            )
        }
        verdict.findings = findings.sorted()
        return verdict
    }

    static func html(
        _ outcome: VerificationReport.Outcome,
        _ language: Language,
        path: String = "D",
        arguments: [String] = ["verify", "D", "--report", "report.html"]
    ) throws -> String {
        // 2026-11-23, 03:04:05 UTC.
        let time = try #require(RecordTime(unixMicroseconds: 1_795_403_045_678_901))
        let circumstances = VerificationReport.Circumstances(
            ledgerPath: path,
            arguments: arguments,
            verifiedAt: time,
            programVersion: "9.8.7"
        )
        return VerificationReport(outcome, circumstances, language: language).html
    }

    static func page(_ outcome: VerificationReport.Outcome, _ language: Language) throws -> Page {
        try Page(html(outcome, language))
    }
}
