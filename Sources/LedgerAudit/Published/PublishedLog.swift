import Glibc

/// Where the files of a published log lie (PUBLISHED.md).
package struct PublishedLog: Sendable, Hashable {
    package let path: String

    package init(_ path: String) {
        var path = path.isEmpty ? "." : path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    static let checkpointName = "checkpoint"

    /// Held by whoever publishes.
    var lockFile: String { file(".lock") }
    /// What a file is called until it is whole; one at a time, since publishers exclude each other.
    var draftFile: String { file(".draft") }
    var checkpointFile: String { file(Self.checkpointName) }

    /// Where a file of this name lies; the names are those of c2sp.org/tlog-tiles.
    func file(_ name: String) -> String { path + "/" + name }

    /// Where the evidence of time for a checkpoint lies, which c2sp.org/tlog-tiles has no place for.
    static func timestampFolder(treeSize: UInt64) -> String { "timestamp/\(treeSize)" }

    static func timestampName(treeSize: UInt64, _ number: Int) -> String {
        "\(timestampFolder(treeSize: treeSize))/\(number).tst"
    }

    /// The note that the time-stamps are over.
    static func timestampedName(treeSize: UInt64) -> String {
        "\(timestampFolder(treeSize: treeSize))/checkpoint"
    }

    /// Whether a directory holds a published log and not a ledger.
    package static func isAt(_ path: String) -> Bool {
        let log = PublishedLog(path)
        var status = stat()
        guard unsafe stat(log.checkpointFile, &status) == 0, status.st_mode & S_IFMT == S_IFREG
        else { return false }
        return unsafe stat(log.file("ledger.mdb"), &status) != 0
    }
}
