import Cryptography
import Glibc
package import TransparencyLog

/// A lower bound for the ledger's size, outside ledger.mdb.
///
/// LMDB's two meta pages carry no checksum, so damage there can silently bring the previous commit
/// back. After each commit the writer notes size and root here; a ledger shorter than its head file,
/// or with another root at that size, was cut back. Three lines: origin, size, root (hex). It is
/// written after the commit is durable and is not itself synced: an old note is still a true bound.
package struct HeadFile: Sendable, Equatable {
    /// More than any origin makes of it.
    private static let byteCountMaximum = 4096

    package let origin: String
    package let treeHead: TreeHead

    package init(origin: String, treeHead: TreeHead) {
        self.origin = origin
        self.treeHead = treeHead
    }

    package var text: String { "\(origin)\n\(treeHead.treeSize)\n\(treeHead.rootHash.hex)\n" }

    /// The longest text of an origin, which is what the writer's notes are padded to with newlines:
    /// each then covers the whole of the one before.
    package static func paddedByteCount(origin: String) -> Int {
        origin.utf8.count + 1 + 20 + 1 + 64 + 1
    }

    /// Nil when there is no such file, or one that nothing was written to yet.
    package static func read(_ directory: LedgerDirectory) throws(LedgerError) -> HeadFile? {
        let path = directory.headFile
        let bytes = try InputFile.read(path, byteCountMaximum: byteCountMaximum)
        guard let bytes, !bytes.isEmpty else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, let size = UInt64(lines[1]), let root = Digest(hex: lines[2]) else {
            throw LedgerError(.damaged, "\(path) is malformed")
        }
        let note = HeadFile(origin: lines[0], treeHead: TreeHead(treeSize: size, rootHash: root))
        // Spelled again, so that "+5" or "05" is no size, and nothing but padding may follow.
        guard text.hasPrefix(note.text), lines.dropFirst(3).allSatisfy(\.isEmpty) else {
            throw LedgerError(.damaged, "\(path) is malformed")
        }
        return note
    }

    /// The note, when another process may be writing it just now: what looks malformed gets another
    /// look.
    package static func readSettled(
        _ directory: LedgerDirectory,
        attempts: Int = 4
    ) throws(LedgerError) -> HeadFile? {
        do throws(LedgerError) {
            return try read(directory)
        } catch {
            guard error.code == .damaged, attempts > 1 else { throw error }
            usleep(1000)
            return try readSettled(directory, attempts: attempts - 1)
        }
    }

    /// Refuses a ledger that is shorter than it is known to have been, or another one.
    ///
    /// Read the note before the ledger: another process may append in between.
    package func check(_ head: LedgerHead, origin: String) throws(LedgerError) {
        let advice = "do not append to it; verify it, or restore a backup"
        guard origin == self.origin else {
            throw LedgerError(
                .damaged,
                "the ledger is of \(origin), its head file of \(self.origin): \(advice)"
            )
        }
        guard head.treeSize >= treeHead.treeSize else {
            throw LedgerError(
                .damaged,
                "the ledger has \(head.treeSize) records but had \(treeHead.treeSize): it was cut"
                    + " back; \(advice)"
            )
        }
        guard head.treeSize > treeHead.treeSize || head.range.rootHash == treeHead.rootHash else {
            throw LedgerError(
                .damaged,
                "the ledger had another root hash at its \(head.treeSize) records; \(advice)"
            )
        }
    }
}
