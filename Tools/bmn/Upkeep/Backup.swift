import ArgumentParser
import Console
import Cryptography
import Foundation
import LMDB
import Ledger
import LedgerReader
import LedgerWriter
import Survey
import TransparencyLog

/// The command `bmn backup`.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "สำรองบัญชี · Copy the ledger while it is in use, and verify the copy.",
        usage: "bmn backup LEDGER DEST",
        discussion: """
            Copies records, attachments and the head to a new directory and recomputes chain and \
            tree from the copy. The vault and the keys are NOT copied: whoever holds them can \
            open personal data, and an erased key must not live on in a backup. Keep keys/ and \
            vault.mdb safe elsewhere; without them names cannot be read again.

            Example:
              bmn backup /srv/bmn/bueng-kan /backup/bueng-kan-$(date +%F)
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Argument(help: "ไดเรกทอรีใหม่ · A new directory for the copy.", completion: .directory)
    var destination: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let (directory, rest) = try ledger.resolve(
            [directory, destination].compactMap(\.self),
            restCount: 1
        )
        let copy = BackupCopy(from: directory, to: LedgerDirectory(rest[0]))
        let head = try copy.make()
        let results = Output()
        if output.json {
            try results.write([
                "destination": .string(rest[0]),
                "size": .unsigned(head.treeSize),
                "root": .string(head.rootHash.hex),
            ])
        } else {
            let phrase = Phrase(
                thai: "สำรองแล้ว \(head.treeSize.grouped) ระเบียน ตรวจสอบแล้ว ราก \(head.rootHash.hex)",
                english: "Copied and verified \(head.treeSize.grouped) records, root"
                    + " \(head.rootHash.hex)"
            )
            try results.write(phrase.text(output.language) + "\n")
            let warning = Phrase(
                thai: "ไม่ได้สำรอง vault.mdb และ keys/: เก็บแยกไว้ในที่ปลอดภัย",
                english: "vault.mdb and keys/ are not in it: keep them safe elsewhere."
            )
            Notice.line(warning.text(output.language))
        }
        try results.flush()
    }
}

/// A copy of a ledger, made under another name and given its own when it has been verified.
struct BackupCopy {
    private let source: LedgerDirectory
    private let destination: LedgerDirectory
    private let building: LedgerDirectory

    init(from source: LedgerDirectory, to destination: LedgerDirectory) {
        self.source = source
        self.destination = destination
        building = LedgerDirectory("\(destination.path).partial-\(getpid())")
    }

    /// - Returns: what the copy came to when it was recomputed.
    func make() throws -> TreeHead {
        // Opens the ledger first: a directory that is none is the likelier mistake.
        let reader = try Composition.reader(source)
        guard unsafe access(destination.path, F_OK) != 0 else {
            throw Files.unwritable(destination.path, EEXIST)
        }
        guard unsafe mkdir(building.path, 0o700) == 0 else {
            throw Files.unwritable(building.path, errno)
        }
        do {
            try reader.store.environment.copy(to: building.ledgerFile)
            let head = try Self.verified(building)
            try copyAttachments()
            try finish()
            return head
        } catch {
            // What could not be removed has a name that nobody takes for a backup.
            try? FileManager.default.removeItem(atPath: building.path)
            throw error
        }
    }

    /// Recomputes chain and tree of the copy and notes its head beside it.
    private static func verified(_ directory: LedgerDirectory) throws -> TreeHead {
        let origin: String
        var head = CompactRange()
        do {
            let snapshot = try LedgerReader(directory).snapshot()
            guard
                case .ledgerCreated(let created) = try snapshot.recordedEvent(0)?.event.kind
            else { throw LedgerError(.damaged, "record 0 does not create a ledger") }
            origin = created.origin
            var last = Digest.zero
            try snapshot.forEachRecord { index, record in
                let link = try RecordScanner.scanLink(record)
                let previous = Digest(
                    hex: record.extracting(link.previousOffset..<(link.previousOffset + 64))
                )
                guard index == head.treeSize, link.index == index, previous == last else {
                    throw LedgerError(.damaged, "the chain is broken at record \(index)")
                }
                last = MerkleTree.leafHash(of: record)
                head.append(last)
                return true
            }
            guard head == snapshot.head.range, last == snapshot.head.lastLeafHash else {
                throw LedgerError(.damaged, "the records do not come to the stored tree head")
            }
        }
        try HeadFileWriter(directory, origin: origin).write(head.treeHead)
        return head.treeHead
    }

    private func copyAttachments() throws {
        let files = FileManager.default
        guard files.fileExists(atPath: source.attachmentsFolder) else { return }
        try files.copyItem(atPath: source.attachmentsFolder, toPath: building.attachmentsFolder)
        for name in try files.contentsOfDirectory(atPath: building.attachmentsFolder) {
            guard let digest = Digest(hex: name) else { continue }
            let path = "\(building.attachmentsFolder)/\(name)"
            guard let data = files.contents(atPath: path), SHA256.hash(Array(data)) == digest else {
                throw LedgerError(.damaged, "the attachment \(name) does not have that digest")
            }
        }
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
        let parent = (destination.path as NSString).deletingLastPathComponent
        try Self.synchronize(parent.isEmpty ? "." : parent)
    }

    private static func synchronize(_ path: String) throws(Failure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Files.unwritable(path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Files.unwritable(path, errno) }
    }
}
