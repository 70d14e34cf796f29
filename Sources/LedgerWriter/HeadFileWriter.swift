import Foundation
package import LedgerReader
package import TransparencyLog

/// Notes the ledger's size and root outside ledger.mdb; see `HeadFile`.
package final class HeadFileWriter: Sendable {
    private let descriptor: Int32
    private let path: String
    private let origin: String
    private let byteCount: Int

    package init(_ directory: LedgerDirectory, origin: String) throws(LedgerError) {
        path = directory.headFile
        self.origin = origin
        byteCount = HeadFile.paddedByteCount(origin: origin)
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw LedgerError(.noPermission, "\(path) cannot be written: \(reason)")
        }
    }

    deinit { close(descriptor) }

    /// One write of less than a sector, after the commit is durable.
    ///
    /// Killed before it, the file names an older head, which is still a lower bound. The writer's
    /// turn is over for LMDB by then, so another process may have noted a later head already: an
    /// older note over a newer one only weakens the bound.
    package func write(_ head: TreeHead) throws(LedgerError) {
        var bytes = Array(HeadFile(origin: origin, treeHead: head).text.utf8)
        while bytes.count < byteCount { bytes.append(UInt8(ascii: "\n")) }
        let count = unsafe pwrite(descriptor, bytes, bytes.count, 0)
        guard count == bytes.count else {
            let reason = unsafe String(cString: strerror(errno))
            throw LedgerError(.diskFull, "\(path) cannot be written: \(reason)")
        }
    }
}
