public import Cryptography

/// The proof, in one file, that an entry is in a log (c2sp.org/tlog-proof, "Format").
///
///     c2sp.org/tlog-proof@v1
///     extra <base64>             only where there is some
///     index <decimal>
///     <base64 of a hash>         leaf's sibling first
///     …
///     <empty line>
///     <the signed checkpoint, with its cosignatures>
///
/// A proof that was read is only well-formed; `verify(leafHash:policy:)` says what it proves.
public struct TLogProof: Sendable {
    /// The most hashes that a file may have: what a tree of 2^63 - 1 entries needs.
    public static let hashCountMax = 63

    /// The most bytes of extra data that are read.
    public static let extraByteCountMax = 64 * 1024

    /// The most bytes of a file that are read.
    public static let byteCountMax = SignedNote.byteCountMax + 128 * 1024

    private static let title = "c2sp.org/tlog-proof@v1"

    private static let newline = UInt8(ascii: "\n")

    /// What an application put beside the proof; nothing vouches for it.
    public let extra: [UInt8]?

    /// Which entry, and the way from its leaf hash to the root hash.
    public let inclusion: InclusionProof

    /// The signed checkpoint, as it was published.
    public let note: SignedNote

    /// What the note says; nothing vouches for it before `verify(leafHash:policy:)`.
    public let checkpoint: Checkpoint

    /// Puts a proof together (c2sp.org/tlog-proof, "Format").
    public init(
        inclusion: InclusionProof,
        note: SignedNote,
        extra: [UInt8]? = nil
    ) throws(TransparencyLogError) {
        guard inclusion.path.count <= Self.hashCountMax else {
            throw Self.malformed("A proof has at most \(Self.hashCountMax) hashes.")
        }
        guard inclusion.leafIndex < TreeHead.treeSizeMax else {
            throw Self.malformed("No tree has entry \(inclusion.leafIndex).")
        }
        guard extra.map({ extra in 1...Self.extraByteCountMax ~= extra.count }) ?? true else {
            throw Self.malformed("Extra data has 1 to \(Self.extraByteCountMax) bytes.")
        }
        self.extra = extra
        self.inclusion = inclusion
        self.note = note
        checkpoint = try Checkpoint(text: note.text)
    }

    /// Reads a file, in the only spelling that `encoded` writes (c2sp.org/tlog-proof, "Format").
    public init(bytes: [UInt8]) throws(TransparencyLogError) {
        guard bytes.count <= Self.byteCountMax else {
            throw Self.malformed("A proof file has at most \(Self.byteCountMax) bytes.")
        }
        // The checkpoint may have empty lines of its own; the first one ends the proof.
        guard
            let separator = bytes.indices.dropLast().first(where: { index in
                bytes[index] == Self.newline && bytes[index + 1] == Self.newline
            })
        else {
            throw Self.malformed("A proof file has an empty line before its checkpoint.")
        }
        var lines = bytes[..<separator].split(
            separator: Self.newline,
            maxSplits: Self.hashCountMax + 3,
            omittingEmptySubsequences: false
        ).map { line in String(decoding: line, as: UTF8.self) }[...]
        guard let first = lines.popFirst(), first.utf8.elementsEqual(Self.title.utf8) else {
            throw Self.malformed("The first line of a proof file is \(Self.title).")
        }
        let extra = try Self.takeExtra(&lines)
        let index = try Self.takeIndex(&lines)
        guard lines.count <= Self.hashCountMax else {
            throw Self.malformed("A proof has at most \(Self.hashCountMax) hashes.")
        }
        var path: [Digest] = []
        for line in lines {
            guard let hash = Digest(base64: line) else {
                throw Self.malformed("Hash \(path.count + 1) is not 32 bytes in base64.")
            }
            path.append(hash)
        }
        try self.init(
            inclusion: InclusionProof(leafIndex: index, path: path),
            note: try SignedNote(bytes: Array(bytes[(separator + 2)...])),
            extra: extra
        )
    }

    /// The file (c2sp.org/tlog-proof, "Format").
    public var encoded: [UInt8] {
        var text = Self.title + "\n"
        if let extra {
            text += "extra \(Base64.encode(extra))\n"
        }
        text += "index \(inclusion.leafIndex)\n"
        for hash in inclusion.path {
            text += hash.base64 + "\n"
        }
        return Array((text + "\n").utf8) + note.encoded
    }

    /// What the file proves of an entry, under a policy (c2sp.org/tlog-proof, "Verifying a tlog
    /// proof").
    ///
    /// The leaf hash is for the caller to compute: of a record, `MerkleTree.leafHash(of:)` of its
    /// stored bytes. The entry's index is `inclusion.leafIndex`.
    public func verify(
        leafHash: Digest,
        policy: LogPolicy
    ) throws(TransparencyLogError) -> LogPolicy.Endorsement {
        let endorsement = try policy.evaluate(note)
        try inclusion.check(leafHash: leafHash, in: endorsement.checkpoint.treeHead)
        return endorsement
    }

    private static func takeExtra(
        _ lines: inout ArraySlice<String>
    ) throws(TransparencyLogError) -> [UInt8]? {
        let prefix = "extra "
        guard let line = lines.first, line.utf8.starts(with: prefix.utf8) else { return nil }
        lines.removeFirst()
        guard let extra = Base64.decode(Substring(line.utf8.dropFirst(prefix.utf8.count))) else {
            throw malformed("The extra data is not in base64.")
        }
        return extra
    }

    private static func takeIndex(
        _ lines: inout ArraySlice<String>
    ) throws(TransparencyLogError) -> UInt64 {
        // `UInt64` also reads a sign and leading zeroes; writing it again shows them.
        guard
            let line = lines.popFirst(),
            let index = UInt64(Substring(line.utf8.dropFirst("index ".utf8.count))),
            line.utf8.elementsEqual("index \(index)".utf8)
        else {
            throw malformed("The index line is the word index and the entry's index in decimal.")
        }
        return index
    }

    private static func malformed(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(.malformedProof, reason)
    }
}
