/// The entries of a tile of level 0 in one file (c2sp.org/tlog-tiles v0.1.0, "Log entries").
///
///     length      2 bytes, big-endian
///     entry       so many bytes
///     …           and so on for each entry
///
/// The length is no part of the leaf hash.
public enum EntryBundle {
    /// The most bytes that an entry may have.
    public static let entryByteCountMax = Int(UInt16.max)

    private static let lengthByteCount = 2

    /// The bytes of a bundle with these entries (c2sp.org/tlog-tiles v0.1.0, "Log entries").
    ///
    /// An entry beyond 65,535 bytes is refused with `malformedEntryBundle`.
    public static func encode(
        _ entries: some Collection<[UInt8]>
    ) throws(TransparencyLogError) -> [UInt8] {
        precondition(1...Tile.fullWidth ~= entries.count, "a bundle has 1 to 256 entries")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { sum, entry in sum + entry.count + 2 })
        for (position, entry) in entries.enumerated() {
            guard let length = UInt16(exactly: entry.count) else {
                throw malformed("Entry \(position) of the bundle has \(entry.count) bytes.")
            }
            bytes.append(contentsOf: length.bigEndianBytes)
            bytes.append(contentsOf: entry)
        }
        return bytes
    }

    /// The entries in the bytes of a tile's bundle (c2sp.org/tlog-tiles v0.1.0, "Log entries").
    ///
    /// Exactly as many as the tile is wide and nothing after them, or `malformedEntryBundle`.
    /// Whether they are the log's is for their leaf hashes to show.
    public static func decode(
        _ bytes: [UInt8],
        of tile: Tile
    ) throws(TransparencyLogError) -> [[UInt8]] {
        try ranges(in: bytes, of: tile).map { range in Array(bytes[range]) }
    }

    /// Where the entries lie in the bytes of a tile's bundle (c2sp.org/tlog-tiles v0.1.0, "Log
    /// entries"): `decode` for those who read many and copy none.
    public static func ranges(
        in bytes: [UInt8],
        of tile: Tile
    ) throws(TransparencyLogError) -> [Range<Int>] {
        precondition(tile.level == 0, "entries belong to tiles of level 0")
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(tile.width)
        var end = 0
        for position in 0..<tile.width {
            guard bytes.count - end >= lengthByteCount else {
                throw malformed("The bundle ends before entry \(position).")
            }
            let length = Int(bytes[end]) << 8 | Int(bytes[end + 1])
            end += lengthByteCount
            guard bytes.count - end >= length else {
                throw malformed("The bundle ends within entry \(position).")
            }
            ranges.append(end..<end + length)
            end += length
        }
        guard end == bytes.count else {
            let rest = bytes.count - end
            throw malformed("The bundle has \(rest) bytes after its \(tile.width) entries.")
        }
        return ranges
    }

    private static func malformed(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(.malformedEntryBundle, reason)
    }
}
