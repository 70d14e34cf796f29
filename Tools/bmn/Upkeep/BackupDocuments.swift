import Console
import Cryptography
import DurableFiles
import Foundation
import Ledger
import LedgerReader
import Survey

/// The papers of a ledger, on their way into its copy.
struct BackupDocuments {
    /// A paper that the copy lacks, or holds otherwise than a record names it.
    struct Problem {
        /// Of a record that names it; nil for a file that none names.
        let index: UInt64?
        let sha256: Digest
        let reason: String
    }

    private(set) var copiedCount = 0
    private(set) var namedCount = 0
    private(set) var problems: [Problem] = []
    private var unread: [Digest: String] = [:]

    /// Copies what has a digest for a name, by its bytes and onto the disk: a link is followed, as
    /// what it leads to is no part of the copy; a draft that somebody was killed over stays behind.
    mutating func copy(_ source: LedgerDirectory, to copy: LedgerDirectory) throws {
        guard FileManager.default.fileExists(atPath: source.attachmentsFolder) else { return }
        let from = AttachmentFolder(source)
        let to = AttachmentFolder(copy)
        guard unsafe mkdir(to.path, 0o700) == 0 else { throw Files.unwritable(to.path, errno) }
        let names = try FileManager.default.contentsOfDirectory(atPath: from.path)
        for sha256 in names.compactMap({ Digest(hex: $0) }) {
            try copyFile(sha256, from.file(sha256), to.file(sha256))
        }
        do throws(FileError) {
            // Names the folder of what it is given.
            try DurableFile.syncFolder(of: "\(to.path)/.")
        } catch {
            throw LedgerError(error)
        }
    }

    /// One that has other bytes is copied as it is: it may be all that is left of the paper.
    private mutating func copyFile(_ sha256: Digest, _ source: String, _ target: String) throws {
        var content: AttachmentFolder.Content?
        var failure: FileError?
        do throws(FileError) {
            try DurableFile.draft(target) { (append) throws(FileError) in
                var isAppending = false
                do throws(FileError) {
                    content = try AttachmentFolder.content(of: source) {
                        (block) throws(FileError) in
                        isAppending = true
                        try append(block)
                        isAppending = false
                    }
                } catch {
                    // What cannot be written ends the copy; what cannot be read is told.
                    if isAppending { throw error }
                    failure = error
                }
            }
            guard let content else {
                try DurableFile.remove(target)
                unread[sha256] = failure?.reason ?? "it leads to nothing"
                problems.append(Problem(index: nil, sha256: sha256, reason: unread[sha256] ?? ""))
                return
            }
            copiedCount += 1
            if content.sha256 != sha256 {
                let reason = "it has other bytes: their SHA-256 is \(content.sha256.hex)"
                unread[sha256] = reason
                problems.append(Problem(index: nil, sha256: sha256, reason: reason))
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Compares what was copied with what the copy's records name.
    mutating func check(_ ledger: LedgerReader, in copy: LedgerDirectory) throws {
        let snapshot = try ledger.snapshot()
        let folder = AttachmentFolder(copy)
        for kind in EventKind.allCases where kind.isInKindIndex {
            for index in try snapshot.indexes(ofKind: kind) {
                let documents = try snapshot.recordedEvent(index)?.event.documents ?? []
                for document in documents { try check(document, index, folder) }
            }
        }
        problems.sort { ($0.index ?? .max, $0.sha256.hex) < ($1.index ?? .max, $1.sha256.hex) }
    }

    private mutating func check(
        _ document: Document,
        _ index: UInt64,
        _ folder: AttachmentFolder
    ) throws {
        guard let sha256 = Digest(hex: document.sha256) else { return }
        namedCount += 1
        let reason: String
        do throws(FileError) {
            if let known = unread[sha256] {
                // Told once, with the record.
                problems.removeAll { $0.index == nil && $0.sha256 == sha256 }
                reason = known
            } else if let byteCount = try DurableFile.byteCount(of: folder.file(sha256)) {
                guard byteCount != document.byteCount else { return }
                reason = "it has \(byteCount) bytes, the record says \(document.byteCount)"
            } else {
                reason = "it is missing"
            }
        } catch {
            throw LedgerError(error)
        }
        problems.append(Problem(index: index, sha256: sha256, reason: reason))
    }
}

extension BackupDocuments.Problem {
    var json: JSON {
        [
            "index": index.map { .unsigned($0) } ?? .null,
            "sha256": .string(sha256.hex),
            "reason": .string(reason),
        ]
    }

    func text(_ language: Language) -> String {
        let place = index.map { index in
            Phrase(thai: "ระเบียนที่ \(index): ", english: "record \(index): ").text(language)
        }
        return "  " + (place ?? "") + "\(sha256.hex): \(reason)"
    }
}
