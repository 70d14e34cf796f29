package import Audit
import Glibc
package import LedgerReader
import TransparencyLog

/// The records of a ledger directory, judged beside what is known of them from elsewhere.
package struct DirectoryVerification {
    private let directory: LedgerDirectory
    private let checks: Set<Check>
    private let knownHeads: [KnownHead]
    private let trust: Trust
    private let prefix: VerifiedPrefix?
    private let threadCount: Int

    /// Prepares to verify a directory; its own ledger.head comes to the known heads.
    ///
    /// `knownHeads` were read before the ledger is; `prefix` is where to start from, instead of at
    /// the first record.
    package init(
        _ directory: LedgerDirectory,
        checks: Set<Check>,
        knownHeads: [KnownHead] = [],
        trust: Trust = Trust(),
        startingFrom prefix: VerifiedPrefix? = nil,
        threadCount: Int = 2
    ) {
        self.directory = directory
        self.checks = checks
        self.knownHeads = knownHeads
        self.trust = trust
        self.prefix = prefix
        self.threadCount = threadCount
    }

    /// Verifies, and calls `progress` a few times a second at most with records done and in all.
    ///
    /// - Returns: the verdict, and the ledger it is about.
    package func run(
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> (verdict: Verdict, ledger: LedgerReader) {
        try InputFile.requireDirectory(directory.path)
        try InputFile.requireRegular(directory.ledgerFile)
        // Before the ledger is opened: a writer may append meanwhile, and this is a lower bound.
        let knownHeads = knownHeads + [try KnownHead(noteIn: directory)].compactMap(\.self)
        let ledger = try LedgerReader(directory)
        let auditor = Auditor(
            LedgerSource(ledger),
            checks: checks,
            knownHeads: knownHeads,
            trust: trust,
            startingFrom: prefix,
            threadCount: threadCount
        )
        var nextReport = ContinuousClock.now
        let verdict = try auditor.verify { done, treeSize in
            guard ContinuousClock.now >= nextReport else { return }
            nextReport = .now + .milliseconds(200)
            progress(done, treeSize)
        }
        return (verdict, ledger)
    }
}

extension KnownHead {
    /// What ledger.head of a directory says, if there is one.
    package init?(noteIn directory: LedgerDirectory) throws(LedgerError) {
        try InputFile.requireRegular(directory.headFile, byteCountMaximum: 4096)
        guard let head = try HeadFile.readSettled(directory) else { return nil }
        self.init(
            origin: head.origin,
            treeSize: head.treeHead.treeSize,
            rootHash: head.treeHead.rootHash,
            witness: "ledger.head"
        )
    }
}
