public import Cryptography

/// A named Ed25519 public key, as C2SP's signed-note writes it (v1.0.0, "Verifier keys").
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// What a key signs (c2sp.org/signed-note v1.0.0, "Signature types").
    ///
    /// It is hashed into the key ID, so a key that serves for both goes by two IDs.
    public enum SignatureType: UInt8, Sendable {
        /// The text of a note: what a log does with its checkpoints.
        case note = 0x01
        /// A time and the text of a checkpoint: what a witness does (c2sp.org/tlog-cosignature).
        case cosignature = 0x04
    }

    /// Who signs; for a log, the same as its origin.
    public let name: String

    /// The key itself.
    public let publicKey: Ed25519PublicKey

    /// What the key signs.
    public let signatureType: SignatureType

    /// The first four bytes of SHA-256(name || "\n" || signature type || public key), as a number.
    ///
    /// It helps to find the key of a signature and proves nothing: others may have the same.
    public let keyID: UInt32

    /// Names a key (c2sp.org/signed-note v1.0.0, "Signatures").
    public init(
        name: String,
        ed25519 publicKey: Ed25519PublicKey,
        signing signatureType: SignatureType = .note
    ) throws(TransparencyLogError) {
        guard Self.isValidName(name) else {
            throw TransparencyLogError(
                .invalidKeyName,
                "A key name has at least one character, and no space, control character or +."
            )
        }
        self.name = name
        self.publicKey = publicKey
        self.signatureType = signatureType
        let hashed =
            Array(name.utf8) + [UInt8(ascii: "\n"), signatureType.rawValue] + publicKey.rawBytes
        keyID = UInt32(bigEndianBytes: SHA256.hash(hashed).bytes.prefix(4))
    }

    /// Reads a verifier key in the only spelling that `vkey` writes (c2sp.org/signed-note v1.0.0,
    /// "Verifier keys").
    public init(vkey: String) throws(TransparencyLogError) {
        // Neither the name nor the ID has a "+", but the base64 after them may.
        let fields = vkey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard
            fields.count == 3,
            let idBytes = Hex.decode(fields[1]),
            idBytes.count == 4,
            let key = Base64.decode(fields[2]),
            let typeByte = key.first
        else {
            throw TransparencyLogError(
                .malformedVerifierKey,
                "A verifier key is name+hex+base64; this is not: \(vkey.debugDescription)"
            )
        }
        guard let type = SignatureType(rawValue: typeByte) else {
            throw TransparencyLogError(
                .unsupportedKeyType,
                "The verifier key is of type \(typeByte); only 1 and 4, with Ed25519, are in use."
            )
        }
        let publicKey: Ed25519PublicKey
        do {
            publicKey = try Ed25519PublicKey(rawBytes: Array(key.dropFirst()))
        } catch {
            throw TransparencyLogError(.malformedVerifierKey, error.reason)
        }
        try self.init(name: String(fields[0]), ed25519: publicKey, signing: type)
        guard Hex.encode(keyIDBytes) == fields[1] else {
            throw TransparencyLogError(
                .mismatchedKeyID,
                "The key ID should be \(Hex.encode(keyIDBytes)), but is \(fields[1])."
            )
        }
    }

    /// The key as one word of text, the way policies and records carry it.
    public var vkey: String {
        let key = Base64.encode([signatureType.rawValue] + publicKey.rawBytes)
        return "\(name)+\(Hex.encode(keyIDBytes))+\(key)"
    }

    /// The key ID as signature lines carry it: four bytes, big-endian.
    public var keyIDBytes: [UInt8] { keyID.bigEndianBytes }

    /// The same as `vkey`.
    public var description: String { vkey }

    /// Whether a text may name a key: not empty, no Unicode space, no "+", no control character.
    ///
    /// Signed-note states the first three of names and the last of the whole text of a note.
    public static func isValidName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
            }
    }
}
