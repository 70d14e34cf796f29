package import Cryptography
package import Ledger
package import TransparencyLog

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
    /// Who knows otherwise, where it is about what a `KnownHead` says.
    package let witness: String?

    /// `check` is the level that reports it, where that is not the code's own.
    package init(
        _ code: FindingCode,
        _ index: UInt64?,
        _ reason: String,
        of check: Check? = nil,
        by witness: String? = nil
    ) {
        self.witness = witness
        self.check = check ?? code.check
        self.code = code
        self.index = index
        self.reason = reason.printable(byteCountMaximum: Finding.reasonByteCountMaximum)
    }

    private static let reasonByteCountMaximum = 500
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

        package init(_ cosigned: LogPolicy.Cosigned) {
            name = cosigned.witness.name
            time = cosigned.time
        }
    }

    package struct Timestamp: Sendable, Equatable {
        package let treeSize: UInt64
        package let unixMicroseconds: Int64
        /// Subject of the authority's certificate.
        package let authority: String
        /// Whether the certificate leads to a root that the auditor trusts.
        package let isTrusted: Bool
    }

    /// What a token over a checkpoint says; throws where it does not hold.
    ///
    /// Nil for one that holds and leads to none of the roots: like an unknown witness's word it does
    /// not count. `lastRecordTime` is when the last record under the checkpoint was recorded, where
    /// that is known: nobody can have stamped it before.
    package static func timestamp(
        _ token: [UInt8],
        over noteBytes: [UInt8],
        treeSize: UInt64,
        lastRecordTime: RecordTime? = nil,
        roots: TrustedRoots?
    ) throws(CryptographyError) -> Timestamp? {
        let token = try TimestampToken(der: token)
        let imprint = SHA256.hash(noteBytes)
        let verified = try token.verifyWithoutChain(imprint: imprint)
        if let last = lastRecordTime,
            last.unixMicroseconds - verified.unixMicroseconds > clockToleranceMicroseconds
        {
            throw CryptographyError(
                .timestampTooEarly,
                "The checkpoint was time-stamped before its last record was recorded"
                    + " (\(last.text))."
            )
        }
        if let roots {
            do throws(CryptographyError) {
                _ = try token.verify(imprint: imprint, roots: roots)
            } catch {
                guard error.code == .untrustedCertificate else { throw error }
                return nil
            }
        }
        return Timestamp(
            treeSize: treeSize,
            unixMicroseconds: verified.unixMicroseconds,
            authority: verified.authority.subject,
            isTrusted: roots != nil
        )
    }

    /// How far a record's time may lie after a time-stamp over it: clocks differ.
    package static let clockToleranceMicroseconds: Int64 = 5 * 60 * 1_000_000
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
    /// How often records name a document, where signatures were checked.
    package var namedDocumentCount: UInt64 = 0
    /// How many of those were held against the papers beside the ledger.
    package var attachmentCount: UInt64 = 0
    /// The last checkpoint that was held against the records; true where there are no findings.
    package var checkpoint: StoredCheckpoint?
    /// Whether a cycle says that its households are invented; false also where no level read events.
    package var isSynthetic = false
    package var checks: [CheckResult]
    /// The first findings of each check, sorted; `CheckResult.findingCount` counts all.
    package var findings: [Finding]

    package init(origin: String?, treeSize: UInt64) {
        self.origin = origin
        self.treeSize = treeSize
        checks = []
        findings = []
    }

    /// Adds one thing that was found wrong beside the walk.
    package mutating func addFinding(_ code: FindingCode, _ reason: String) {
        let finding = Finding(code, nil, reason)
        let before = checks.first { $0.check == finding.check }
        let result = CheckResult(
            finding.check,
            checkedCount: before?.checkedCount ?? 0,
            findingCount: (before?.findingCount ?? 0) + 1
        )
        checks = (checks.filter { $0.check != finding.check } + [result])
            .sorted { $0.check < $1.check }
        findings = (findings + [finding]).sorted()
    }

    package var isOK: Bool { checks.allSatisfy(\.isOK) && !checks.isEmpty }
}
