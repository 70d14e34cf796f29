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
            /// Another verification has remembered fewer records meanwhile; that is left.
            case overtaken
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

    /// Says what became of it, and remembers the verified checkpoint if there are no findings.
    package func conclude(_ verdict: inout Verdict) throws(LedgerError) -> Change {
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
        // Another verification may have gone on from there since this one began.
        if let now = try CheckpointMemory(path: path).remembered,
            now.note.encoded != remembered?.note.encoded
        {
            return try compare(checkpoint, with: now, &verdict)
        }
        do throws(FileError) {
            try DurableFile.replace(path, checkpoint.noteBytes)
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

    /// What there is to say where another verification has written the file meanwhile.
    ///
    /// Nothing is written: that its checkpoint, where it is of fewer records, is of the history that
    /// was verified here is for the next verification to see.
    private func compare(
        _ checkpoint: StoredCheckpoint,
        with other: VerifiedPrefix,
        _ verdict: inout Verdict
    ) throws(LedgerError) -> Change {
        let (ours, theirs): (Checkpoint, Checkpoint)
        do throws(TransparencyLogError) {
            (ours, theirs) = (try checkpoint.checkpoint(), other.checkpoint)
        } catch {
            throw LedgerError(.damaged, "the checkpoint that was verified is none: \(error)")
        }
        let size = theirs.treeHead.treeSize
        let change = { Change(kind: $0, from: size, to: size) }
        if theirs.origin != ours.origin {
            verdict.addFinding(
                .originMismatch,
                "\(path) was written meanwhile and is of \(theirs.origin) now"
            )
            return change(.otherLog)
        }
        if size == ours.treeHead.treeSize, theirs.treeHead != ours.treeHead {
            verdict.addFinding(
                .historyRewritten,
                "\(path) was written meanwhile and knows another root hash for tree size \(size)"
            )
            return change(.fork)
        }
        return change(size < ours.treeHead.treeSize ? .overtaken : .unchanged)
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
