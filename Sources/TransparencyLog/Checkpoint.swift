import Cryptography

/// The text of a checkpoint: a log's name with its tree head (c2sp.org/tlog-checkpoint v1.0.0).
///
///     <origin>
///     <tree size, decimal>
///     <root hash, base64>
///     <extension lines, better none>
///
/// It is the text of a signed note, and says nothing until a signature under it is verified.
public struct Checkpoint: Sendable {
    /// Which log; the name of its key is the same.
    public let origin: String

    /// What the log says about its entries.
    public let treeHead: TreeHead

    /// Lines with no meaning here, which signatures cover nevertheless.
    public let extensionLines: [String]

    /// Puts a checkpoint together (c2sp.org/tlog-checkpoint v1.0.0, "Note text").
    public init(
        origin: String,
        treeHead: TreeHead,
        extensionLines: [String] = []
    ) throws(TransparencyLogError) {
        guard Self.isLine(origin) else {
            throw Self.malformed("The origin is empty or has a control character.")
        }
        guard treeHead.treeSize <= TreeHead.treeSizeMax else {
            throw Self.malformed("The tree size is above \(TreeHead.treeSizeMax).")
        }
        guard extensionLines.allSatisfy(Self.isLine) else {
            throw Self.malformed("An extension line is empty or has a control character.")
        }
        self.origin = origin
        self.treeHead = treeHead
        self.extensionLines = extensionLines
    }

    /// Reads the text of a note, in the only spelling that `text` writes
    /// (c2sp.org/tlog-checkpoint v1.0.0, "Note text").
    ///
    /// Whether the root hash can be that of such a tree is not judged, not even at size 0.
    public init(text: String) throws(TransparencyLogError) {
        let lines = text.utf8.split(
            separator: UInt8(ascii: "\n"),
            omittingEmptySubsequences: false
        ).map { line in String(decoding: line, as: UTF8.self) }
        guard lines.count >= 4, lines.last == "" else {
            throw Self.malformed("A checkpoint has at least three lines, each with its newline.")
        }
        // `UInt64` also reads a sign and leading zeroes; writing it again shows them.
        guard let treeSize = UInt64(lines[1]), String(treeSize) == lines[1] else {
            throw Self.malformed("Line 2 is not a tree size in decimal.")
        }
        guard let rootHash = Digest(base64: lines[2]) else {
            throw Self.malformed("Line 3 is not a root hash in base64.")
        }
        try self.init(
            origin: lines[0],
            treeHead: TreeHead(treeSize: treeSize, rootHash: rootHash),
            extensionLines: Array(lines[3...].dropLast())
        )
    }

    /// The note text, with its last newline (c2sp.org/tlog-checkpoint v1.0.0, "Note text").
    public var text: String {
        let lines = [origin, String(treeHead.treeSize), treeHead.rootHash.base64] + extensionLines
        return lines.map { line in line + "\n" }.joined()
    }

    private static func isLine(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { byte in byte >= 0x20 }
    }

    private static func malformed(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(.malformedCheckpoint, reason)
    }
}
