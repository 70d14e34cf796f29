package import Audit

/// A published log, judged beside what is known of it from elsewhere.
package struct PublishedVerification {
    private let log: PublishedLog
    private let checks: Set<Check>
    private let knownHeads: [KnownHead]
    private let trust: Trust
    private let prefix: VerifiedPrefix?
    private let threadCount: Int

    /// `knownHeads` were read before the log is; `prefix` is where to start from, instead of at the
    /// first record.
    package init(
        _ log: PublishedLog,
        checks: Set<Check>,
        knownHeads: [KnownHead] = [],
        trust: Trust = Trust(),
        startingFrom prefix: VerifiedPrefix? = nil,
        threadCount: Int = 2
    ) {
        self.log = log
        self.checks = checks
        self.knownHeads = knownHeads
        self.trust = trust
        self.prefix = prefix
        self.threadCount = threadCount
    }

    /// Verifies, and calls `progress` a few times a second at most with records done and in all.
    package func run(
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> Verdict {
        let source = try TileSource(log)
        var nextReport = ContinuousClock.now
        let report = { (done: UInt64, treeSize: UInt64) in
            guard ContinuousClock.now >= nextReport else { return }
            nextReport = .now + .milliseconds(200)
            progress(done, treeSize)
        }
        // Here, where its progress shows, and not where a worker first asks for it.
        if prefix == nil, !checks.isSubset(of: [.chain, .tree]) {
            source.keyIndex(progress: report)
        }
        let auditor = Auditor(
            source,
            checks: checks,
            knownHeads: knownHeads,
            trust: trust,
            startingFrom: prefix,
            threadCount: threadCount
        )
        return try auditor.verify(progress: report)
    }
}
