package import Audit
import DurableFiles
import Glibc
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
            /// Something else was found; nothing is remembered of it.
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
        do throws(FileError) {
            let draft = "\(path).\(getpid()).tmp"
            try DurableFile.replace(path, checkpoint.noteBytes, draft: draft)
        } catch {
            throw LedgerError(
                error.code == .diskFull ? .diskFull : .noPermission,
                "the state file cannot be written: \(error.reason)"
            )
        }
        return Change(kind: from == nil ? .first : .grown, from: from, to: checkpoint.treeSize)
    }

    private func kind(of verdict: Verdict) -> Change.Kind {
        let own = verdict.findings.filter { $0.reason.hasPrefix(path) }
        if own.contains(where: { $0.code == .historyRewritten || $0.code == .originMismatch }) {
            return .fork
        }
        return own.contains { $0.code == .tailMissing } ? .rollback : .notRemembered
    }
}
