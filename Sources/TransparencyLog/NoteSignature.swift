import Cryptography

/// One signature line of a note (c2sp.org/signed-note v1.0.0, "Format").
///
///     — <key name> <base64(key ID || signature)>
public struct NoteSignature: Sendable {
    /// The most lines that are read; the specification asks for at least 16.
    public static let countMax = 64

    private static let prefix = "\u{2014} "

    private static let keyIDByteCount = 4

    /// Whose signature it claims to be.
    public let name: String

    /// Which key's, among those of that name.
    public let keyID: UInt32

    /// What comes after the key ID; its form depends on the key's signature type.
    public let signature: [UInt8]

    /// A signature of this key.
    init(by key: VerifierKey, _ signature: [UInt8]) {
        name = key.name
        keyID = key.keyID
        self.signature = signature
    }

    /// Reads a line without its newline, in the only spelling that `line` writes
    /// (c2sp.org/signed-note v1.0.0, "Format").
    public init(line: String) throws(TransparencyLogError) {
        let fields = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard
            fields.count == 3,
            line.utf8.starts(with: Self.prefix.utf8),
            let bytes = Base64.decode(Substring(fields[2])),
            bytes.count > Self.keyIDByteCount
        else {
            throw TransparencyLogError(
                .malformedNote,
                "A signature line is a dash, a key name and base64, with one space between them."
            )
        }
        name = String(Substring(fields[1]))
        guard VerifierKey.isValidName(name) else {
            throw TransparencyLogError(
                .malformedNote,
                "The key name of a signature line is empty or has a space, a + or a control "
                    + "character."
            )
        }
        keyID = UInt32(bigEndianBytes: bytes.prefix(Self.keyIDByteCount))
        signature = Array(bytes.dropFirst(Self.keyIDByteCount))
    }

    /// Reads at least one line, each with its newline: the end of a note, or a witness's answer
    /// (c2sp.org/tlog-witness v1.0.0, "add-checkpoint").
    public static func parse(
        lines: some StringProtocol
    ) throws(TransparencyLogError) -> [NoteSignature] {
        let fields = lines.utf8.split(
            separator: UInt8(ascii: "\n"),
            maxSplits: countMax,
            omittingEmptySubsequences: false
        )
        guard fields.count > 1, fields.last?.isEmpty == true else {
            throw TransparencyLogError(
                .malformedNote,
                "There should be 1 to \(countMax) signature lines, each with its newline."
            )
        }
        var signatures: [NoteSignature] = []
        for field in fields.dropLast() {
            signatures.append(try NoteSignature(line: String(decoding: field, as: UTF8.self)))
        }
        return signatures
    }

    /// The line without its newline (c2sp.org/signed-note v1.0.0, "Format").
    public var line: String {
        "\(Self.prefix)\(name) \(Base64.encode(keyID.bigEndianBytes + signature))"
    }
}
