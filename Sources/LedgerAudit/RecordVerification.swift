package import Audit
package import LedgerReader
import Survey
import Synchronization
import TransparencyLog

/// The records of a log, judged beside what is known of them from elsewhere.
package struct RecordVerification: Sendable {
    private let checks: Set<Check>
    private let knownHeads: [KnownHead]
    private let trust: Trust
    private let prefix: VerifiedPrefix?
    private let looksAtAttachments: Bool
    private let threadCount: Int

    /// `knownHeads` were read before the log is; `prefix` is where to start from, instead of at the
    /// first record.
    package init(
        checks: Set<Check>,
        knownHeads: [KnownHead] = [],
        trust: Trust = Trust(),
        startingFrom prefix: VerifiedPrefix? = nil,
        looksAtAttachments: Bool = true,
        threadCount: Int = 2
    ) {
        self.checks = checks
        self.knownHeads = knownHeads
        self.trust = trust
        self.prefix = prefix
        self.looksAtAttachments = looksAtAttachments
        self.threadCount = threadCount
    }

    /// Verifies a ledger's directory, whose own ledger.head and keys/log.checkpoint come to the known
    /// heads; calls `progress` a few times a second at most with records done and in all.
    ///
    /// - Returns: the verdict, and the ledger it is about.
    package func run(
        _ directory: LedgerDirectory,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> (verdict: Verdict, ledger: LedgerReader) {
        try InputFile.requireDirectory(directory.path)
        try InputFile.requireRegular(directory.ledgerFile)
        // Before the ledger is opened: a writer may append meanwhile, and this is a lower bound.
        let bounds = [try KnownHead(noteIn: directory), try KnownHead(signedIn: directory)]
        let ledger = try LedgerReader(directory)
        let attachments = looksAtAttachments ? AttachmentFolder(directory) : nil
        let source = LedgerSource(ledger, attachments: attachments)
        let auditor = auditor(source, knownHeads + bounds.compactMap(\.self))
        return (try auditor.verify(progress: unhurried(progress)), ledger)
    }

    /// Verifies a published log; calls `progress` as for a ledger.
    package func run(
        _ log: PublishedLog,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> Verdict {
        let report = unhurried(progress)
        let source = try TileSource(
            log,
            // New records are not looked for; a key that the log's was rotated to may be.
            indexing: prefix == nil ? nil : Event.ledgerStream,
            progress: report
        )
        // Here, and not where a worker first asks for it while others walk.
        if prefix == nil, !checks.isSubset(of: [.chain, .tree]) { source.keyIndex() }
        return try auditor(source, knownHeads).verify(progress: report)
    }

    private func auditor(_ source: any RecordSource, _ knownHeads: [KnownHead]) -> Auditor {
        Auditor(
            source,
            checks: checks,
            knownHeads: knownHeads,
            trust: trust,
            startingFrom: prefix,
            threadCount: threadCount
        )
    }

    private func unhurried(
        _ progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) -> @Sendable (UInt64, UInt64) -> Void {
        let nextReport = Mutex(ContinuousClock.now)
        return { done, treeSize in
            let isDue = nextReport.withLock { time in
                guard ContinuousClock.now >= time else { return false }
                time = .now + .milliseconds(200)
                return true
            }
            if isDue { progress(done, treeSize) }
        }
    }
}

extension KnownHead {
    /// What ledger.head of a directory says, if there is one.
    package init?(noteIn directory: LedgerDirectory) throws(LedgerError) {
        guard let head = try HeadFile.readSettled(directory) else { return nil }
        self.init(
            origin: head.origin,
            treeSize: head.treeHead.treeSize,
            rootHash: head.treeHead.rootHash,
            witness: "ledger.head"
        )
    }

    /// What the log's key has signed last in a directory; nil where that is not there, or not for
    /// this user to read.
    package init?(signedIn directory: LedgerDirectory) throws(LedgerError) {
        guard let signed = try SignedHeadFile.readIfPermitted(directory) else { return nil }
        self.init(
            origin: signed.origin,
            treeSize: signed.treeHead.treeSize,
            rootHash: signed.treeHead.rootHash,
            witness: "keys/log.checkpoint"
        )
    }
}
