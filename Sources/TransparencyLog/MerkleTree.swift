public import Cryptography

/// The hashes of a Merkle tree (RFC 6962 §2.1).
public enum MerkleTree {
    private static let leafPrefix: UInt8 = 0x00

    private static let nodePrefix: UInt8 = 0x01

    /// The root hash of a tree without entries: SHA-256 of no bytes (RFC 9162 §2.1.1).
    public static let emptyRoot = SHA256.hash([])

    /// The leaf hash of an entry: SHA-256(0x00 || entry) (RFC 9162 §2.1.1).
    public static func leafHash(of entry: RawSpan) -> Digest {
        SHA256.hash(prefix: leafPrefix, entry)
    }

    /// The leaf hash of an entry: SHA-256(0x00 || entry) (RFC 9162 §2.1.1).
    public static func leafHash(of entry: [UInt8]) -> Digest {
        SHA256.hash(prefix: leafPrefix, entry)
    }

    /// The hash of an inner node: SHA-256(0x01 || left || right) (RFC 9162 §2.1.1).
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        SHA256.hash(prefix: nodePrefix, left, right)
    }
}
