import Dispatch
import Glibc
import LMDB
package import LedgerReader
package import Survey
import TransparencyLog

/// Appends: one writer at a time, many commands per commit.
///
/// Commands that wait while a commit runs share the next one (group commit), so that the two
/// flushes of an LMDB commit are paid once for all of them. Another process may append too: LMDB's
/// own lock keeps the turns apart, and each turn first catches up with what the other wrote.
package final class LedgerWriter: Sendable {
    package let directory: LedgerDirectory
    package let reader: LedgerReader
    package let vault: Vault
    let store: LedgerStore
    let cycles = Locked<[String: CycleState]>([:])
    private let turn: Locked<AppendTurn>
    private let headFile: HeadFileWriter
    private let vaultObserver: VaultObserver?
    private let unfinished = Locked<LedgerError?>(nil)
    /// Flushing blocks, so turns run on a queue of their own, never on the cooperative pool.
    private let queue = DispatchQueue(label: "ledger-writer")
    private let waiting = Locked(Waiting())

    private struct Waiting {
        var submissions: [Submission] = []
        var isDraining = false
        /// How many the last commit served; as many may be about to come back.
        var servedCount = 0
    }

    private struct Submission {
        let prepared: PreparedCommand
        let continuation: CheckedContinuation<Outcome, any Error>
    }

    /// More waiting commands than this go into later commits: it bounds a transaction's dirty pages.
    private static let commitCommandCount = 2048

    /// The wait for those who come back: at most so many pauses of so long.
    private static let pauseCountMaximum = 16
    private static let pauseMicroseconds: UInt32 = 50

    /// Opens a ledger to append to it; refuses one that was cut back.
    ///
    /// `clock` says microseconds since 1970 and is read once per commit. `passphrase` is asked where
    /// the master key has one. `mapByteCount` is the least size of the map at opening, nil for LMDB's
    /// own default. The observers are for tests.
    @available(*, noasync)
    package init(
        _ directory: LedgerDirectory,
        passphrase: PassphraseSource? = nil,
        mapByteCount: Int? = nil,
        observer: CommitObserver? = nil,
        vaultObserver: VaultObserver? = nil,
        clock: @escaping @Sendable () -> Int64
    ) throws {
        self.directory = directory
        self.vaultObserver = vaultObserver
        let noted = try HeadFile.readSettled(directory)
        let store = try LedgerStore(directory, access: .write, mapByteCount: mapByteCount)
        self.store = store
        reader = LedgerReader(directory, sharing: store)
        vault = try Vault.open(directory, passphrase: passphrase, ledger: store)
        let turn: AppendTurn
        do {
            turn = try AppendTurn(
                store,
                attachments: AttachmentFolder(directory),
                clock: clock,
                observer: observer
            )
            try vault.requireKeysBeyond(turn.head.largestKeyID)
        } catch {
            throw LedgerError(caught: error)
        }
        // Appending to a ledger that lost its tail would make a second history of it.
        try noted?.check(turn.head, origin: turn.state.origin)
        do {
            let snapshot = try reader.snapshot()
            try SignedHeadFile.read(directory)?.check(
                head: snapshot.head,
                origin: turn.state.origin,
                rootHash: { try snapshot.rootHash(treeSize: $0) }
            )
        } catch {
            throw LedgerError(caught: error)
        }
        headFile = try HeadFileWriter(directory, origin: turn.state.origin)
        if noted == nil { try headFile.write(turn.head.range.treeHead) }
        cycles.withLock { $0 = turn.state.cycles }
        try vault.requireOwn(store)
        self.turn = Locked(turn)
        // Last, when it is certain that this is the vault's own ledger, whole.
        self.turn.withLock { carryOutErasures(&$0) }
    }

    /// Why keys of what was erased are not destroyed yet; nil when they are.
    ///
    /// The erasures are recorded, and their receipts true. It is tried again at each commit and by
    /// whoever opens the ledger for writing next.
    package var unfinishedErasure: LedgerError? { unfinished.withLock { $0 } }

    /// What each cycle asks, as of the latest turn.
    package var questionnaires: [String: Questionnaire] {
        cycles.withLock { $0.mapValues(\.questionnaire) }
    }

    /// Appends one command's event; returns when it is durable.
    package func submit(_ prepared: PreparedCommand) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            let mustStart = waiting.withLock { waiting in
                waiting.submissions.append(
                    Submission(prepared: prepared, continuation: continuation)
                )
                defer { waiting.isDraining = true }
                return !waiting.isDraining
            }
            if mustStart { queue.async { self.drain() } }
        }
    }

    /// One commit for those who wait; then the queue is free for an `append` before the next.
    private func drain() {
        gather()
        let group = waiting.withLock { waiting in
            let group = Array(waiting.submissions.prefix(Self.commitCommandCount))
            waiting.submissions.removeFirst(group.count)
            if group.isEmpty {
                waiting.isDraining = false
            } else {
                waiting.servedCount = group.count
            }
            return group
        }
        guard !group.isEmpty else { return }
        do {
            let outcomes = try commit(group.map(\.prepared), isAtomic: false)
            for (submission, outcome) in zip(group, outcomes) {
                submission.continuation.resume(returning: outcome)
            }
        } catch {
            for submission in group { submission.continuation.resume(throwing: error) }
        }
        queue.async { self.drain() }
    }

    /// Gives those whom the last commit served a moment to send their next commands.
    ///
    /// Without it the first to be back has a commit of its own and all others wait for its flushes.
    /// Nobody waits for a client that is alone, and a pause in which nobody came is the last.
    private func gather() {
        let servedCount = waiting.withLock(\.servedCount)
        var count = waiting.withLock(\.submissions.count)
        guard servedCount > 1 else { return }
        for _ in 0..<Self.pauseCountMaximum where count < servedCount {
            usleep(Self.pauseMicroseconds)
            let before = count
            count = waiting.withLock(\.submissions.count)
            if count == before { return }
        }
    }

    /// Appends many in one commit, in order.
    ///
    /// With `isAtomic`, one refusal means that nothing is appended.
    @available(*, noasync)
    package func append(
        _ prepared: [PreparedCommand],
        isAtomic: Bool = false
    ) throws -> [Outcome] {
        try queue.sync { try commit(prepared, isAtomic: isAtomic) }
    }

    private func commit(_ prepared: [PreparedCommand], isAtomic: Bool) throws -> [Outcome] {
        try turn.withLock { turn in
            do {
                let outcomes = try turn.run(prepared, vault: vault, isAtomic: isAtomic)
                // Durable from here on. Killed before the next line, the head file only names an
                // older size, and a client that never heard gets the same receipt on retry.
                if turn.hasAppended {
                    try headFile.write(turn.head.range.treeHead)
                    let current = turn.state.cycles
                    cycles.withLock { $0 = current }
                }
                carryOutErasures(&turn)
                return outcomes
            } catch {
                // The commit may have failed before or after it reached the disk; what is there is
                // read again in the next turn.
                turn.forget()
                carryOutErasures(&turn)
                throw LedgerError(caught: error)
            }
        }
    }

    /// Killed before this, the next to open the ledger for writing does it.
    ///
    /// What goes wrong takes no receipt away: the event is durable whatever becomes of the key.
    private func carryOutErasures(_ turn: inout AppendTurn) {
        guard turn.owesErasure else { return }
        do throws(LedgerError) {
            try vault.carryOutErasures(of: store, observer: vaultObserver)
            turn.noteErasuresDone()
            unfinished.withLock { $0 = nil }
        } catch {
            let reason = "an erasure is recorded and its key not destroyed yet (\(error.reason))"
            unfinished.withLock { $0 = LedgerError(.erasureUnfinished, reason) }
        }
    }
}
