import Audit
import LedgerAudit
import LedgerReader

/// Everything that `verify` looks at: the records, and the read models that were made of them.
struct Verification {
    private let directory: LedgerDirectory
    private let checks: Set<Check>
    private let knownHeads: [KnownHead]
    private let trust: Trust
    private let memory: CheckpointMemory?
    private let isNewOnly: Bool
    private let looksAtAttachments: Bool
    private let threadCount: Int

    /// `knownHeads` were read before the ledger is; `memory` knows what the log was before; with
    /// `isNewOnly` only what grew since is verified.
    init(
        _ directory: LedgerDirectory,
        checks: Set<Check>,
        knownHeads: [KnownHead],
        trust: Trust,
        memory: CheckpointMemory? = nil,
        isNewOnly: Bool = false,
        looksAtAttachments: Bool = true,
        threadCount: Int
    ) {
        self.directory = directory
        self.memory = memory
        self.isNewOnly = isNewOnly
        self.looksAtAttachments = looksAtAttachments
        self.checks = checks
        self.knownHeads = knownHeads
        self.trust = trust
        self.threadCount = threadCount
    }

    /// Verifies, and calls `progress` a few times a second at most with records done and in all.
    func run(progress: @escaping @Sendable (UInt64, UInt64) -> Void) throws -> Verdict {
        let log = PublishedLog(directory.path)
        if PublishedLog.isAt(directory.path) {
            var verdict = try records([]).run(log, progress: progress)
            // A published log has records and no read models.
            if checks.contains(.projections) { verdict.add(.nothingToCompare) }
            return verdict
        }
        var (verdict, ledger) = try records(try positionOfReadModels())
            .run(directory, progress: progress)
        if checks.contains(.projections) {
            // Later levels run when earlier ones allow: rows rebuilt from records that are not to
            // be trusted would say nothing.
            verdict.add(
                verdict.isOK
                    ? try ProjectionCheck(directory: directory, ledger: ledger)
                        .run(progress: progress)
                    : .notRun
            )
        }
        return verdict
    }

    private func records(_ moreHeads: [KnownHead]) -> RecordVerification {
        RecordVerification(
            checks: recordChecks,
            knownHeads: knownHeads + moreHeads + (memory?.knownHeads ?? []),
            trust: trust,
            startingFrom: prefix,
            looksAtAttachments: looksAtAttachments,
            threadCount: threadCount
        )
    }

    private var prefix: VerifiedPrefix? { isNewOnly ? memory?.remembered : nil }

    /// The levels over records; the read models need at least that these can be read.
    private var recordChecks: Set<Check> {
        let records = checks.subtracting([.projections])
        return records.isEmpty ? [.structure] : records
    }

    /// A lower bound for the size that lies outside ledger.mdb (design.md 7).
    private func positionOfReadModels() throws -> [KnownHead] {
        try InputFile.requireRegular(directory.surveyFile)
        guard let treeSize = ProjectionCheck.position(directory) else { return [] }
        return [KnownHead(treeSize: treeSize, rootHash: nil, witness: "survey.sqlite")]
    }
}
