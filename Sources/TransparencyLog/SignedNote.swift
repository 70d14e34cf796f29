/// A text and the signatures under it (c2sp.org/signed-note v1.0.0, "Format").
///
///     <text, ending in a newline>
///     <empty line>
///     <signature lines>
///
/// A note that was read is only well-formed: nobody vouches for its text until `verified(by:)` says
/// who does.
public struct SignedNote: Sendable {
    /// The most bytes that are read: 64 signatures of the largest kind in use, and the text.
    public static let byteCountMax = 512 * 1024

    private static let newline = UInt8(ascii: "\n")

    /// What is signed, including its last newline and without the empty line.
    public let text: String

    /// The signatures in their order, known and unknown ones.
    public let signatures: [NoteSignature]

    /// Puts signatures under a text (c2sp.org/signed-note v1.0.0, "Format").
    public init(text: String, signatures: [NoteSignature]) throws(TransparencyLogError) {
        guard Self.isValidText(text) else {
            throw Self.malformed(
                "The text of a note ends in a newline and has no other control character."
            )
        }
        guard 1...NoteSignature.countMax ~= signatures.count else {
            throw Self.malformed("A note has 1 to \(NoteSignature.countMax) signatures.")
        }
        self.text = text
        self.signatures = signatures
        guard encoded.count <= Self.byteCountMax else {
            throw Self.malformed("A note has at most \(Self.byteCountMax) bytes.")
        }
    }

    /// Reads a note, in the only spelling that `encoded` writes (c2sp.org/signed-note v1.0.0,
    /// "Format").
    public init(bytes: [UInt8]) throws(TransparencyLogError) {
        guard bytes.count <= Self.byteCountMax else {
            throw Self.malformed("A note has at most \(Self.byteCountMax) bytes.")
        }
        // The text may have empty lines; the last one of the note separates it.
        guard
            let separator = bytes.indices.dropLast().last(where: { index in
                bytes[index] == Self.newline && bytes[index + 1] == Self.newline
            })
        else {
            throw Self.malformed("A note has an empty line between its text and the signatures.")
        }
        guard
            let text = String(validating: bytes[...separator], as: UTF8.self),
            let lines = String(validating: bytes[(separator + 2)...], as: UTF8.self)
        else {
            throw Self.malformed("A note is UTF-8; these bytes are not.")
        }
        try self.init(text: text, signatures: try NoteSignature.parse(lines: lines))
    }

    /// The note as it is stored and sent (c2sp.org/signed-note v1.0.0, "Format").
    public var encoded: [UInt8] {
        var note = text + "\n"
        for signature in signatures {
            note += signature.line + "\n"
        }
        return Array(note.utf8)
    }

    /// The same note with more signatures under it (c2sp.org/signed-note v1.0.0, "Format").
    public func adding(_ more: [NoteSignature]) throws(TransparencyLogError) -> SignedNote {
        try SignedNote(text: text, signatures: signatures + more)
    }

    /// Whether a text may be signed: it ends in a newline and has no other control character
    /// below U+0020 (c2sp.org/signed-note v1.0.0, "Format").
    public static func isValidText(_ text: String) -> Bool {
        text.utf8.last == newline
            && text.utf8.allSatisfy { byte in byte >= 0x20 || byte == newline }
    }

    private static func malformed(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(.malformedNote, reason)
    }
}
