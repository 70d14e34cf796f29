package import Audit
import DurableFiles
package import LedgerReader
import TransparencyLog

/// The last checkpoint that an auditor saw of a log, in a file of the auditor's own.
///
/// A log that shows different histories to different people, or an older one than before, can do so
/// only to those who forget. The file is the checkpoint as the log signed it and nothing else, so
/// that auditors can compare theirs, and any tool for signed notes reads it.
package struct CheckpointMemory: Sendable {
    /// What became of the remembered checkpoint.
    package struct Change: Sendable, Equatable {
        package enum Kind: String, Sendable {
            /// Nothing was remembered before.
            case first
            case grown
            case unchanged
            /// The log shows fewer records than it had.
            case rollback
            /// The log shows other records than it had.
            case fork
            /// The log has another name than the one that is remembered.
            case otherLog
            /// Something else was found, or no key of the log has signed what the file says; nothing
            /// is remembered of it.
            case notRemembered
        }

        package let kind: Kind
        /// The size that was remembered before.
        package let from: UInt64?
        /// The size that is remembered now.
        package let to: UInt64?

        package init(kind: Kind, from: UInt64?, to: UInt64?) {
            self.kind = kind
            self.from = from
            self.to = to
        }
    }

    package let path: String
    package let remembered: VerifiedPrefix?

    /// Reads the file, before the log is read; one that is there and is no checkpoint is refused.
    package init(path: String) throws(LedgerError) {
        self.path = path
        let limit = SignedNote.byteCountMax
        guard let bytes = try InputFile.read(path, byteCountMaximum: limit) else {
            remembered = nil
            return
        }
        do throws(TransparencyLogError) {
            remembered = try VerifiedPrefix(try SignedNote(bytes: bytes), witness: path)
        } catch {
            throw LedgerError(
                .damaged,
                "the state file \(path) is no checkpoint (\(error)) and is left as it is: find a"
                    + " copy of it, or move it away to begin anew"
            )
        }
    }

    package var knownHeads: [KnownHead] { [remembered].compactMap { $0?.knownHead } }

    /// How often a verification begins again because of others.
    private static let attemptCountMax = 5

    /// Verifies against what the file remembers, then remembers what was verified.
    ///
    /// Begins again where another verification has written the file meanwhile: what that saw of the
    /// log was not held against what this one was shown.
    package static func verify(
        path: String,
        _ verify: (CheckpointMemory) throws -> Verdict
    ) throws -> (Verdict, Change) {
        for _ in 0..<attemptCountMax {
            // Before the log is read, which must not be shorter.
            let memory = try CheckpointMemory(path: path)
            var verdict = try verify(memory)
            if let change = try memory.conclude(&verdict) { return (verdict, change) }
        }
        throw LedgerError(
            .busy,
            "other verifications wrote \(path) each time while this one ran: run it again"
        )
    }

    /// Says what became of it, and remembers the verified checkpoint if there are no findings.
    ///
    /// Nil, and nothing is written, where another verification has written the file meanwhile.
    package func conclude(_ verdict: inout Verdict) throws(LedgerError) -> Change? {
        let from = remembered?.checkpoint.treeHead.treeSize
        if verdict.isOK, verdict.checkpoint == nil, remembered == nil {
            verdict.addFinding(
                .endUnsealed,
                "the log has no checkpoint, so there is nothing to remember in \(path)"
            )
        }
        guard verdict.isOK else {
            return Change(kind: kind(of: verdict), from: from, to: from)
        }
        guard let checkpoint = verdict.checkpoint, checkpoint.treeSize > from ?? 0 else {
            return Change(kind: .unchanged, from: from, to: from)
        }
        let lock = try lock()
        defer { extendLifetime(lock) }
        let now = try CheckpointMemory(path: path).remembered?.note.encoded
        guard now == remembered?.note.encoded else {
            guard now == checkpoint.noteBytes else { return nil }
            return Change(kind: .unchanged, from: checkpoint.treeSize, to: checkpoint.treeSize)
        }
        do throws(FileError) {
            // The folder is the auditor's: no name in it is ours but these.
            let draft = "\(path).\(UInt64.random(in: 0 ... .max))"
            try DurableFile.replace(path, checkpoint.noteBytes, draft: draft)
        } catch {
            throw Self.unwritable(error)
        }
        return Change(kind: from == nil ? .first : .grown, from: from, to: checkpoint.treeSize)
    }

    /// Between those who remember in the same file; held for the time that writing it takes.
    private func lock() throws(LedgerError) -> FileLock {
        do throws(FileError) {
            return try FileLock(path + ".lock", waitingAtMost: .seconds(10))
        } catch {
            throw Self.unwritable(error)
        }
    }

    private static func unwritable(_ error: FileError) -> LedgerError {
        LedgerError(
            error.code == .diskFull ? .diskFull : .noPermission,
            "the state file cannot be written: \(error.reason)"
        )
    }

    private func kind(of verdict: Verdict) -> Change.Kind {
        let own = Set(verdict.findings.filter { $0.witness == path }.map(\.code))
        if own.contains(.originMismatch) { return .otherLog }
        // Without a signature of the log's it says nothing about the log.
        if own.contains(.checkpointUnsigned) { return .notRemembered }
        if own.contains(.historyRewritten) { return .fork }
        return own.contains(.tailMissing) ? .rollback : .notRemembered
    }
}
