import Cryptography
import DurableFiles
import Glibc
package import LedgerReader
import Survey

extension AttachmentFolder {
    /// Keeps a copy of a file under its digest; one that is there already stays.
    ///
    /// Killed before the renaming, there is a draft that the next attempt replaces; after it, the
    /// whole paper. What lies under the name with other bytes is no paper that anybody can name, so
    /// the true one takes its place. `content` is what the file was read as.
    package func store(_ source: String, _ content: Content) throws(LedgerError) {
        try store(content, source) { (append) throws(FileError) in
            try Self.content(of: source, forEachBlock: append)
        }
    }

    /// The same with bytes that are in memory.
    package func store(_ bytes: [UInt8]) throws(LedgerError) {
        let content = Content(bytes)
        try store(content, "a document") { (append) throws(FileError) in
            try append(bytes)
            return content
        }
    }

    /// `fill` gives the bytes block by block, and tells what they came to.
    private func store(
        _ content: Content,
        _ source: String,
        fill: @escaping (([UInt8]) throws(FileError) -> Void) throws(FileError) -> Content?
    ) throws(LedgerError) {
        do throws(FileError) {
            let lock = try FileLock(path + ".lock", waitingAtMost: .seconds(60))
            defer { withExtendedLifetime(lock) {} }
            let file = file(content.sha256)
            if try self.content(content.sha256) == content { return }
            try makeFolder()
            let draft = file + ".new"
            var copied: Content?
            try DurableFile.draft(draft) { (append) throws(FileError) in
                copied = try fill(append)
            }
            guard copied == content else {
                try DurableFile.remove(draft)
                throw FileError(.busy, "\(source) changes while it is copied")
            }
            try DurableFile.rename(draft, to: file)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Whether a paper of that size lies there.
    ///
    /// Its bytes are for `bmn-audit` to read: here a turn at the writer waits.
    func holds(_ document: Document) throws(LedgerError) -> Bool {
        guard let sha256 = Digest(hex: document.sha256) else { return false }
        do throws(FileError) {
            return try DurableFile.byteCount(of: file(sha256)) == document.byteCount
        } catch {
            throw LedgerError(error)
        }
    }

    private func makeFolder() throws(FileError) {
        guard unsafe mkdir(path, 0o700) != 0 else { return try DurableFile.syncFolder(of: path) }
        guard errno == EEXIST else { throw FileError(path, "cannot be made", errno: errno) }
    }
}
