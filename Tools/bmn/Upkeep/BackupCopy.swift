import Audit
import Console
import Foundation
import LMDB
import LedgerAudit
import LedgerReader
import LedgerWriter
import TransparencyLog

/// A copy of a ledger, made under another name and given its own when it has been verified.
struct BackupCopy {
    private let source: LedgerDirectory
    private let destination: LedgerDirectory
    private let building: LedgerDirectory

    /// `serial` keeps two that are made at once apart: the number of the watching process.
    init(from source: LedgerDirectory, to destination: LedgerDirectory, serial: Int32) {
        self.source = source
        self.destination = destination
        building = LedgerDirectory("\(destination.path).partial-\(serial)")
    }

    /// - Returns: what the copy came to when it was recomputed, and its papers.
    func make(
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> (head: TreeHead, documents: BackupDocuments) {
        // Before the ledger is opened, which may grow meanwhile: what it must have at least.
        let known = [try KnownHead(noteIn: source)].compactMap(\.self)
        // Opens the ledger first: a directory that is none is the likelier mistake.
        let reader = try Composition.reader(source)
        guard unsafe access(destination.path, F_OK) != 0 else {
            throw Files.unwritable(destination.path, EEXIST)
        }
        guard unsafe mkdir(building.path, 0o700) == 0 else {
            throw Files.unwritable(building.path, errno)
        }
        do {
            try Supervisor.beating { try reader.store.environment.copy(to: building.ledgerFile) }
            let (head, ledger) = try verified(known, progress)
            let documents = try Supervisor.beating {
                var documents = BackupDocuments()
                try documents.copy(source, to: building)
                try documents.check(ledger, in: building)
                return documents
            }
            try Supervisor.beating { try finish() }
            return (head, documents)
        } catch {
            discard()
            throw error
        }
    }

    /// Removes what there is of a copy that is not finished.
    func discard() {
        // What could not be removed has a name that nobody takes for a backup.
        try? FileManager.default.removeItem(atPath: building.path)
    }

    /// Recomputes the copy and notes its head beside it.
    ///
    /// Only the levels without which it is no copy of a ledger: one with forged records in it is
    /// evidence, and worth keeping.
    private func verified(
        _ known: [KnownHead],
        _ progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) throws -> (TreeHead, LedgerReader) {
        let verification = RecordVerification(
            checks: [.structure, .chain, .tree],
            knownHeads: known,
            looksAtAttachments: false
        )
        let (verdict, ledger) = try verification.run(building, progress: progress)
        if let finding = verdict.findings.first {
            let place = finding.index.map { "record \($0): " } ?? ""
            throw LedgerError(
                .damaged,
                "\(source.path) has findings, so there is no copy: \(place)\(finding.reason);"
                    + " see bmn-audit verify \(source.path)"
            )
        }
        guard let origin = verdict.origin else {
            throw LedgerError(.damaged, "\(source.path): record 0 does not create a ledger")
        }
        let head = try ledger.snapshot().head.range.treeHead
        try HeadFileWriter(building, origin: origin).write(head)
        return (head, ledger)
    }

    /// Puts everything on disk and gives the copy its name.
    private func finish() throws {
        unsafe unlink(building.ledgerFile + "-lock")
        for path in [building.headFile, building.path] { try Self.synchronize(path) }
        // Claims the name, so that nothing that came to be meanwhile is replaced: renaming a folder
        // replaces an empty one only.
        guard unsafe mkdir(destination.path, 0o700) == 0 else {
            throw Files.unwritable(destination.path, errno)
        }
        guard unsafe rename(building.path, destination.path) == 0 else {
            let code = errno
            unsafe rmdir(destination.path)
            throw Files.unwritable(destination.path, code)
        }
        try Self.synchronize(destination.parentPath)
    }

    private static func synchronize(_ path: String) throws(Failure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Files.unwritable(path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Files.unwritable(path, errno) }
    }
}

extension LedgerDirectory {
    /// The folder that this one is in.
    ///
    /// Foundation's `deletingLastPathComponent` traps on "Q".
    fileprivate var parentPath: String {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
