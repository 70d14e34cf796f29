import ArgumentParser

/// The exit codes of bmn-audit (design.md 7); scripts rely on them.
enum ExitStatus {
    /// Everything that was asked for was verified.
    static let verified: Int32 = 0
    static let findings: Int32 = 1
    static let wrongUsage: Int32 = 2
    /// The ledger could not be read, in whole or in part, so there is no verdict.
    static let unreadable: Int32 = 3
}

extension ExitCode {
    static let verified = ExitCode(ExitStatus.verified)
    static let findings = ExitCode(ExitStatus.findings)
    static let wrongUsage = ExitCode(ExitStatus.wrongUsage)
    static let unreadable = ExitCode(ExitStatus.unreadable)
}
