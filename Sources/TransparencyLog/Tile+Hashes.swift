public import Cryptography

extension Tile {
    /// The bytes of a tile with these hashes (c2sp.org/tlog-tiles v0.1.0, "Merkle Tree").
    public static func encode(_ hashes: some Collection<Digest>) -> [UInt8] {
        precondition(1...fullWidth ~= hashes.count, "a tile has 1 to 256 hashes")
        var encoded: [UInt8] = []
        encoded.reserveCapacity(hashes.count * Digest.byteCount)
        for hash in hashes {
            unsafe hash.withUnsafeBytes { bytes in unsafe encoded.append(contentsOf: bytes) }
        }
        return encoded
    }

    /// The hashes in the bytes of this tile (c2sp.org/tlog-tiles v0.1.0, "Merkle Tree").
    ///
    /// Exactly as many as it is wide, or `malformedTile`; they cannot be judged here.
    public func hashes(in bytes: [UInt8]) throws(TransparencyLogError) -> [Digest] {
        guard bytes.count == width * Digest.byteCount else {
            throw TransparencyLogError(
                .malformedTile,
                "The tile \(path) does not take \(bytes.count) bytes."
            )
        }
        return stride(from: 0, to: bytes.count, by: Digest.byteCount).map { start in
            guard let hash = Digest(bytes: Array(bytes[start..<start + Digest.byteCount])) else {
                preconditionFailure("32 bytes are a digest")
            }
            return hash
        }
    }
}
