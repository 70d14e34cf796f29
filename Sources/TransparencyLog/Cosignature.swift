import Cryptography

/// What a witness signs (c2sp.org/tlog-cosignature v1.0.1): a checkpoint's text, and when.
///
/// It says that at that time this was the largest tree, consistent with all earlier ones, that the
/// witness had seen of the log. In the signature line stands, after the key ID:
///
///     time        8 bytes, big-endian: seconds since 1970-01-01T00:00:00Z
///     signature   64 bytes: Ed25519 over the message
public enum Cosignature {
    /// The latest time that may be stated (c2sp.org/tlog-cosignature v1.0.1, "Format").
    public static let timeMax = UInt64(Int64.max)

    static let timeByteCount = 8

    /// What comes after the key ID in a signature line (c2sp.org/tlog-cosignature v1.0.1, "Format").
    public static let byteCount = timeByteCount + Ed25519PublicKey.signatureByteCount

    /// The signed bytes (c2sp.org/tlog-cosignature v1.0.1, "Ed25519 signed message").
    ///
    /// The text is the checkpoint's note text with its last newline; extension lines belong to it.
    public static func message(text: String, time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }
}
