package import Cryptography

/// The levels of verification (design.md 7), each on top of those before it.
package enum Check: String, CaseIterable, Sendable, Comparable {
    case structure, chain, tree, signatures, rules, figures, projections

    package static func < (left: Check, right: Check) -> Bool { left.level < right.level }

    package var level: Int {
        switch self {
        case .structure: 1
        case .chain: 2
        case .tree: 3
        case .signatures: 4
        case .rules: 5
        case .figures: 6
        case .projections: 7
        }
    }

    /// Whether the check needs to understand events, not only bytes.
    var needsEvents: Bool { self >= .signatures && self <= .figures }
}

/// One thing that verification found wrong.
package struct Finding: Hashable, Sendable {
    package let check: Check
    package let code: FindingCode
    /// The record it is about; nil for the ledger as a whole.
    package let index: UInt64?
    /// One printable line; never personal data.
    package let reason: String

    /// `check` is the level that reports it, where that is not the code's own.
    package init(
        _ code: FindingCode,
        _ index: UInt64?,
        _ reason: String,
        of check: Check? = nil
    ) {
        self.check = check ?? code.check
        self.code = code
        self.index = index
        self.reason = Finding.printable(reason)
    }

    private static let reasonByteCountMaximum = 500

    /// A reason may quote a forged record: nothing in it may steer a terminal or fill it.
    private static func printable(_ reason: String) -> String {
        let isPlain = reason.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        if isPlain, reason.utf8.count <= reasonByteCountMaximum { return reason }
        var scalars = String.UnicodeScalarView()
        var byteCount = 0
        for scalar in reason.unicodeScalars {
            let shown = isPrintable(scalar) ? scalar : "\u{FFFD}"
            byteCount += UTF8.width(shown)
            guard byteCount <= reasonByteCountMaximum else { return String(scalars) + "…" }
            scalars.append(shown)
        }
        return String(scalars)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
            .unassigned:
            false
        default: true
        }
    }
}

extension Finding: Comparable {
    /// By level, then in the order of records; what is about the whole ledger comes last.
    package static func < (left: Finding, right: Finding) -> Bool {
        (left.check.level, left.index ?? .max, left.reason)
            < (right.check.level, right.index ?? .max, right.reason)
    }
}

/// How one check ended.
package struct CheckResult: Hashable, Sendable {
    package let check: Check
    /// Records, signatures, certifications or projections looked at, whichever the check is about.
    package let checkedCount: UInt64
    package let findingCount: Int

    package init(_ check: Check, checkedCount: UInt64, findingCount: Int) {
        self.check = check
        self.checkedCount = checkedCount
        self.findingCount = findingCount
    }

    package var isOK: Bool { findingCount == 0 }
}

/// How much of the log is under signatures, and whose.
package struct Seal: Sendable, Equatable {
    /// The largest tree size of which there is a checkpoint signed by the log.
    package var signedTreeSize: UInt64 = 0
    /// The largest one whose checkpoint meets the policy; nil where none was given.
    package var endorsedTreeSize: UInt64?
    /// Who stands behind that checkpoint.
    package var witnesses: [Witness] = []
    /// The time-stamp of the largest tree size that has one.
    package var timestamp: Timestamp?

    package init() {}

    package struct Witness: Sendable, Equatable {
        package let name: String
        /// Seconds since 1970.
        package let time: UInt64
    }

    package struct Timestamp: Sendable, Equatable {
        package let treeSize: UInt64
        package let unixMicroseconds: Int64
        /// Subject of the authority's certificate.
        package let authority: String
        /// Whether the certificate leads to a root that the auditor trusts.
        package let isTrusted: Bool
    }
}

/// What verification has to say: a value with findings, never an exception.
package struct Verdict: Sendable, Equatable {
    /// What record 0 says; nil when there is no such record.
    package var origin: String?
    /// The records that were found; `rootHash` is the root over them.
    package var treeSize: UInt64
    /// RFC 6962 root, when the tree was computed.
    package var rootHash: Digest?
    /// Leaf hash of the last record; nil for an empty ledger.
    package var headHash: Digest?
    /// What outside the records bounded their number from below: a tail cut off beyond it is found.
    package var witnesses: [String] = []
    /// What signed checkpoints cover; nil where signatures were not checked.
    package var seal: Seal?
    package var checks: [CheckResult]
    /// The first findings of each check, sorted; `CheckResult.findingCount` counts all.
    package var findings: [Finding]

    package init(origin: String?, treeSize: UInt64) {
        self.origin = origin
        self.treeSize = treeSize
        checks = []
        findings = []
    }

    package var isOK: Bool { checks.allSatisfy(\.isOK) && !checks.isEmpty }
}
