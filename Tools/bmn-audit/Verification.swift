import Audit
import Foundation
import LedgerReader
import TransparencyLog

/// Everything that `verify` looks at: the records, and what is known of them from elsewhere.
struct Verification {
    let directory: LedgerDirectory
    let checks: Set<Check>
    let threadCount: Int

    init(_ directory: LedgerDirectory, checks: Set<Check>, threadCount: Int) {
        self.directory = directory
        self.checks = checks
        self.threadCount = threadCount
    }

    /// Verifies, and calls `progress` a few times a second at most with records done and in all.
    func run(progress: @escaping @Sendable (UInt64, UInt64) -> Void) throws -> Verdict {
        try InputFile.requireDirectory(directory.path)
        try InputFile.requireRegular(directory.ledgerFile)
        // Before the ledger is opened: a writer may append meanwhile, and this is a lower bound.
        let knownHeads = try knownHeads()
        let ledger = try LedgerReader(directory)
        let auditor = Auditor(
            LedgerSource(ledger),
            checks: recordChecks,
            knownHeads: knownHeads,
            threadCount: threadCount
        )
        var nextReport = ContinuousClock.now
        var verdict = try auditor.verify { done, treeSize in
            guard ContinuousClock.now >= nextReport else { return }
            nextReport = .now + .milliseconds(200)
            progress(done, treeSize)
        }
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

    /// The levels over records; the read models need at least that these can be read.
    private var recordChecks: Set<Check> {
        let records = checks.subtracting([.projections])
        return records.isEmpty ? [.structure] : records
    }

    /// Lower bounds for the size that lie outside ledger.mdb (design.md 7).
    private func knownHeads() throws -> [KnownHead] {
        try InputFile.requireRegular(directory.headFile, byteCountMaximum: 4096)
        try InputFile.requireRegular(directory.surveyFile)
        var heads: [KnownHead] = []
        if let head = try readHead() {
            heads.append(
                KnownHead(
                    origin: head.origin,
                    treeSize: head.treeHead.treeSize,
                    rootHash: head.treeHead.rootHash,
                    witness: "ledger.head"
                )
            )
        }
        if let treeSize = ProjectionCheck.position(directory) {
            heads.append(KnownHead(treeSize: treeSize, rootHash: nil, witness: "survey.sqlite"))
        }
        return heads
    }

    /// A writer may be writing the note just now: what looks malformed gets another look.
    private func readHead(attempts: Int = 4) throws -> HeadFile? {
        do {
            return try HeadFile.read(directory)
        } catch {
            guard error.code == .damaged, attempts > 1 else { throw error }
            usleep(1000)
            return try readHead(attempts: attempts - 1)
        }
    }
}

/// What a path must lead to before it is opened: opening a FIFO would wait for ever.
enum InputFile {
    static func requireDirectory(_ path: String) throws(LedgerError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            guard errno == ENOENT else { return }
            throw LedgerError(.notALedger, "\(path) does not exist")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw LedgerError(
                .notALedger,
                "\(path) is no directory: name the one that holds ledger.mdb"
            )
        }
    }

    static func requireRegular(
        _ path: String,
        byteCountMaximum: Int = .max
    ) throws(LedgerError) {
        var status = stat()
        // What is missing or may not be looked at is for those to report who open it.
        guard unsafe stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerError(.notALedger, "\(path) is not a regular file")
        }
        guard status.st_size <= byteCountMaximum else {
            throw LedgerError(.damaged, "\(path) is too large to be one")
        }
    }
}
